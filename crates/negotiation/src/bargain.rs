//! What the bot answers to an offer: the bands of the decision and the concession curve. It never
//! asks below the floor, never raises its ask and never moves without an offer from the other side.

use commerce::money::Money;

use crate::act::EscalationReason;
use crate::curve::{ask_minor, with_ending};
use crate::limits::{Limits, Sweetener, smaller};
use crate::session::Session;

/// The bot's decision on an offer. Prices are per unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Agree at this price: the offer, or the standing ask where the offer is above it.
    Accept {
        price: Money,
    },
    /// Ask this from now on.
    Counter {
        price: Money,
    },
    /// Rounds are used up: the last ask stands until it expires.
    Stand,
    /// Rounds are used up, but there is something to put on top of the standing ask.
    Sweeten {
        sweetener: Sweetener,
    },
    /// Too low to move for.
    Decline,
    Escalate {
        why: EscalationReason,
    },
}

/// Answers offers that arrived together (`offers`, oldest first) with one reply; the last is the
/// customer's position. `None` without an offer: the bot does not concede to silence.
pub fn reply(session: &Session, limits: &Limits, offers: &[Money]) -> Option<Reply> {
    let offer = offers.last()?;
    let ask = session.ask(limits);
    // staff may have set the ask below accept_at: an offer that meets it is taken all the same
    let take_from = smaller(limits.last_ask(), ask);
    if offer.minor() >= take_from.minor() {
        return Some(Reply::Accept { price: smaller(*offer, ask) });
    }
    if offer.minor() < limits.decline_below.minor() {
        return Some(if limits.escalate_below_decline {
            Reply::Escalate { why: EscalationReason::BelowDecline }
        } else {
            Reply::Decline
        });
    }
    if session.round >= limits.max_rounds {
        if offer.minor() >= limits.escalate_at.minor() {
            return Some(Reply::Escalate { why: EscalationReason::RoundsUsedUp });
        }
        return Some(match next_sweetener(session, limits) {
            Some(sweetener) => Reply::Sweeten { sweetener: sweetener.clone() },
            None => Reply::Stand,
        });
    }
    Some(Reply::Counter { price: next_ask(session, limits) })
}

/// The ask of the coming round: the curve from the opening ask to [`Limits::last_ask`], with the
/// merchant's price ending where one lies between that and the standing ask.
pub fn next_ask(session: &Session, limits: &Limits) -> Money {
    let ask = session.ask(limits);
    let end = limits.last_ask().minor();
    let round = session.round.saturating_add(1);
    let start = limits.opening_ask().minor();
    let curve = ask_minor(start, end, round, limits.max_rounds, limits.concession);
    let digits = ask.currency().digits();
    let ended = with_ending(curve, end, ask.minor(), limits.ending, digits);
    // within ±MINOR_MAX, lying between two amounts that are
    Money::from_minor(ended.min(ask.minor()), ask.currency()).unwrap_or(ask)
}

/// Whether the price less the cost of the sweeteners stays at or above the floor, over the whole
/// quantity (a sweetener's cost is for the deal, a price for a unit).
pub fn sweetener_fits(
    limits: &Limits,
    price: Money,
    quantity: u32,
    sweeteners: &[Sweetener],
) -> bool {
    let room = i128::from(price.minor()) - i128::from(limits.floor.minor());
    let cost: i128 = sweeteners.iter().map(|s| i128::from(s.cost.minor())).sum();
    let same = sweeteners.iter().all(|s| s.cost.currency() == price.currency());
    same && cost <= room * i128::from(quantity)
}

/// The first sweetener of the policy that was not offered yet and fits on top of the standing ask.
fn next_sweetener<'a>(session: &Session, limits: &'a Limits) -> Option<&'a Sweetener> {
    limits.sweeteners.iter().find(|candidate| {
        let mut all = session.sweeteners.clone();
        if all.iter().any(|s| s.id == candidate.id) {
            return false;
        }
        all.push((*candidate).clone());
        sweetener_fits(limits, session.ask(limits), session.quantity, &all)
    })
}
