//! What a reader of findings must know besides: what was left out, and names in the rules that
//! nothing else mentions, each with the nearest that is known. Notes are hints, never findings.

use std::collections::{BTreeMap, BTreeSet};

use super::ground::{Ground, prefixes};
use crate::rule::{OneOf, Rule};

/// Names told of one sort; the rest is counted.
const TOLD_MAX: usize = 20;

pub(super) fn notes(ground: &Ground<'_>) -> Vec<String> {
    // by id, so that the order of the document says nothing
    let rules: Vec<&Rule> = ground.entries.iter().map(|entry| entry.rule).collect();
    let mut notes = Vec::new();
    if let Some(catalog) = ground.catalog {
        let categories = catalog.products().iter().flat_map(|product| prefixes(&product.category));
        let categories: BTreeSet<&str> = categories.collect();
        let said = mentioned(&rules, |rule| one_of(rule.when.category.as_ref()));
        notes.extend(unknown("category", "in the catalogue", &said, &categories));
        let skus: BTreeSet<&str> = catalog.products().iter().map(|p| p.sku.as_str()).collect();
        let said = mentioned(&rules, |rule| one_of(rule.when.product.as_ref()));
        notes.extend(unknown("product", "in the catalogue", &said, &skus));
    } else {
        notes.push(
            "Without a catalogue, what needs a product's figures was not looked for: \
             contradiction, missing_cost, below_cost, bands, redundant, and ambiguity of prices."
                .to_owned(),
        );
    }
    let said = mentioned(&rules, segments);
    match &ground.options.segments {
        Some(known) => {
            let known = known.iter().map(String::as_str).collect();
            notes.extend(unknown("segment", "among the customers", &said, &known));
        }
        None => notes.extend(slips(&said)),
    }
    notes
}

fn one_of(condition: Option<&OneOf<String>>) -> Vec<&str> {
    let sets = condition.map(|one| one.any_of.iter().flatten().chain(&one.none_of));
    sets.into_iter().flatten().map(String::as_str).collect()
}

fn segments(rule: &Rule) -> Vec<&str> {
    let sets = rule
        .when
        .segment
        .as_ref()
        .map(|said| said.any_of.iter().flatten().chain(&said.all_of).chain(&said.none_of));
    sets.into_iter().flatten().map(String::as_str).collect()
}

/// Names, each with the rules that mention it.
fn mentioned<'a>(
    rules: &[&'a Rule],
    names: impl Fn(&'a Rule) -> Vec<&'a str>,
) -> BTreeMap<&'a str, Vec<&'a str>> {
    let mut out: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for &rule in rules {
        for name in names(rule) {
            out.entry(name).or_default().push(&rule.id);
        }
    }
    out
}

fn unknown(
    what: &str,
    place: &str,
    said: &BTreeMap<&str, Vec<&str>>,
    known: &BTreeSet<&str>,
) -> Vec<String> {
    let strange: Vec<_> = said.iter().filter(|(name, _)| !known.contains(*name)).collect();
    let mut notes: Vec<String> = strange
        .iter()
        .take(TOLD_MAX)
        .map(|(name, rules)| {
            let meant = nearest(name, known.iter().copied())
                .map_or_else(String::new, |near| format!(" Was {near:?} meant?"));
            format!("No {what} {place} is called {name:?}, named by {}.{meant}", by(rules))
        })
        .collect();
    if strange.len() > TOLD_MAX {
        let more = strange.len() - TOLD_MAX;
        notes.push(format!("{more} more names of the kind {what} are not {place}."));
    }
    notes
}

/// Where the segments that there are cannot be known, a name that one rule alone uses is held
/// against those that others use: one or two letters apart it is most likely a slip.
fn slips(said: &BTreeMap<&str, Vec<&str>>) -> Vec<String> {
    let usual: Vec<&str> =
        said.iter().filter(|(_, rules)| rules.len() > 1).map(|(name, _)| *name).collect();
    said.iter()
        .filter(|(name, rules)| rules.len() == 1 && name.chars().count() > 3)
        .filter_map(|(name, rules)| {
            let near = nearest(name, usual.iter().copied())?;
            let note = format!(
                "The segment {name:?} is named by {} alone. Was {near:?} meant?",
                by(rules)
            );
            (strsim::osa_distance(name, near) <= 2).then_some(note)
        })
        .take(TOLD_MAX)
        .collect()
}

fn by(rules: &[&str]) -> String {
    match rules {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, rest @ ..] => format!("{one} and {} more", rest.len()),
    }
}

/// The known name that takes the fewest slips of the keyboard to become this one, unless a third
/// of it would have to change.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = name.chars().count().div_ceil(3);
    known
        .map(|other| (strsim::osa_distance(name, other), other))
        .min()
        .filter(|&(distance, _)| distance <= most)
        .map(|(_, other)| other)
}
