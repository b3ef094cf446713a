//! What changed between two versions of a rule set, rule by rule, in words. Rules are the same rule
//! when their ids are; where they stand in the document decides nothing and is not told.

use std::collections::HashMap;

use crate::document::WHEN_KEYS;
use crate::rule::{Guardrails, Policy, Rule, When};
use crate::rule_set::RuleSet;
use crate::term::PriceTerm;
use crate::trace::PolicyKey;
use crate::words::{self, Wording};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    Added,
    Removed,
    Changed,
}

/// What became of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleChange {
    pub kind: ChangeKind,
    pub rule_id: String,
    /// Its name as of the newer version that has it, else its id.
    pub title: String,
    /// A sentence for each change; for an added or removed rule what it says as a whole.
    pub sentences: Vec<String>,
    /// The rule's JSON object in canonical form, where the older version has it.
    pub before: Option<String>,
    /// The same in the newer one.
    pub after: Option<String>,
}

/// Two versions compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleSetDiff {
    /// In the order of the newer document, then the removed ones in the order of the older.
    pub changes: Vec<RuleChange>,
    /// What changed of currency and time zone, a sentence each.
    pub settings: Vec<String>,
    /// How many rules are in both and say the same.
    pub unchanged: usize,
}

/// Compares two versions of a rule set.
pub fn diff(old: &RuleSet, new: &RuleSet) -> RuleSetDiff {
    let by_id = |set| -> HashMap<&str, &Rule> {
        RuleSet::rules(set).iter().map(|rule| (rule.id.as_str(), rule)).collect()
    };
    let (before, after) = (by_id(old), by_id(new));
    let mut diff = RuleSetDiff { settings: settings(old, new), ..RuleSetDiff::default() };
    for rule in new.rules() {
        match before.get(rule.id.as_str()) {
            None => diff.changes.push(whole(ChangeKind::Added, rule)),
            Some(was) if *was == rule => diff.unchanged += 1,
            Some(was) => diff.changes.push(changed(was, rule)),
        }
    }
    let removed = old.rules().iter().filter(|rule| !after.contains_key(rule.id.as_str()));
    diff.changes.extend(removed.map(|rule| whole(ChangeKind::Removed, rule)));
    diff
}

fn settings(old: &RuleSet, new: &RuleSet) -> Vec<String> {
    let currency = |set: &RuleSet| Some(set.currency().code().to_owned());
    let zone = |set: &RuleSet| Some(set.timezone_name().to_owned());
    let told = [
        between("the currency", currency(old), currency(new)),
        between("the time zone", zone(old), zone(new)),
    ];
    told.into_iter().flatten().collect()
}

fn whole(kind: ChangeKind, rule: &Rule) -> RuleChange {
    let text = Some(rule.to_json());
    let (before, after) = match kind {
        ChangeKind::Removed => (text, None),
        _ => (None, text),
    };
    let sentences = vec![words::sentence(rule)];
    RuleChange {
        kind,
        rule_id: rule.id.clone(),
        title: rule.title().to_owned(),
        sentences,
        before,
        after,
    }
}

fn changed(old: &Rule, new: &Rule) -> RuleChange {
    let name = |rule: &Rule| rule.name.clone();
    let priority = |rule: &Rule| Some(rule.priority.to_string());
    let mut sentences: Vec<String> = [
        between("the name", name(old), name(new)),
        between("the priority", priority(old), priority(new)),
    ]
    .into_iter()
    .flatten()
    .collect();
    sentences.extend(conditions(&old.when, &new.when));
    sentences.extend(limits(&old.guardrails, &new.guardrails));
    sentences.extend(bargaining(&old.policy, &new.policy));
    if sentences.is_empty() {
        sentences.push("Written in another way; it means the same.".to_owned());
    }
    RuleChange {
        kind: ChangeKind::Changed,
        rule_id: new.id.clone(),
        title: new.title().to_owned(),
        sentences,
        before: Some(old.to_json()),
        after: Some(new.to_json()),
    }
}

fn conditions(old: &When, new: &When) -> Vec<String> {
    let (before, after) = (words::conditions(old), words::conditions(new));
    let of = |parts: &[Wording], key: &str| {
        parts.iter().find(|part| part.key == key).map(|part| part.text.clone())
    };
    let told = WHEN_KEYS.into_iter().filter_map(|key| match (of(&before, key), of(&after, key)) {
        (before, after) if before == after => None,
        (None, Some(new)) => Some(format!("Applies only when {new}; that was not asked for.")),
        (Some(old), None) => Some(format!("No longer asks that {old}.")),
        (Some(old), Some(new)) => Some(format!("Applies when {new}; it was when {old}.")),
        (None, None) => None,
    });
    told.collect()
}

fn limits(old: &Guardrails, new: &Guardrails) -> Vec<String> {
    let term = |term: Option<PriceTerm>| term.map(words::term);
    let discount = |guardrails: &Guardrails| guardrails.max_discount.map(words::percent);
    let told = [
        between("the floor", term(old.floor), term(new.floor)),
        between("the ceiling", term(old.ceiling), term(new.ceiling)),
        between("the greatest discount", discount(old), discount(new)),
    ];
    told.into_iter().flatten().collect()
}

fn bargaining(old: &Policy, new: &Policy) -> Vec<String> {
    let value = |key, policy| words::policy_value(key, policy);
    let told = |key| between(words::label(key), value(key, old), value(key, new));
    PolicyKey::ALL.into_iter().filter_map(told).collect()
}

fn between(what: &str, before: Option<String>, after: Option<String>) -> Option<String> {
    let mut letters = what.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    let what: String = first.into_iter().chain(letters).collect();
    match (before, after) {
        (before, after) if before == after => None,
        (Some(before), Some(after)) => Some(format!("{what} went from {before} to {after}.")),
        (None, Some(after)) => Some(format!("{what} is now {after}; it was not set.")),
        (Some(before), None) => Some(format!("{what} is no longer set; it was {before}.")),
        (None, None) => None,
    }
}
