//! What a rule set would have made of past orders: each line's price paid is brought within the
//! limits, and lines, revenue and margin are summed before and after. Must never depend on how many
//! threads it ran on.

mod impact;
mod orders;
mod tally;

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use commerce::Currency;
use commerce::money::parse_decimal;
use jiff::tz::TimeZone;
use rust_decimal::prelude::ToPrimitive;
use thiserror::Error;

pub use impact::{Bands, Blocked, Impact, ImpactGroups, LeftOut, PaidBand, Replay};
pub use orders::{
    ORDER_LINES_MAX, ORDERS_BYTES_MAX, ORDERS_COLUMNS, OrderColumns, OrderLine, OrdersBuilder,
};

use crate::catalog::{Catalog, Product};
use crate::decision::{Decision, Reason, decide};
use crate::facts::Facts;
use crate::rule_set::RuleSet;
use tally::{Prices, Sale, Tally, Verdict};

/// Lines that one thread takes at a time; progress is told after each such block.
const BLOCK_LINES: usize = 16_384;

/// How buyers answer to a price: volume becomes quantity × (new / paid)^E. 0: they buy as before;
/// -1.5: a price 10 % higher sells 13 % less.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Elasticity(f64);

impl Elasticity {
    /// The largest, either sign.
    pub const MOST: f64 = 100.0;

    /// `None` beyond ±100, or for what is no number.
    pub fn new(exponent: f64) -> Option<Self> {
        (exponent.abs() <= Self::MOST).then_some(Self(exponent))
    }

    /// Reads a plain decimal such as `-1.5`.
    pub fn parse(text: &str) -> Option<Self> {
        parse_decimal(text).ok().and_then(|decimal| decimal.to_f64()).and_then(Self::new)
    }

    /// What the volume is multiplied by; `None` stands for exactly 1. Where the new price is zero
    /// and the exponent negative the formula has no value, and the volume stays.
    fn factor(self, new: i64, paid: i64) -> Option<f64> {
        if self.0 == 0.0 || new == paid || (new <= 0 && self.0 < 0.0) {
            return None;
        }
        Some(libm::pow(new as f64 / paid as f64, self.0))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ReplayOptions {
    pub elasticity: Elasticity,
    /// As many as the machine has cores when `None`.
    pub threads: Option<NonZeroUsize>,
}

/// How far a replay is: lines looked at, of all (twice the order lines with a baseline).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplayProgress {
    pub done: usize,
    pub of: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReplayError {
    #[error("the replay was cancelled")]
    Cancelled,
    #[error("the rules are in {rules}, the {what} in {found}")]
    CurrencyMismatch { what: &'static str, rules: Currency, found: Currency },
}

/// Replays `orders` under `set`, and under `baseline` to compare with. `progress` is called from
/// any of the threads after each block of lines; it ends the replay with [`ControlFlow::Break`].
///
/// A line's facts are its own and its product's in the catalogue; its customer is `returning` when
/// they stood on an earlier line of another order. Volumes that elasticity makes fractional stay so
/// until each figure is rounded, once, to whole minor units, half up: the figures of groups may then
/// add up to a unit or so beside the overall one. With elasticity 0 all is exact.
///
/// # Errors
/// When cancelled, and when rules, baseline, catalogue and orders are not all in one currency.
pub fn replay(
    set: &RuleSet,
    baseline: Option<&RuleSet>,
    catalog: &Catalog,
    orders: &OrderColumns,
    options: &ReplayOptions,
    progress: &(dyn Fn(ReplayProgress) -> ControlFlow<()> + Sync),
) -> Result<Replay, ReplayError> {
    let same = |what, found| {
        let rules = set.currency();
        if rules == found {
            Ok(())
        } else {
            Err(ReplayError::CurrencyMismatch { what, rules, found })
        }
    };
    same("orders", orders.currency)?;
    if let Some(old) = baseline {
        same("rules compared with", old.currency())?;
    }
    for product in catalog.products() {
        same("catalogue", product.list_price.currency())?;
        same("catalogue", product.unit_cost.unwrap_or(product.list_price).currency())?;
    }
    let goods = Goods::of(catalog, orders);
    let of = orders.len() * if baseline.is_some() { 2 } else { 1 };
    let done = AtomicUsize::new(0);
    let told = |lines: usize| {
        let done = done.fetch_add(lines, Ordering::Relaxed) + lines;
        progress(ReplayProgress { done, of })
    };
    let (zone, elasticity) = (set.timezone(), options.elasticity);
    let run = |set| Run { set, zone, orders, goods: &goods, elasticity };
    let threads = options
        .threads
        .or_else(|| std::thread::available_parallelism().ok())
        .map_or(1, NonZeroUsize::get);
    let sums = run(set).sums(threads, &told)?;
    let baseline = match baseline {
        Some(old) => Some(run(old).sums(threads, &told)?.groups(orders, &goods)),
        None => None,
    };
    let groups = sums.groups(orders, &goods);
    Ok(Replay { groups, baseline, left_out: sums.left_out, elapsed_ms: 0 })
}

/// What the catalogue says of each SKU of the orders.
struct Goods<'c> {
    /// By SKU index: the product and the index of its category.
    of_sku: Vec<Option<(&'c Product, usize)>>,
    categories: Vec<&'c str>,
}

impl<'c> Goods<'c> {
    fn of(catalog: &'c Catalog, orders: &OrderColumns) -> Self {
        let mut known: HashMap<&str, usize> = HashMap::new();
        let mut categories = Vec::new();
        let mut of_sku = Vec::with_capacity(orders.skus.len());
        for sku in &orders.skus {
            of_sku.push(catalog.get(sku).map(|product| {
                let category = *known.entry(&product.category).or_insert_with(|| {
                    categories.push(product.category.as_str());
                    categories.len() - 1
                });
                (product, category)
            }));
        }
        Self { of_sku, categories }
    }
}

/// The sums of the lines that one thread looked at, then of all.
struct Sums {
    /// By months since year 0.
    months: HashMap<i32, Tally>,
    categories: Vec<Tally>,
    countries: Vec<Tally>,
    segments: Vec<Tally>,
    bands: [Tally; 3],
    left_out: LeftOut,
}

impl Sums {
    fn new(orders: &OrderColumns, goods: &Goods<'_>) -> Self {
        Self {
            months: HashMap::new(),
            categories: vec![Tally::default(); goods.categories.len()],
            countries: vec![Tally::default(); orders.countries.len()],
            segments: vec![Tally::default(); orders.segments.len()],
            bands: [Tally::default(); 3],
            left_out: LeftOut::default(),
        }
    }

    fn merge(&mut self, other: &Self) {
        for (month, tally) in &other.months {
            self.months.entry(*month).or_default().add(tally);
        }
        for (ours, theirs) in [
            (&mut self.categories[..], &other.categories[..]),
            (&mut self.countries, &other.countries),
            (&mut self.segments, &other.segments),
            (&mut self.bands, &other.bands),
        ] {
            ours.iter_mut().zip(theirs).for_each(|(ours, theirs)| ours.add(theirs));
        }
        self.left_out.quantity += other.left_out.quantity;
        self.left_out.price += other.left_out.price;
        self.left_out.unknown_sku += other.left_out.unknown_sku;
    }

    /// Each line that is not left out has one category.
    fn overall(&self) -> Tally {
        let mut overall = Tally::default();
        self.categories.iter().for_each(|tally| overall.add(tally));
        overall
    }

    fn groups(&self, orders: &OrderColumns, goods: &Goods<'_>) -> ImpactGroups {
        let currency = orders.currency;
        let named = |tallies: &[Tally], name: &dyn Fn(usize) -> String| {
            let named = tallies.iter().enumerate().filter(|(_, tally)| tally.lines() > 0);
            named.map(|(index, tally)| (name(index), tally.impact(currency))).collect()
        };
        let month = |&months: &i32| {
            format!("{:04}-{:02}", months.div_euclid(12), months.rem_euclid(12) + 1)
        };
        let bands = PaidBand::ALL.into_iter().zip(&self.bands);
        ImpactGroups {
            overall: self.overall().impact(currency),
            by_month: self.months.iter().map(|(m, t)| (month(m), t.impact(currency))).collect(),
            by_category: named(&self.categories, &|index| goods.categories[index].to_owned()),
            by_country: named(&self.countries, &|index| orders.countries[index].clone()),
            by_segment: named(&self.segments, &|index| orders.segments[index].clone()),
            by_band: bands
                .filter(|(_, tally)| tally.lines() > 0)
                .map(|(band, tally)| (band, tally.impact(currency)))
                .collect(),
        }
    }
}

/// One rule set over all lines.
struct Run<'r> {
    set: &'r RuleSet,
    /// Whose months the lines are put in.
    zone: &'r TimeZone,
    orders: &'r OrderColumns,
    goods: &'r Goods<'r>,
    elasticity: Elasticity,
}

impl Run<'_> {
    fn sums(
        &self,
        threads: usize,
        told: &(dyn Fn(usize) -> ControlFlow<()> + Sync),
    ) -> Result<Sums, ReplayError> {
        let next = AtomicUsize::new(0);
        let cancelled = AtomicBool::new(false);
        let work = || {
            let mut sums = Sums::new(self.orders, self.goods);
            while !cancelled.load(Ordering::Relaxed) {
                let from = next.fetch_add(BLOCK_LINES, Ordering::Relaxed);
                if from >= self.orders.len() {
                    break;
                }
                let lines = from..self.orders.len().min(from + BLOCK_LINES);
                self.block(lines.clone(), &mut sums);
                if told(lines.len()).is_break() {
                    cancelled.store(true, Ordering::Relaxed);
                }
            }
            sums
        };
        let threads = threads.clamp(1, self.orders.len().div_ceil(BLOCK_LINES).max(1));
        let mut all = Sums::new(self.orders, self.goods);
        std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            all.merge(&work());
            for other in others {
                match other.join() {
                    Ok(sums) => all.merge(&sums),
                    Err(fault) => std::panic::resume_unwind(fault),
                }
            }
        });
        if cancelled.into_inner() { Err(ReplayError::Cancelled) } else { Ok(all) }
    }

    fn block(&self, lines: Range<usize>, sums: &mut Sums) {
        let orders = self.orders;
        for line in lines {
            let (quantity, paid) = (orders.quantity[line], orders.unit_price[line]);
            if quantity <= 0 {
                sums.left_out.quantity += 1;
                continue;
            }
            if paid <= 0 {
                sums.left_out.price += 1;
                continue;
            }
            let Some((product, category)) = self.goods.of_sku[orders.sku[line] as usize] else {
                sums.left_out.unknown_sku += 1;
                continue;
            };
            let verdict = self.verdict(line, product);
            let unit_cost = product.unit_cost.map(|cost| cost.minor());
            let sale = Sale { paid, quantity, unit_cost };
            let (tally, band) = Tally::of(verdict, sale, self.elasticity);
            let month = month(orders, line, self.zone);
            sums.months.entry(month).or_default().add(&tally);
            sums.categories[category].add(&tally);
            sums.countries[orders.country[line] as usize].add(&tally);
            for &segment in &orders.segment_sets[orders.segment_set[line] as usize] {
                sums.segments[segment as usize].add(&tally);
            }
            if let Some(band) = band {
                sums.bands[band as usize].add(&tally);
            }
        }
    }

    fn verdict(&self, line: usize, product: &Product) -> Verdict {
        let orders = self.orders;
        let set = &orders.segment_sets[orders.segment_set[line] as usize];
        let facts = Facts {
            segments: set.iter().map(|&name| orders.segments[name as usize].clone()).collect(),
            customer: orders.customer[line],
            quantity: orders.quantity[line],
            ..Facts::of(
                product,
                &orders.channels[orders.channel[line] as usize],
                &orders.countries[orders.country[line] as usize],
                orders.placed_at[line],
            )
        };
        verdict(&decide(self.set, &facts), product)
    }
}

fn verdict(decision: &Decision, product: &Product) -> Verdict {
    match (decision.reason, decision.floor) {
        (Some(Reason::MissingCost), _) => Verdict::MissingCost,
        (Some(Reason::Contradiction), _) => Verdict::Contradiction,
        (Some(Reason::NoFloor | Reason::CurrencyMismatch), _) | (None, None) => Verdict::NoFloor,
        (None, Some(floor)) => {
            let policy = decision.policy.clone().unwrap_or_default();
            let accept_at = policy.accept_at.or(policy.target).unwrap_or(product.list_price);
            Verdict::Priced(Prices {
                floor: floor.minor(),
                ceiling: decision.ceiling.map(|ceiling| ceiling.minor()),
                accept_at: accept_at.minor(),
                decline_below: policy.decline_below.unwrap_or(floor).minor(),
            })
        }
    }
}

/// The line's month in the zone, counted from year 0.
fn month(orders: &OrderColumns, line: usize, zone: &TimeZone) -> i32 {
    let local = zone.to_datetime(orders.placed_at[line]);
    i32::from(local.year()) * 12 + i32::from(local.month()) - 1
}
