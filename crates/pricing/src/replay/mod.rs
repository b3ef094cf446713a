//! What a rule set would have made of past orders: each line's price paid is brought within the
//! limits, and lines, revenue and margin are summed before and after. Must never depend on how many
//! threads it ran on.

mod impact;
mod orders;
mod reach;
mod run;
mod sums;
mod tally;
mod unit_price;

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};

use commerce::Currency;
use commerce::money::parse_decimal;
use rust_decimal::prelude::ToPrimitive;
use thiserror::Error;

pub use impact::{Bands, Blocked, Impact, ImpactGroups, LeftOut, PaidBand, Replay};
pub use orders::{
    ORDER_LINES_MAX, ORDERS_BYTES_MAX, ORDERS_COLUMNS, OrderColumns, OrderLine, OrdersBuilder,
};
pub use reach::{Reach, reach};
pub use unit_price::UnitPrice;

use crate::catalog::Catalog;
use crate::index::Zone;
use crate::rule_set::RuleSet;
use run::{Goods, Run};

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
    fn factor(self, new: UnitPrice, paid: UnitPrice) -> Option<f64> {
        if self.0 == 0.0 || new == paid || (new <= UnitPrice::ZERO && self.0 < 0.0) {
            return None;
        }
        Some(libm::pow(new.as_f64() / paid.as_f64(), self.0))
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
/// add up to a unit or so beside the overall one. With elasticity 0 the sums are
/// exact.
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
    let zone = Zone::new(set.timezone());
    let threads = options
        .threads
        .or_else(|| std::thread::available_parallelism().ok())
        .map_or(1, NonZeroUsize::get);
    let sums = |set| Run::new(set, &zone, orders, &goods, options.elasticity).sums(threads, &told);
    let now = sums(set)?;
    let groups = now.groups(orders, &goods);
    let baseline = match baseline {
        Some(old) => Some(sums(old)?.groups(orders, &goods)),
        None => None,
    };
    let left_out = now.left_out;
    Ok(Replay { groups, baseline, left_out, elapsed_ms: 0 })
}
