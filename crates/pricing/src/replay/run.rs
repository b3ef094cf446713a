//! One rule set over all lines, on several threads, by the compiled index. Products and buyers are
//! resolved once; a line costs an intersection and a handful of sums.

use std::collections::HashMap;
use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use jiff::Timestamp;
use jiff::civil::Date;

use super::orders::OrderColumns;
use super::sums::Sums;
use super::tally::{Prices, Sale, Tally, Verdict};
use super::{Elasticity, ReplayError, UnitPrice};
use crate::catalog::{Catalog, Product};
use crate::decision::Reason;
use crate::index::{BuyerKey, Figures, Index, MomentKey, ProductKey, Quote, Scratch, Zone};
use crate::rule_set::RuleSet;

/// Lines that one thread takes at a time; progress is told after each such block.
const BLOCK_LINES: usize = 16_384;

/// What the catalogue says of each SKU of the orders.
pub(super) struct Goods<'c> {
    /// By SKU index: the product and the index of its category.
    of_sku: Vec<Option<(&'c Product, usize)>>,
    pub(super) categories: Vec<&'c str>,
}

impl<'c> Goods<'c> {
    pub(super) fn of(catalog: &'c Catalog, orders: &OrderColumns) -> Self {
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

/// A product of the catalogue, resolved for the rule set.
pub(super) struct Good {
    pub(super) key: ProductKey,
    category: usize,
    list_price: i64,
    unit_cost: Option<i64>,
    pub(super) stock: Option<i64>,
}

pub(super) struct Run<'r> {
    pub(super) index: Index,
    /// By SKU index.
    pub(super) goods: Vec<Option<Good>>,
    /// By buyer index.
    pub(super) buyers: Vec<BuyerKey>,
    /// Whose months the lines are put in.
    zone: &'r Zone,
    pub(super) orders: &'r OrderColumns,
    catalog: &'r Goods<'r>,
    elasticity: Elasticity,
}

/// An instant resolved; order lines come in runs of one instant, and months in runs of days.
struct Moment {
    at: Timestamp,
    key: MomentKey,
    month: usize,
    /// The local days, counted from 1970-01-01, of the month.
    days: Range<i64>,
}

impl<'r> Run<'r> {
    pub(super) fn new(
        set: &RuleSet,
        zone: &'r Zone,
        orders: &'r OrderColumns,
        catalog: &'r Goods<'r>,
        elasticity: Elasticity,
    ) -> Self {
        let index = Index::new(set);
        let good = |&(product, category): &(&Product, usize)| Good {
            key: index.product(
                &product.sku,
                &product.category,
                product.list_price,
                product.unit_cost,
            ),
            category,
            list_price: product.list_price.minor(),
            unit_cost: product.unit_cost.map(|cost| cost.minor()),
            stock: product.stock,
        };
        let goods = catalog.of_sku.iter().map(|known| known.as_ref().map(good)).collect();
        let name = |names: &'r [String], at: u32| names[at as usize].as_str();
        let buyers = orders.buyers.iter().map(|buyer| {
            let segments = buyer.segments.iter().map(|&at| name(&orders.segments, at));
            let channel = name(&orders.channels, buyer.channel);
            index.buyer(segments, channel, name(&orders.countries, buyer.country), buyer.customer)
        });
        let buyers = buyers.collect();
        Self { index, goods, buyers, zone, orders, catalog, elasticity }
    }

    pub(super) fn sums(
        &self,
        threads: usize,
        told: &(dyn Fn(usize) -> ControlFlow<()> + Sync),
    ) -> Result<Sums, ReplayError> {
        let next = AtomicUsize::new(0);
        let cancelled = AtomicBool::new(false);
        let work = || {
            let mut sums = Sums::new(self.orders, self.catalog);
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
        let mut all = Sums::new(self.orders, self.catalog);
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
        let (mut moment, mut scratch): (Option<Moment>, _) = (None, Scratch::default());
        for line in lines {
            let (quantity, paid) = (orders.quantity[line], orders.unit_price[line]);
            if quantity <= 0 {
                sums.left_out.quantity += 1;
                continue;
            }
            if paid <= UnitPrice::ZERO {
                sums.left_out.price += 1;
                continue;
            }
            let Some(good) = &self.goods[orders.sku[line] as usize] else {
                sums.left_out.unknown_sku += 1;
                continue;
            };
            let moment = self.moment(&mut moment, orders.placed_at[line], sums);
            let buyer = orders.buyer[line] as usize;
            let figures = Figures { quantity, stock: good.stock, intent: None };
            let key = &self.buyers[buyer];
            let quote = self.index.decide_keys(&good.key, key, &moment.key, figures, &mut scratch);
            let sale = Sale { paid, quantity, unit_cost: good.unit_cost };
            let (tally, band) = Tally::of(verdict(&quote, good), sale, self.elasticity);
            sums.months[moment.month].add(&tally);
            sums.categories[good.category].add(&tally);
            sums.buyers[buyer].add(&tally);
            if let Some(band) = band {
                sums.bands[band as usize].add(&tally);
            }
        }
    }

    fn moment<'m>(
        &self,
        last: &'m mut Option<Moment>,
        at: Timestamp,
        sums: &mut Sums,
    ) -> &'m Moment {
        let resolved = match last.take() {
            Some(known) if known.at == at => known,
            known => {
                let day = self.zone.local_day(at);
                let (month, days) = match known {
                    Some(known) if known.days.contains(&day) => (known.month, known.days),
                    _ => {
                        let (month, days) = month_of(day);
                        (sums.month(month), days)
                    }
                };
                Moment { at, key: self.index.moment(at), month, days }
            }
        };
        last.insert(resolved)
    }
}

/// The month of a day counted from 1970-01-01, itself counted from year 0, and the month's days.
fn month_of(day: i64) -> (i32, Range<i64>) {
    let epoch = Date::constant(1970, 1, 1);
    let date = epoch.saturating_add(jiff::Span::new().days(day));
    let first = day - i64::from(date.day()) + 1;
    let month = i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
    (month, first..first + i64::from(date.days_in_month()))
}

fn verdict(quote: &Quote, good: &Good) -> Verdict {
    let floor = match (quote.reason, quote.floor) {
        (Some(Reason::MissingCost), _) => return Verdict::MissingCost,
        (Some(Reason::Contradiction), _) => return Verdict::Contradiction,
        (Some(Reason::NoFloor | Reason::CurrencyMismatch), _) | (None, None) => {
            return Verdict::NoFloor;
        }
        (None, Some(floor)) => floor.minor(),
    };
    let accept_at = quote.accept_at.or(quote.target).map_or(good.list_price, |price| price.minor());
    Verdict::Priced(Prices {
        floor,
        ceiling: quote.ceiling.map(|ceiling| ceiling.minor()),
        accept_at,
        decline_below: quote.decline_below.map_or(floor, |price| price.minor()),
    })
}
