//! Laws of exact money, for any amount.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use commerce::{Currency, Money, Rounding};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn any_money() -> impl Strategy<Value = Money> {
    let currency = prop::sample::select(vec!["GBP", "JPY", "KWD", "EUR"]);
    let minor =
        prop_oneof![-100_000_i64..100_000, -9_007_199_254_740_991_i64..=9_007_199_254_740_991];
    (minor, currency)
        .prop_map(|(minor, code)| Money::from_minor(minor, code.parse().unwrap()).unwrap())
}

proptest! {
    #[test]
    fn what_is_written_reads_back(money in any_money()) {
        prop_assert_eq!(Money::parse(&money.to_string(), money.currency()).unwrap(), money);
    }

    #[test]
    fn reading_never_panics(text in "\\PC{0,60}|-?[0-9]{0,40}\\.?[0-9]{0,40}") {
        let _ = Money::parse(&text, Currency::GBP);
    }

    #[test]
    fn shares_sum_and_stay_within_one_unit(
        money in any_money(), weights in prop::collection::vec(any::<u64>(), 0..12)
    ) {
        let total: u128 = weights.iter().map(|&w| u128::from(w)).sum();
        match money.allocate(&weights) {
            Err(_) => prop_assert_eq!(total, 0),
            Ok(parts) => {
                prop_assert_eq!(parts.len(), weights.len());
                prop_assert_eq!(parts.iter().map(|p| p.minor()).sum::<i64>(), money.minor());
                let whole = u128::from(money.minor().unsigned_abs());
                for (part, &weight) in parts.iter().zip(&weights) {
                    let exact = whole * u128::from(weight) / total;
                    let given = u128::from(part.minor().unsigned_abs());
                    prop_assert!(given == exact || given == exact + 1);
                    prop_assert!(weight > 0 || part.is_zero());
                }
            }
        }
    }

    #[test]
    fn scaling_rounds_the_way_it_says(money in any_money(), rate in 0_i64..3_000_000) {
        let rate = Decimal::new(rate, 6);
        let exact = Decimal::from(money.minor()) * rate;
        let scaled = |rounding| money.scale(rate, rounding).map(|m| Decimal::from(m.minor()));
        if let (Ok(up), Ok(down), Ok(half)) =
            (scaled(Rounding::Up), scaled(Rounding::Down), scaled(Rounding::HalfUp))
        {
            prop_assert!(down <= exact && exact <= up && up - down <= Decimal::ONE);
            prop_assert!((half - exact).abs() <= Decimal::new(5, 1));
            prop_assert!(half == up || half == down);
        }
    }

    #[test]
    fn adding_and_taking_away_undo_each_other(a in any_money(), b in any_money()) {
        match a.checked_add(b) {
            Ok(sum) => prop_assert_eq!(sum.checked_sub(b).unwrap(), a),
            Err(_) => prop_assert!(a.currency() != b.currency() || a.minor().checked_add(b.minor()).is_none_or(|s| s.unsigned_abs() > 9_007_199_254_740_991)),
        }
    }
}

#[test]
fn halves_go_away_from_zero_and_floors_go_up() {
    let money = |minor| Money::from_minor(minor, Currency::GBP).unwrap();
    let half = Decimal::new(5, 1);
    for (minor, rounding, expected) in [
        (5, Rounding::HalfUp, 3),
        (-5, Rounding::HalfUp, -3),
        (5, Rounding::Up, 3),
        (-5, Rounding::Up, -2),
        (5, Rounding::Down, 2),
        (-5, Rounding::Down, -3),
    ] {
        assert_eq!(
            money(minor).scale(half, rounding).unwrap().minor(),
            expected,
            "{minor} {rounding:?}"
        );
    }
}
