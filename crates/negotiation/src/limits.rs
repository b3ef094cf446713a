//! What the bot may do in one negotiation: the decision's floor, bands and policy, with the
//! defaults filled in. Nothing here is ever told to a customer.

use commerce::money::Money;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The most rounds that a policy may give; keeps the concession's integer arithmetic in range.
pub const ROUNDS_MAX: u32 = 1000;
const ROUNDS_DEFAULT: u32 = 6;
const DEAL_VALID_DEFAULT: SignedDuration = SignedDuration::from_mins(30);

/// Time-dependent tactics of Faratin, Sierra and Jennings (1998), by their exponent e.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Concession {
    /// e = 0.2: firm until late.
    Boulware,
    /// e = 1: the same step each round.
    #[default]
    Linear,
    /// e = 3: gives early.
    Conceder,
}

/// How the bot's prices end. Currencies without decimals take none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PriceEnding {
    #[default]
    #[serde(rename = "none")]
    Any,
    #[serde(rename = ".00")]
    Whole,
    #[serde(rename = ".95")]
    NinetyFive,
    #[serde(rename = ".99")]
    NinetyNine,
}

/// Something on top of the price: gift, bundle, free shipping, loyalty points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sweetener {
    /// As the policy writes it, such as `free-shipping` or `gift:22726`.
    pub id: String,
    /// As the customer reads it.
    pub label: String,
    /// What it costs the merchant for the whole deal, not per unit.
    #[serde(with = "crate::wire::money")]
    pub cost: Money,
}

/// The terms of a pricing decision, as far as bargaining needs them; prices are per unit.
#[derive(Clone, Debug)]
pub struct Terms {
    pub floor: Money,
    pub list_price: Money,
    pub ceiling: Option<Money>,
    pub target: Option<Money>,
    pub accept_at: Option<Money>,
    pub decline_below: Option<Money>,
    pub escalate_at: Option<Money>,
    pub max_rounds: Option<u32>,
    pub concession: Option<Concession>,
    pub unit_cost: Option<Money>,
    pub deal_valid: Option<SignedDuration>,
}

impl Terms {
    /// Terms with a floor and a list price alone.
    pub fn new(floor: Money, list_price: Money) -> Self {
        Self {
            floor,
            list_price,
            ceiling: None,
            target: None,
            accept_at: None,
            decline_below: None,
            escalate_at: None,
            max_rounds: None,
            concession: None,
            unit_cost: None,
            deal_valid: None,
        }
    }
}

/// The limits of one negotiation; prices are per unit, all of one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    #[serde(with = "crate::wire::money")]
    pub floor: Money,
    #[serde(with = "crate::wire::money_option", default)]
    pub ceiling: Option<Money>,
    #[serde(with = "crate::wire::money")]
    pub accept_at: Money,
    #[serde(with = "crate::wire::money")]
    pub decline_below: Money,
    #[serde(with = "crate::wire::money")]
    pub escalate_at: Money,
    pub max_rounds: u32,
    pub concession: Concession,
    #[serde(with = "crate::wire::money")]
    pub list_price: Money,
    #[serde(with = "crate::wire::money_option", default)]
    pub unit_cost: Option<Money>,
    /// How long an agreed price may be redeemed.
    pub deal_valid: SignedDuration,
    #[serde(default)]
    pub ending: PriceEnding,
    /// Hand offers below `decline_below` to staff instead of declining them.
    #[serde(default)]
    pub escalate_below_decline: bool,
    /// What may be offered on top, in the merchant's order of preference.
    #[serde(default)]
    pub sweeteners: Vec<Sweetener>,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LimitsError {
    #[error("{name} is in {found}, the floor in {expected}: one currency was expected")]
    Currency { name: &'static str, found: &'static str, expected: &'static str },
    #[error("{name} is negative: zero or more was expected")]
    Negative { name: &'static str },
    #[error("the floor is above the ceiling: such a product cannot be bargained on")]
    FloorAboveCeiling,
    #[error("a deal must be valid for longer than no time")]
    DealValid,
}

impl Limits {
    /// Fills in the defaults: `accept_at` the target, else the list price (both within floor and
    /// ceiling); `decline_below` and `escalate_at` the floor; 6 rounds, linear, half an hour.
    ///
    /// # Errors
    /// When amounts are of different currencies or negative, or the floor is above the ceiling.
    pub fn from_terms(terms: &Terms) -> Result<Self, LimitsError> {
        let floor = terms.floor;
        let named = [
            ("floor", Some(floor)),
            ("list price", Some(terms.list_price)),
            ("ceiling", terms.ceiling),
            ("target", terms.target),
            ("accept_at", terms.accept_at),
            ("decline_below", terms.decline_below),
            ("escalate_at", terms.escalate_at),
            ("unit cost", terms.unit_cost),
        ];
        for (name, amount) in named.into_iter().filter_map(|(n, a)| a.map(|a| (n, a))) {
            if amount.currency() != floor.currency() {
                return Err(LimitsError::Currency {
                    name,
                    found: amount.currency().code(),
                    expected: floor.currency().code(),
                });
            }
            if amount.is_negative() {
                return Err(LimitsError::Negative { name });
            }
        }
        if terms.ceiling.is_some_and(|c| c.minor() < floor.minor()) {
            return Err(LimitsError::FloorAboveCeiling);
        }
        let deal_valid = terms.deal_valid.unwrap_or(DEAL_VALID_DEFAULT);
        if deal_valid <= SignedDuration::ZERO {
            return Err(LimitsError::DealValid);
        }
        let accept_at = terms.accept_at.or(terms.target).unwrap_or(terms.list_price);
        Ok(Self {
            floor,
            ceiling: terms.ceiling,
            accept_at: within(accept_at, floor, terms.ceiling),
            decline_below: terms.decline_below.unwrap_or(floor),
            escalate_at: terms.escalate_at.unwrap_or(floor),
            max_rounds: terms.max_rounds.unwrap_or(ROUNDS_DEFAULT).min(ROUNDS_MAX),
            concession: terms.concession.unwrap_or_default(),
            list_price: terms.list_price,
            unit_cost: terms.unit_cost,
            deal_valid,
            ending: PriceEnding::default(),
            escalate_below_decline: false,
            sweeteners: Vec::new(),
        })
    }

    /// The first ask: the list price, within floor and ceiling.
    pub fn opening_ask(&self) -> Money {
        within(self.list_price, self.floor, self.ceiling)
    }

    /// The lowest price that the bot goes to by itself: the greater of floor and `accept_at`.
    pub fn last_ask(&self) -> Money {
        larger(self.floor, self.accept_at)
    }
}

/// `amount` lowered to the ceiling, then raised to the floor: the floor has the last word.
fn within(amount: Money, floor: Money, ceiling: Option<Money>) -> Money {
    larger(floor, ceiling.map_or(amount, |c| smaller(c, amount)))
}

/// The larger of two amounts of one currency.
fn larger(a: Money, b: Money) -> Money {
    if b.minor() > a.minor() { b } else { a }
}

/// The smaller of two amounts of one currency.
pub(crate) fn smaller(a: Money, b: Money) -> Money {
    if b.minor() < a.minor() { b } else { a }
}
