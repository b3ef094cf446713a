//! What holds for one sale: the prices of the version that its negotiation began with, within the
//! limits of the one in force. A negotiation keeps its version unless the new one forbids its price.

use commerce::Money;
use pricing::{Facts, Quote, Reason, Scratch};

use super::InForce;

/// Decides by the version that a negotiation began with; `newer` is the one in force where that is
/// another.
pub(crate) fn settle(began: &InForce, newer: Option<&InForce>, facts: &Facts) -> Quote {
    let scratch = &mut Scratch::default();
    let quote = began.index.decide(facts, scratch);
    match newer.filter(|newer| newer.id != began.id) {
        Some(newer) => within(quote, &newer.index.decide(facts, scratch)),
        None => quote,
    }
}

/// The greater floor and the lesser ceiling of both; blocked where either blocks, or where nothing
/// lies between them.
fn within(mut quote: Quote, newer: &Quote) -> Quote {
    let minor = |money: &Money| money.minor();
    quote.floor = [quote.floor, newer.floor].into_iter().flatten().max_by_key(minor);
    quote.ceiling = [quote.ceiling, newer.ceiling].into_iter().flatten().min_by_key(minor);
    let crossed =
        matches!((quote.floor, quote.ceiling), (Some(f), Some(c)) if f.minor() > c.minor());
    let crossed = crossed.then_some(Reason::Contradiction);
    quote.reason = quote.reason.or(newer.reason).or(crossed);
    if quote.reason.is_some() {
        (quote.floor, quote.ceiling, quote.target) = (None, None, None);
        (quote.accept_at, quote.decline_below, quote.escalate_at) = (None, None, None);
        return quote;
    }
    let (floor, ceiling) = (quote.floor, quote.ceiling);
    let clamp = |price: Option<Money>| {
        let raised = [price?].into_iter().chain(floor).max_by_key(minor)?;
        [raised].into_iter().chain(ceiling).min_by_key(minor)
    };
    (quote.target, quote.accept_at) = (clamp(quote.target), clamp(quote.accept_at));
    quote
}

#[cfg(test)]
mod tests {
    use pricing::{Product, RuleSet};
    use proptest::prelude::*;

    use super::*;

    fn set(id: &str, guardrails: &str, policy: &str) -> InForce {
        let text = format!(
            r#"{{"schema": "souk.rules/1", "currency": "GBP", "timezone": "Europe/London",
                "rules": [{{"id": "all", "guardrails": {guardrails}, "policy": {policy}}}]}}"#
        );
        InForce::new(id.to_owned(), 1, RuleSet::parse(&text).unwrap())
    }

    fn facts() -> Facts {
        let gbp = |minor| Money::from_minor(minor, commerce::Currency::GBP).unwrap();
        let product = Product {
            sku: "LIGHT".into(),
            title: "Lantern".into(),
            category: "home/lights".into(),
            list_price: gbp(1200),
            unit_cost: Some(gbp(611)),
            stock: None,
        };
        Facts::of(&product, "web", "GB", jiff::Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn the_version_it_began_with_stands_within_the_limits_of_the_newer() {
        let began =
            set("old", r#"{"floor": {"amount": "7.00"}}"#, r#"{"target": {"amount": "9.00"}}"#);
        let cases = [
            // newer guardrails, floor, target, reason
            (r#"{"floor": {"amount": "5.00"}}"#, Some(700), Some(900), None),
            (r#"{"floor": {"amount": "8.00"}}"#, Some(800), Some(900), None),
            (r#"{"floor": {"amount": "9.50"}}"#, Some(950), Some(950), None),
            (
                r#"{"floor": {"amount": "5.00"}, "ceiling": {"amount": "8.00"}}"#,
                Some(700),
                Some(800),
                None,
            ),
            (
                r#"{"floor": {"amount": "5.00"}, "ceiling": {"amount": "6.00"}}"#,
                None,
                None,
                Some(Reason::Contradiction),
            ),
            ("{}", None, None, Some(Reason::NoFloor)),
        ];
        for (newer, floor, target, reason) in cases {
            let quote = settle(&began, Some(&set("new", newer, "{}")), &facts());
            let minor = |money: Option<Money>| money.map(Money::minor);
            assert_eq!(
                (minor(quote.floor), minor(quote.target), quote.reason),
                (floor, target, reason),
                "{newer}"
            );
        }
    }

    proptest! {
        #[test]
        fn whatever_both_say_no_price_lies_outside_either(
            floors in (1_i64..2_000, 1_i64..2_000),
            ceilings in (proptest::option::of(1_i64..3_000), proptest::option::of(1_i64..3_000)),
            accept in 1_i64..3_000,
        ) {
            let rules = |id: &str, floor: i64, ceiling: Option<i64>, policy: &str| {
                let money = |minor: i64| format!("{}.{:02}", minor / 100, minor % 100);
                let ceiling = ceiling
                    .map(|c| format!(r#", "ceiling": {{"amount": "{}"}}"#, money(c)))
                    .unwrap_or_default();
                set(id, &format!(r#"{{"floor": {{"amount": "{}"}}{ceiling}}}"#, money(floor)), policy)
            };
            let policy = format!(r#"{{"accept_at": {{"amount": "{}.{:02}"}}}}"#, accept / 100, accept % 100);
            let began = rules("old", floors.0, ceilings.0, &policy);
            let newer = rules("new", floors.1, ceilings.1, "{}");
            let quote = settle(&began, Some(&newer), &facts());
            let top = ceilings.0.unwrap_or(i64::MAX).min(ceilings.1.unwrap_or(i64::MAX));
            let bottom = floors.0.max(floors.1);
            prop_assert_eq!(quote.reason.is_none(), bottom <= top);
            if let Some(accept) = quote.accept_at {
                prop_assert!((bottom..=top).contains(&accept.minor()));
                prop_assert_eq!(quote.floor.map(Money::minor), Some(bottom));
            }
            // without another in force, the version alone decides
            prop_assert_eq!(settle(&began, Some(&began), &facts()), settle(&began, None, &facts()));
        }
    }
}
