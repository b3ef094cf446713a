//! Random worlds: rule sets that use every dimension, and facts that they may match.

use std::collections::BTreeSet;

use commerce::{Currency, Money};
use jiff::Timestamp;
use pricing::{
    Concession, CustomerKind, DealValid, Facts, Guardrails, OneOf, Policy, PriceTerm, Range, Rule,
    RuleSet, SCALE_MAX, Segments, TimeOfDay, Weekday, When, Window,
};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use rust_decimal::Decimal;

pub(crate) const KWD: &str = "KWD";

pub(crate) fn currency() -> impl Strategy<Value = Currency> {
    select(vec![Currency::JPY, Currency::GBP, KWD.parse().unwrap()])
}

pub(crate) fn money(currency: Currency) -> impl Strategy<Value = Money> {
    prop_oneof![9 => 0_i64..20_000, 1 => 0..=commerce::money::MINOR_MAX]
        .prop_map(move |minor| Money::from_minor(minor, currency).unwrap())
}

/// From 0 to just under `top`, of few or of many digits.
pub(crate) fn decimal(top: u64) -> impl Strategy<Value = Decimal> {
    prop_oneof![
        (0..top * 100).prop_map(|hundredths| Decimal::new(hundredths as i64, 2)),
        (0..u128::from(top) * 10_u128.pow(SCALE_MAX))
            .prop_map(|part| Decimal::from_i128_with_scale(part as i128, SCALE_MAX)),
    ]
}

pub(crate) fn term(currency: Currency) -> impl Strategy<Value = PriceTerm> {
    prop_oneof![
        money(currency).prop_map(PriceTerm::Amount),
        decimal(2).prop_map(PriceTerm::OfList),
        decimal(1).prop_map(PriceTerm::Margin),
        decimal(1).prop_map(|margin| PriceTerm::Margin(-margin)),
    ]
}

pub(crate) const PATHS: [&str; 5] =
    ["home", "home/lights", "home/lights/led", "home/lightshades", "toys"];
pub(crate) const NAMES: [&str; 4] = ["a", "b", "c", "ü~/\""];
pub(crate) const COUNTRIES: [&str; 3] = ["GB", "IE", "JP"];

pub(crate) fn some_of<T: Clone + Ord + std::fmt::Debug + 'static>(
    all: Vec<T>,
) -> impl Strategy<Value = BTreeSet<T>> {
    let count = all.len();
    subsequence(all, 0..=count).prop_map(|some| some.into_iter().collect())
}

pub(crate) fn one_of<T: Clone + Ord + std::fmt::Debug + 'static>(
    all: Vec<T>,
) -> impl Strategy<Value = Option<OneOf<T>>> {
    let none_of = prop_oneof![3 => Just(BTreeSet::new()), 1 => some_of(all.clone())];
    let set = (option::of(some_of(all)), none_of);
    option::weighted(0.2, set.prop_map(|(any_of, none_of)| OneOf { any_of, none_of }))
}

pub(crate) fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|&text| text.to_owned()).collect()
}

pub(crate) fn range<T: Copy + Ord + std::fmt::Debug>(
    value: impl Strategy<Value = T> + Clone,
) -> impl Strategy<Value = Option<Range<T>>> {
    let ends = (option::of(value.clone()), option::of(value)).prop_map(|(a, b)| match (a, b) {
        (Some(a), Some(b)) => Range { min: Some(a.min(b)), max: Some(a.max(b)) },
        (min, max) => Range { min, max },
    });
    option::weighted(0.2, ends)
}

pub(crate) fn clock() -> impl Strategy<Value = Option<TimeOfDay>> {
    let time = |minutes: i8| jiff::civil::time(minutes / 4, minutes % 4 * 15, 0, 0);
    let ends = (0_i8..96, 1_i8..96).prop_map(move |(from, span)| TimeOfDay {
        from: time(from),
        until: time((i16::from(from) + i16::from(span)).rem_euclid(96) as i8),
    });
    option::weighted(0.2, ends)
}

pub(crate) fn window() -> impl Strategy<Value = Option<Window>> {
    let day = |day: i32| {
        jiff::civil::date(2011, 3, 20)
            .checked_add(jiff::Span::new().days(day))
            .map(|date| date.at(1, 30, 0, 0))
            .unwrap()
    };
    let ends = (option::of(0..10), option::of(10..250))
        .prop_map(move |(from, until)| Window { from: from.map(day), until: until.map(day) });
    option::weighted(0.2, ends)
}

pub(crate) fn when(currency: Currency) -> impl Strategy<Value = When> {
    let rarely =
        |names: &[&str]| prop_oneof![3 => Just(BTreeSet::new()), 1 => some_of(texts(names))];
    let segment = (option::of(some_of(texts(&NAMES))), rarely(&NAMES[..3]), rarely(&NAMES[2..]));
    let segment = option::weighted(
        0.2,
        segment.prop_map(|(any_of, all_of, none_of)| Segments { any_of, all_of, none_of }),
    );
    let list_price = range((0_i64..20_000).boxed()).prop_map(move |range| {
        let money = |minor| Money::from_minor(minor, currency).unwrap();
        range.map(|range| Range { min: range.min.map(money), max: range.max.map(money) })
    });
    let names = (
        one_of(texts(&PATHS)),
        one_of(texts(&NAMES)),
        segment,
        one_of(texts(&NAMES)),
        one_of(texts(&COUNTRIES)),
        one_of(CustomerKind::ALL.to_vec()),
        one_of(Weekday::ALL.to_vec()),
    );
    let figures = (range(1_i64..50), list_price, range(-5_i64..50), range(0_i64..100));
    (names, figures, clock(), window()).prop_map(|(names, figures, time, window)| {
        let (category, product, segment, channel, country, customer, weekday) = names;
        let (quantity, list_price, stock, intent) = figures;
        When {
            category,
            product,
            segment,
            channel,
            country,
            customer,
            quantity,
            list_price,
            stock,
            intent,
            weekday,
            time,
            window,
        }
    })
}

pub(crate) fn guardrails(currency: Currency) -> impl Strategy<Value = Guardrails> {
    let max_discount = option::weighted(0.4, decimal(1));
    let floor = option::weighted(0.5, term(currency));
    let ceiling = option::weighted(0.2, term(currency));
    (floor, ceiling, max_discount).prop_map(|(floor, ceiling, max_discount)| Guardrails {
        floor,
        ceiling,
        max_discount,
    })
}

pub(crate) fn policy(currency: Currency) -> impl Strategy<Value = Policy> {
    let price = || option::weighted(0.3, term(currency));
    let prices = (price(), price(), price(), price());
    let others = (
        option::of(1_u32..=100),
        option::of(select(Concession::ALL.to_vec())),
        option::of((1_u32..=43_200).prop_map(|minutes| DealValid::minutes(minutes).unwrap())),
        option::of(subsequence(texts(&NAMES), 0..=2)),
    );
    (prices, others).prop_map(|((target, accept_at, decline_below, escalate_at), others)| {
        let (max_rounds, concession, deal_valid, sweeteners) = others;
        Policy {
            target,
            accept_at,
            decline_below,
            escalate_at,
            max_rounds,
            concession,
            deal_valid,
            combine_with: sweeteners.clone(),
            sweeteners,
        }
    })
}

pub(crate) fn rule(currency: Currency) -> impl Strategy<Value = Rule> {
    (-2_i64..=2, option::of("[ -~]{1,8}"), when(currency), guardrails(currency), policy(currency))
        .prop_map(|(priority, name, when, guardrails, policy)| Rule {
            id: String::new(),
            name,
            priority,
            when,
            guardrails,
            policy,
        })
}

pub(crate) fn rules(currency: Currency) -> impl Strategy<Value = Vec<Rule>> {
    rules_of(currency, 0..6)
}

pub(crate) fn rules_of(
    currency: Currency,
    count: std::ops::Range<usize>,
) -> impl Strategy<Value = Vec<Rule>> {
    proptest::collection::vec(rule(currency), count).prop_map(|mut rules| {
        for (index, rule) in rules.iter_mut().enumerate() {
            // ids whose order is not that of the document
            rule.id = format!("{}r{index}", ["b", "a", "B", "é"][index % 4]);
        }
        rules
    })
}

/// The zones that the index is tried in: by an hour, by half an hour, south of the equator, and
/// without summer time; the far ones change on another day.
pub(crate) const ZONES: [&str; 6] = [
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/Sao_Paulo",
    "UTC",
];

/// 2011 as a whole, the hours about each change of the clock in [`ZONES`], and instants far off
/// or within a second.
pub(crate) fn moment() -> impl Strategy<Value = Timestamp> {
    let changes: Vec<i64> = ZONES
        .into_iter()
        .flat_map(|name| {
            let zone = jiff::tz::TimeZone::get(name).unwrap();
            let from: Timestamp = "2010-12-01T00:00:00Z".parse().unwrap();
            zone.following(from)
                .map(|change| change.timestamp().as_second())
                .take_while(|&at| at < 1_330_000_000)
                .collect::<Vec<_>>()
        })
        .collect();
    let near = (select(changes), -9_000_i64..=9_000).prop_map(|(at, beside)| at + beside);
    let second = prop_oneof![
        4 => 1_300_600_000_i64..1_320_200_000,
        3 => near,
        1 => -60_000_000_000_i64..200_000_000_000,
    ];
    let nanosecond = prop_oneof![3 => Just(0), 1 => -999_999_999_i32..=999_999_999];
    (second, nanosecond).prop_map(|(second, nanosecond)| {
        let nanosecond = if second == 0 { 0 } else { nanosecond.abs() * second.signum() as i32 };
        Timestamp::new(second, nanosecond).unwrap()
    })
}

pub(crate) fn facts(currency: Currency) -> impl Strategy<Value = Facts> {
    let names = (
        select(texts(&NAMES)),
        select(texts(&PATHS)),
        some_of(texts(&NAMES)),
        select(texts(&NAMES)),
        select(texts(&COUNTRIES)),
        select(CustomerKind::ALL.to_vec()),
    );
    let cost = option::weighted(0.8, money(currency));
    let figures = (1_i64..50, money(currency), cost, option::of(-5_i64..50));
    (names, figures, option::of(0_i64..=100), moment()).prop_map(|(names, figures, intent, at)| {
        let (product, category, segments, channel, country, customer) = names;
        let (quantity, list_price, unit_cost, stock) = figures;
        Facts {
            product,
            category,
            segments,
            channel,
            country,
            customer,
            quantity,
            list_price,
            unit_cost,
            stock,
            intent,
            at,
        }
    })
}

pub(crate) fn world() -> impl Strategy<Value = (Currency, Vec<Rule>, Facts)> {
    currency().prop_flat_map(|currency| (Just(currency), rules(currency), facts(currency)))
}

pub(crate) fn set(currency: Currency, rules: &[Rule]) -> RuleSet {
    RuleSet::new(currency, "Europe/London", rules).unwrap()
}
