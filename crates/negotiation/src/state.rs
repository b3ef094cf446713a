//! The states of a negotiation and the one table of its transitions. What is not in the table is
//! refused; no other place decides what may follow what.

use serde::{Deserialize, Serialize};

use crate::act::{ActKind, Who};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Begun, no offer yet.
    Opened,
    /// Offers and counteroffers between customer and bot.
    Bargaining,
    /// Waiting for staff, or held by a member of staff who took over.
    AwaitingStaff,
    /// Both sides agreed; the deal waits for checkout.
    Agreed,
    /// The deal was used at checkout.
    Redeemed,
    /// The merchant's side ended it.
    Declined,
    /// Nothing happened in time.
    Expired,
    /// The customer left.
    Withdrawn,
    /// A hard stop ended it.
    Stopped,
    /// Agreed, but not redeemed in time.
    Lapsed,
}

impl State {
    pub const ALL: [Self; 10] = [
        Self::Opened,
        Self::Bargaining,
        Self::AwaitingStaff,
        Self::Agreed,
        Self::Redeemed,
        Self::Declined,
        Self::Expired,
        Self::Withdrawn,
        Self::Stopped,
        Self::Lapsed,
    ];

    /// Whether nothing can follow.
    pub fn is_end(self) -> bool {
        !matches!(self, Self::Opened | Self::Bargaining | Self::AwaitingStaff | Self::Agreed)
    }

    /// The word on the wire, such as `awaiting_staff`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Bargaining => "bargaining",
            Self::AwaitingStaff => "awaiting_staff",
            Self::Agreed => "agreed",
            Self::Redeemed => "redeemed",
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
            Self::Stopped => "stopped",
            Self::Lapsed => "lapsed",
        }
    }
}

/// Whether a row needs a member of staff to hold the negotiation (after `take_over`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    Either,
    Yes,
    No,
}

/// One permitted transition: from, act, by whom, held or not, to.
pub type Row = (State, ActKind, Who, Held, State);

use ActKind as A;
use State::{
    Agreed, AwaitingStaff, Bargaining, Declined, Expired, Lapsed, Opened, Redeemed, Stopped,
    Withdrawn,
};
use Who::{Bot, Customer, Staff, System};

/// Every permitted transition.
///
/// An escalated offer is locked until staff answer it: the customer proposes again only once a
/// person holds the negotiation. The merchant's standing ask binds the merchant all the while, so
/// the customer may take it also then. Staff agree through `approve` alone, which knows the roles.
#[rustfmt::skip]
pub const TRANSITIONS: &[Row] = &[
    (Opened,        A::Propose,        Customer, Held::Either, Bargaining),
    (Opened,        A::Ask,            Customer, Held::Either, Opened),
    (Opened,        A::Justify,        Customer, Held::Either, Opened),
    (Opened,        A::Escalate,       Customer, Held::Either, AwaitingStaff),
    (Opened,        A::Withdraw,       Customer, Held::Either, Withdrawn),
    (Opened,        A::Ask,            Bot,      Held::Either, Opened),
    (Opened,        A::Justify,        Bot,      Held::Either, Opened),
    (Opened,        A::Escalate,       Bot,      Held::Either, AwaitingStaff),
    (Opened,        A::End,            Bot,      Held::Either, Stopped),
    (Opened,        A::TakeOver,       Staff,    Held::Either, AwaitingStaff),
    (Opened,        A::End,            Staff,    Held::Either, Declined),
    (Opened,        A::Expire,         System,   Held::Either, Expired),
    (Opened,        A::End,            System,   Held::Either, Stopped),

    (Bargaining,    A::Propose,        Customer, Held::Either, Bargaining),
    (Bargaining,    A::Accept,         Customer, Held::Either, Agreed),
    (Bargaining,    A::Reject,         Customer, Held::Either, Bargaining),
    (Bargaining,    A::Ask,            Customer, Held::Either, Bargaining),
    (Bargaining,    A::Justify,        Customer, Held::Either, Bargaining),
    (Bargaining,    A::Escalate,       Customer, Held::Either, AwaitingStaff),
    (Bargaining,    A::Withdraw,       Customer, Held::Either, Withdrawn),
    (Bargaining,    A::Accept,         Bot,      Held::Either, Agreed),
    (Bargaining,    A::Counter,        Bot,      Held::Either, Bargaining),
    (Bargaining,    A::OfferSweetener, Bot,      Held::Either, Bargaining),
    (Bargaining,    A::Decline,        Bot,      Held::Either, Bargaining),
    (Bargaining,    A::Ask,            Bot,      Held::Either, Bargaining),
    (Bargaining,    A::Justify,        Bot,      Held::Either, Bargaining),
    (Bargaining,    A::Escalate,       Bot,      Held::Either, AwaitingStaff),
    (Bargaining,    A::End,            Bot,      Held::Either, Stopped),
    (Bargaining,    A::TakeOver,       Staff,    Held::Either, AwaitingStaff),
    (Bargaining,    A::End,            Staff,    Held::Either, Declined),
    (Bargaining,    A::Expire,         System,   Held::Either, Expired),
    (Bargaining,    A::End,            System,   Held::Either, Stopped),

    (AwaitingStaff, A::Propose,        Customer, Held::Yes,    AwaitingStaff),
    (AwaitingStaff, A::Accept,         Customer, Held::Either, Agreed),
    (AwaitingStaff, A::Reject,         Customer, Held::Either, AwaitingStaff),
    (AwaitingStaff, A::Ask,            Customer, Held::Either, AwaitingStaff),
    (AwaitingStaff, A::Justify,        Customer, Held::Either, AwaitingStaff),
    (AwaitingStaff, A::Withdraw,       Customer, Held::Either, Withdrawn),
    (AwaitingStaff, A::Approve,        Staff,    Held::Either, Agreed),
    (AwaitingStaff, A::Decline,        Staff,    Held::Either, Declined),
    (AwaitingStaff, A::Counter,        Staff,    Held::No,     Bargaining),
    (AwaitingStaff, A::Counter,        Staff,    Held::Yes,    AwaitingStaff),
    (AwaitingStaff, A::OfferSweetener, Staff,    Held::No,     Bargaining),
    (AwaitingStaff, A::OfferSweetener, Staff,    Held::Yes,    AwaitingStaff),
    (AwaitingStaff, A::Ask,            Staff,    Held::Either, AwaitingStaff),
    (AwaitingStaff, A::Justify,        Staff,    Held::Either, AwaitingStaff),
    (AwaitingStaff, A::Escalate,       Staff,    Held::Either, AwaitingStaff),
    (AwaitingStaff, A::TakeOver,       Staff,    Held::Either, AwaitingStaff),
    (AwaitingStaff, A::Release,        Staff,    Held::Yes,    Bargaining),
    (AwaitingStaff, A::End,            Staff,    Held::Either, Declined),
    (AwaitingStaff, A::Release,        System,   Held::Yes,    Bargaining),
    (AwaitingStaff, A::Expire,         System,   Held::Either, Expired),
    (AwaitingStaff, A::End,            System,   Held::Either, Stopped),

    (Agreed,        A::Withdraw,       Customer, Held::Either, Withdrawn),
    (Agreed,        A::Redeem,         System,   Held::Either, Redeemed),
    (Agreed,        A::Lapse,          System,   Held::Either, Lapsed),
];

/// The state that follows, or `None` where the table has no such row.
pub fn next(state: State, act: ActKind, who: Who, held: bool) -> Option<State> {
    TRANSITIONS
        .iter()
        .find(|(from, kind, by, when, _)| {
            let fits = match when {
                Held::Either => true,
                Held::Yes => held,
                Held::No => !held,
            };
            *from == state && *kind == act && *by == who && fits
        })
        .map(|row| row.4)
}
