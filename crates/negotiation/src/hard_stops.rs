//! Hard stops: what ends a negotiation, hands it to staff or is answered with "not like that".
//! Pure detectors over text and facts; each can be switched off and has its own answer. A limit or
//! a stock count that was hit is never told to the customer.

mod payment;
mod phrases;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::language::text::{fold_lookalikes, phrase_form};

pub use payment::redact;

/// Why a hard stop was made; this is the reason that is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopKind {
    RuleSetPaused,
    CustomerBlocked,
    /// A deal was already made elsewhere for the same hold.
    DealElsewhere,
    /// Too many attempts per customer and product in a window.
    TooManyAttempts,
    Threat,
    Abuse,
    /// Card number or IBAN.
    PaymentData,
    /// Lawyers, courts, complaints in law.
    LegalText,
    /// Instructions aimed at the bot.
    Injection,
    /// The merchant's own words.
    MerchantWords,
    CurrencySwitched,
    QuantityAboveStock,
}

impl StopKind {
    /// In the order in which they are looked for: the first found is the reason.
    pub const ALL: [Self; 12] = [
        Self::RuleSetPaused,
        Self::CustomerBlocked,
        Self::DealElsewhere,
        Self::TooManyAttempts,
        Self::Threat,
        Self::Abuse,
        Self::PaymentData,
        Self::LegalText,
        Self::Injection,
        Self::MerchantWords,
        Self::CurrencySwitched,
        Self::QuantityAboveStock,
    ];

    /// What is done about it unless the merchant chose otherwise.
    pub fn default_answer(self) -> StopAnswer {
        match self {
            Self::RuleSetPaused
            | Self::CustomerBlocked
            | Self::DealElsewhere
            | Self::TooManyAttempts
            | Self::Abuse => StopAnswer::Stop,
            Self::Threat | Self::LegalText | Self::MerchantWords => StopAnswer::HandToStaff,
            Self::PaymentData
            | Self::Injection
            | Self::CurrencySwitched
            | Self::QuantityAboveStock => StopAnswer::AskAgain,
        }
    }
}

/// What a hard stop does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopAnswer {
    /// Says what is wrong and goes on; nothing in the text counts as an offer.
    AskAgain,
    HandToStaff,
    /// Ends the negotiation.
    Stop,
}

/// A merchant's setting for one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Switch {
    Off,
    On(StopAnswer),
}

/// The merchant's table. What it does not name is on, with its default answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HardStops {
    pub switches: BTreeMap<StopKind, Switch>,
    /// The merchant's own words or phrases: plain text, any case, whole words.
    pub words: Vec<String>,
}

/// What the service knows besides the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Units that can be sold; `None` where stock is not counted.
    pub stock: Option<u64>,
    /// Attempts of this customer on this product in the window, this one included.
    pub attempts: u32,
    pub attempts_max: Option<u32>,
    pub deal_elsewhere: bool,
    pub customer_blocked: bool,
    pub rule_set_paused: bool,
}

impl HardStops {
    /// What to do about a kind, `None` where it is switched off.
    pub fn answer_to(&self, kind: StopKind) -> Option<StopAnswer> {
        match self.switches.get(&kind) {
            Some(Switch::Off) => None,
            Some(Switch::On(answer)) => Some(*answer),
            None => Some(kind.default_answer()),
        }
    }

    /// The first hard stop that is switched on and that the facts or the text give.
    ///
    /// Quantity and currency need the offer: see [`crate::language::understand`].
    pub fn detect(&self, text: &str, facts: &Facts) -> Option<(StopKind, StopAnswer)> {
        let phrases = phrase_form(text);
        let folded = phrase_form(&fold_lookalikes(text));
        StopKind::ALL.into_iter().find_map(|kind| {
            let answer = self.answer_to(kind)?;
            let found = match kind {
                StopKind::RuleSetPaused => facts.rule_set_paused,
                StopKind::CustomerBlocked => facts.customer_blocked,
                StopKind::DealElsewhere => facts.deal_elsewhere,
                StopKind::TooManyAttempts => {
                    facts.attempts_max.is_some_and(|max| facts.attempts > max)
                }
                StopKind::PaymentData => payment::holds_payment_data(text),
                StopKind::MerchantWords => self.words.iter().any(|word| {
                    let word = phrase_form(word);
                    !word.trim().is_empty() && (phrases.contains(&word) || folded.contains(&word))
                }),
                StopKind::Threat => any(&phrases, &folded, phrases::THREATS),
                StopKind::Abuse => any(&phrases, &folded, phrases::ABUSE),
                StopKind::LegalText => any(&phrases, &folded, phrases::LEGAL),
                StopKind::Injection => phrases::is_injection(&phrases, &folded),
                StopKind::CurrencySwitched | StopKind::QuantityAboveStock => false,
            };
            found.then_some((kind, answer))
        })
    }
}

fn any(plain: &str, folded: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        let phrase = format!(" {phrase} ");
        plain.contains(&phrase) || folded.contains(&phrase)
    })
}
