//! What a reader of findings must know besides: what was left out, and names in the rules that
//! nothing else mentions, each with the nearest that is known. Notes are hints, never findings.

use std::collections::{BTreeMap, BTreeSet};

use commerce::Country;

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
    let said = mentioned(&rules, |rule| one_of(rule.when.country.as_ref()));
    notes.extend(countries(&said));
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

/// Codes that ISO 3166 has not given out, which no customer is in.
fn countries(said: &BTreeMap<&str, Vec<&str>>) -> Vec<String> {
    let strange = said.iter().filter(|(code, _)| code.parse::<Country>().is_err());
    strange
        .take(TOLD_MAX)
        .map(|(code, rules)| {
            let meant = match *code {
                "UK" => Some("GB"),
                "EL" => Some("GR"),
                _ => None,
            };
            let meant = meant.map_or_else(
                || " An ISO 3166-1 code of two capitals was expected, such as GB.".to_owned(),
                |code| format!(" Was {code:?} meant?"),
            );
            format!("No country has the code {code:?}, named by {}.{meant}", by(rules))
        })
        .collect()
}

/// Where the segments that there are cannot be known, names are held against each other: of two
/// that one slip of the keyboard tells apart, or two in a long name, one is told that one rule alone
/// uses.
fn slips(said: &BTreeMap<&str, Vec<&str>>) -> Vec<String> {
    let told = said.iter().filter(|(_, rules)| rules.len() == 1).filter_map(|(name, rules)| {
        let alike = said.iter().filter(|(other, _)| is_slip(name, other));
        let (near, theirs) = alike.max_by_key(|(_, rules)| rules.len())?;
        let (mine, theirs) = (by(rules), (theirs.len(), by(theirs)));
        match theirs {
            (1, theirs) if near < name => Some(format!(
                "The segments {near:?}, named by {theirs}, and {name:?}, named by {mine}, are nearly \
                 the same. Is one mistyped?"
            )),
            (1, _) => None,
            _ => Some(format!("The segment {name:?} is named by {mine} alone. Was {near:?} meant?")),
        }
    });
    told.take(TOLD_MAX).collect()
}

/// Whether one is most likely the other, mistyped. Names that differ by their numbers are meant, as
/// tiers are, and of three letters only the order is taken for a slip.
fn is_slip(name: &str, other: &str) -> bool {
    let letters = |name: &str| name.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let sorted = |name: &str| {
        let mut letters: Vec<char> = name.chars().collect();
        letters.sort_unstable();
        letters
    };
    let distance = strsim::osa_distance(name, other);
    let slip = match name.chars().count() {
        0..=2 => false,
        3 => distance == 1 && sorted(name) == sorted(other),
        4..=6 => distance == 1,
        _ => (1..=2).contains(&distance),
    };
    slip && letters(name) != letters(other)
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
