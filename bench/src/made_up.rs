//! Sales of a made-up shop, and rules of four conditions that both engines can say.

use std::collections::BTreeSet;

use commerce::{Currency, Money};
use pricing::{Facts, OneOf, Range, Rule, RuleSet, When, synthetic};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Which four conditions the rules have.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    /// Two names and two ranges.
    Names,
    /// Four ranges.
    Ranges,
}

impl Shape {
    pub(crate) const ALL: [Self; 2] = [Self::Names, Self::Ranges];

    pub(crate) fn columns(self) -> [&'static str; 4] {
        match self {
            Self::Names => ["category", "country", "quantity", "list_price"],
            Self::Ranges => ["quantity", "list_price", "stock", "intent"],
        }
    }
}

/// A condition as a table has it.
pub(crate) enum Cell {
    /// Every name written out.
    OneOf(Vec<String>),
    /// Both ends included; prices in pence.
    Between(i64, i64),
}

/// A rule as a row, in the order of its shape's columns.
pub(crate) type Row = [Cell; 4];

pub(crate) struct Shop {
    pub(crate) sales: Vec<Facts>,
}

impl Shop {
    pub(crate) fn new(seed: u64, sales: usize) -> Self {
        Self { sales: synthetic::facts(seed, &synthetic::catalog(seed), sales) }
    }

    /// The made-up rules of the benchmarks, their guardrails and policy kept, with conditions drawn
    /// from sales of the shop: so that each matches some.
    pub(crate) fn rules(&self, seed: u64, count: usize, shape: Shape) -> Result<RuleSet, String> {
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let mut rules = synthetic::rules(seed, count);
        for rule in &mut rules {
            rule.when = match shape {
                Shape::Names => self.names(&mut dice),
                Shape::Ranges => self.ranges(&mut dice),
            };
        }
        RuleSet::new(Currency::GBP, "Europe/London", &rules)
            .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    }

    fn sale(&self, dice: &mut ChaCha8Rng) -> &Facts {
        &self.sales[dice.random_range(0..self.sales.len())]
    }

    fn names(&self, dice: &mut ChaCha8Rng) -> When {
        let about = self.sale(dice);
        let further = dice.random_range(0..3);
        let mut categories: BTreeSet<String> =
            (0..further).map(|_| self.sale(dice).category.clone()).collect();
        categories.insert(about.category.clone());
        if dice.random_range(0..10) == 0 {
            // a whole branch
            let branch = about.category.split('/').next().unwrap_or_default();
            categories.insert(branch.to_owned());
        }
        let further = dice.random_range(0..4);
        let mut countries: BTreeSet<String> =
            (0..further).map(|_| self.sale(dice).country.clone()).collect();
        countries.insert(about.country.clone());
        When {
            category: Some(OneOf::any(categories)),
            country: Some(OneOf::any(countries)),
            quantity: Some(quantity(about, dice)),
            list_price: Some(list_price(about)),
            ..When::default()
        }
    }

    fn ranges(&self, dice: &mut ChaCha8Rng) -> When {
        let about = self.sale(dice);
        let middle = |known: Option<i64>, dice: &mut ChaCha8Rng| {
            known.unwrap_or_else(|| dice.random_range(0..=100))
        };
        let (stock, intent) = (middle(about.stock, dice), middle(about.intent, dice));
        let around = |middle: i64, by: i64| Range {
            min: Some((middle - by).max(0)),
            max: Some(middle + by),
        };
        When {
            quantity: Some(quantity(about, dice)),
            list_price: Some(list_price(about)),
            stock: Some(around(stock, 30)),
            intent: Some(around(intent, 10)),
            ..When::default()
        }
    }

    /// The rules as rows. A table knows no branches: a category stands for itself and for all of the
    /// shop's that are under it, written out.
    pub(crate) fn rows(&self, set: &RuleSet, shape: Shape) -> Vec<Row> {
        let known: BTreeSet<&str> =
            self.sales.iter().map(|facts| facts.category.as_str()).collect();
        let row = |rule: &Rule| {
            let when = &rule.when;
            let prices = when.list_price.map(|range| Range {
                min: range.min.map(Money::minor),
                max: range.max.map(Money::minor),
            });
            match shape {
                Shape::Names => [
                    Cell::OneOf(written_out(&names_of(&when.category), &known)),
                    Cell::OneOf(names_of(&when.country)),
                    between(when.quantity),
                    between(prices),
                ],
                Shape::Ranges => [
                    between(when.quantity),
                    between(prices),
                    between(when.stock),
                    between(when.intent),
                ],
            }
        };
        set.rules().iter().map(row).collect()
    }
}

fn quantity(about: &Facts, dice: &mut ChaCha8Rng) -> Range<i64> {
    let widest = about.quantity * dice.random_range(1..=4);
    Range { min: Some(about.quantity.min(6)), max: Some(widest) }
}

fn list_price(about: &Facts) -> Range<Money> {
    let pence = about.list_price.minor();
    let price = |pence| Money::from_minor(pence, Currency::GBP).ok();
    Range { min: price(pence / 2), max: price(pence * 3 / 2) }
}

fn names_of(one: &Option<OneOf<String>>) -> Vec<String> {
    one.iter().flat_map(|one| one.any_of.iter().flatten()).cloned().collect()
}

fn written_out(entries: &[String], known: &BTreeSet<&str>) -> Vec<String> {
    let under = |path: &str, entry: &str| {
        path.strip_prefix(entry).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let meant = known.iter().filter(|path| entries.iter().any(|entry| under(path, entry)));
    meant.map(|path| (*path).to_owned()).collect()
}

fn between(range: Option<Range<i64>>) -> Cell {
    let (min, max) = range.map_or((None, None), |range| (range.min, range.max));
    Cell::Between(min.unwrap_or(0), max.unwrap_or(i64::from(u32::MAX)))
}
