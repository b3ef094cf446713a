//! A merchant is told every conflict of a rule set and none that is not there: the checker is held
//! against a reading of the page that tries all facts, on random small sets.

// a test tells what is wrong by panicking, its own functions too
#![allow(clippy::unwrap_used, clippy::panic)]

mod random;
mod reference;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use pricing::{
    Catalog, CheckOptions, Facts, Finding, FindingKind, Findings, Rule, RuleSet, Verdict, check,
    decide, fixes,
};
use random::{Flavour, Random, World};
use reference::{Name, Reference, blames, shown_by};

/// How many seeds each law tries; more by `SOUK_SEEDS`.
fn seeds(usual: u64) -> u64 {
    std::env::var("SOUK_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(usual)
}

fn checked(world: &World) -> Findings {
    checked_as(&world.set, world)
}

fn checked_as(set: &RuleSet, world: &World) -> Findings {
    checked_on(set, Some(&world.catalog), world)
}

fn checked_on(set: &RuleSet, catalog: Option<&Catalog>, world: &World) -> Findings {
    let options = CheckOptions::at(world.now);
    check(set, catalog, &options, &mut |_, _| ControlFlow::Continue(())).unwrap()
}

fn name(finding: &Finding) -> Name {
    (finding.kind, finding.rules.clone(), finding.key)
}

fn told(world: &World) -> String {
    let products = world.catalog.products().iter().map(|p| format!("{p:?}\n")).collect::<String>();
    format!("now {}\n{}\n{products}", world.now, world.set.to_json())
}

/// Every conflict is found, none is made up, and each touches the products that it says.
fn check_against_trying_all(flavour: Flavour) {
    for seed in 0..seeds(120) {
        let world = Random::world(seed, flavour);
        let reference = Reference::new(&world.set, &world.catalog, world.now);
        let expected = reference.findings();
        let expected: BTreeMap<Name, usize> =
            expected.into_iter().map(|(name, products)| (name, products.len())).collect();
        let found = checked(&world);
        let mut seen = BTreeMap::new();
        for finding in &found.findings {
            assert_eq!(finding.verdict, Verdict::Certain, "{flavour:?} {seed}");
            assert_eq!(finding.severity, finding.kind.severity());
            let twice = seen.insert(name(finding), finding.products);
            assert!(twice.is_none(), "{flavour:?} {seed}: {finding:?} twice");
            check_blame(&reference, &world, finding);
            check_priced(&reference, &world, finding);
        }
        let differ = |a: &BTreeMap<Name, usize>, b: &BTreeMap<Name, usize>| {
            let only = a.iter().filter(|(name, count)| b.get(*name) != Some(count));
            only.map(|(name, count)| format!("  {name:?} on {count}\n")).collect::<String>()
        };
        assert!(
            seen == expected,
            "{flavour:?} {seed}\nfound, not expected:\n{}expected, not found:\n{}{}",
            differ(&seen, &expected),
            differ(&expected, &seen),
            told(&world)
        );
    }
}

/// The witness of a contradiction is one that a decision blames these rules for, if there is any.
fn check_blame(reference: &Reference<'_>, world: &World, finding: &Finding) {
    if finding.kind == FindingKind::Contradiction && reference.blames(&finding.rules) {
        let decision = decide(&world.set, finding.witness.as_ref().unwrap());
        assert!(blames(&decision, &finding.rules), "{finding:?}\n{decision:?}\n{}", told(world));
    }
}

/// The witness of an ambiguity is a priced example, if there is any that the first rule decides.
fn check_priced(reference: &Reference<'_>, world: &World, finding: &Finding) {
    if finding.kind == FindingKind::Ambiguity && reference.prices(finding) {
        let decision = decide(&world.set, finding.witness.as_ref().unwrap());
        assert_eq!(decision.reason, None, "{finding:?}\n{decision:?}\n{}", told(world));
    }
}

#[test]
fn every_conflict_of_mixed_rules_is_found() {
    check_against_trying_all(Flavour::Mixed);
}

#[test]
fn every_conflict_of_rules_by_the_clock_is_found() {
    check_against_trying_all(Flavour::Clocks);
}

#[test]
fn every_conflict_of_policies_is_found() {
    check_against_trying_all(Flavour::Policies);
}

#[test]
fn every_conflict_of_guardrails_is_found() {
    check_against_trying_all(Flavour::Guardrails);
}

#[test]
fn every_conflict_of_rules_by_customer_is_found() {
    check_against_trying_all(Flavour::Customers);
}

const FLAVOURS: [Flavour; 5] =
    [Flavour::Mixed, Flavour::Clocks, Flavour::Policies, Flavour::Guardrails, Flavour::Customers];

fn worlds(usual: u64) -> impl Iterator<Item = (String, World)> {
    let all = FLAVOURS.into_iter().flat_map(move |f| (0..seeds(usual)).map(move |seed| (f, seed)));
    all.map(|(flavour, seed)| {
        (format!("{flavour:?} {seed}"), Random::world(seed + 1_000_000, flavour))
    })
}

/// "Show me": a decision on the witness shows the finding.
#[test]
fn a_decision_on_the_witness_shows_the_finding() {
    for (place, world) in worlds(150) {
        for finding in checked(&world).findings {
            let Some(witness) = &finding.witness else {
                let silent = matches!(
                    finding.kind,
                    FindingKind::Shadowed | FindingKind::Redundant | FindingKind::Unreachable
                );
                assert!(silent || finding.products == 0, "{place}: {finding:?}");
                continue;
            };
            let product = world.catalog.get(&witness.product).unwrap();
            let real = Facts {
                stock: witness.stock,
                quantity: witness.quantity,
                segments: witness.segments.clone(),
                intent: witness.intent,
                customer: witness.customer,
                ..Facts::of(product, &witness.channel, &witness.country, witness.at)
            };
            assert_eq!(witness, &real, "{place}: on a real product");
            assert!(witness.at >= world.now && witness.quantity >= 1, "{place}: {finding:?}");
            assert!(witness.stock.is_none_or(|stock| stock >= 0), "{place}: {finding:?}");
            assert!(witness.intent.is_none_or(|i| (0..=100).contains(&i)), "{place}: {finding:?}");
            check_shown(&place, &world, &finding, witness);
        }
    }
}

/// Without a catalogue a witness may be on any product, at any price that the rules let through.
#[test]
fn a_decision_on_a_witness_without_a_catalogue_shows_the_finding() {
    let mut shown: BTreeMap<FindingKind, usize> = BTreeMap::new();
    for (place, world) in worlds(150) {
        for finding in checked_on(&world.set, None, &world).findings {
            let Some(witness) = &finding.witness else { continue };
            check_shown(&place, &world, &finding, witness);
            *shown.entry(finding.kind).or_default() += 1;
        }
    }
    for kind in [FindingKind::Ambiguity, FindingKind::Duplicate, FindingKind::Gap] {
        assert!(shown.contains_key(&kind), "no witness of {kind:?} was tried");
    }
}

fn check_shown(place: &str, world: &World, finding: &Finding, witness: &Facts) {
    let decision = decide(&world.set, witness);
    let shown = match finding.kind {
        FindingKind::Duplicate => finding.rules.iter().all(|rule| decision.matched.contains(rule)),
        _ => shown_by(&decision, witness.unit_cost).contains(&name(finding)),
    };
    assert!(shown, "{place}: {finding:?}\n{decision:?}\n{}", told(world));
}

/// Where the budget ends the verdict says so: no conflict goes unsaid, and none is called certain
/// that is not there.
#[test]
fn what_the_budget_does_not_reach_is_undecided_and_never_silent() {
    let mut undecided = BTreeMap::<FindingKind, usize>::new();
    for (place, world) in worlds(60) {
        let all: Vec<Name> = checked(&world).findings.iter().map(name).collect();
        for steps_max in [0, 1, 3, 10] {
            let options = CheckOptions { steps_max, ..CheckOptions::at(world.now) };
            let go_on = &mut |_, _| ControlFlow::Continue(());
            let found = check(&world.set, Some(&world.catalog), &options, go_on).unwrap().findings;
            let names: Vec<Name> = found.iter().map(name).collect();
            for one in &all {
                assert!(names.contains(one), "{place}, {steps_max}: {one:?} is silent");
            }
            for finding in found {
                if finding.verdict == Verdict::Undecided {
                    assert!(finding.explain.contains("undecided"), "{place}: {finding:?}");
                    *undecided.entry(finding.kind).or_default() += 1;
                } else {
                    assert!(all.contains(&name(&finding)), "{place}, {steps_max}: {finding:?}");
                }
            }
        }
    }
    for kind in [FindingKind::Ambiguity, FindingKind::Gap, FindingKind::Shadowed] {
        assert!(undecided.contains_key(&kind), "no {kind:?} was left undecided: {undecided:?}");
    }
}

/// "Fix it": the finding is gone from the rule set that a fix leaves, read back from its document.
#[test]
fn a_fix_makes_its_finding_go_away() {
    let mut fixed = BTreeMap::<FindingKind, usize>::new();
    for (place, world) in worlds(60) {
        let options = CheckOptions::at(world.now);
        for finding in checked(&world).findings {
            for fix in fixes(&world.set, Some(&world.catalog), &options, &finding) {
                let rules = fix.applied(world.set.rules());
                let (currency, zone) = (world.set.currency(), world.set.timezone_name());
                let set = RuleSet::new(currency, zone, &rules)
                    .and_then(|set| RuleSet::parse(&set.to_json()))
                    .unwrap_or_else(|faults| panic!("{place}: {fix:?} {faults:?}"));
                let left = checked_as(&set, &world).findings;
                let gone = left.iter().all(|other| name(other) != name(&finding));
                assert!(gone, "{place}: {finding:?}\n{fix:?}\n{}", told(&world));
                *fixed.entry(finding.kind).or_default() += 1;
            }
        }
    }
    for kind in FindingKind::ALL {
        assert!(fixed.contains_key(&kind), "no fix of {kind:?} was tried");
    }
}

/// A margin that changes no price still blocks what has no cost: a merchant who takes it away must know.
#[test]
fn a_redundant_margin_is_said_to_block_where_no_cost_is_known() {
    let set = r#"{"schema": "souk.rules/1", "currency": "GBP", "timezone": "UTC", "rules": [
        {"id": "strict", "guardrails": {"max_discount": "0"}},
        {"id": "weak", "guardrails": {"floor": {"margin": "0.10"}}}]}"#;
    let set = RuleSet::parse(set).unwrap();
    let said = |costs: &str| {
        let catalog = format!("sku,title,category,list_price,unit_cost,stock\n{costs}");
        let catalog = Catalog::parse(catalog.as_bytes(), set.currency()).unwrap();
        let options = CheckOptions::at("2011-01-01T00:00:00Z".parse().unwrap());
        let go_on = &mut |_, _| ControlFlow::Continue(());
        let found = check(&set, Some(&catalog), &options, go_on).unwrap().findings;
        let redundant = found.into_iter().find(|one| one.kind == FindingKind::Redundant).unwrap();
        assert_eq!(redundant.rules, ["weak", "strict"]);
        redundant.explain.contains("still blocks")
    };
    assert!(!said("lamp,Lamp,home,10.00,5.00,\n"));
    assert!(said("lamp,Lamp,home,10.00,5.00,\nclock,Clock,home,3.75,,\n"));
}

/// The order in which rules are written decides nothing.
#[test]
fn the_order_of_the_document_changes_no_finding() {
    for (place, world) in worlds(40) {
        let mut rules = world.set.rules().to_vec();
        rules.reverse();
        let set = RuleSet::new(world.set.currency(), world.set.timezone_name(), &rules).unwrap();
        assert_eq!(checked_as(&set, &world), checked(&world), "{place}");
    }
}

/// A rule for customers that no other rule knows of takes no finding away but a gap.
#[test]
fn a_further_rule_for_others_hides_no_collision() {
    for (place, world) in worlds(40) {
        let when = pricing::When {
            channel: Some(pricing::OneOf::any(["nowhere-else".to_owned()])),
            ..pricing::When::default()
        };
        let further = Rule { when, priority: 99, ..Rule::new("further") };
        let rules: Vec<Rule> = world.set.rules().iter().cloned().chain([further]).collect();
        let set = RuleSet::new(world.set.currency(), world.set.timezone_name(), &rules).unwrap();
        let after: Vec<Name> = checked_as(&set, &world).findings.iter().map(name).collect();
        for finding in checked(&world).findings {
            assert!(after.contains(&name(&finding)), "{place}: {finding:?}");
        }
    }
}
