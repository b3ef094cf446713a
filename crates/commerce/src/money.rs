//! Exact money: integer minor units of an ISO 4217 currency. Never a float; every rounding is named.

use std::fmt;
use std::str::FromStr;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use thiserror::Error;

/// The largest amount in minor units, either sign: 2^53 − 1, so that every wire and every reader
/// (JSON in a browser included) holds it exactly.
pub const MINOR_MAX: i64 = 9_007_199_254_740_991;

/// An ISO 4217 currency, with its count of decimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    pub const GBP: Self = Self(iso_currency::Currency::GBP);
    pub const EUR: Self = Self(iso_currency::Currency::EUR);
    pub const USD: Self = Self(iso_currency::Currency::USD);
    pub const JPY: Self = Self(iso_currency::Currency::JPY);

    /// The three-letter code, such as `GBP`.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Digits after the decimal point: 2 for GBP, 0 for JPY, 3 for KWD.
    pub fn digits(self) -> u32 {
        self.0.exponent().map_or(0, u32::from)
    }

    /// The customary symbol, such as `£`.
    pub fn symbol(self) -> String {
        self.0.symbol().symbol
    }
}

impl FromStr for Currency {
    type Err = MoneyError;
    fn from_str(code: &str) -> Result<Self, MoneyError> {
        iso_currency::Currency::from_code(code)
            .map(Self)
            .ok_or_else(|| MoneyError::UnknownCurrency(code.chars().take(12).collect()))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// How a computed amount becomes whole minor units. There is no default: each call says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Towards positive infinity: floors.
    Up,
    /// Towards negative infinity: ceilings.
    Down,
    /// To nearest, a half away from zero: everything else.
    HalfUp,
}

impl Rounding {
    fn strategy(self) -> RoundingStrategy {
        match self {
            Self::Up => RoundingStrategy::ToPositiveInfinity,
            Self::Down => RoundingStrategy::ToNegativeInfinity,
            Self::HalfUp => RoundingStrategy::MidpointAwayFromZero,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MoneyError {
    #[error("{0:?} is not an ISO 4217 currency code")]
    UnknownCurrency(String),
    #[error("{0:?} is not a decimal amount such as \"12.50\"")]
    NotAnAmount(String),
    #[error("{0:?} has more digits than a number may have here, 28")]
    TooLong(String),
    #[error("{amount:?} has more than the {digits} decimal digits of {currency}")]
    TooManyDigits { amount: String, digits: u32, currency: Currency },
    #[error("the amount is beyond ±{MINOR_MAX} minor units")]
    OutOfRange,
    #[error("{left} and {right} are different currencies")]
    CurrencyMismatch { left: Currency, right: Currency },
    #[error("nothing to share out by: every weight is zero")]
    NoWeight,
}

/// An amount of one currency. `minor` is in the currency's smallest unit (pence for GBP).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    pub fn from_minor(minor: i64, currency: Currency) -> Result<Self, MoneyError> {
        if minor.unsigned_abs() > MINOR_MAX.unsigned_abs() {
            return Err(MoneyError::OutOfRange);
        }
        Ok(Self { minor, currency })
    }

    pub fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    pub fn minor(self) -> i64 {
        self.minor
    }

    pub fn currency(self) -> Currency {
        self.currency
    }

    pub fn is_zero(self) -> bool {
        self.minor == 0
    }

    pub fn is_negative(self) -> bool {
        self.minor < 0
    }

    /// Reads a plain decimal (`12.5`, `-3`, `0.05`): digits, at most one point, no exponent, no
    /// grouping, no more digits than the currency has.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let decimal = parse_decimal(text)?;
        if decimal.normalize().scale() > currency.digits() {
            return Err(MoneyError::TooManyDigits {
                amount: clip(text),
                digits: currency.digits(),
                currency,
            });
        }
        Self::from_decimal(decimal, currency, Rounding::HalfUp)
    }

    /// Major units (pounds) to money, rounded as said.
    pub fn from_decimal(
        major: Decimal,
        currency: Currency,
        rounding: Rounding,
    ) -> Result<Self, MoneyError> {
        let scale = Decimal::from(10_i64.pow(currency.digits()));
        let minor = major.checked_mul(scale).ok_or(MoneyError::OutOfRange)?;
        let minor = minor.round_dp_with_strategy(0, rounding.strategy());
        Self::from_minor(minor.to_i64().ok_or(MoneyError::OutOfRange)?, currency)
    }

    /// Major units, exactly.
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.minor, self.currency.digits())
    }

    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let sum = self.minor.checked_add(other.minor).ok_or(MoneyError::OutOfRange)?;
        Self::from_minor(sum, self.currency)
    }

    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let difference = self.minor.checked_sub(other.minor).ok_or(MoneyError::OutOfRange)?;
        Self::from_minor(difference, self.currency)
    }

    /// Times a whole quantity, exactly.
    pub fn checked_mul(self, quantity: i64) -> Result<Self, MoneyError> {
        let product = self.minor.checked_mul(quantity).ok_or(MoneyError::OutOfRange)?;
        Self::from_minor(product, self.currency)
    }

    /// Times a rate, rounded as said.
    pub fn scale(self, rate: Decimal, rounding: Rounding) -> Result<Self, MoneyError> {
        let scaled = Decimal::from(self.minor).checked_mul(rate).ok_or(MoneyError::OutOfRange)?;
        let minor = scaled.round_dp_with_strategy(0, rounding.strategy());
        Self::from_minor(minor.to_i64().ok_or(MoneyError::OutOfRange)?, self.currency)
    }

    /// Shares the amount over `weights` by largest remainder: parts sum to the whole, each within
    /// one minor unit of its exact share; ties go to the earlier part.
    pub fn allocate(self, weights: &[u64]) -> Result<Vec<Self>, MoneyError> {
        let total: u128 = weights.iter().map(|&w| u128::from(w)).sum();
        if total == 0 {
            return Err(MoneyError::NoWeight);
        }
        let whole = u128::from(self.minor.unsigned_abs());
        let mut parts: Vec<(u128, u128)> = weights
            .iter()
            .map(|&w| (whole * u128::from(w) / total, whole * u128::from(w) % total))
            .collect();
        let given: u128 = parts.iter().map(|p| p.0).sum();
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|&i| std::cmp::Reverse(parts[i].1));
        let left_over = usize::try_from(whole - given).map_err(|_| MoneyError::OutOfRange)?;
        for &i in order.iter().take(left_over) {
            parts[i].0 += 1;
        }
        let sign = if self.minor < 0 { -1 } else { 1 };
        parts
            .into_iter()
            .map(|(units, _)| {
                let units = i64::try_from(units).map_err(|_| MoneyError::OutOfRange)?;
                Self::from_minor(sign * units, self.currency)
            })
            .collect()
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            return Ok(());
        }
        Err(MoneyError::CurrencyMismatch { left: self.currency, right: other.currency })
    }
}

/// The bare decimal with the currency's digits: `12.50`, `-0.05`, `980` (JPY).
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.to_decimal())
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.to_decimal(), self.currency)
    }
}

/// A plain decimal number: optional sign, digits, at most one point with digits on both sides.
///
/// # Errors
/// [`MoneyError::NotAnAmount`] for anything else, [`MoneyError::TooLong`] beyond some 28 digits.
pub fn parse_decimal(text: &str) -> Result<Decimal, MoneyError> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) {
        return Err(MoneyError::NotAnAmount(clip(text)));
    }
    if text.len() > CLIPPED {
        return Err(MoneyError::TooLong(clip(text)));
    }
    Decimal::from_str_exact(text).map_err(|_| MoneyError::TooLong(clip(text)))
}

/// The most characters of a text that an error repeats.
const CLIPPED: usize = 40;

fn clip(text: &str) -> String {
    let mut clipped: String = text.chars().take(CLIPPED).collect();
    if clipped.len() < text.len() {
        clipped.push('…');
    }
    clipped
}
