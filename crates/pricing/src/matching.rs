//! Whether a rule applies to facts: every dimension in its `when` must match. Must never look at
//! what the rule would do.

use std::borrow::Borrow;
use std::collections::BTreeSet;

use commerce::Money;
use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::catalog::Product;
use crate::facts::Facts;
use crate::rule::{OneOf, Range, Rule, Segments, TimeOfDay, Weekday, When};
use crate::rule_set::InstantWindow;

/// The clock on the wall at an instant, in the rule set's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WallClock {
    weekday: Weekday,
    time: Time,
}

impl WallClock {
    pub(crate) fn at(instant: Timestamp, zone: &TimeZone) -> Self {
        let local = zone.to_datetime(instant);
        Self { weekday: local.weekday().into(), time: local.time() }
    }
}

pub(crate) fn matches(when: &When, window: &InstantWindow, facts: &Facts, wall: WallClock) -> bool {
    let every = |condition: Option<bool>| condition.unwrap_or(true);
    every(when.product.as_ref().map(|set| one_of(set, facts.product.as_str())))
        && every(when.category.as_ref().map(|set| category(set, &facts.category)))
        && every(when.segment.as_ref().map(|set| segments(set, &facts.segments)))
        && every(when.channel.as_ref().map(|set| one_of(set, facts.channel.as_str())))
        && every(when.country.as_ref().map(|set| one_of(set, facts.country.as_str())))
        && every(when.customer.as_ref().map(|set| one_of(set, &facts.customer)))
        && every(when.quantity.map(|range| within(range, Some(facts.quantity))))
        && every(when.list_price.map(|range| within(minor(range), Some(facts.list_price.minor()))))
        && every(when.stock.map(|range| within(range, facts.stock)))
        && every(when.intent.map(|range| within(range, facts.intent)))
        && every(when.weekday.as_ref().map(|set| one_of(set, &wall.weekday)))
        && every(when.time.map(|span| on_the_clock(span, wall.time)))
        && in_window(window, facts.at)
}

impl Rule {
    /// Whether it matches some facts of this product, as far as SKU, category and list price say.
    pub fn may_match(&self, product: &Product) -> bool {
        let When { product: skus, category: categories, list_price, .. } = &self.when;
        skus.as_ref().is_none_or(|set| one_of(set, product.sku.as_str()))
            && categories.as_ref().is_none_or(|set| category(set, &product.category))
            && list_price.is_none_or(|range| within(minor(range), Some(product.list_price.minor())))
    }
}

fn minor(range: Range<Money>) -> Range<i64> {
    Range { min: range.min.map(|m| m.minor()), max: range.max.map(|m| m.minor()) }
}

fn one_of<T, Q>(set: &OneOf<T>, fact: &Q) -> bool
where
    T: Ord + Borrow<Q>,
    Q: Ord + ?Sized,
{
    set.any_of.as_ref().is_none_or(|any| any.contains(fact)) && !set.none_of.contains(fact)
}

/// An entry matches itself and everything under it, by whole parts of the path.
fn category(set: &OneOf<String>, fact: &str) -> bool {
    set.any_of.as_ref().is_none_or(|any| covers(any, fact)) && !covers(&set.none_of, fact)
}

fn covers(entries: &BTreeSet<String>, path: &str) -> bool {
    let parents = path.match_indices('/').map(|(end, _)| &path[..end]);
    !entries.is_empty()
        && (entries.contains(path) || parents.into_iter().any(|p| entries.contains(p)))
}

fn segments(set: &Segments, fact: &BTreeSet<String>) -> bool {
    set.any_of.as_ref().is_none_or(|any| !any.is_disjoint(fact))
        && set.all_of.is_subset(fact)
        && set.none_of.is_disjoint(fact)
}

/// An absent fact matches no range that has an end.
fn within(range: Range<i64>, fact: Option<i64>) -> bool {
    match fact {
        Some(fact) => {
            range.min.is_none_or(|min| min <= fact) && range.max.is_none_or(|max| fact <= max)
        }
        None => range.min.is_none() && range.max.is_none(),
    }
}

fn on_the_clock(span: TimeOfDay, time: Time) -> bool {
    if span.from < span.until {
        span.from <= time && time < span.until
    } else {
        span.from <= time || time < span.until
    }
}

fn in_window(window: &InstantWindow, at: Timestamp) -> bool {
    window.from.is_none_or(|from| from <= at) && window.until.is_none_or(|until| at < until)
}
