//! Laws of deciding, and of reading and writing.

use commerce::{Currency, Money, Rounding};
use pricing::{
    Catalog, Decision, Facts, GuardrailKind, ORDERS_COLUMNS, OrderColumns, Outcome, PriceTerm,
    Reason, Rule, RuleSet, decide, diff, discounted,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::world::{guardrails, set, world};

fn floor_and_ceiling(decision: &Decision) -> (Money, Money) {
    let floor = decision.floor.unwrap();
    let most = Money::from_minor(commerce::money::MINOR_MAX, floor.currency()).unwrap();
    (floor, decision.ceiling.unwrap_or(most))
}

proptest! {
    #[test]
    fn a_priced_decision_keeps_every_guardrail((currency, rules, facts) in world()) {
        let decision = decide(&set(currency, &rules), &facts);
        prop_assume!(decision.outcome == Outcome::Priced);
        let (floor, ceiling) = floor_and_ceiling(&decision);
        prop_assert!(floor.minor() <= ceiling.minor());
        let mut binding = 0;
        for part in decision.trace.iter().flat_map(|rule| &rule.guardrails) {
            let price = part.price.unwrap();
            if part.kind == GuardrailKind::Ceiling {
                prop_assert!(ceiling.minor() <= price.minor());
                prop_assert_eq!(part.binding, price == ceiling);
            } else {
                prop_assert!(floor.minor() >= price.minor());
                prop_assert_eq!(part.binding, price == floor);
                binding += u32::from(part.binding);
            }
        }
        prop_assert!(binding > 0, "no rule gave the floor");
        let policy = decision.policy.unwrap();
        for price in [policy.target, policy.accept_at].into_iter().flatten() {
            prop_assert!(floor.minor() <= price.minor() && price.minor() <= ceiling.minor());
        }
    }

    #[test]
    fn the_order_of_the_document_decides_nothing(
        ((currency, rules, facts), shuffled) in world().prop_flat_map(|world| {
            let rules = Just(world.1.clone()).prop_shuffle();
            (Just(world), rules)
        })
    ) {
        let decision = decide(&set(currency, &rules), &facts);
        prop_assert_eq!(decide(&set(currency, &shuffled), &facts), decision);
    }

    #[test]
    fn a_further_guardrail_never_lowers_the_floor_nor_lifts_the_ceiling(
        ((currency, rules, facts), guardrails) in world()
            .prop_flat_map(|world| { let more = guardrails(world.0); (Just(world), more) })
    ) {
        let before = decide(&set(currency, &rules), &facts);
        let further = Rule { guardrails, priority: 9, ..Rule::new("further") };
        let more: Vec<Rule> = rules.into_iter().chain([further]).collect();
        let after = decide(&set(currency, &more), &facts);
        if before.outcome == Outcome::Priced && after.outcome == Outcome::Priced {
            let ((floor, ceiling), (new_floor, new_ceiling)) =
                (floor_and_ceiling(&before), floor_and_ceiling(&after));
            prop_assert!(new_floor.minor() >= floor.minor());
            prop_assert!(new_ceiling.minor() <= ceiling.minor());
        }
        if matches!(before.reason, Some(Reason::MissingCost | Reason::Contradiction)) {
            prop_assert!(after.outcome == Outcome::Blocked, "a guardrail opened a sale");
        }
    }

    #[test]
    fn each_policy_key_has_one_winner_and_it_ranks_highest((currency, rules, facts) in world()) {
        let decision = decide(&set(currency, &rules), &facts);
        for (rank, rule) in decision.trace.iter().enumerate() {
            for part in &rule.policy {
                let earlier = decision.trace[..rank].iter().flat_map(|rule| &rule.policy);
                let set_before = earlier.filter(|other| other.key == part.key).count();
                prop_assert_eq!(part.wins, set_before == 0);
                let known = part.losers.contains(&rule.rule) || part.winner == rule.rule;
                prop_assert!(known);
            }
        }
        let ids: Vec<&String> = decision.trace.iter().map(|rule| &rule.rule).collect();
        prop_assert_eq!(ids, decision.matched.iter().collect::<Vec<_>>());
        prop_assert!(decision.rules.is_sorted());
        prop_assert!(decision.rules.iter().all(|id| decision.matched.contains(id)));
    }

    #[test]
    fn a_rule_set_written_is_read_the_same((currency, rules, facts) in world()) {
        let set = set(currency, &rules);
        prop_assert_eq!(set.rules(), &rules[..]);
        let again = RuleSet::parse(&set.to_json()).unwrap();
        prop_assert_eq!(&again, &set);
        prop_assert_eq!(again.to_json(), set.to_json());
        prop_assert_eq!(decide(&again, &facts), decide(&set, &facts));
    }

    #[test]
    fn a_version_compared_with_itself_has_no_change(
        (currency, rules, _) in world(), at in any::<prop::sample::Index>()
    ) {
        let set = set(currency, &rules);
        let same = diff(&set, &set);
        prop_assert_eq!((&same.changes[..], &same.settings[..]), (&[][..], &[][..]));
        prop_assert_eq!(same.unchanged, rules.len());
        prop_assume!(!rules.is_empty());
        let mut other = rules.clone();
        let changed = at.index(rules.len());
        other[changed].priority += 1;
        let told = diff(&set, &RuleSet::new(currency, "Europe/London", &other).unwrap());
        prop_assert_eq!(told.changes.len(), 1);
        prop_assert_eq!(&told.changes[0].rule_id, &rules[changed].id);
        prop_assert_eq!(told.changes[0].sentences.len(), 1);
    }

    #[test]
    fn facts_written_are_read_the_same((currency, _, facts) in world()) {
        let line = serde_json::to_string(&facts).unwrap();
        let again = Facts::parse_line(1, &line, currency, &Catalog::default()).unwrap();
        prop_assert_eq!(again, facts);
    }

    /// The least price that keeps the margin: price × (1 − m) ≥ cost, and one unit less does not.
    #[test]
    fn a_margin_floor_is_the_least_price_that_keeps_the_margin(
        cost in 1_i64..10_000_000, digits in 0_u32..=9, part in any::<u64>()
    ) {
        let scale = 10_i128.pow(digits);
        let part = i128::from(part) % scale;
        let margin = Decimal::from_i128_with_scale(part, digits);
        let cost_money = Money::from_minor(cost, Currency::GBP).unwrap();
        let price = PriceTerm::Margin(margin)
            .price(Money::zero(Currency::GBP), Some(cost_money), Rounding::Up)
            .unwrap();
        let (price, cost) = (i128::from(price.minor()), i128::from(cost));
        prop_assert!(price * (scale - part) >= cost * scale);
        prop_assert!((price - 1) * (scale - part) < cost * scale);
    }

    /// Up is the least whole number at or above, down the greatest at or below, half up between.
    #[test]
    fn a_share_of_the_list_price_is_rounded_as_said(
        list in 0_i64..10_000_000, digits in 0_u32..=9, part in any::<u32>()
    ) {
        let scale = 10_i128.pow(digits);
        let rate = Decimal::from_i128_with_scale(i128::from(part), digits);
        let list_price = Money::from_minor(list, Currency::JPY).unwrap();
        let price = |rounding| {
            let price = PriceTerm::OfList(rate).price(list_price, None, rounding).unwrap();
            i128::from(price.minor())
        };
        let exact = i128::from(list) * i128::from(part);
        prop_assume!(exact / scale < i128::from(commerce::money::MINOR_MAX));
        let (up, down, half) = (price(Rounding::Up), price(Rounding::Down), price(Rounding::HalfUp));
        prop_assert!(up * scale >= exact && (up - 1) * scale < exact);
        prop_assert!(down * scale <= exact && (down + 1) * scale > exact);
        prop_assert_eq!(half, (2 * exact + scale).div_euclid(2 * scale));
    }

    #[test]
    fn a_discount_floor_gives_no_more_than_the_discount(list in 0_i64..10_000_000, part in 0_i64..=10_000) {
        let list_price = Money::from_minor(list, Currency::GBP).unwrap();
        let floor = i128::from(discounted(list_price, Decimal::new(part, 4)).minor());
        let kept = i128::from(list) * i128::from(10_000 - part);
        prop_assert!(floor * 10_000 >= kept && (floor - 1) * 10_000 < kept);
    }

    #[test]
    fn prices_never_panic_whatever_the_rate(
        minor in -commerce::money::MINOR_MAX..=commerce::money::MINOR_MAX,
        low in any::<i64>(), high in any::<i32>(), scale in 0_u32..=28
    ) {
        let mantissa = (i128::from(high) << 64) + i128::from(low);
        let rate = Decimal::from_i128_with_scale(mantissa, scale);
        let price = Money::from_minor(minor, Currency::GBP).unwrap();
        for rounding in [Rounding::Up, Rounding::Down, Rounding::HalfUp] {
            for term in [PriceTerm::OfList(rate), PriceTerm::Margin(rate)] {
                prop_assert!(term.price(price, Some(price), rounding).is_some());
            }
        }
        let _ = discounted(price, rate);
    }

    #[test]
    fn readers_never_panic_on_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes);
        let _ = RuleSet::parse(&text);
        let _ = Facts::parse_line(1, &text, Currency::GBP, &Catalog::default());
        let _ = Catalog::parse(&bytes, Currency::GBP);
        let header = b"sku,title,category,list_price,unit_cost,stock\n";
        let _ = Catalog::parse(&[header, bytes.as_slice()].concat(), Currency::GBP);
        let header = format!("{}\n", ORDERS_COLUMNS.join(","));
        let _ = OrderColumns::parse(&[header.as_bytes(), &bytes].concat(), Currency::GBP);
    }

    /// A good document with a piece of it overwritten: read, or faulted, never a panic.
    #[test]
    fn readers_never_panic_on_a_damaged_document(
        (currency, rules, facts) in world(), at in any::<prop::sample::Index>(), piece in "\\PC{0,6}"
    ) {
        let set = set(currency, &rules);
        let line = serde_json::to_string(&facts).unwrap();
        for text in [set.to_json(), line] {
            let places: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
            let (head, tail) = text.split_at(places[at.index(places.len())]);
            let rest: String = tail.chars().skip(piece.chars().count()).collect();
            let damaged = format!("{head}{piece}{rest}");
            match RuleSet::parse(&damaged) {
                Ok(read) => prop_assert_eq!(RuleSet::parse(&read.to_json()).unwrap(), read),
                Err(faults) => prop_assert!(!faults.is_empty()),
            }
            let _ = Facts::parse_line(1, &damaged, currency, &Catalog::default());
        }
    }
}
