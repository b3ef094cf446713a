//! The index answers as the plain reading of the document does, whatever the rules and the facts.

use commerce::Currency;
use pricing::{
    Decision, Facts, Figures, Index, PolicyKey, Quote, Rule, RuleSet, Scratch, SettledPolicy, When,
    decide, synthetic,
};
use proptest::prelude::*;
use proptest::sample::select;

use crate::world::{ZONES, currency, facts, rules_of};

fn store(rules: std::ops::Range<usize>) -> impl Strategy<Value = (RuleSet, Vec<Facts>)> {
    currency()
        .prop_flat_map(move |currency: Currency| {
            let facts = proptest::collection::vec(facts(currency), 1..12);
            (Just(currency), select(ZONES.to_vec()), rules_of(currency, rules.clone()), facts)
        })
        .prop_map(|(currency, zone, rules, facts)| {
            let rules: Vec<Rule> = rules;
            (RuleSet::new(currency, zone, &rules).unwrap(), facts)
        })
}

/// The same by every way of asking, in all that a quote says.
fn check(set: &RuleSet, index: &Index, facts: &Facts, scratch: &mut Scratch) {
    let decision = decide(set, facts);
    let quote = index.decide(facts, scratch);
    same(set, &decision, &quote);
    let product = index.product(&facts.product, &facts.category, facts.list_price, facts.unit_cost);
    let segments = facts.segments.iter().map(String::as_str).rev();
    let buyer = index.buyer(segments, &facts.channel, &facts.country, facts.customer);
    let moment = index.moment(facts.at);
    let figures = Figures { quantity: facts.quantity, stock: facts.stock, intent: facts.intent };
    assert_eq!(index.decide_keys(&product, &buyer, &moment, figures, scratch), quote);
    let mut matched = Vec::new();
    index.matched(facts, scratch, |rule| matched.push(set.rules()[rule].id.clone()));
    let mut by_keys = Vec::new();
    index.matched_keys(&product, &buyer, &moment, figures, scratch, |rule| {
        by_keys.push(set.rules()[rule].id.clone());
    });
    matched.sort_unstable();
    by_keys.sort_unstable();
    let mut expected = decision.matched;
    expected.sort_unstable();
    assert_eq!(matched, expected);
    assert_eq!(by_keys, expected);
}

fn same(set: &RuleSet, decision: &Decision, quote: &Quote) {
    assert_eq!(quote.outcome(), decision.outcome);
    assert_eq!(quote.reason, decision.reason);
    assert_eq!(quote.floor, decision.floor);
    assert_eq!(quote.ceiling, decision.ceiling);
    let none = SettledPolicy::default();
    let policy = decision.policy.as_ref().unwrap_or(&none);
    assert_eq!(quote.target, policy.target);
    assert_eq!(quote.accept_at, policy.accept_at);
    assert_eq!(quote.decline_below, policy.decline_below);
    assert_eq!(quote.escalate_at, policy.escalate_at);
    for key in PolicyKey::ALL {
        let parts = decision.trace.iter().flat_map(|rule| &rule.policy);
        let winner = parts.into_iter().find(|part| part.key == key).map(|part| &part.winner);
        let winner = winner.filter(|_| decision.policy.is_some());
        assert_eq!(quote.winner(key).map(|rule| &set.rules()[rule].id), winner, "{key:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_few_rules_decide_the_same_compiled((set, facts) in store(0..8)) {
        let (index, mut scratch) = (Index::new(&set), Scratch::default());
        for facts in &facts {
            check(&set, &index, facts, &mut scratch);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn many_rules_decide_the_same_compiled((set, facts) in store(100..700)) {
        let (index, mut scratch) = (Index::new(&set), Scratch::default());
        for facts in &facts {
            check(&set, &index, facts, &mut scratch);
        }
    }
}

/// Over one block of an intersection, and over as many ranks as 16 bits hold; so that most words
/// hold more rules than are listed at once, the made-up rules are told beside such as always match.
#[test]
fn forty_thousand_rules_decide_the_same_compiled() {
    let mut rules = synthetic::rules(3, 40_000);
    for rule in rules.iter_mut().skip(1).step_by(16) {
        rule.when = When::default();
    }
    let set = RuleSet::new(Currency::GBP, "Europe/London", &rules).unwrap();
    let (index, mut scratch) = (Index::new(&set), Scratch::default());
    for facts in synthetic::facts(3, &synthetic::catalog(3), 12) {
        check(&set, &index, &facts, &mut scratch);
    }
}

#[test]
fn an_index_is_shared_between_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Index>();
}
