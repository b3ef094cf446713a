//! Checks a rule set before it goes live: where rules collide, where they say nothing, and which
//! of them change nothing. Every answer is a proof over all facts there could be, or says that it
//! is undecided. Pure: the present is passed in, and the clock is never read.
//!
//! A rule's `when` is a box in the space of facts ([`space`]) on a set of products ([`bits`]).
//! Two boxes meet or not; whether a union of boxes leaves something of another is found by
//! looking for a point that is left ([`ask`], [`search`]). Each kind of finding has a file of its own.

mod ambiguity;
mod ask;
mod bands;
mod bits;
mod calendar;
mod choices;
mod clocks;
mod contradiction;
mod cost;
mod cover;
mod coverage;
mod explain;
mod figures;
mod findings;
mod fix;
mod found;
mod ground;
mod groups;
mod names;
mod near;
mod notes;
mod priced;
mod redundant;
mod same;
mod search;
mod segments;
mod space;
mod threads;

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use jiff::Timestamp;

pub use findings::{Finding, FindingKind, Findings, Severity, Verdict};
pub use fix::{Fix, fixes};

use crate::catalog::Catalog;
use crate::rule_set::RuleSet;
use bands::Winners;
use contradiction::Collisions;
use found::Found;
use ground::Ground;

/// How to check.
#[derive(Debug, Clone)]
pub struct CheckOptions {
    /// Facts lie at this instant or later.
    pub now: Timestamp,
    /// How many boxes one question on one product may hold against pieces of another before its
    /// verdict is `undecided`.
    pub steps_max: usize,
    /// How many threads share the work; the findings do not depend on it.
    pub threads: usize,
    /// The segments that customers are in, where these are known; others are noted.
    pub segments: Option<BTreeSet<String>>,
}

impl CheckOptions {
    /// A budget that made-up sets of ten thousand rules do not reach.
    pub const STEPS_MAX: usize = 200_000;

    pub fn at(now: Timestamp) -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Self { now, steps_max: Self::STEPS_MAX, threads, segments: None }
    }
}

/// Finds every conflict of a rule set. `progress` is told how much of how much is done, and may
/// break off: then the answer is `None`.
///
/// With a catalogue, product facts come from it. Without one they range freely, and what needs a
/// product's figures is left out; the notes say so.
pub fn check(
    set: &RuleSet,
    catalog: Option<&Catalog>,
    options: &CheckOptions,
    progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
) -> Option<Findings> {
    let ground = Ground::new(set, catalog, options);
    let rules = ground.entries.len();
    let threads = options.threads;
    let meeting = |rule: usize| ground.near.meeting(rule);
    let collided = catalog.is_some().then(|| {
        threads::each(threads, rules, |rule| contradiction::of(&ground, rule, &meeting(rule)))
    });
    let collisions = collided.map(Collisions::new);
    let wins = |rule: usize| bands::wins(&ground, rule);
    let winners = catalog.is_some().then(|| Winners::new(threads::each(threads, rules, wins)));
    let of_rule = |rule: usize| {
        let mut found = Vec::new();
        let meeting = meeting(rule);
        found.extend(same::unreachable(&ground, rule));
        found.extend(coverage::shadowed(&ground, rule, &meeting));
        found.extend(ambiguity::of(&ground, collisions.as_ref(), rule, &meeting));
        if let Some((collisions, winners)) = collisions.as_ref().zip(winners.as_ref()) {
            found.extend(cost::missing(&ground, rule));
            found.extend(cost::below(&ground, rule, &meeting));
            found.extend(redundant::of(&ground, rule));
            found.extend(bands::of(&ground, (collisions, winners), rule, &meeting));
            found.extend(collisions.of(rule).map(|one| contradiction::found(&ground, one)));
        }
        found
    };
    let mut told = |done: usize| progress(done, rules);
    let found = threads::each_until(threads, rules, of_rule, &mut told)?;
    let mut found: Vec<Found> = found.into_iter().flatten().collect();
    found.extend(same::duplicates(&ground));
    found.extend(coverage::gap(&ground));
    found.sort_by(|a, b| (a.kind, &a.rules, a.key).cmp(&(b.kind, &b.rules, b.key)));
    Some(Findings {
        findings: threads::each(threads, found.len(), |at| finding(&ground, &found[at])),
        rules,
        products: catalog.map_or(0, Catalog::len),
        elapsed_ms: 0,
        notes: notes::notes(&ground),
    })
}

fn finding(ground: &Ground<'_>, found: &Found) -> Finding {
    let witness = found.at.as_ref().map(|(product, space)| ground.facts(*product, space));
    Finding {
        kind: found.kind,
        severity: found.kind.severity(),
        verdict: found.verdict,
        rules: found.rules.iter().map(|&rule| ground.entries[rule].rule.id.clone()).collect(),
        key: found.key,
        products: if ground.catalog.is_some() { found.products } else { 0 },
        explain: explain::sentences(ground, found, witness.as_ref()),
        witness,
    }
}
