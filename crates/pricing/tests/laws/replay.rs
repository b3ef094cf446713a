//! Replays against a reading line by line with `decide`, and what holds for every replay.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use commerce::{Currency, Money};
use jiff::Timestamp;
use pricing::{
    Bands, Blocked, Catalog, CustomerKind, Elasticity, Facts, Impact, ImpactGroups, LeftOut,
    OrderLine, OrdersBuilder, PaidBand, Product, Reason, Replay, ReplayOptions, Rule, RuleSet,
    UnitPrice, decide, replay,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::{collection, option, sample::select};

use crate::world::{COUNTRIES, NAMES, PATHS, currency, moment, rules, set, some_of, texts};

#[derive(Debug, Clone)]
struct Line {
    order: String,
    at: Timestamp,
    sku: String,
    quantity: i64,
    paid: i64,
    customer: Option<String>,
    country: String,
    channel: String,
    segments: Vec<String>,
}

fn line() -> impl Strategy<Value = Line> {
    let names = (
        select(texts(&["1", "2", "3"])),
        // one name of the four is in no catalogue
        select(texts(&NAMES)),
        option::of(select(texts(&["x", "y"]))),
        select(texts(&COUNTRIES)),
        select(texts(&NAMES)),
        some_of(texts(&NAMES)),
    );
    let quantity = prop_oneof![1 => -1_i64..=0, 9 => 1_i64..50];
    let paid = prop_oneof![1 => -1_i64..=0, 9 => 1_i64..20_000];
    (names, moment(), quantity, paid).prop_map(|(names, at, quantity, paid)| {
        let (order, sku, customer, country, channel, segments) = names;
        let segments = segments.into_iter().collect();
        Line { order, at, sku, quantity, paid, customer, country, channel, segments }
    })
}

fn product(sku: &'static str, currency: Currency) -> impl Strategy<Value = Product> {
    let modest =
        move || (0_i64..20_000).prop_map(move |minor| Money::from_minor(minor, currency).unwrap());
    let figures = (modest(), option::weighted(0.8, modest()));
    (select(texts(&PATHS)), figures, option::of(-5_i64..50)).prop_map(
        move |(category, (list_price, unit_cost), stock)| Product {
            sku: sku.to_owned(),
            title: String::new(),
            category,
            list_price,
            unit_cost,
            stock,
        },
    )
}

#[derive(Debug, Clone)]
struct Book {
    currency: Currency,
    rules: Vec<Rule>,
    products: Vec<Product>,
    lines: Vec<Line>,
}

fn book() -> impl Strategy<Value = Book> {
    currency().prop_flat_map(|currency| {
        let products = NAMES[..3].iter().map(|sku| product(sku, currency)).collect::<Vec<_>>();
        (rules(currency), products, collection::vec(line(), 0..30))
            .prop_map(move |(rules, products, lines)| Book { currency, rules, products, lines })
    })
}

impl Book {
    fn replay(&self, old: Option<&RuleSet>, exponent: f64, threads: usize) -> Replay {
        let mut orders = OrdersBuilder::new(self.currency);
        for line in &self.lines {
            let segments: Vec<&str> = line.segments.iter().map(String::as_str).collect();
            orders.push(&OrderLine {
                order_id: &line.order,
                placed_at: line.at,
                sku: &line.sku,
                quantity: line.quantity,
                unit_price: UnitPrice::whole(line.paid),
                customer_id: line.customer.as_deref(),
                country: &line.country,
                channel: &line.channel,
                segments: &segments,
            });
        }
        let options = ReplayOptions {
            elasticity: Elasticity::new(exponent).unwrap(),
            threads: NonZeroUsize::new(threads),
        };
        let catalog = Catalog::from_products(self.products.clone());
        let go_on = |_| ControlFlow::Continue(());
        let rules = set(self.currency, &self.rules);
        replay(&rules, old, &catalog, &orders.finish(), &options, &go_on).unwrap()
    }

    /// Line by line, as the page says it.
    fn naive(&self) -> (ImpactGroups, LeftOut) {
        let rules = set(self.currency, &self.rules);
        let nothing = impact(self.currency);
        let mut groups = ImpactGroups {
            overall: nothing.clone(),
            by_month: BTreeMap::new(),
            by_category: BTreeMap::new(),
            by_country: BTreeMap::new(),
            by_segment: BTreeMap::new(),
            by_band: BTreeMap::new(),
        };
        let mut left_out = LeftOut::default();
        for (place, line) in self.lines.iter().enumerate() {
            let product = self.products.iter().find(|product| product.sku == line.sku);
            if line.quantity <= 0 {
                left_out.quantity += 1;
            } else if line.paid <= 0 {
                left_out.price += 1;
            } else if let Some(product) = product {
                let (one, band) = self.one(&rules, product, place, line);
                let local = rules.timezone().to_datetime(line.at);
                let month = format!("{:04}-{:02}", local.year(), local.month());
                add(&mut groups.overall, &one);
                let put = |groups: &mut BTreeMap<String, Impact>, name: &str| {
                    add(groups.entry(name.to_owned()).or_insert(nothing.clone()), &one);
                };
                put(&mut groups.by_month, &month);
                put(&mut groups.by_category, &product.category);
                put(&mut groups.by_country, &line.country);
                line.segments.iter().for_each(|name| put(&mut groups.by_segment, name));
                if let Some(band) = band {
                    add(groups.by_band.entry(band).or_insert(nothing.clone()), &one);
                }
            } else {
                left_out.unknown_sku += 1;
            }
        }
        (groups, left_out)
    }

    fn one(
        &self,
        rules: &RuleSet,
        product: &Product,
        place: usize,
        line: &Line,
    ) -> (Impact, Option<PaidBand>) {
        let earlier = |other: &&Line| other.customer == line.customer && other.order != line.order;
        let returns =
            line.customer.is_some() && self.lines[..place].iter().any(|other| earlier(&other));
        let facts = Facts {
            segments: line.segments.iter().cloned().collect(),
            customer: if returns { CustomerKind::Returning } else { CustomerKind::New },
            quantity: line.quantity,
            ..Facts::of(product, &line.channel, &line.country, line.at)
        };
        let decision = decide(rules, &facts);
        let mut one = Impact { lines: 1, ..impact(self.currency) };
        match decision.reason {
            Some(Reason::MissingCost) => one.blocked.missing_cost = 1,
            Some(Reason::Contradiction) => one.blocked.contradiction = 1,
            Some(_) => one.blocked.no_floor = 1,
            None => {}
        }
        let Some(policy) = decision.policy else { return (one, None) };
        let floor = decision.floor.unwrap().minor();
        let ceiling = decision.ceiling.map_or(i64::MAX, |ceiling| ceiling.minor());
        let new = line.paid.clamp(floor, ceiling);
        let times = |each: i64| {
            let limit = i128::from(commerce::money::MINOR_MAX);
            let minor = (i128::from(each) * i128::from(line.quantity)).clamp(-limit, limit);
            Money::from_minor(i64::try_from(minor).unwrap(), self.currency).unwrap()
        };
        one.raised = u64::from(new > line.paid);
        one.lowered = u64::from(new < line.paid);
        one.unchanged = u64::from(new == line.paid);
        (one.revenue_before, one.revenue_after) = (times(line.paid), times(new));
        if let Some(cost) = product.unit_cost {
            one.margin_before = times(line.paid - cost.minor());
            one.margin_after = times(new - cost.minor());
        }
        let accept_at = policy.accept_at.or(policy.target).unwrap_or(product.list_price);
        let decline_below = policy.decline_below.map_or(floor, |price| price.minor());
        let band = if line.paid >= accept_at.minor() {
            one.bands.accept = 1;
            PaidBand::Accept
        } else if line.paid < decline_below {
            one.bands.decline = 1;
            PaidBand::Decline
        } else {
            one.bands.counter = 1;
            PaidBand::Counter
        };
        (one, Some(band))
    }
}

fn impact(currency: Currency) -> Impact {
    let zero = Money::zero(currency);
    Impact {
        lines: 0,
        raised: 0,
        lowered: 0,
        unchanged: 0,
        blocked: Blocked::default(),
        revenue_before: zero,
        revenue_after: zero,
        margin_before: zero,
        margin_after: zero,
        bands: Bands::default(),
    }
}

/// The sum ends at the range of money; the books here are a few lines long.
fn add(sum: &mut Impact, one: &Impact) {
    let limit = commerce::money::MINOR_MAX;
    let both = |a: Money, b: Money| {
        let minor = a.minor().saturating_add(b.minor()).clamp(-limit, limit);
        Money::from_minor(minor, a.currency()).unwrap()
    };
    sum.lines += one.lines;
    sum.raised += one.raised;
    sum.lowered += one.lowered;
    sum.unchanged += one.unchanged;
    sum.blocked.missing_cost += one.blocked.missing_cost;
    sum.blocked.contradiction += one.blocked.contradiction;
    sum.blocked.no_floor += one.blocked.no_floor;
    sum.bands.accept += one.bands.accept;
    sum.bands.counter += one.bands.counter;
    sum.bands.decline += one.bands.decline;
    sum.revenue_before = both(sum.revenue_before, one.revenue_before);
    sum.revenue_after = both(sum.revenue_after, one.revenue_after);
    sum.margin_before = both(sum.margin_before, one.margin_before);
    sum.margin_after = both(sum.margin_after, one.margin_after);
}

/// Whether no sum of the book's lines, in any order, comes near the end of the range of money.
fn moderate(groups: &ImpactGroups) -> bool {
    let bands = groups.by_band.values();
    let most = commerce::money::MINOR_MAX / 100;
    groups.by_category.values().chain(bands).all(|one| {
        [one.revenue_before, one.revenue_after, one.margin_before, one.margin_after]
            .iter()
            .all(|money| money.minor().abs() < most)
    })
}

fn sum(groups: &BTreeMap<String, Impact>, currency: Currency) -> Impact {
    let mut sum = impact(currency);
    groups.values().for_each(|group| add(&mut sum, group));
    sum
}

proptest! {
    #[test]
    fn a_replay_is_the_sum_of_its_lines(book in book()) {
        let (groups, left_out) = book.naive();
        prop_assume!(moderate(&groups));
        let replay = book.replay(None, 0.0, 2);
        prop_assert_eq!(replay.left_out, left_out);
        prop_assert_eq!(replay.groups, groups);
        prop_assert_eq!(replay.baseline, None);
    }

    #[test]
    fn no_line_is_lost_or_counted_twice(book in book(), exponent in -3.0..3.0) {
        let replay = book.replay(None, exponent, 1);
        let all = &replay.groups.overall;
        prop_assert_eq!(
            all.lines,
            all.raised + all.lowered + all.unchanged + all.blocked.total()
        );
        let bands = all.bands;
        let priced = all.lines - all.blocked.total();
        prop_assert_eq!(bands.accept + bands.counter + bands.decline, priced);
        let out = replay.left_out;
        let lines = u64::try_from(book.lines.len()).unwrap();
        prop_assert_eq!(all.lines + out.quantity + out.price + out.unknown_sku, lines);
    }

    #[test]
    fn months_categories_and_countries_add_up_to_the_whole(book in book()) {
        let replay = book.replay(None, 0.0, 1);
        let groups = &replay.groups;
        prop_assume!(moderate(groups));
        for by in [&groups.by_month, &groups.by_category, &groups.by_country] {
            prop_assert_eq!(&sum(by, book.currency), &groups.overall);
        }
    }

    #[test]
    fn a_set_compared_with_itself_changes_nothing(book in book(), exponent in -3.0..3.0) {
        let same = set(book.currency, &book.rules);
        let replay = book.replay(Some(&same), exponent, 2);
        prop_assert_eq!(replay.baseline.as_ref(), Some(&replay.groups));
    }

    #[test]
    fn before_is_before_whatever_buyers_do(book in book(), exponent in -3.0..3.0) {
        let (kept, moved) = (book.replay(None, 0.0, 1), book.replay(None, exponent, 1));
        let (kept, moved) = (&kept.groups.overall, &moved.groups.overall);
        prop_assert_eq!(kept.revenue_before, moved.revenue_before);
        prop_assert_eq!(kept.margin_before, moved.margin_before);
        prop_assert_eq!((kept.raised, kept.bands), (moved.raised, moved.bands));
    }
}

/// Many blocks of lines, so that threads take turns at them.
#[test]
fn the_number_of_threads_does_not_matter() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let book = loop {
        let book = book().new_tree(&mut runner).unwrap().current();
        if book.lines.len() > 20 && book.rules.len() > 3 {
            break book;
        }
    };
    let lines = book.lines.iter().cycle().take(70_000).cloned().collect();
    let book = Book { lines, ..book };
    for exponent in [0.0, -1.3] {
        let alone = book.replay(None, exponent, 1);
        assert!(alone.groups.overall.lines > 30_000);
        for threads in [2, 3, 8] {
            assert_eq!(book.replay(None, exponent, threads), alone, "{threads} threads");
        }
    }
}
