//! What must hold at the moment of agreement: the units are there, and the day's discount budget
//! is not passed. Both are read under the store's lock, so two agreements cannot pass together.

use api::error::ErrorCode;
use jiff::Timestamp;
use negotiation::answer::Message;
use negotiation::{Act, Actor as By, EscalationReason, Limits, State, StopKind, Turn, apply};

use super::case::Case;
use crate::cart::out_of_stock;
use crate::deals::{given_away, over_budget};
use crate::error::{AppError, AppResult};
use crate::write::Write;

/// Why a negotiation went to staff where the day's discount is used up.
pub(super) const OVER_BUDGET: &str = "over_budget";

/// A turn, and why it goes to staff where the acts do not say.
pub(super) struct Gated {
    pub(super) turn: Turn,
    pub(super) reason: Option<&'static str>,
}

fn missing_units(case: &Case) -> Option<i64> {
    let stock = case.product.as_ref().and_then(|product| product.stock)?;
    (stock < case.quantity()).then_some(stock)
}

/// Refuses where fewer units are left than negotiated over.
pub(super) fn in_stock(case: &Case) -> AppResult<()> {
    match missing_units(case) {
        Some(left) => Err(out_of_stock(left, &case.row.title)),
        None => Ok(()),
    }
}

/// As [`in_stock`] for words: agreement becomes "we don't have that many".
pub(super) fn said_in_stock(
    case: &Case,
    limits: &Limits,
    turn: Turn,
    now: Timestamp,
) -> AppResult<Turn> {
    let agrees = turn.session.agreed.is_some() && case.session.agreed.is_none();
    if !agrees || missing_units(case).is_none() {
        return Ok(turn);
    }
    let mut instead = Turn {
        acts: vec![],
        session: case.session.clone(),
        message: Some(Message::Refused { stop: StopKind::QuantityAboveStock }),
    };
    push(&mut instead, limits, By::Bot, &Act::Ask, now);
    Ok(instead)
}

/// An agreement that passes the day's discount budget goes to staff at its price instead.
pub(super) async fn within_budget(
    write: &mut Write,
    case: &Case,
    limits: &Limits,
    turn: Turn,
    now: Timestamp,
) -> AppResult<Gated> {
    let fine = |turn| Ok(Gated { turn, reason: None });
    let Some(agreed) = turn.session.agreed.clone() else { return fine(turn) };
    // what staff decided is theirs to decide
    if case.session.agreed.is_some() || agreed.by_staff {
        return fine(turn);
    }
    let (price, quantity) = (agreed.price, agreed.quantity);
    let more = given_away(case.row.list_price, price.minor(), i64::from(quantity));
    if !over_budget(write, &case.ground, more).await? {
        return fine(turn);
    }
    let waiting = case.session.state == State::AwaitingStaff;
    let message = if waiting { Message::Waiting } else { Message::Escalated };
    let mut instead = Turn { acts: vec![], session: case.session.clone(), message: Some(message) };
    if !waiting {
        let propose = Act::Propose { price, quantity, extras: vec![] };
        push(&mut instead, limits, By::Customer, &propose, now);
        let escalate = Act::Escalate { why: EscalationReason::StaffAsked };
        push(&mut instead, limits, By::Bot, &escalate, now);
    }
    Ok(Gated { turn: instead, reason: Some(OVER_BUDGET) })
}

/// Makes an act where the table allows it.
pub(super) fn push(turn: &mut Turn, limits: &Limits, by: By, act: &Act, now: Timestamp) {
    let epoch = turn.session.epoch;
    if let Ok((session, step)) = apply(&turn.session, limits, by, act, epoch, now) {
        turn.session = session;
        turn.acts.push(step);
    }
}

/// The customer has said more within a minute than a person writes.
pub(super) fn too_fast() -> AppError {
    let message = "That was a lot at once. Wait a moment before you write again.";
    AppError::refuse(ErrorCode::RateLimited, message).with("retry_after_s", 30)
}
