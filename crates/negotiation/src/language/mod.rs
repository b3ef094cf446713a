//! What a customer's free text means, in English and German. Text never makes a price by itself:
//! it becomes one of few acts or a question back. Anything not plain is [`Understood::Unclear`].

mod amounts;
mod doubt;
mod intent;
pub mod text;
mod words;

use commerce::money::{Currency, Money};
use serde::{Deserialize, Serialize};

use crate::hard_stops::{Facts, HardStops, StopAnswer, StopKind};

pub use intent::detect_language;

/// The longest text that is read, in characters.
pub const TEXT_CHARS_MAX: usize = 2000;

/// What the text is read against. Prices are per unit.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The shop's currency.
    pub currency: Currency,
    pub list_price: Money,
    /// The quantity that the negotiation stands at.
    pub quantity: u32,
}

/// What a customer's text means. Prices are per unit, above zero, in the shop's currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "understood", rename_all = "snake_case")]
pub enum Understood {
    Propose {
        #[serde(with = "crate::wire::money")]
        price: Money,
        /// Where the text names one.
        quantity: Option<u32>,
    },
    /// Agreement; with the price where the text names one ("ok, £9.50").
    Accept {
        #[serde(with = "crate::wire::money_option", default)]
        price: Option<Money>,
    },
    Reject,
    /// Wants a person; with the offer where the text also makes one.
    AskForPerson {
        #[serde(with = "crate::wire::money_option", default)]
        price: Option<Money>,
        quantity: Option<u32>,
    },
    Question,
    Unclear {
        why: Why,
        /// A price that may have been meant, for the question back.
        #[serde(with = "crate::wire::money_option", default)]
        suggest: Option<Money>,
    },
    HardStop {
        kind: StopKind,
        answer: StopAnswer,
    },
}

/// Why a text was not taken for an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Nothing but spaces and marks.
    Empty,
    /// Longer than [`TEXT_CHARS_MAX`].
    TooLong,
    /// Holds control characters, or marks that turn the writing direction: what is read may not be
    /// what the customer sees.
    NotPlainText,
    /// Words without a price or an answer.
    NoPrice,
    /// Zero or below.
    NotPositive,
    /// `1e9`, `0x10`, `10k`: not a price as people write it.
    NotAPlainNumber,
    /// More decimals than the currency has.
    TooManyDecimals,
    TooLarge,
    /// "half", "20 % off", "1/3": a share, and it is not said of what.
    Share,
    /// `9.500` where neither reading is plausible.
    AmbiguousNumber,
    /// More than one price.
    SeveralPrices,
    /// "2 for £15": per unit or together?
    UnitOrTotal,
    /// No whole quantity from 1 to a million.
    BadQuantity,
}

impl Why {
    pub const ALL: [Self; 13] = [
        Self::Empty,
        Self::TooLong,
        Self::NotPlainText,
        Self::NoPrice,
        Self::NotPositive,
        Self::NotAPlainNumber,
        Self::TooManyDecimals,
        Self::TooLarge,
        Self::Share,
        Self::AmbiguousNumber,
        Self::SeveralPrices,
        Self::UnitOrTotal,
        Self::BadQuantity,
    ];
}

/// Reads a text with the hard stops: the facts and the text first, then what the text means, then
/// the stops that need the offer (currency, quantity above stock).
pub fn understand(text: &str, context: &Context, stops: &HardStops, facts: &Facts) -> Understood {
    // looked at beyond the cap too, else a long text could hide what it says
    if let Some((kind, answer)) = stops.detect(text::capped(text), facts) {
        return Understood::HardStop { kind, answer };
    }
    let meant = parse(text, context);
    let meant = match meant {
        Understood::HardStop { kind, .. } => match stops.answer_to(kind) {
            Some(answer) => Understood::HardStop { kind, answer },
            None => Understood::Unclear { why: Why::NoPrice, suggest: None },
        },
        other => other,
    };
    let quantity = match &meant {
        Understood::Propose { quantity, .. } | Understood::AskForPerson { quantity, .. } => {
            quantity.unwrap_or(context.quantity)
        }
        _ => return meant,
    };
    let above = facts.stock.is_some_and(|stock| u64::from(quantity) > stock);
    match stops.answer_to(StopKind::QuantityAboveStock).filter(|_| above) {
        Some(answer) => Understood::HardStop { kind: StopKind::QuantityAboveStock, answer },
        None => meant,
    }
}

/// Reads a text without the merchant's hard stops; only another currency is one here.
///
/// How numbers are read stands at the head of the `amounts` module. Never panics.
pub fn parse(text: &str, context: &Context) -> Understood {
    if text.chars().nth(TEXT_CHARS_MAX).is_some() {
        return Understood::Unclear { why: Why::TooLong, suggest: None };
    }
    if text.chars().any(text::is_control) {
        return Understood::Unclear { why: Why::NotPlainText, suggest: None };
    }
    intent::read(&text::normalise(text), context)
}
