//! What a deal claims. The service signs it (PASETO v4.public) and checkout takes the price from
//! nothing else; this module neither signs nor verifies, it says what a sound claim is.

use commerce::money::Money;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::session::{QUANTITY_MAX, Session};

/// The longest text field of a deal, in bytes.
pub const FIELD_BYTES_MAX: usize = 200;
/// The most sweeteners of one deal.
pub const SWEETENERS_MAX: usize = 20;

/// The claims of one deal. `unit_price` is per unit; its currency is part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deal {
    pub store: String,
    pub visitor_session: String,
    pub negotiation: String,
    pub sku: String,
    pub quantity: u32,
    #[serde(with = "crate::wire::money")]
    pub unit_price: Money,
    /// Ids of what comes on top.
    pub sweeteners: Vec<String>,
    pub rule_set_version: u64,
    pub expires_at: Timestamp,
    /// Made by the service, unique per store: the deal is redeemed once.
    pub nonce: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DealError {
    #[error("{field} is empty or longer than {FIELD_BYTES_MAX} bytes")]
    Field { field: &'static str },
    #[error("the quantity is {0}: 1 to {QUANTITY_MAX} was expected")]
    Quantity(u32),
    #[error("the unit price is {0:?}: more than zero was expected")]
    Price(Money),
    #[error("{0} sweeteners: at most {SWEETENERS_MAX} were expected")]
    Sweeteners(usize),
    #[error("price × quantity is beyond what an order can hold")]
    Total,
    #[error("the negotiation has no agreement")]
    NotAgreed,
}

/// The names that the service knows and the session does not.
#[derive(Clone, Copy, Debug)]
pub struct DealNames<'a> {
    pub store: &'a str,
    pub visitor_session: &'a str,
    pub negotiation: &'a str,
    pub sku: &'a str,
    pub rule_set_version: u64,
    pub nonce: &'a str,
}

impl Deal {
    /// The deal of an agreed session, validated.
    ///
    /// # Errors
    /// When the session has no agreement or a claim is unsound.
    pub fn of(session: &Session, names: DealNames<'_>) -> Result<Self, DealError> {
        let agreed = session.agreed.as_ref().ok_or(DealError::NotAgreed)?;
        let deal = Self {
            store: names.store.to_owned(),
            visitor_session: names.visitor_session.to_owned(),
            negotiation: names.negotiation.to_owned(),
            sku: names.sku.to_owned(),
            quantity: agreed.quantity,
            unit_price: agreed.price,
            sweeteners: agreed.sweeteners.iter().map(|s| s.id.clone()).collect(),
            rule_set_version: names.rule_set_version,
            expires_at: agreed.expires_at,
            nonce: names.nonce.to_owned(),
        };
        deal.validate()?;
        Ok(deal)
    }

    /// Checks every claim; call it on what a verified token held.
    ///
    /// # Errors
    /// The first claim that is unsound.
    pub fn validate(&self) -> Result<(), DealError> {
        let fields = [
            ("store", &self.store),
            ("visitor_session", &self.visitor_session),
            ("negotiation", &self.negotiation),
            ("sku", &self.sku),
            ("nonce", &self.nonce),
        ];
        let bad = |text: &str| text.is_empty() || text.len() > FIELD_BYTES_MAX;
        for (field, text) in fields {
            if bad(text) {
                return Err(DealError::Field { field });
            }
        }
        if self.sweeteners.len() > SWEETENERS_MAX {
            return Err(DealError::Sweeteners(self.sweeteners.len()));
        }
        if self.sweeteners.iter().any(|id| bad(id)) {
            return Err(DealError::Field { field: "sweeteners" });
        }
        if !(1..=QUANTITY_MAX).contains(&self.quantity) {
            return Err(DealError::Quantity(self.quantity));
        }
        if self.unit_price.minor() <= 0 {
            return Err(DealError::Price(self.unit_price));
        }
        self.total().map(|_| ())
    }

    /// Price × quantity.
    ///
    /// # Errors
    /// When it is beyond ±2^53 minor units.
    pub fn total(&self) -> Result<Money, DealError> {
        self.unit_price.checked_mul(i64::from(self.quantity)).map_err(|_| DealError::Total)
    }

    /// Whether it can no longer be redeemed; at `expires_at` itself it cannot.
    pub fn expired(&self, now: Timestamp) -> bool {
        now >= self.expires_at
    }
}
