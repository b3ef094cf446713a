//! A basket and what it comes to. Exact: every amount has the currency's digits, and lines sum to
//! the total. Never makes a price: prices come in, from the catalogue or from a deal.

use thiserror::Error;

use crate::ids::DealId;
use crate::money::{Currency, Money, MoneyError};
use crate::names::Sku;

pub const LINES_MAX: usize = 500;
pub const QUANTITY_MAX: u32 = 1_000_000;

/// So many of one product, at one price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartLine {
    pub sku: Sku,
    /// 1 to 1,000,000.
    pub quantity: u32,
    /// Per unit, 0 or more.
    pub unit_price: Money,
    /// The deal that gave this price, for exactly this quantity. Such a line can be removed, not
    /// changed, and no discount touches it.
    pub deal: Option<DealId>,
}

/// Lines of one currency, one per product and deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cart {
    currency: Currency,
    lines: Vec<CartLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CartError {
    #[error("a quantity of {0}: expected 1 to {QUANTITY_MAX}")]
    Quantity(u64),
    #[error("a basket holds at most {LINES_MAX} lines")]
    TooManyLines,
    #[error("{0} is not in the basket")]
    NoSuchLine(String),
    #[error("{0} is part of a deal: its price and quantity stand together, remove it instead")]
    DealLine(Sku),
    #[error("deal {0} is in the basket already")]
    DealTwice(DealId),
    #[error("{what} of {amount}: expected 0 or more")]
    Negative { what: &'static str, amount: Money },
    #[error("a discount of {discount} is more than the {open} of goods that it may lower")]
    DiscountTooLarge { discount: Money, open: Money },
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// One line's part of the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineTotal {
    /// Quantity × unit price.
    pub gross: Money,
    /// This line's share of the order's discount, 0 or more.
    pub discount: Money,
    /// `gross − discount`.
    pub net: Money,
    /// Units that `net` pays for.
    pub quantity: u32,
}

/// What an order comes to. `goods − discount + delivery = total`; line nets sum to
/// `goods − discount`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// In the order of the lines.
    pub lines: Vec<LineTotal>,
    pub goods: Money,
    pub discount: Money,
    pub delivery: Money,
    pub total: Money,
}

impl Cart {
    pub fn new(currency: Currency) -> Self {
        Self { currency, lines: Vec::new() }
    }

    /// A basket as it was kept, checked line by line.
    pub fn restore(
        currency: Currency,
        lines: impl IntoIterator<Item = CartLine>,
    ) -> Result<Self, CartError> {
        let mut cart = Self::new(currency);
        for line in lines {
            match line.deal {
                Some(deal) => cart.add_deal(deal, line.sku, line.quantity, line.unit_price)?,
                None => cart.add(line.sku, line.quantity, line.unit_price)?,
            }
        }
        Ok(cart)
    }

    pub fn currency(&self) -> Currency {
        self.currency
    }

    pub fn lines(&self) -> &[CartLine] {
        &self.lines
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Adds units at the catalogue's price. A line of the same product grows and takes this price,
    /// the newest; a deal's line of it stands apart.
    pub fn add(&mut self, sku: Sku, quantity: u32, unit_price: Money) -> Result<(), CartError> {
        self.check(quantity, unit_price)?;
        if let Some(line) = self.open_line(&sku) {
            let sum = u64::from(line.quantity) + u64::from(quantity);
            line.quantity = checked_quantity(sum)?;
            line.unit_price = unit_price;
            return Ok(());
        }
        self.push(CartLine { sku, quantity, unit_price, deal: None })
    }

    /// Adds what a deal says, whole. A deal enters once.
    pub fn add_deal(
        &mut self,
        deal: DealId,
        sku: Sku,
        quantity: u32,
        unit_price: Money,
    ) -> Result<(), CartError> {
        self.check(quantity, unit_price)?;
        if self.lines.iter().any(|line| line.deal == Some(deal)) {
            return Err(CartError::DealTwice(deal));
        }
        self.push(CartLine { sku, quantity, unit_price, deal: Some(deal) })
    }

    /// Sets the quantity of a catalogue-priced line; 0 removes it.
    pub fn set_quantity(&mut self, sku: &Sku, quantity: u32) -> Result<(), CartError> {
        if quantity > QUANTITY_MAX {
            return Err(CartError::Quantity(quantity.into()));
        }
        let in_deal = self.lines.iter().any(|line| line.sku == *sku);
        let Some(line) = self.open_line(sku) else {
            return Err(match in_deal {
                true => CartError::DealLine(sku.clone()),
                false => CartError::NoSuchLine(sku.to_string()),
            });
        };
        line.quantity = quantity;
        self.lines.retain(|line| line.quantity > 0);
        Ok(())
    }

    /// Takes a deal's line out again.
    pub fn remove_deal(&mut self, deal: DealId) -> Result<CartLine, CartError> {
        let at = self.lines.iter().position(|line| line.deal == Some(deal));
        at.map(|at| self.lines.remove(at)).ok_or_else(|| CartError::NoSuchLine(deal.to_string()))
    }

    /// What it comes to, with `discount` shared over the lines that are no deal, by their worth.
    pub fn totals(&self, discount: Money, delivery: Money) -> Result<Totals, CartError> {
        for (what, amount) in [("a discount", discount), ("a delivery price", delivery)] {
            if amount.is_negative() {
                return Err(CartError::Negative { what, amount });
            }
        }
        let zero = Money::zero(self.currency);
        let (mut goods, mut open) = (zero, zero);
        let mut gross = Vec::with_capacity(self.lines.len());
        for line in &self.lines {
            let amount = line.unit_price.checked_mul(line.quantity.into())?;
            goods = goods.checked_add(amount)?;
            if line.deal.is_none() {
                open = open.checked_add(amount)?;
            }
            gross.push(amount);
        }
        if open.checked_sub(discount)?.is_negative() {
            return Err(CartError::DiscountTooLarge { discount, open });
        }
        let shares = self.shares(&gross, discount)?;
        let mut lines = Vec::with_capacity(gross.len());
        for ((line, gross), discount) in self.lines.iter().zip(gross).zip(shares) {
            let net = gross.checked_sub(discount)?;
            lines.push(LineTotal { gross, discount, net, quantity: line.quantity });
        }
        let total = goods.checked_sub(discount)?.checked_add(delivery)?;
        Ok(Totals { lines, goods, discount, delivery, total })
    }

    fn shares(&self, gross: &[Money], discount: Money) -> Result<Vec<Money>, MoneyError> {
        if discount.is_zero() {
            return Ok(vec![discount; gross.len()]);
        }
        let weigh = |(line, amount): (&CartLine, &Money)| match line.deal {
            None => amount.minor().unsigned_abs(),
            Some(_) => 0,
        };
        let weights: Vec<u64> = self.lines.iter().zip(gross).map(weigh).collect();
        discount.allocate(&weights)
    }

    fn open_line(&mut self, sku: &Sku) -> Option<&mut CartLine> {
        self.lines.iter_mut().find(|line| line.deal.is_none() && line.sku == *sku)
    }

    fn push(&mut self, line: CartLine) -> Result<(), CartError> {
        if self.lines.len() >= LINES_MAX {
            return Err(CartError::TooManyLines);
        }
        self.lines.push(line);
        Ok(())
    }

    fn check(&self, quantity: u32, unit_price: Money) -> Result<(), CartError> {
        checked_quantity(quantity.into())?;
        Money::zero(self.currency).checked_add(unit_price)?;
        if unit_price.is_negative() {
            return Err(CartError::Negative { what: "a unit price", amount: unit_price });
        }
        Ok(())
    }
}

fn checked_quantity(quantity: u64) -> Result<u32, CartError> {
    u32::try_from(quantity)
        .ok()
        .filter(|units| (1..=QUANTITY_MAX).contains(units))
        .ok_or(CartError::Quantity(quantity))
}

impl LineTotal {
    /// What goes back for `returning` more units when `returned` came back before: any way of
    /// splitting a return pays the same in the end, and all units together pay `net`.
    pub fn refund_for(&self, returned: u32, returning: u32) -> Result<Money, CartError> {
        let after = u64::from(returned) + u64::from(returning);
        if after > u64::from(self.quantity) {
            return Err(CartError::Quantity(after));
        }
        let paid_for = |units: u64| {
            let share = i128::from(self.net.minor()) * i128::from(units);
            share / i128::from(self.quantity.max(1))
        };
        let due = paid_for(after) - paid_for(u64::from(returned));
        let due = i64::try_from(due).map_err(|_| MoneyError::OutOfRange)?;
        Ok(Money::from_minor(due, self.net.currency())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn pounds(minor: i64) -> Money {
        Money::from_minor(minor, Currency::GBP).unwrap()
    }

    fn sku(text: &str) -> Sku {
        Sku::parse(text).unwrap()
    }

    fn deal(number: u128) -> DealId {
        DealId::new(Uuid::from_u128(number))
    }

    /// Vendure #3091, Sylius #17862, WooCommerce #45167, Medusa #14818.
    #[test]
    fn a_discount_is_shared_to_the_penny() {
        let mut cart = Cart::new(Currency::GBP);
        for (name, quantity, price) in [("A", 3, 333), ("B", 1, 1), ("C", 7, 199)] {
            cart.add(sku(name), quantity, pounds(price)).unwrap();
        }
        let totals = cart.totals(pounds(1_000), pounds(390)).unwrap();
        let nets: i64 = totals.lines.iter().map(|line| line.net.minor()).sum();
        assert_eq!(totals.goods, pounds(2_393));
        assert_eq!((nets, totals.total), (1_393, pounds(1_783)));
        assert_eq!(
            totals.lines.iter().map(|l| l.discount.minor()).collect::<Vec<_>>(),
            [418, 0, 582]
        );
    }

    #[test]
    fn a_deal_keeps_its_price_and_quantity() {
        let mut cart = Cart::new(Currency::GBP);
        cart.add_deal(deal(1), sku("A"), 8, pounds(1_245)).unwrap();
        cart.add(sku("A"), 1, pounds(1_450)).unwrap();
        cart.add(sku("A"), 1, pounds(1_400)).unwrap();
        assert_eq!(cart.lines().len(), 2);
        let totals = cart.totals(pounds(2_800), pounds(0)).unwrap();
        assert_eq!(totals.lines[0].net, pounds(9_960));
        assert_eq!(totals.lines[1].net, pounds(0));
        assert!(matches!(
            cart.totals(pounds(2_801), pounds(0)),
            Err(CartError::DiscountTooLarge { .. })
        ));
        assert!(matches!(
            cart.add_deal(deal(1), sku("B"), 1, pounds(1)),
            Err(CartError::DealTwice(_))
        ));
        cart.set_quantity(&sku("A"), 0).unwrap();
        assert!(matches!(cart.set_quantity(&sku("A"), 9), Err(CartError::DealLine(_))));
        assert_eq!(cart.remove_deal(deal(1)).unwrap().quantity, 8);
        assert!(cart.is_empty());
    }

    #[test]
    fn what_does_not_fit_is_refused_and_changes_nothing() {
        let mut cart = Cart::new(Currency::GBP);
        cart.add(sku("A"), QUANTITY_MAX, pounds(1)).unwrap();
        let before = cart.clone();
        assert!(cart.add(sku("A"), 1, pounds(1)).is_err());
        assert!(cart.add(sku("B"), 0, pounds(1)).is_err());
        assert!(cart.add(sku("B"), 1, pounds(-1)).is_err());
        assert!(cart.add(sku("B"), 1, Money::zero(Currency::EUR)).is_err());
        assert!(cart.set_quantity(&sku("B"), 1).is_err());
        assert!(cart.totals(pounds(-1), pounds(0)).is_err());
        assert!(cart.totals(pounds(0), pounds(-1)).is_err());
        assert!(cart.totals(Money::zero(Currency::EUR), pounds(0)).is_err());
        assert_eq!(cart, before);
    }

    #[test]
    fn restored_lines_are_the_kept_ones() {
        let mut cart = Cart::new(Currency::GBP);
        cart.add(sku("A"), 2, pounds(5)).unwrap();
        cart.add_deal(deal(3), sku("A"), 4, pounds(4)).unwrap();
        assert_eq!(Cart::restore(Currency::GBP, cart.lines().to_vec()).unwrap(), cart);
    }

    proptest! {
        #[test]
        fn lines_always_sum_to_the_total(
            lines in prop::collection::vec((1_u32..500, 0_i64..100_000, any::<bool>()), 1..20),
            percent in 0_i64..=100, delivery in 0_i64..1_000
        ) {
            let mut cart = Cart::new(Currency::GBP);
            for (at, &(quantity, price, in_deal)) in lines.iter().enumerate() {
                let name = sku(&format!("S{at}"));
                match in_deal {
                    true => cart.add_deal(deal(at as u128 + 1), name, quantity, pounds(price)).unwrap(),
                    false => cart.add(name, quantity, pounds(price)).unwrap(),
                }
            }
            let open: i64 = lines.iter().filter(|l| !l.2).map(|l| i64::from(l.0) * l.1).sum();
            let discount = open * percent / 100;
            let totals = cart.totals(pounds(discount), pounds(delivery)).unwrap();
            let sum = |pick: fn(&LineTotal) -> Money| totals.lines.iter().map(|l| pick(l).minor()).sum::<i64>();
            prop_assert_eq!(sum(|l| l.discount), discount);
            prop_assert_eq!(sum(|l| l.net) + delivery, totals.total.minor());
            for (line, kept) in totals.lines.iter().zip(cart.lines()) {
                prop_assert!(line.net.minor() >= 0);
                prop_assert!(kept.deal.is_none() || line.discount.is_zero());
            }
        }

        #[test]
        fn however_a_return_is_split_it_pays_the_line(net in 0_i64..1_000_000, quantity in 1_u32..200, cuts in prop::collection::vec(1_u32..50, 0..20)) {
            let line = LineTotal { gross: pounds(net), discount: pounds(0), net: pounds(net), quantity };
            let (mut returned, mut paid) = (0, 0);
            for cut in cuts {
                let cut = cut.min(quantity - returned);
                paid += line.refund_for(returned, cut).unwrap().minor();
                returned += cut;
            }
            paid += line.refund_for(returned, quantity - returned).unwrap().minor();
            prop_assert_eq!(paid, net);
            prop_assert!(line.refund_for(quantity, 1).is_err());
        }
    }
}
