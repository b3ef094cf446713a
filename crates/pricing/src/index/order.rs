//! In which order the index keeps the rules. Any order answers the same; one that puts rules
//! together which the same facts let through leaves most words of an intersection empty.

use std::collections::{BTreeMap, BTreeSet};

use super::bitmaps::index;
use super::names::parents;
use super::spans::{Held, Span};
use crate::rule::{OneOf, Rule};
use crate::rule_set::{InstantWindow, RuleSet};

/// A rule as the index keeps it: whole, or once for each of a few values of one condition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Laid<'r> {
    pub(super) rule: &'r Rule,
    pub(super) window: &'r InstantWindow,
    /// 0 ranks highest.
    pub(super) rank: usize,
    part: Part<'r>,
}

/// Which of a rule's products or categories an entry stands for. The parts of one rule never
/// let the same facts through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'r> {
    Whole,
    Product(&'r String),
    Category(&'r String),
}

impl<'r> Laid<'r> {
    pub(super) fn product(&self) -> Option<(&'r OneOf<String>, Option<&'r String>)> {
        let only = if let Part::Product(sku) = self.part { Some(sku) } else { None };
        Some((self.rule.when.product.as_ref()?, only))
    }

    pub(super) fn category(&self) -> Option<(&'r OneOf<String>, Option<&'r String>)> {
        let only = if let Part::Category(path) = self.part { Some(path) } else { None };
        Some((self.rule.when.category.as_ref()?, only))
    }

    /// The rule in its parts; one alone when there would be more than `most`.
    fn parts(self, most: usize) -> Vec<Self> {
        let when = &self.rule.when;
        let products = when.product.as_ref().and_then(|set| set.any_of.as_ref());
        if let Some(skus) = products.filter(|skus| (1..=most).contains(&skus.len())) {
            return skus.iter().map(|sku| Self { part: Part::Product(sku), ..self }).collect();
        }
        let categories = when.category.as_ref().and_then(|set| set.any_of.as_ref());
        if let Some(paths) = categories.filter(|paths| (1..=most).contains(&paths.len())) {
            let highest = paths.iter().filter(|path| !parents(path).any(|p| paths.contains(p)));
            return highest.map(|path| Self { part: Part::Category(path), ..self }).collect();
        }
        vec![self]
    }
}

/// One condition: the share of facts that it lets through, in millionths as far as the rules
/// tell; its dimension; and the place of the first value that it lets through.
type Narrowing = (usize, u8, u32);

const MILLION: usize = 1_000_000;

/// The most parts that a rule is kept in.
const PARTS_MAX: usize = 8;

/// The rules in the order to keep them in: by their narrowest condition, among rules that share
/// it by the next, and so on.
pub(super) fn laid(set: &RuleSet) -> Vec<Laid<'_>> {
    let ranked = set.ranked_with_windows().zip(0..);
    let laid: Vec<Laid<'_>> = ranked
        .flat_map(|((rule, window), rank)| {
            let part = Part::Whole;
            Laid { rule, window, rank, part }.parts(PARTS_MAX)
        })
        .collect();
    let mut keys: Vec<(Vec<(u8, u32)>, Laid<'_>)> = narrowings(&laid)
        .into_iter()
        .zip(laid)
        .map(|(mut rule, laid)| {
            rule.sort_unstable();
            (rule.into_iter().map(|(_, dimension, value)| (dimension, value)).collect(), laid)
        })
        .collect();
    // those without a condition last, beside the others that most facts are let through by
    let last = |key: &[(u8, u32)]| key.is_empty();
    keys.sort_by(|(a, one), (b, other)| {
        last(a).cmp(&last(b)).then_with(|| a.cmp(b)).then(one.rank.cmp(&other.rank))
    });
    keys.into_iter().map(|(_, laid)| laid).collect()
}

/// For each rule its conditions, in the order of the dimensions.
fn narrowings(rules: &[Laid<'_>]) -> Vec<Vec<Narrowing>> {
    let mut found = Narrowings(vec![Vec::new(); rules.len()]);
    let whens = || rules.iter().map(|laid| &laid.rule.when);
    found.parts(0, rules.iter().map(Laid::product));
    found.parts(1, rules.iter().map(Laid::category));
    found.names(2, whens().map(|when| when.country.as_ref()?.any_of.as_ref()));
    found.names(3, whens().map(|when| when.channel.as_ref()?.any_of.as_ref()));
    found.names(
        4,
        whens().map(|when| {
            let segments = when.segment.as_ref()?;
            segments.any_of.as_ref().or(Some(&segments.all_of).filter(|all| !all.is_empty()))
        }),
    );
    found.names(5, whens().map(|when| when.weekday.as_ref()?.any_of.as_ref()));
    found.names(6, whens().map(|when| when.customer.as_ref()?.any_of.as_ref()));
    found.spans(7, whens().map(|when| Held::figures(when.quantity)));
    found.spans(8, whens().map(|when| Held::prices(when.list_price)));
    found.spans(9, whens().map(|when| Held::figures(when.stock)));
    found.spans(10, whens().map(|when| Held::figures(when.intent)));
    found.spans(11, whens().map(|when| Held::clock(when.time)));
    found.spans(12, rules.iter().map(|laid| Held::window(laid.window)));
    found.0
}

struct Narrowings(Vec<Vec<Narrowing>>);

impl Narrowings {
    fn parts<'r>(
        &mut self,
        dimension: u8,
        conditions: impl Iterator<Item = Option<(&'r OneOf<String>, Option<&'r String>)>> + Clone,
    ) {
        let values: BTreeSet<&String> =
            conditions.clone().flatten().flat_map(|(set, _)| &set.any_of).flatten().collect();
        let places: BTreeMap<&String, u32> = values.into_iter().zip(0..).collect();
        for (rule, condition) in self.0.iter_mut().zip(conditions) {
            let Some((set, only)) = condition else { continue };
            let Some(any_of) = &set.any_of else { continue };
            let first = only.or(any_of.first()).and_then(|value| places.get(value)).copied();
            let count = if only.is_some() { 1 } else { any_of.len() };
            rule.push((count * MILLION / (places.len() + 1), dimension, first.unwrap_or(0)));
        }
    }

    fn names<'r, K: Ord + 'r>(
        &mut self,
        dimension: u8,
        conditions: impl Iterator<Item = Option<&'r BTreeSet<K>>> + Clone,
    ) {
        let values: BTreeSet<&K> = conditions.clone().flatten().flatten().collect();
        let places: BTreeMap<&K, u32> = values.into_iter().zip(0..).collect();
        for (rule, any_of) in self.0.iter_mut().zip(conditions) {
            let Some(any_of) = any_of else { continue };
            let first = any_of.first().and_then(|value| places.get(value)).copied();
            let share = any_of.len() * MILLION / (places.len() + 1);
            rule.push((share, dimension, first.unwrap_or(0)));
        }
    }

    fn spans(&mut self, dimension: u8, conditions: impl Iterator<Item = Held> + Clone) {
        let mut ends: Vec<i64> = conditions
            .clone()
            .flat_map(|held| match held {
                Held::Always => [None, None],
                Held::In(Span { from, until }) | Held::Outside(Span { from, until }) => {
                    [from, until]
                }
            })
            .flatten()
            .collect();
        ends.sort_unstable();
        let place = |end: i64| ends.partition_point(|&other| other < end);
        for (rule, held) in self.0.iter_mut().zip(conditions) {
            let (Held::In(span) | Held::Outside(span)) = held else { continue };
            let from = span.from.map_or(0, place);
            let until = span.until.map_or(ends.len(), place);
            let share = until.abs_diff(from) * MILLION / (ends.len() + 1);
            let share = if matches!(held, Held::In(_)) { share } else { MILLION - share };
            rule.push((share, dimension, index(from)));
        }
    }
}
