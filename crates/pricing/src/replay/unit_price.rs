//! What was paid for one unit. A total shared out over its units has more digits than the currency,
//! and a price below one minor unit is a price all the same: neither may be rounded before the sums.

use commerce::money::MINOR_MAX;
use commerce::{Currency, Money, MoneyError, Rounding};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::ORDER_LINES_MAX;

const BILLION: u32 = 1_000_000_000;

const _: () = assert!(UnitPrice::AMOUNT_MAX.checked_mul(ORDER_LINES_MAX as i128).is_some());

/// Whole minor units and the billionths of one above them, so that the order of the fields is the
/// order of prices. May be zero or less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitPrice {
    minor: i64,
    billionths: u32,
}

impl UnitPrice {
    pub const ZERO: Self = Self::whole(0);

    /// How many parts of a minor unit amounts are counted in.
    pub(super) const PARTS: i128 = BILLION as i128;

    /// A price of whole minor units, within ±(2^53 − 1).
    pub const fn whole(minor: i64) -> Self {
        Self { minor, billionths: 0 }
    }

    /// From major units (pounds), exact to a billionth of a minor unit, half up beyond.
    ///
    /// # Errors
    /// Beyond the range of [`Money`].
    pub fn from_major(major: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let whole = Money::from_decimal(major, currency, Rounding::Down)?;
        let above = (major - whole.to_decimal()) * Decimal::from(10_i64.pow(currency.digits()));
        let parts = (above * Decimal::from(BILLION) + Decimal::new(5, 1)).floor();
        let price = match parts.to_u32().ok_or(MoneyError::OutOfRange)? {
            BILLION => Self::whole(whole.minor() + 1),
            billionths => Self { minor: whole.minor(), billionths },
        };
        Ok(price)
    }

    /// The largest amount of one line, in parts of a minor unit, either sign: half a million times
    /// the range of [`Money`], and small enough for the sum of [`ORDER_LINES_MAX`] to fit 128 bits.
    pub(super) const AMOUNT_MAX: i128 = Self::PARTS * ((MINOR_MAX as i128) << 19);

    /// For so many units, in parts of a minor unit, exact as far as [`Self::AMOUNT_MAX`].
    pub(super) fn times(self, quantity: i64) -> i128 {
        // far beyond what the billionths make good again
        let most = 2 * Self::AMOUNT_MAX / Self::PARTS;
        let quantity = i128::from(quantity);
        let whole = (i128::from(self.minor) * quantity).clamp(-most, most) * Self::PARTS;
        let amount = whole + i128::from(self.billionths) * quantity;
        amount.clamp(-Self::AMOUNT_MAX, Self::AMOUNT_MAX)
    }

    /// What is left of it above a cost in minor units.
    pub(super) fn above(self, cost: i64) -> Self {
        Self { minor: self.minor - cost, ..self }
    }

    pub(super) fn as_f64(self) -> f64 {
        self.minor as f64 + f64::from(self.billionths) / f64::from(BILLION)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn major() -> impl Strategy<Value = Decimal> {
        // times a few thousand, within the range of money
        (-1_000_000_000_i64..1_000_000_000, 0_u32..=9)
            .prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
    }

    fn currency() -> impl Strategy<Value = Currency> {
        prop_oneof![Just(Currency::GBP), Just("JPY".parse().unwrap()), Just("KWD".parse().unwrap())]
    }

    proptest! {
        #[test]
        fn an_amount_is_exact(major in major(), currency in currency(), quantity in 0_i64..5_000) {
            let price = UnitPrice::from_major(major, currency).unwrap();
            let parts = Decimal::from(10_i64.pow(currency.digits())) * Decimal::from(BILLION);
            let exact = (major * parts * Decimal::from(quantity)).to_i128().unwrap();
            prop_assert_eq!(price.times(quantity), exact);
        }

        #[test]
        fn prices_are_ordered_as_amounts_are(a in major(), b in major()) {
            let price = |major| UnitPrice::from_major(major, Currency::GBP).unwrap();
            prop_assert_eq!(price(a).cmp(&price(b)), a.cmp(&b));
        }

        #[test]
        fn beyond_a_billionth_the_nearest_is_taken(
            parts in -1_000_000_000_000_000_i128..1_000_000_000_000_000, beyond in -499_i128..=499,
        ) {
            let major = |mantissa, scale| Decimal::from_i128_with_scale(mantissa, scale);
            let near = UnitPrice::from_major(major(parts * 1_000 + beyond, 14), Currency::GBP);
            prop_assert_eq!(near, UnitPrice::from_major(major(parts, 11), Currency::GBP));
        }

        #[test]
        fn an_amount_ends_where_a_sum_of_lines_would_pass_128_bits(
            minor in -MINOR_MAX..=MINOR_MAX,
            billionths in 0..BILLION,
            quantity in (0_u32..=53).prop_flat_map(|bits| 0..(1_i64 << bits)),
        ) {
            let parts = i128::from(minor) * UnitPrice::PARTS + i128::from(billionths);
            let exact = parts.checked_mul(i128::from(quantity));
            let amount = UnitPrice { minor, billionths }.times(quantity);
            let (least, most) = (-UnitPrice::AMOUNT_MAX, UnitPrice::AMOUNT_MAX);
            match exact {
                Some(exact) => prop_assert_eq!(amount, exact.clamp(least, most)),
                None => prop_assert_eq!(amount.abs(), most),
            }
        }
    }
}
