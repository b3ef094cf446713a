//! One negotiation's state, and the one function that changes it. It refuses what the transition
//! table or the merchant's limits do not allow; it never decides what to answer.

use commerce::money::{Currency, Money};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::act::{Act, ActKind, Actor, Role, Step, Who};
use crate::approval::Clearance;
use crate::bargain::sweetener_fits;
use crate::limits::{Limits, Sweetener, smaller};
use crate::state::{State, next};

/// How many of the customer's offers a session keeps; older ones are in the transcript.
pub const OFFERS_KEPT_MAX: usize = 50;
/// The largest quantity that a customer can name.
pub const QUANTITY_MAX: u32 = 1_000_000;

/// What a bare "ok" from the customer would mean now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OkMeans {
    /// Nothing that binds: the bot asked or explained something last.
    #[default]
    Nothing,
    /// Taking the standing ask, which the bot named last.
    TakeAsk,
    /// Offering the price that the bot suggested when it asked what was meant.
    Offer(#[serde(with = "crate::wire::money")] Money),
}

/// What both sides agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// Per unit.
    #[serde(with = "crate::wire::money")]
    pub price: Money,
    pub quantity: u32,
    pub sweeteners: Vec<Sweetener>,
    /// Whether staff decided the price, by approval or by their own counteroffer.
    pub by_staff: bool,
    /// Until when checkout may redeem it.
    pub expires_at: Timestamp,
}

/// One negotiation: a customer, a product, a quantity. Prices are per unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub state: State,
    /// Raised by `take_over` and `release`; what was made under an older one is thrown away.
    pub epoch: u32,
    /// Whether a member of staff holds the negotiation.
    pub held: bool,
    pub quantity: u32,
    #[serde(with = "crate::wire::money")]
    pub list_price: Money,
    #[serde(with = "crate::wire::money")]
    pub standing_ask: Money,
    /// Whether staff set the standing ask; only then may it lie below the floor.
    #[serde(default)]
    pub ask_by_staff: bool,
    /// Counteroffers of the bot so far.
    pub round: u32,
    #[serde(with = "crate::wire::money_option", default)]
    pub last_offer: Option<Money>,
    /// The customer's offers, oldest first, the last [`OFFERS_KEPT_MAX`].
    #[serde(with = "crate::wire::money_list", default)]
    pub offers: Vec<Money>,
    /// What was offered on top of the standing ask.
    #[serde(default)]
    pub sweeteners: Vec<Sweetener>,
    #[serde(default)]
    pub ok_means: OkMeans,
    #[serde(default)]
    pub agreed: Option<Agreed>,
    /// When the negotiation expires if nobody agrees.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
}

/// Why an act was refused. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    #[error("{} is not allowed while the negotiation is {}", act.name(), state.name())]
    NotAllowedNow { state: State, act: ActKind },
    #[error("the role {role:?} may not act in negotiations")]
    RoleMayNot { role: Role },
    #[error(
        "made under epoch {made_under}, the negotiation is at {current}: someone else acts now"
    )]
    StaleEpoch { made_under: u32, current: u32 },
    #[error("the price named is {named:?}, it is {current:?} now")]
    PriceChanged { named: Money, current: Option<Money> },
    #[error("the price is below the floor and no clearance covers it")]
    BelowFloor,
    #[error("the ask would rise from {from:?} to {to:?}")]
    AskRaised { from: Money, to: Money },
    #[error("an offer needs a price above zero and a quantity from 1 to {QUANTITY_MAX}")]
    BadOffer,
    #[error("{found:?} was found where {expected:?} was expected")]
    Currency { found: Currency, expected: Currency },
    #[error("the sweetener's cost would take the price below the floor")]
    SweetenerBelowFloor,
    #[error("the negotiation has expired")]
    Expired,
    #[error("the deal has lapsed: it had to be redeemed earlier")]
    DealLapsed,
}

impl Session {
    /// A new negotiation at the opening ask. With `ttl`, it expires that long after `now`.
    pub fn open(
        limits: &Limits,
        quantity: u32,
        now: Timestamp,
        ttl: Option<SignedDuration>,
    ) -> Self {
        Self {
            state: State::Opened,
            epoch: 0,
            held: false,
            quantity: quantity.clamp(1, QUANTITY_MAX),
            list_price: limits.list_price,
            standing_ask: limits.opening_ask(),
            ask_by_staff: false,
            round: 0,
            last_offer: None,
            offers: Vec::new(),
            sweeteners: Vec::new(),
            ok_means: OkMeans::Nothing,
            agreed: None,
            expires_at: ttl.and_then(|ttl| now.checked_add(ttl).ok()),
        }
    }

    pub fn currency(&self) -> Currency {
        self.list_price.currency()
    }

    /// What the merchant asks now: the standing ask; the opening ask should a new rule set forbid
    /// the standing one (never the floor itself, which the customer could then read). What staff
    /// set stands.
    pub fn ask(&self, limits: &Limits) -> Money {
        if self.ask_by_staff || self.standing_ask.minor() >= limits.floor.minor() {
            return self.standing_ask;
        }
        limits.opening_ask()
    }

    /// Whether nobody may act any more because its time has passed.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        let open = matches!(self.state, State::Opened | State::Bargaining | State::AwaitingStaff);
        open && self.expires_at.is_some_and(|at| now >= at)
    }
}

/// Makes one act: a new session and what happened, or a refusal and no change.
///
/// `made_under` is the epoch of the session that the actor saw when they made it. `limits` are
/// those for the act's quantity: where a proposal changes the quantity, decide them anew before.
///
/// # Errors
/// See [`Refused`].
pub fn apply(
    session: &Session,
    limits: &Limits,
    actor: Actor,
    act: &Act,
    made_under: u32,
    now: Timestamp,
) -> Result<(Session, Step), Refused> {
    let to = permitted(session, limits, actor, act, made_under, now)?;
    let mut changed = session.clone();
    changed.state = to;
    match act {
        Act::Propose { price, quantity, .. } => propose(&mut changed, limits, *price, *quantity)?,
        Act::Accept { price } => accept(&mut changed, limits, actor, *price, now)?,
        Act::Counter { price, clearance } => {
            counter(&mut changed, limits, actor, *price, clearance.as_ref())?;
        }
        Act::OfferSweetener { sweetener, price } => {
            offer_sweetener(&mut changed, limits, actor, sweetener, *price)?;
        }
        Act::Approve { price, clearance } => {
            approve(&mut changed, limits, *price, clearance.as_ref(), now)?;
        }
        Act::TakeOver => (changed.held, changed.epoch) = (true, changed.epoch.saturating_add(1)),
        Act::Release => (changed.held, changed.epoch) = (false, changed.epoch.saturating_add(1)),
        Act::Redeem => {
            if changed.agreed.as_ref().is_none_or(|agreed| now >= agreed.expires_at) {
                return Err(Refused::DealLapsed);
            }
        }
        Act::Reject
        | Act::Ask
        | Act::Justify
        | Act::Escalate { .. }
        | Act::Decline
        | Act::Withdraw
        | Act::End { .. }
        | Act::Expire
        | Act::Lapse => {}
    }
    let step = Step {
        actor,
        act: act.clone(),
        before: session.state,
        after: changed.state,
        epoch: changed.epoch,
    };
    Ok((changed, step))
}

fn permitted(
    session: &Session,
    limits: &Limits,
    actor: Actor,
    act: &Act,
    made_under: u32,
    now: Timestamp,
) -> Result<State, Refused> {
    if let Actor::Staff(role) = actor
        && !role.negotiates()
    {
        return Err(Refused::RoleMayNot { role });
    }
    let refused = Refused::NotAllowedNow { state: session.state, act: act.kind() };
    let to = next(session.state, act.kind(), actor.who(), session.held).ok_or(refused)?;
    if made_under != session.epoch {
        return Err(Refused::StaleEpoch { made_under, current: session.epoch });
    }
    if actor.who() != Who::System && session.is_expired(now) {
        return Err(Refused::Expired);
    }
    same_currency(session, limits.floor)?;
    Ok(to)
}

fn same_currency(session: &Session, amount: Money) -> Result<(), Refused> {
    if amount.currency() == session.currency() {
        return Ok(());
    }
    Err(Refused::Currency { found: amount.currency(), expected: session.currency() })
}

fn propose(
    session: &mut Session,
    limits: &Limits,
    price: Money,
    quantity: u32,
) -> Result<(), Refused> {
    same_currency(session, price)?;
    if price.minor() <= 0 || !(1..=QUANTITY_MAX).contains(&quantity) {
        return Err(Refused::BadOffer);
    }
    if quantity != session.quantity {
        // other terms: an ask that they would not lead to (a staff price for the old quantity) goes
        // back to the opening ask; raised to the new floor instead, it would tell the floor
        session.quantity = quantity;
        let kept = smaller(session.standing_ask, limits.opening_ask());
        if kept.minor() < limits.last_ask().minor() {
            session.standing_ask = limits.opening_ask();
        } else {
            session.standing_ask = kept;
        }
        session.ask_by_staff = false;
        session.sweeteners.clear();
    }
    session.last_offer = Some(price);
    if session.offers.len() >= OFFERS_KEPT_MAX {
        session.offers.remove(0);
    }
    session.offers.push(price);
    Ok(())
}

fn accept(
    session: &mut Session,
    limits: &Limits,
    actor: Actor,
    price: Money,
    now: Timestamp,
) -> Result<(), Refused> {
    same_currency(session, price)?;
    let ask = session.ask(limits);
    if actor.who() == Who::Customer {
        if price != ask {
            return Err(Refused::PriceChanged { named: price, current: Some(ask) });
        }
        let by_staff = session.ask_by_staff;
        agree(session, limits, price, by_staff, now);
        return Ok(());
    }
    let offer = session.last_offer.ok_or(Refused::BadOffer)?;
    if price != smaller(offer, ask) {
        return Err(Refused::PriceChanged { named: price, current: Some(smaller(offer, ask)) });
    }
    let by_staff = session.ask_by_staff && price == ask;
    if price.minor() < limits.floor.minor() && !by_staff {
        return Err(Refused::BelowFloor);
    }
    agree(session, limits, price, by_staff, now);
    Ok(())
}

fn counter(
    session: &mut Session,
    limits: &Limits,
    actor: Actor,
    price: Money,
    clearance: Option<&Clearance>,
) -> Result<(), Refused> {
    same_currency(session, price)?;
    let ask = session.ask(limits);
    if price.minor() <= 0 {
        return Err(Refused::BadOffer);
    }
    if price.minor() > ask.minor() {
        return Err(Refused::AskRaised { from: ask, to: price });
    }
    let by_staff = actor.who() == Who::Staff;
    let kept = session.ask_by_staff && price == ask;
    let cleared = kept || (by_staff && clearance.is_some_and(|c| c.covers(price)));
    if price.minor() < limits.floor.minor() && !cleared {
        return Err(Refused::BelowFloor);
    }
    if price.minor() < ask.minor() {
        session.sweeteners.clear();
    }
    session.standing_ask = price;
    session.ask_by_staff = by_staff || kept;
    if !by_staff {
        session.round = session.round.saturating_add(1);
    }
    Ok(())
}

fn offer_sweetener(
    session: &mut Session,
    limits: &Limits,
    actor: Actor,
    sweetener: &Sweetener,
    price: Money,
) -> Result<(), Refused> {
    same_currency(session, price)?;
    same_currency(session, sweetener.cost)?;
    let ask = session.ask(limits);
    if price != ask {
        return Err(Refused::PriceChanged { named: price, current: Some(ask) });
    }
    session.sweeteners.push(sweetener.clone());
    if !sweetener_fits(limits, price, session.quantity, &session.sweeteners) {
        return Err(Refused::SweetenerBelowFloor);
    }
    session.ask_by_staff |= actor.who() == Who::Staff;
    Ok(())
}

fn approve(
    session: &mut Session,
    limits: &Limits,
    price: Money,
    clearance: Option<&Clearance>,
    now: Timestamp,
) -> Result<(), Refused> {
    same_currency(session, price)?;
    if session.last_offer != Some(price) {
        return Err(Refused::PriceChanged { named: price, current: session.last_offer });
    }
    let agreed = smaller(price, session.ask(limits));
    let cleared = clearance.is_some_and(|c| c.covers(agreed));
    let already = session.ask_by_staff && agreed == session.ask(limits);
    if agreed.minor() < limits.floor.minor() && !cleared && !already {
        return Err(Refused::BelowFloor);
    }
    agree(session, limits, agreed, true, now);
    Ok(())
}

/// Sweeteners were offered on top of the standing ask: they go with that price alone.
fn agree(session: &mut Session, limits: &Limits, price: Money, by_staff: bool, now: Timestamp) {
    let at_ask = price == session.ask(limits);
    session.agreed = Some(Agreed {
        price,
        quantity: session.quantity,
        sweeteners: if at_ask { session.sweeteners.clone() } else { Vec::new() },
        by_staff,
        expires_at: now.checked_add(limits.deal_valid).unwrap_or(Timestamp::MAX),
    });
}
