//! Values that every part of the wire shares.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use specta::Type;
use utoipa::ToSchema;

/// Money on the wire: whole minor units (pence for GBP) of an ISO 4217 currency. Never beyond
/// ±(2^53 − 1), so a browser holds it exactly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Money {
    #[specta(type = i32)]
    pub minor: i64,
    /// ISO 4217 code, such as `GBP`.
    pub currency: String,
}

impl From<commerce::Money> for Money {
    fn from(money: commerce::Money) -> Self {
        Self { minor: money.minor(), currency: money.currency().code().to_owned() }
    }
}

impl TryFrom<&Money> for commerce::Money {
    type Error = commerce::MoneyError;
    fn try_from(wire: &Money) -> Result<Self, Self::Error> {
        Self::from_minor(wire.minor, wire.currency.parse()?)
    }
}

/// A moment, RFC 3339 in UTC on the wire (`2026-11-20T09:41:00Z`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema, Type)]
#[serde(transparent)]
#[schema(value_type = String, format = DateTime)]
pub struct Instant(#[specta(type = String)] pub jiff::Timestamp);

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        // jiff's own words tell of its parser, ours of what is wanted
        let wrong = |_| D::Error::custom("expected a moment such as 2026-11-20T09:41:00Z");
        String::deserialize(reader)?.parse().map(Self).map_err(wrong)
    }
}

impl Instant {
    /// From milliseconds since 1970, as tables hold it. Out of range becomes the nearest end.
    pub fn from_ms(ms: i64) -> Self {
        Self(jiff::Timestamp::from_millisecond(ms).unwrap_or(if ms < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        }))
    }

    pub fn as_ms(self) -> i64 {
        self.0.as_millisecond()
    }
}

impl From<jiff::Timestamp> for Instant {
    fn from(at: jiff::Timestamp) -> Self {
        Self(at)
    }
}

/// One page of a list. `next` is handed back as `after` to get the page that follows; absent at
/// the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Page<T> {
    pub items: Vec<T>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next: Option<String>,
    /// How many there are in all, where that is cheap to know.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[specta(type = Option<i32>)]
    pub total: Option<i64>,
}
