//! Rules of about four conditions each, over every dimension, as a merchant with far too many
//! would have: nearly all for some categories or products, each with a few limits and some policy.

use std::collections::BTreeSet;

use commerce::Currency;
use jiff::civil;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rust_decimal::Decimal;

use super::{
    CATEGORIES, CHANNELS, COUNTRIES, PRODUCTS, QUANTITIES, SEGMENTS, chance, dice, pick,
    pick_early, pounds, sku,
};
use crate::problem::Problem;
use crate::rule::{
    Concession, CustomerKind, DealValid, Guardrails, OneOf, Policy, Range, Rule, Segments,
    TimeOfDay, Weekday, When, Window,
};
use crate::rule_set::RuleSet;
use crate::term::PriceTerm;

/// How often each dimension is drawn beside the goods, in the order of [`condition`].
const DIMENSIONS: [u32; 13] = [6, 3, 12, 8, 10, 8, 12, 9, 6, 6, 6, 5, 9];
/// The count of conditions, drawn from: four in the mean.
const CONDITIONS: [usize; 12] = [2, 3, 3, 3, 4, 4, 4, 4, 4, 5, 5, 7];

/// [`rules`] as a rule set in pounds, in London.
///
/// # Errors
/// As [`RuleSet::new`]: when there are more rules than one rule set may hold.
pub fn rule_set(seed: u64, count: usize) -> Result<RuleSet, Vec<Problem>> {
    RuleSet::new(Currency::GBP, "Europe/London", &rules(seed, count))
}

/// So many rules; the first applies to every sale, so that few are left without a floor.
pub fn rules(seed: u64, count: usize) -> Vec<Rule> {
    let mut dice = dice(seed, 1);
    let mut rules = Vec::with_capacity(count);
    for number in 0..count {
        let mut rule = Rule::new(&format!("rule-{number:05}"));
        if number == 0 {
            rule.guardrails.max_discount = Some(Decimal::new(60, 2));
            rule.policy.target = Some(PriceTerm::OfList(Decimal::new(95, 2)));
        } else {
            rule.priority = i64::from(dice.random_range(0_u8..50));
            when(&mut dice, &mut rule.when);
            (rule.guardrails, rule.policy) = says(&mut dice);
        }
        rules.push(rule);
    }
    rules
}

fn when(dice: &mut ChaCha8Rng, when: &mut When) {
    let conditions = pick(dice, &CONDITIONS);
    match dice.random_range(0..100) {
        0..4 => {}
        4..30 => condition(dice, 1, when),
        _ => condition(dice, 0, when),
    }
    while (when.dimensions() as usize) < conditions {
        let mut drawn = dice.random_range(0..DIMENSIONS.iter().sum::<u32>());
        for (dimension, often) in DIMENSIONS.into_iter().enumerate() {
            if drawn < often {
                condition(dice, dimension, when);
                break;
            }
            drawn -= often;
        }
    }
}

fn condition(dice: &mut ChaCha8Rng, dimension: usize, when: &mut When) {
    match dimension {
        0 => when.category = Some(categories(dice)),
        1 => when.product = Some(products(dice)),
        2 => when.segment = Some(segments(dice)),
        3 => when.channel = Some(names(dice, &CHANNELS, 2, 10)),
        4 => when.country = Some(names(dice, &COUNTRIES, 4, 10)),
        5 => when.customer = Some(OneOf::any([pick(dice, &CustomerKind::ALL)])),
        6 => {
            let min = pick(dice, &QUANTITIES);
            when.quantity = Some(Range {
                min: chance(dice, 80).then_some(min),
                max: chance(dice, 60).then(|| min * pick(dice, &[1, 2, 4, 8])),
            });
        }
        7 => {
            let min = dice.random_range(1..80) * 25;
            let max = min + dice.random_range(1..80) * 25;
            when.list_price = Some(Range {
                min: chance(dice, 70).then(|| pounds(min)),
                max: chance(dice, 70).then(|| pounds(max)),
            });
        }
        8 => {
            let min = dice.random_range(1..300);
            let max = chance(dice, 40).then(|| min + dice.random_range(0..200));
            when.stock = Some(Range { min: Some(min), max });
        }
        9 => when.intent = Some(Range { min: Some(dice.random_range(1..20) * 5), max: None }),
        10 => {
            let days = dice.random_range(1..4);
            when.weekday = Some(OneOf::any((0..days).map(|_| pick(dice, &Weekday::ALL))));
        }
        11 => {
            let from = dice.random_range(0..24);
            let until = (from + dice.random_range(2..14)) % 24;
            let time = |hour| civil::Time::constant(hour, 0, 0, 0);
            when.time = Some(TimeOfDay { from: time(from), until: time(until) });
        }
        _ => when.window = Some(window(dice)),
    }
}

/// From one category to three, sometimes a whole branch without one of its twigs.
fn categories(dice: &mut ChaCha8Rng) -> OneOf<String> {
    let path = pick(dice, &CATEGORIES);
    match path.split_once('/') {
        Some((branch, _)) if chance(dice, 15) => OneOf {
            any_of: Some(BTreeSet::from([branch.to_owned()])),
            none_of: BTreeSet::from([path.to_owned()]),
        },
        _ => {
            let further = dice.random_range(0..3);
            OneOf::any(
                (0..further).map(|_| pick(dice, &CATEGORIES)).chain([path]).map(str::to_owned),
            )
        }
    }
}

/// Mostly a handful of products, sometimes all but one.
fn products(dice: &mut ChaCha8Rng) -> OneOf<String> {
    let mut some = |count| -> BTreeSet<String> {
        (0..count).map(|_| sku(dice.random_range(0..PRODUCTS))).collect()
    };
    let named = some(5);
    if chance(dice, 5) {
        OneOf { any_of: None, none_of: named.into_iter().take(1).collect() }
    } else {
        OneOf::any(named)
    }
}

fn names(dice: &mut ChaCha8Rng, of: &[&str], most: usize, none_percent: u32) -> OneOf<String> {
    let count = dice.random_range(1..=most);
    let some = (0..count).map(|_| pick_early(dice, of).to_owned()).collect();
    if chance(dice, none_percent) {
        OneOf { any_of: None, none_of: some }
    } else {
        OneOf { any_of: Some(some), none_of: BTreeSet::new() }
    }
}

fn segments(dice: &mut ChaCha8Rng) -> Segments {
    let mut some = |most| -> BTreeSet<String> {
        let count = dice.random_range(1..=most);
        (0..count).map(|_| pick_early(dice, &SEGMENTS).to_owned()).collect()
    };
    let (any_of, all_of, none_of) = (some(3), some(2), some(2));
    let none_of = if chance(dice, 25) { none_of } else { BTreeSet::new() };
    if chance(dice, 15) {
        Segments { any_of: None, all_of, none_of }
    } else {
        Segments { any_of: Some(any_of), all_of: BTreeSet::new(), none_of }
    }
}

/// Some weeks of 2011, of which sometimes only the beginning or the end is said.
fn window(dice: &mut ChaCha8Rng) -> Window {
    let month = dice.random_range(1..=12);
    let from = civil::Date::constant(2011, month, dice.random_range(1..=28)).at(0, 0, 0, 0);
    let until = from.saturating_add(jiff::Span::new().days(dice.random_range(7..90)));
    match dice.random_range(0..10) {
        0 => Window { from: Some(from), until: None },
        1 => Window { from: None, until: Some(until) },
        _ => Window { from: Some(from), until: Some(until) },
    }
}

fn says(dice: &mut ChaCha8Rng) -> (Guardrails, Policy) {
    let hundredths = |dice: &mut ChaCha8Rng, from: i64, until: i64| {
        Decimal::new(dice.random_range(from..until), 2)
    };
    let price = |dice: &mut ChaCha8Rng, from: i64, until: i64| match dice.random_range(0..10) {
        0..2 => PriceTerm::Margin(hundredths(dice, 5, 35)),
        _ => PriceTerm::OfList(hundredths(dice, from, until)),
    };
    let floor = chance(dice, 40).then(|| match dice.random_range(0..10) {
        0 => PriceTerm::Amount(pounds(dice.random_range(5..60))),
        1..5 => PriceTerm::Margin(hundredths(dice, 5, 35)),
        _ => PriceTerm::OfList(hundredths(dice, 50, 90)),
    });
    let guardrails = Guardrails {
        floor,
        ceiling: chance(dice, 15).then(|| PriceTerm::OfList(hundredths(dice, 100, 125))),
        max_discount: chance(dice, 40).then(|| hundredths(dice, 10, 50)),
    };
    let policy = Policy {
        target: chance(dice, 40).then(|| price(dice, 80, 105)),
        accept_at: chance(dice, 30).then(|| price(dice, 75, 100)),
        decline_below: chance(dice, 25).then(|| price(dice, 40, 60)),
        escalate_at: chance(dice, 15).then(|| price(dice, 60, 75)),
        max_rounds: chance(dice, 20).then(|| dice.random_range(2..10)),
        concession: chance(dice, 20).then(|| pick(dice, &Concession::ALL)),
        deal_valid: if chance(dice, 15) {
            DealValid::minutes(pick(dice, &[15, 30, 60, 1_440]))
        } else {
            None
        },
        sweeteners: chance(dice, 10).then(|| vec!["free-shipping".to_owned()]),
        combine_with: chance(dice, 10).then(|| vec!["loyalty".to_owned()]),
    };
    (guardrails, policy)
}
