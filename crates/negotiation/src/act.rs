//! The acts of a negotiation and who may make them. Acts, never free text, move a negotiation.

use commerce::money::Money;
use serde::{Deserialize, Serialize};

use crate::approval::Clearance;
use crate::hard_stops::StopKind;
use crate::limits::Sweetener;
use crate::state::State;

/// A staff role of the merchant's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Owner,
    Manager,
    Agent,
    Analyst,
    Auditor,
}

impl Role {
    pub const ALL: [Self; 5] =
        [Self::Owner, Self::Manager, Self::Agent, Self::Analyst, Self::Auditor];

    /// Whether the role may act in negotiations at all; analysts and auditors look only.
    pub fn negotiates(self) -> bool {
        matches!(self, Self::Owner | Self::Manager | Self::Agent)
    }
}

/// Who makes an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    Customer,
    Bot,
    Staff(Role),
    System,
}

/// The column of the transition table that an actor stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    Customer,
    Bot,
    Staff,
    System,
}

impl Actor {
    pub fn who(self) -> Who {
        match self {
            Self::Customer => Who::Customer,
            Self::Bot => Who::Bot,
            Self::Staff(_) => Who::Staff,
            Self::System => Who::System,
        }
    }
}

/// Why a negotiation went to staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EscalationReason {
    /// Rounds are used up and the offer is at or above `escalate_at`.
    RoundsUsedUp,
    /// The customer asked for a person.
    CustomerAsked,
    /// The offer is below `decline_below` and the merchant hands such offers to staff.
    BelowDecline,
    /// A hard stop whose answer is "hand to staff".
    HardStop(StopKind),
    /// Staff asked another role for approval.
    StaffAsked,
}

/// One move. Prices are per unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// The customer's offer.
    Propose {
        #[serde(with = "crate::wire::money")]
        price: Money,
        quantity: u32,
        #[serde(default)]
        extras: Vec<String>,
    },
    /// Takes the other side's price, named so that nobody agrees to a price that has changed.
    Accept {
        #[serde(with = "crate::wire::money")]
        price: Money,
    },
    Reject,
    /// A question, or the bot asking what was meant.
    Ask,
    /// An argument, or an explanation.
    Justify,
    /// The merchant's side asks `price`. Staff need a clearance below the floor.
    Counter {
        #[serde(with = "crate::wire::money")]
        price: Money,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        clearance: Option<Clearance>,
    },
    /// Something on top of the standing ask, which is `price`.
    OfferSweetener {
        sweetener: Sweetener,
        #[serde(with = "crate::wire::money")]
        price: Money,
    },
    Escalate {
        why: EscalationReason,
    },
    /// Staff agree to the customer's offer, which is `price`; below the floor with a clearance.
    Approve {
        #[serde(with = "crate::wire::money")]
        price: Money,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        clearance: Option<Clearance>,
    },
    /// Turns an offer down: by the bot without moving, by staff for good.
    Decline,
    TakeOver,
    Release,
    Withdraw,
    /// The merchant's side closes the negotiation; `why` where a hard stop did.
    End {
        why: Option<StopKind>,
    },
    /// Nothing happened in time.
    Expire,
    /// Agreed, but not redeemed in time.
    Lapse,
    /// The deal was used at checkout.
    Redeem,
}

/// An act without its content, as the transition table names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    Propose,
    Accept,
    Reject,
    Ask,
    Justify,
    Counter,
    OfferSweetener,
    Escalate,
    Approve,
    Decline,
    TakeOver,
    Release,
    Withdraw,
    End,
    Expire,
    Lapse,
    Redeem,
}

impl ActKind {
    pub const ALL: [Self; 17] = [
        Self::Propose,
        Self::Accept,
        Self::Reject,
        Self::Ask,
        Self::Justify,
        Self::Counter,
        Self::OfferSweetener,
        Self::Escalate,
        Self::Approve,
        Self::Decline,
        Self::TakeOver,
        Self::Release,
        Self::Withdraw,
        Self::End,
        Self::Expire,
        Self::Lapse,
        Self::Redeem,
    ];

    /// The word on the wire, such as `take_over`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Propose => "propose",
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Ask => "ask",
            Self::Justify => "justify",
            Self::Counter => "counter",
            Self::OfferSweetener => "offer_sweetener",
            Self::Escalate => "escalate",
            Self::Approve => "approve",
            Self::Decline => "decline",
            Self::TakeOver => "take_over",
            Self::Release => "release",
            Self::Withdraw => "withdraw",
            Self::End => "end",
            Self::Expire => "expire",
            Self::Lapse => "lapse",
            Self::Redeem => "redeem",
        }
    }
}

impl Act {
    pub fn kind(&self) -> ActKind {
        match self {
            Self::Propose { .. } => ActKind::Propose,
            Self::Accept { .. } => ActKind::Accept,
            Self::Reject => ActKind::Reject,
            Self::Ask => ActKind::Ask,
            Self::Justify => ActKind::Justify,
            Self::Counter { .. } => ActKind::Counter,
            Self::OfferSweetener { .. } => ActKind::OfferSweetener,
            Self::Escalate { .. } => ActKind::Escalate,
            Self::Approve { .. } => ActKind::Approve,
            Self::Decline => ActKind::Decline,
            Self::TakeOver => ActKind::TakeOver,
            Self::Release => ActKind::Release,
            Self::Withdraw => ActKind::Withdraw,
            Self::End { .. } => ActKind::End,
            Self::Expire => ActKind::Expire,
            Self::Lapse => ActKind::Lapse,
            Self::Redeem => ActKind::Redeem,
        }
    }
}

/// An act that was made, and what it did to the state: what the audit log and the transcript keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub actor: Actor,
    pub act: Act,
    pub before: State,
    pub after: State,
    pub epoch: u32,
}
