//! The bot's turn: what was understood from the customer in, the acts of both sides, the changed
//! session and the message out. Also staff's and the system's acts, with what the customer is told.

use commerce::money::Money;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::act::{Act, Actor, EscalationReason, Step};
use crate::bargain::{Reply, reply};
use crate::hard_stops::{StopAnswer, StopKind};
use crate::language::{Understood, Why};
use crate::limits::Limits;
use crate::session::{OkMeans, Refused, Session, apply};
use crate::state::State;

/// What the customer is told, as facts; [`crate::wording::word`] makes the text. It holds only
/// prices that an act or the shop page holds: never the floor, the cost or the target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "message", rename_all = "snake_case")]
pub enum Message {
    /// The negotiation begins; `price` is the opening ask.
    Greeting {
        #[serde(with = "crate::wire::money")]
        price: Money,
    },
    /// A counteroffer; `moved` when it is below the ask before.
    Counter {
        #[serde(with = "crate::wire::money")]
        offer: Money,
        #[serde(with = "crate::wire::money")]
        price: Money,
        quantity: u32,
        moved: bool,
        /// The bot's last round.
        last: bool,
    },
    /// Rounds are used up: the last ask stands.
    Stands {
        #[serde(with = "crate::wire::money")]
        offer: Money,
        #[serde(with = "crate::wire::money")]
        price: Money,
    },
    /// Both agreed. `total` is price × quantity.
    Accepted {
        #[serde(with = "crate::wire::money")]
        price: Money,
        quantity: u32,
        #[serde(with = "crate::wire::money_option", default)]
        total: Option<Money>,
        valid_minutes: i64,
    },
    /// Too low; the ask stands at `price`.
    Declined {
        #[serde(with = "crate::wire::money")]
        offer: Money,
        #[serde(with = "crate::wire::money")]
        price: Money,
    },
    /// Something on top of the standing ask.
    Sweetener {
        label: String,
        #[serde(with = "crate::wire::money")]
        price: Money,
    },
    /// The customer said no to the ask.
    Rejected {
        #[serde(with = "crate::wire::money")]
        price: Money,
    },
    /// Passed to staff.
    Escalated,
    /// Staff were asked already.
    Waiting,
    /// "Deal" before any offer was made.
    NoOfferYet {
        #[serde(with = "crate::wire::money")]
        price: Money,
    },
    /// "Ok" where it was not clear to what.
    TakeIt {
        #[serde(with = "crate::wire::money")]
        price: Money,
    },
    /// A question that the bot does not answer.
    Question {
        #[serde(with = "crate::wire::money")]
        price: Money,
    },
    /// Not understood; `suggest` is a price that may have been meant.
    Clarify {
        why: Why,
        #[serde(with = "crate::wire::money_option", default)]
        suggest: Option<Money>,
        #[serde(with = "crate::wire::money")]
        price: Money,
    },
    /// A hard stop that asks the customer for something else and goes on.
    Refused {
        stop: StopKind,
    },
    /// A hard stop that ended it.
    Stopped {
        stop: StopKind,
    },
    /// Staff agreed to the customer's offer.
    StaffApproved {
        #[serde(with = "crate::wire::money")]
        price: Money,
        quantity: u32,
        #[serde(with = "crate::wire::money_option", default)]
        total: Option<Money>,
        valid_minutes: i64,
    },
    /// Staff turned it down.
    StaffDeclined,
    /// Staff ask `price`.
    StaffCounter {
        #[serde(with = "crate::wire::money")]
        price: Money,
    },
    /// A person writes from now on.
    TakenOver,
    /// The bot is back; the ask is `price`.
    Released {
        #[serde(with = "crate::wire::money")]
        price: Money,
    },
    Withdrawn,
    Expired,
    Lapsed,
    /// The deal exists already, at this price.
    AlreadyAgreed {
        #[serde(with = "crate::wire::money")]
        price: Money,
    },
    /// The negotiation is over.
    Closed,
}

/// What one turn did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The acts of both sides, in order; empty where nothing but words was exchanged.
    pub acts: Vec<Step>,
    pub session: Session,
    /// `None` where a person answers instead of the bot, or nothing is to be said.
    pub message: Option<Message>,
}

impl Turn {
    fn new(session: &Session) -> Self {
        Self { acts: Vec::new(), session: session.clone(), message: None }
    }

    fn act(
        &mut self,
        limits: &Limits,
        actor: Actor,
        act: &Act,
        now: Timestamp,
    ) -> Result<(), Refused> {
        let epoch = self.session.epoch;
        let (session, step) = apply(&self.session, limits, actor, act, epoch, now)?;
        self.session = session;
        self.acts.push(step);
        Ok(())
    }

    fn say(mut self, message: Message, ok_means: OkMeans) -> Self {
        self.session.ok_means = ok_means;
        self.message = Some(message);
        self
    }
}

/// The greeting of a session that was just opened.
pub fn greeting(session: &Session, limits: &Limits) -> Message {
    Message::Greeting { price: session.ask(limits) }
}

/// Answers everything that the customer said since the last answer, once.
///
/// A hard stop anywhere comes first, then a wish for a person, then offers (all are recorded, the
/// last is answered), then the last other thing said. Commit the turn only where the stored
/// session's epoch is still the one given here. `limits` are those for the offered quantity.
///
/// # Errors
/// When limits and session are of different currencies, or an offer is not a usable amount.
pub fn answer(
    session: &Session,
    limits: &Limits,
    understood: &[Understood],
    now: Timestamp,
) -> Result<Turn, Refused> {
    let mut turn = Turn::new(session);
    if session.is_expired(now) {
        turn.act(limits, Actor::System, &Act::Expire, now)?;
        return Ok(turn.say(Message::Expired, OkMeans::Nothing));
    }
    if let Some(agreed) = session.agreed.as_ref().filter(|_| session.state == State::Agreed) {
        let message = Message::AlreadyAgreed { price: agreed.price };
        return Ok(turn.say(message, OkMeans::Nothing));
    }
    if session.state.is_end() || session.state == State::Agreed {
        return Ok(turn.say(Message::Closed, OkMeans::Nothing));
    }
    let meant: Vec<Understood> = understood.iter().map(|u| resolve_ok(session, u)).collect();
    let stop = meant.iter().find_map(|u| match u {
        Understood::HardStop { kind, answer } => Some((*kind, *answer)),
        _ => None,
    });
    if let Some((kind, stop_answer)) = stop {
        return hard_stop(turn, limits, kind, stop_answer, now);
    }
    if session.state == State::AwaitingStaff {
        return awaiting_staff(turn, limits, &meant, now);
    }
    let offers = record_offers(&mut turn, limits, &meant, now)?;
    if meant.iter().any(|u| matches!(u, Understood::AskForPerson { .. })) {
        let act = Act::Escalate { why: EscalationReason::CustomerAsked };
        turn.act(limits, Actor::Customer, &act, now)?;
        return Ok(turn.say(Message::Escalated, OkMeans::Nothing));
    }
    if !offers.is_empty() {
        return answer_offers(turn, limits, &offers, now);
    }
    match meant.last() {
        Some(last) => answer_words(turn, limits, last, now),
        None => Ok(turn),
    }
}

/// A bare "ok" after "did you mean £5?" is an offer of £5, not agreement to the ask.
fn resolve_ok(session: &Session, understood: &Understood) -> Understood {
    match (understood, session.ok_means) {
        (Understood::Accept { price: None }, OkMeans::Offer(price)) => {
            Understood::Propose { price, quantity: None }
        }
        _ => understood.clone(),
    }
}

/// Records every offer of a burst and gives their prices, oldest first. "Yes, £9" at a price that
/// is not the ask is an offer.
fn record_offers(
    turn: &mut Turn,
    limits: &Limits,
    meant: &[Understood],
    now: Timestamp,
) -> Result<Vec<Money>, Refused> {
    let mut offers = Vec::new();
    for understood in meant {
        let ask = turn.session.ask(limits);
        let (price, quantity) = match understood {
            Understood::Propose { price, quantity } => (*price, *quantity),
            Understood::AskForPerson { price: Some(price), quantity } => (*price, *quantity),
            Understood::Accept { price: Some(price) } if *price != ask => (*price, None),
            _ => continue,
        };
        let quantity = quantity.unwrap_or(turn.session.quantity);
        let act = Act::Propose { price, quantity, extras: Vec::new() };
        turn.act(limits, Actor::Customer, &act, now)?;
        offers.push(price);
    }
    Ok(offers)
}

fn answer_offers(
    mut turn: Turn,
    limits: &Limits,
    offers: &[Money],
    now: Timestamp,
) -> Result<Turn, Refused> {
    let before = turn.session.ask(limits);
    let (Some(offer), Some(reply)) = (offers.last().copied(), reply(&turn.session, limits, offers))
    else {
        return Ok(turn);
    };
    match reply {
        Reply::Accept { price } => {
            turn.act(limits, Actor::Bot, &Act::Accept { price }, now)?;
            let message = accepted(&turn.session, limits, price);
            Ok(turn.say(message, OkMeans::Nothing))
        }
        Reply::Counter { price } => {
            turn.act(limits, Actor::Bot, &Act::Counter { price, clearance: None }, now)?;
            let message = Message::Counter {
                offer,
                price,
                quantity: turn.session.quantity,
                moved: price.minor() < before.minor(),
                last: turn.session.round >= limits.max_rounds,
            };
            Ok(turn.say(message, OkMeans::TakeAsk))
        }
        Reply::Stand => {
            turn.act(limits, Actor::Bot, &Act::Decline, now)?;
            Ok(turn.say(Message::Stands { offer, price: before }, OkMeans::TakeAsk))
        }
        Reply::Sweeten { sweetener } => {
            let label = sweetener.label.clone();
            let act = Act::OfferSweetener { sweetener, price: before };
            turn.act(limits, Actor::Bot, &act, now)?;
            Ok(turn.say(Message::Sweetener { label, price: before }, OkMeans::TakeAsk))
        }
        Reply::Decline => {
            turn.act(limits, Actor::Bot, &Act::Decline, now)?;
            Ok(turn.say(Message::Declined { offer, price: before }, OkMeans::TakeAsk))
        }
        Reply::Escalate { why } => {
            turn.act(limits, Actor::Bot, &Act::Escalate { why }, now)?;
            Ok(turn.say(Message::Escalated, OkMeans::Nothing))
        }
    }
}

/// Answers words that hold no offer.
fn answer_words(
    mut turn: Turn,
    limits: &Limits,
    last: &Understood,
    now: Timestamp,
) -> Result<Turn, Refused> {
    let price = turn.session.ask(limits);
    let opened = turn.session.state == State::Opened;
    match last {
        Understood::Accept { .. } if opened => {
            turn.act(limits, Actor::Customer, &Act::Ask, now)?;
            turn.act(limits, Actor::Bot, &Act::Ask, now)?;
            Ok(turn.say(Message::NoOfferYet { price }, OkMeans::Nothing))
        }
        Understood::Accept { price: named }
            if named.is_some() || turn.session.ok_means == OkMeans::TakeAsk =>
        {
            turn.act(limits, Actor::Customer, &Act::Accept { price }, now)?;
            let message = accepted(&turn.session, limits, price);
            Ok(turn.say(message, OkMeans::Nothing))
        }
        Understood::Accept { .. } => {
            turn.act(limits, Actor::Bot, &Act::Ask, now)?;
            Ok(turn.say(Message::TakeIt { price }, OkMeans::TakeAsk))
        }
        Understood::Reject => {
            let act = if opened { Act::Ask } else { Act::Reject };
            turn.act(limits, Actor::Customer, &act, now)?;
            Ok(turn.say(Message::Rejected { price }, OkMeans::Nothing))
        }
        Understood::Question => {
            turn.act(limits, Actor::Customer, &Act::Ask, now)?;
            turn.act(limits, Actor::Bot, &Act::Justify, now)?;
            Ok(turn.say(Message::Question { price }, OkMeans::Nothing))
        }
        Understood::Unclear { why, suggest } => {
            turn.act(limits, Actor::Bot, &Act::Ask, now)?;
            let ok = suggest.map_or(OkMeans::Nothing, OkMeans::Offer);
            let message = Message::Clarify { why: *why, suggest: *suggest, price };
            Ok(turn.say(message, ok))
        }
        // offers, wishes for a person and hard stops were answered before
        Understood::Propose { .. }
        | Understood::AskForPerson { .. }
        | Understood::HardStop { .. } => Ok(turn),
    }
}

/// While staff decide, text binds nobody: "ok" answers "a colleague will look at it". The
/// customer's button, which names its price, still can (through [`perform`]).
fn awaiting_staff(
    mut turn: Turn,
    limits: &Limits,
    meant: &[Understood],
    now: Timestamp,
) -> Result<Turn, Refused> {
    if !turn.session.held {
        return Ok(turn.say(Message::Waiting, OkMeans::Nothing));
    }
    let offers = record_offers(&mut turn, limits, meant, now)?;
    if offers.is_empty() && !meant.is_empty() {
        turn.act(limits, Actor::Customer, &Act::Ask, now)?;
    }
    Ok(turn)
}

fn hard_stop(
    mut turn: Turn,
    limits: &Limits,
    stop: StopKind,
    stop_answer: StopAnswer,
    now: Timestamp,
) -> Result<Turn, Refused> {
    let with_staff = turn.session.state == State::AwaitingStaff;
    match stop_answer {
        StopAnswer::Stop => {
            let actor = if with_staff { Actor::System } else { Actor::Bot };
            turn.act(limits, actor, &Act::End { why: Some(stop) }, now)?;
            Ok(turn.say(Message::Stopped { stop }, OkMeans::Nothing))
        }
        StopAnswer::HandToStaff if !with_staff => {
            let why = EscalationReason::HardStop(stop);
            turn.act(limits, Actor::Bot, &Act::Escalate { why }, now)?;
            Ok(turn.say(Message::Escalated, OkMeans::Nothing))
        }
        StopAnswer::HandToStaff if turn.session.held => Ok(turn),
        StopAnswer::HandToStaff => Ok(turn.say(Message::Waiting, OkMeans::Nothing)),
        StopAnswer::AskAgain => {
            if !with_staff {
                turn.act(limits, Actor::Bot, &Act::Ask, now)?;
            }
            Ok(turn.say(Message::Refused { stop }, OkMeans::Nothing))
        }
    }
}

/// Makes one act of the customer's buttons, of staff or of the system, and says what the customer
/// is told of it. `made_under` is the epoch that the actor saw.
///
/// # Errors
/// See [`Refused`]; nothing has changed then.
pub fn perform(
    session: &Session,
    limits: &Limits,
    actor: Actor,
    act: &Act,
    made_under: u32,
    now: Timestamp,
) -> Result<Turn, Refused> {
    let (changed, step) = apply(session, limits, actor, act, made_under, now)?;
    let (message, ok_means) = told(&changed, limits, actor, act);
    let mut turn = Turn { acts: vec![step], session: changed, message };
    turn.session.ok_means = ok_means;
    if let (Actor::Customer, Act::Propose { price, .. }) = (actor, act)
        && turn.session.state == State::Bargaining
    {
        return answer_offers(turn, limits, &[*price], now);
    }
    Ok(turn)
}

fn told(session: &Session, limits: &Limits, actor: Actor, act: &Act) -> (Option<Message>, OkMeans) {
    let ask = session.ask(limits);
    let agreed = session.agreed.as_ref();
    let message = match act {
        Act::Accept { price } => accepted(session, limits, *price),
        Act::Approve { .. } => match agreed {
            Some(agreed) => Message::StaffApproved {
                price: agreed.price,
                quantity: agreed.quantity,
                total: agreed.price.checked_mul(i64::from(agreed.quantity)).ok(),
                valid_minutes: limits.deal_valid.as_mins(),
            },
            None => return (None, OkMeans::Nothing),
        },
        Act::Counter { price, .. } => {
            return (Some(Message::StaffCounter { price: *price }), OkMeans::TakeAsk);
        }
        Act::OfferSweetener { sweetener, price } => {
            let message = Message::Sweetener { label: sweetener.label.clone(), price: *price };
            return (Some(message), OkMeans::TakeAsk);
        }
        Act::Decline => Message::StaffDeclined,
        Act::TakeOver => Message::TakenOver,
        Act::Release => Message::Released { price: ask },
        Act::Escalate { .. } if actor == Actor::Customer => Message::Escalated,
        Act::Reject => Message::Rejected { price: ask },
        Act::Withdraw => Message::Withdrawn,
        Act::End { why: Some(stop) } => Message::Stopped { stop: *stop },
        Act::End { why: None } => Message::Closed,
        Act::Expire => Message::Expired,
        Act::Lapse => Message::Lapsed,
        Act::Propose { .. } | Act::Ask | Act::Justify | Act::Escalate { .. } | Act::Redeem => {
            return (None, session.ok_means);
        }
    };
    (Some(message), OkMeans::Nothing)
}

fn accepted(session: &Session, limits: &Limits, price: Money) -> Message {
    Message::Accepted {
        price,
        quantity: session.quantity,
        total: price.checked_mul(i64::from(session.quantity)).ok(),
        valid_minutes: limits.deal_valid.as_mins(),
    }
}
