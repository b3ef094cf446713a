//! Small random rule sets and catalogues, by a seed. Each flavour leans towards what makes some
//! kinds of conflict likely; all of them use every part of a rule at times.

use std::collections::BTreeSet;

use commerce::{Currency, Money};
use jiff::Timestamp;
use jiff::civil::{DateTime, date, time};
use pricing::{
    Catalog, Concession, CustomerKind, DealValid, Guardrails, OneOf, Policy, PriceTerm, Product,
    Range, Rule, RuleSet, Segments, TimeOfDay, Weekday, When, Window,
};
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rust_decimal::Decimal;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Flavour {
    Mixed,
    /// Clocks, weekdays and windows around the days on which clocks are shifted.
    Clocks,
    /// Policies of few ranks that overlap in many ways.
    Policies,
    /// Floors and ceilings that nest and cross.
    Guardrails,
    /// Segments and absent facts.
    Customers,
}

pub(crate) struct World {
    pub(crate) set: RuleSet,
    pub(crate) catalog: Catalog,
    pub(crate) now: Timestamp,
}

const PATHS: [&str; 6] =
    ["home", "home/lights", "home/lights/led", "home/lightshades", "toys", "toys/wood"];
const SKUS: [&str; 5] = ["p0", "p1", "p2", "p3", "gone"];
/// Zones with a present shortly before their clocks shift: by an hour, by half of one, over a
/// whole day, and twice within weeks.
const ZONES: [(&str, &str); 7] = [
    ("Europe/London", "2026-03-28T10:07:30.25Z"),
    ("Europe/London", "2026-10-24T22:00:00Z"),
    ("America/New_York", "2026-03-07T12:00:00Z"),
    ("Australia/Lord_Howe", "2026-10-03T03:00:00Z"),
    ("Pacific/Apia", "2011-12-29T05:00:00Z"),
    ("Africa/Casablanca", "2027-02-05T00:00:00Z"),
    ("UTC", "2026-11-25T00:00:00Z"),
];

pub(crate) struct Random {
    rng: ChaCha8Rng,
    flavour: Flavour,
    currency: Currency,
    start: DateTime,
}

impl Random {
    pub(crate) fn world(seed: u64, flavour: Flavour) -> World {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let currency =
            *[Currency::GBP, Currency::JPY, "KWD".parse().unwrap()].choose(&mut rng).unwrap();
        let &(zone, now) = ZONES.choose(&mut rng).unwrap();
        let now: Timestamp = now.parse().unwrap();
        let start = now.in_tz(zone).unwrap().datetime();
        let mut random = Self { rng, flavour, currency, start };
        let count = random.rng.random_range(1..=6);
        let mut ids: Vec<String> =
            (0..count).map(|at| format!("{}{at}", ["r", "R", "é"][at % 3])).collect();
        ids.shuffle(&mut random.rng);
        let mut rules: Vec<Rule> = ids.iter().map(|id| random.rule(id)).collect();
        random.echo(&mut rules);
        let products: Vec<Product> =
            (0..random.rng.random_range(1..=4)).map(|at| random.product(at)).collect();
        World {
            set: RuleSet::new(currency, zone, &rules).unwrap(),
            catalog: Catalog::from_products(products),
            now,
        }
    }

    /// Some rules say in part what others say, so that they nest, repeat and collide.
    fn echo(&mut self, rules: &mut [Rule]) {
        for at in 1..rules.len() {
            let other = rules[self.rng.random_range(0..at)].clone();
            if self.chance(0.15) {
                rules[at].when = other.when.clone();
            }
            if self.chance(0.1) {
                rules[at].guardrails = other.guardrails.clone();
            }
            if self.chance(0.1) {
                rules[at].policy = other.policy.clone();
                if let Some(list) = &mut rules[at].policy.sweeteners {
                    list.reverse();
                }
            }
            if self.chance(0.1) {
                rules[at] = Rule { id: rules[at].id.clone(), name: None, ..other };
            }
        }
    }

    fn chance(&mut self, part: f64) -> bool {
        self.rng.random_bool(part)
    }

    fn maybe<T>(&mut self, part: f64, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.chance(part) { Some(make(self)) } else { None }
    }

    fn one<T: Clone>(&mut self, all: &[T]) -> T {
        all.choose(&mut self.rng).unwrap().clone()
    }

    fn some<T: Clone + Ord>(&mut self, all: &[T], most: usize) -> BTreeSet<T> {
        let count = self.rng.random_range(0..=most);
        let count = if count == 0 && self.chance(0.8) { 1 } else { count };
        all.sample(&mut self.rng, count).cloned().collect()
    }

    fn money(&mut self, most: i64) -> Money {
        Money::from_minor(self.rng.random_range(0..=most), self.currency).unwrap()
    }

    fn product(&mut self, at: usize) -> Product {
        let minor = self.one(&[0, 1, 99, 450, 1_000, 1_234]);
        let cost = self.maybe(0.75, |r| r.one(&[0_i64, 60, 270, 600, 1_300]));
        let money = |minor| Money::from_minor(minor, self.currency).unwrap();
        Product {
            sku: format!("p{at}"),
            title: format!("Product {at}"),
            list_price: money(minor),
            unit_cost: cost.map(money),
            stock: self.maybe(0.7, |r| r.rng.random_range(0..20)),
            category: self.one(&PATHS).to_owned(),
        }
    }

    fn rule(&mut self, id: &str) -> Rule {
        let few = matches!(self.flavour, Flavour::Policies | Flavour::Guardrails);
        Rule {
            priority: if few { self.one(&[0, 0, 0, 1]) } else { self.one(&[0, 0, 0, 5, 10]) },
            when: self.when(),
            guardrails: self.guardrails(),
            policy: self.policy(),
            ..Rule::new(id)
        }
    }

    fn texts(&mut self, all: &[&str]) -> OneOf<String> {
        let all: Vec<String> = all.iter().map(|&text| text.to_owned()).collect();
        self.values(&all)
    }

    fn values<T: Clone + Ord>(&mut self, all: &[T]) -> OneOf<T> {
        let any_of = self.maybe(0.7, |r| r.some(all, 3));
        let none_of = self.maybe(0.3, |r| r.some(all, 2)).unwrap_or_default();
        OneOf { any_of, none_of }
    }

    fn range(&mut self, low: i64, high: i64) -> Range<i64> {
        let (a, b) = (self.rng.random_range(low..=high), self.rng.random_range(low..=high));
        Range { min: self.maybe(0.7, |_| a.min(b)), max: self.maybe(0.7, |_| a.max(b)) }
    }

    fn when(&mut self) -> When {
        let lean = |flavours: &[Flavour]| flavours.contains(&self.flavour);
        let clocks = if lean(&[Flavour::Clocks]) { 0.5 } else { 0.07 };
        let people = if lean(&[Flavour::Customers]) { 0.6 } else { 0.15 };
        let plain = if lean(&[Flavour::Clocks, Flavour::Policies]) { 0.1 } else { 0.3 };
        let absent = if lean(&[Flavour::Customers]) { 0.3 } else { 0.1 };
        When {
            category: self.maybe(plain, |r| r.texts(&PATHS)),
            product: self.maybe(plain / 2.0, |r| r.texts(&SKUS)),
            segment: self.maybe(people, Self::segments),
            channel: self.maybe(0.12, |r| r.texts(&["web", "app"])),
            country: self.maybe(0.2, |r| r.texts(&["GB", "IE", "DE"])),
            customer: self.maybe(0.2, |r| r.values(&CustomerKind::ALL)),
            quantity: self.maybe(0.25, |r| r.range(-1, 12)),
            list_price: self.maybe(0.12, Self::prices),
            stock: self.maybe(absent, |r| r.range(-3, 20)),
            intent: self.maybe(absent, |r| r.range(-5, 110)),
            weekday: self.maybe(clocks, |r| r.values(&Weekday::ALL)),
            time: self.maybe(clocks, Self::clock),
            window: self.maybe(clocks, Self::window),
        }
    }

    fn prices(&mut self) -> Range<Money> {
        let most = self.one(&[120, 1_300]);
        let range = self.range(0, most);
        let money = |minor| Money::from_minor(minor, self.currency).unwrap();
        Range { min: range.min.map(money), max: range.max.map(money) }
    }

    fn segments(&mut self) -> Segments {
        let names: Vec<String> = ["vip", "trade", "blocked", "club"].map(str::to_owned).to_vec();
        Segments {
            any_of: self.maybe(0.5, |r| r.some(&names, 3)),
            all_of: self.maybe(0.3, |r| r.some(&names, 2)).unwrap_or_default(),
            none_of: self.maybe(0.4, |r| r.some(&names, 2)).unwrap_or_default(),
        }
    }

    /// Quarters of hours, many of them where clocks are shifted.
    fn clock(&mut self) -> TimeOfDay {
        let all = [0, 1, 4, 5, 6, 8, 9, 11, 12, 36, 70, 88, 95];
        let from: i8 = self.one(&all);
        let until = loop {
            let until: i8 = self.one(&all);
            if until != from {
                break until;
            }
        };
        let at = |quarter: i8| time(quarter / 4, quarter % 4 * 15, 0, 0);
        TimeOfDay { from: at(from), until: at(until) }
    }

    fn window(&mut self) -> Window {
        let mut end = |days: std::ops::RangeInclusive<i64>| {
            let day = jiff::Span::new().days(self.rng.random_range(days));
            let date = self.start.date().checked_add(day).unwrap();
            let quarter = self.one(&[0_i8, 4, 6, 8, 10, 12, 48]);
            date.at(quarter / 4, quarter % 4 * 15, 0, 0)
        };
        let (from, until) = (end(-3..=4), end(-1..=6));
        let (from, until) = (from.min(until), from.max(until));
        // the calendar's far ends now and then
        let until =
            if self.chance(0.05) { date(9998, 1, 1).at(0, 0, 0, 0).min(until) } else { until };
        Window { from: self.maybe(0.7, |_| from), until: self.maybe(0.7, |_| until) }
    }

    fn term(&mut self) -> PriceTerm {
        match self.rng.random_range(0..20) {
            0..6 => PriceTerm::Amount(self.money(1_250)),
            6..15 => {
                let rates = ["0", "0.333", "0.5", "0.8", "0.9", "0.92", "1", "1.1"];
                PriceTerm::OfList(self.one(&rates).parse().unwrap())
            }
            _ => PriceTerm::Margin(self.one(&["-0.2", "0", "0.1", "0.35", "0.5"]).parse().unwrap()),
        }
    }

    fn guardrails(&mut self) -> Guardrails {
        let much = self.flavour == Flavour::Guardrails;
        let little = self.flavour == Flavour::Policies;
        let (floor, ceiling) = if much {
            (0.7, 0.5)
        } else if little {
            (0.2, 0.1)
        } else {
            (0.45, 0.25)
        };
        let parts: [Decimal; 5] =
            ["0", "0.1", "0.25", "0.5", "1"].map(|part| part.parse().unwrap());
        Guardrails {
            floor: self.maybe(floor, Self::term),
            ceiling: self.maybe(ceiling, Self::term),
            max_discount: self.maybe(floor / 2.0, |r| r.one(&parts)),
        }
    }

    fn policy(&mut self) -> Policy {
        let price = match self.flavour {
            Flavour::Policies => 0.45,
            Flavour::Guardrails => 0.1,
            _ => 0.25,
        };
        let lists =
            [vec![], vec!["free-shipping".to_owned()], vec!["a".to_owned(), "b".to_owned()]];
        Policy {
            target: self.maybe(price, Self::term),
            accept_at: self.maybe(price, Self::term),
            decline_below: self.maybe(price, Self::term),
            escalate_at: self.maybe(price, Self::term),
            max_rounds: self.maybe(0.15, |r| r.one(&[3, 6])),
            concession: self.maybe(0.1, |r| r.one(&Concession::ALL)),
            deal_valid: self
                .maybe(0.08, |r| DealValid::parse(r.one(&["PT30M", "PT1H", "PT60M"])).unwrap()),
            sweeteners: self.maybe(0.1, |r| r.one(&lists)),
            combine_with: self.maybe(0.05, |r| r.one(&lists)),
        }
    }
}
