//! Price terms and their exact arithmetic: rationals over integers, one named rounding at the end.
//! A quotient such as cost / (1 − margin) is never held as a rounded decimal on the way.

use commerce::money::MINOR_MAX;
use commerce::{Money, Rounding};
use rust_decimal::Decimal;

/// The most decimal places of a rate, trailing zeros aside. With it every product below fits 128
/// bits: 2^53 minor units × 10^20 < 2^120.
pub const SCALE_MAX: u32 = 20;

/// A price said in one of three ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PriceTerm {
    /// This much.
    Amount(Money),
    /// List price × rate; the rate is zero or more.
    OfList(Decimal),
    /// Unit cost / (1 − margin); the margin is below 1.
    Margin(Decimal),
}

impl PriceTerm {
    pub fn needs_cost(self) -> bool {
        matches!(self, Self::Margin(_))
    }

    /// The price in whole minor units, rounded as said; `None` when the term needs a unit cost and
    /// there is none. A price beyond the range of [`Money`] becomes its largest amount.
    pub fn price(
        self,
        list_price: Money,
        unit_cost: Option<Money>,
        rounding: Rounding,
    ) -> Option<Money> {
        match self {
            Self::Amount(amount) => Some(amount),
            Self::OfList(rate) => Some(times(list_price, rate, rounding)),
            Self::Margin(margin) => Some(with_margin(unit_cost?, margin, rounding)),
        }
    }
}

/// `list_price × (1 − max_discount)`, rounded up: the lowest price that keeps the discount within
/// `max_discount` (0 to 1).
pub fn discounted(list_price: Money, max_discount: Decimal) -> Money {
    let kept = Decimal::ONE.checked_sub(max_discount).unwrap_or_default();
    times(list_price, kept, Rounding::Up)
}

fn times(price: Money, rate: Decimal, rounding: Rounding) -> Money {
    let (numerator, denominator) = fraction(rate);
    let minor = i128::from(price.minor());
    // whole and fractional part apart, so that only the whole part can overflow
    let whole = numerator.div_euclid(denominator);
    let part = numerator.rem_euclid(denominator);
    let rounded = divide(minor.saturating_mul(part), denominator, rounding);
    money(minor.saturating_mul(whole).saturating_add(rounded), price)
}

fn with_margin(unit_cost: Money, margin: Decimal, rounding: Rounding) -> Money {
    let (numerator, denominator) = fraction(margin);
    let kept = denominator - numerator;
    if kept <= 0 {
        return money(i128::MAX, unit_cost);
    }
    let minor = i128::from(unit_cost.minor());
    money(divide(minor.saturating_mul(denominator), kept, rounding), unit_cost)
}

fn fraction(rate: Decimal) -> (i128, i128) {
    let rate = rate.normalize();
    (rate.mantissa(), 10_i128.pow(rate.scale()))
}

fn divide(numerator: i128, denominator: i128, rounding: Rounding) -> i128 {
    let quotient = numerator.div_euclid(denominator);
    let remainder = numerator.rem_euclid(denominator);
    let up = match rounding {
        Rounding::Up => remainder > 0,
        Rounding::Down => false,
        Rounding::HalfUp => remainder >= denominator - remainder,
    };
    quotient + i128::from(up)
}

/// Beyond the range of money there is no sale: the largest amount stands for "more than any".
fn money(minor: i128, like: Money) -> Money {
    let limit = i128::from(MINOR_MAX);
    let minor = i64::try_from(minor.clamp(-limit, limit)).unwrap_or(MINOR_MAX);
    Money::from_minor(minor, like.currency()).unwrap_or(like)
}
