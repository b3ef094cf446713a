//! Prices of rules on the catalogue's products, in minor units: the same arithmetic as
//! [`PriceTerm::price`], in machine words where these hold it.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use commerce::{Currency, Money, Rounding};
use rust_decimal::Decimal;

use super::bits::Bits;
use crate::term::{PriceTerm, discounted};

/// What a product's prices are computed from, in minor units.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figures {
    /// The product's number.
    pub(super) at: usize,
    pub(super) list: i64,
    pub(super) cost: Option<i64>,
    pub(super) currency: Currency,
}

impl Figures {
    fn money(self, minor: i64) -> Money {
        Money::from_minor(minor, self.currency).unwrap_or(Money::zero(self.currency))
    }
}

/// The price on each product, and the number of the term among those that have a table.
#[derive(Debug, Clone)]
struct Table {
    number: usize,
    prices: Arc<[i64]>,
}

/// In a table: there is no price. Less than any.
const NONE: i64 = i64::MIN;

/// A price term with its rounding, made ready.
#[derive(Debug, Clone)]
pub(super) struct Price {
    /// Where the term has one.
    table: Option<Table>,
    term: Exact,
    quick: Quick,
    rounding: Rounding,
}

#[derive(Debug, Clone, Copy)]
enum Exact {
    Term(PriceTerm),
    Discount(Decimal),
}

#[derive(Debug, Clone, Copy)]
enum Quick {
    Amount(i64),
    /// List price × the first / the second.
    List(u64, u64),
    /// Unit cost × the first / the second.
    Cost(u64, u64),
    No,
}

impl Price {
    pub(super) fn term(term: PriceTerm, rounding: Rounding) -> Self {
        let quick = match term {
            PriceTerm::Amount(amount) => Quick::Amount(amount.minor()),
            PriceTerm::OfList(rate) => {
                fraction(rate).map_or(Quick::No, |(num, den)| Quick::List(num, den))
            }
            PriceTerm::Margin(margin) => Decimal::ONE
                .checked_sub(margin)
                .and_then(fraction)
                .filter(|&(kept, _)| kept > 0)
                .map_or(Quick::No, |(kept, den)| Quick::Cost(den, kept)),
        };
        Self { table: None, term: Exact::Term(term), quick, rounding }
    }

    pub(super) fn discount(part: Decimal) -> Self {
        let quick = Decimal::ONE
            .checked_sub(part)
            .and_then(fraction)
            .map_or(Quick::No, |(num, den)| Quick::List(num, den));
        Self { table: None, term: Exact::Discount(part), quick, rounding: Rounding::Up }
    }

    fn needs_cost(&self) -> bool {
        matches!(self.term, Exact::Term(term) if term.needs_cost())
    }

    /// `None` where the term needs a unit cost and there is none.
    pub(super) fn on(&self, figures: Figures) -> Option<i64> {
        match &self.table {
            Some(table) => table.prices.get(figures.at).copied().filter(|&price| price != NONE),
            None => self.computed(figures),
        }
    }

    fn computed(&self, figures: Figures) -> Option<i64> {
        let quick = match self.quick {
            Quick::Amount(amount) => return Some(amount),
            Quick::List(num, den) => self.ratio(figures.list, num, den),
            Quick::Cost(num, den) => self.ratio(figures.cost?, num, den),
            Quick::No => None,
        };
        quick.or_else(|| self.slow(figures))
    }

    fn ratio(&self, base: i64, num: u64, den: u64) -> Option<i64> {
        let whole = u64::try_from(base).ok()?.checked_mul(num)?;
        let (quotient, rest) = (whole / den, whole % den);
        let up = match self.rounding {
            Rounding::Up => rest > 0,
            Rounding::Down => false,
            Rounding::HalfUp => rest >= den - rest,
        };
        let price = i64::try_from(quotient).ok()? + i64::from(up);
        (price <= commerce::money::MINOR_MAX).then_some(price)
    }

    fn slow(&self, figures: Figures) -> Option<i64> {
        let list = figures.money(figures.list);
        let price = match self.term {
            Exact::Term(term) => {
                term.price(list, figures.cost.map(|cost| figures.money(cost)), self.rounding)?
            }
            Exact::Discount(part) => discounted(list, part),
        };
        Some(price.minor())
    }
}

/// The prices that rules ask for, each worked out once, and on which products the one is above the
/// other, worked out when first asked.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// By sort of term, mantissa and scale of its rate, and rounding.
    tables: HashMap<(u8, i128, u32, u8), Table>,
    figures: Vec<Figures>,
    costless: Bits,
    /// For each pair of tables by their numbers, the first the slower to change; nothing where the
    /// one is above the other on no product.
    over: Vec<OnceLock<Option<Box<Bits>>>>,
}

impl Tables {
    /// The most tables; terms beyond them are worked out each time.
    const TABLES_MAX: usize = 1_000;

    pub(super) fn new(figures: Vec<Figures>) -> Self {
        let costless = figures.iter().filter(|product| product.cost.is_none());
        let costless = Bits::of(figures.len(), costless.map(|product| product.at));
        Self { figures, costless, ..Self::default() }
    }

    /// Gives the price its table.
    pub(super) fn serve(&mut self, price: &mut Price) {
        let (sort, rate) = match price.term {
            Exact::Term(PriceTerm::Amount(amount)) => (3, Decimal::from(amount.minor())),
            Exact::Term(PriceTerm::OfList(rate)) => (0, rate),
            Exact::Term(PriceTerm::Margin(rate)) => (1, rate),
            Exact::Discount(rate) => (2, rate),
        };
        let rate = rate.normalize();
        let key = (sort, rate.mantissa(), rate.scale(), price.rounding as u8);
        if let Some(table) = self.tables.get(&key) {
            price.table = Some(table.clone());
        } else if self.tables.len() < Self::TABLES_MAX {
            let on = |&figures: &Figures| price.computed(figures).unwrap_or(NONE);
            let prices = self.figures.iter().map(on).collect();
            let table = Table { number: self.tables.len(), prices };
            price.table = Some(table.clone());
            self.tables.insert(key, table);
        }
    }

    /// To be called when all prices are served.
    pub(super) fn finish(&mut self) {
        self.over.resize_with(self.tables.len() * self.tables.len(), OnceLock::new);
    }

    /// Those of the products on which both have a price and the one is above the other.
    pub(super) fn over(&self, one: &Price, other: &Price, among: &Bits) -> Bits {
        let Some((a, b)) = one.table.as_ref().zip(other.table.as_ref()) else {
            return among.filter(|at| {
                let Some(&figures) = self.figures.get(at) else { return false };
                matches!((one.on(figures), other.on(figures)), (Some(a), Some(b)) if a > b)
            });
        };
        match self.kept(a, b) {
            Some(kept) => among.and(kept),
            None => among.minus(among),
        }
    }

    /// Whether the one may be above the other on some product: quick, and to be asked first where
    /// there are many pairs.
    pub(super) fn may_be_over(&self, one: &Price, other: &Price) -> bool {
        let tables = one.table.as_ref().zip(other.table.as_ref());
        tables.is_none_or(|(a, b)| self.kept(a, b).is_some())
    }

    /// As [`Tables::may_be_over`], for either of a floor's prices.
    pub(super) fn floor_may_be_over(&self, floor: &Floor, other: &Price) -> bool {
        floor.prices().any(|price| self.may_be_over(price, other))
    }

    fn kept(&self, a: &Table, b: &Table) -> Option<&Bits> {
        let kept = self.over.get(a.number * self.tables.len() + b.number)?;
        let (a, b) = (&a.prices, &b.prices);
        let worked_out = || {
            let bits = Bits::of_pairs(a, b, |above, price| above > price && price != NONE);
            (!bits.is_empty()).then(|| Box::new(bits))
        };
        kept.get_or_init(worked_out).as_deref()
    }

    /// Those of the products on which both have a price and the one is no less than the other.
    pub(super) fn reaching(&self, one: &Price, other: &Price, among: &Bits) -> Bits {
        let mut reaching = self.priced(one, &self.priced(other, among));
        reaching.remove(&self.over(other, one, &reaching));
        reaching
    }

    /// Those of the products on which it has a price.
    pub(super) fn priced(&self, price: &Price, among: &Bits) -> Bits {
        if price.needs_cost() { among.minus(&self.costless) } else { among.clone() }
    }

    /// Those of the products on which either of the prices of a floor that says any is there.
    pub(super) fn floor_priced(&self, floor: &Floor, mut among: Bits) -> Bits {
        if floor.prices().all(Price::needs_cost) {
            among.remove(&self.costless);
        }
        among
    }

    /// As [`Tables::over`], for either of a floor's prices.
    pub(super) fn floor_over(&self, floor: &Floor, other: &Price, among: &Bits) -> Bits {
        either(floor, among, |price| self.over(price, other, among))
    }

    /// As [`Tables::reaching`], for either of a floor's prices.
    pub(super) fn floor_reaching(&self, floor: &Floor, other: &Price, among: &Bits) -> Bits {
        either(floor, among, |price| self.reaching(price, other, among))
    }
}

fn either(floor: &Floor, among: &Bits, on: impl Fn(&Price) -> Bits) -> Bits {
    match (&floor.floor, &floor.discount) {
        (None, None) => among.minus(among),
        (Some(price), None) | (None, Some(price)) => on(price),
        (Some(one), Some(two)) => {
            let mut either = on(one);
            either.add(&on(two));
            either
        }
    }
}

/// A rate as a fraction of machine words.
fn fraction(rate: Decimal) -> Option<(u64, u64)> {
    let rate = rate.normalize();
    Some((u64::try_from(rate.mantissa()).ok()?, 10_u64.checked_pow(rate.scale())?))
}

/// A rule's floor: the greater of its `floor` and what its `max_discount` leaves.
#[derive(Debug, Clone, Default)]
pub(super) struct Floor {
    pub(super) floor: Option<Price>,
    pub(super) discount: Option<Price>,
}

impl Floor {
    pub(super) fn on(&self, figures: Figures) -> Option<i64> {
        let price = |price: &Option<Price>| price.as_ref().and_then(|price| price.on(figures));
        price(&self.floor).max(price(&self.discount))
    }

    pub(super) fn prices(&self) -> impl Iterator<Item = &Price> {
        [&self.floor, &self.discount].into_iter().flatten()
    }

    pub(super) fn is_said(&self) -> bool {
        self.floor.is_some() || self.discount.is_some()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// The quick arithmetic gives what decisions are made with.
        #[test]
        fn a_price_is_that_of_a_decision(
            list in prop_oneof![0_i64..100_000, 0..=commerce::money::MINOR_MAX],
            cost in proptest::option::of(prop_oneof![
                0_i64..100_000, 0..=commerce::money::MINOR_MAX
            ]),
            scale in 0_u32..=20,
            part in any::<u64>(),
        ) {
            let currency = Currency::GBP;
            let figures = Figures { at: 0, list, cost, currency };
            let whole = 10_i128.pow(scale);
            let small = Decimal::from_i128_with_scale(i128::from(part) % whole, scale);
            let margin = |part: Decimal| PriceTerm::Margin(part);
            for term in [PriceTerm::OfList(small), margin(small), margin(-small)] {
                for rounding in [Rounding::Up, Rounding::Down, Rounding::HalfUp] {
                    let exact = term.price(
                        figures.money(list), cost.map(|cost| figures.money(cost)), rounding
                    );
                    let price = Price::term(term, rounding).on(figures);
                    prop_assert_eq!(price, exact.map(Money::minor));
                }
            }
            let exact = discounted(figures.money(list), small).minor();
            prop_assert_eq!(Price::discount(small).on(figures), Some(exact));
        }
    }
}
