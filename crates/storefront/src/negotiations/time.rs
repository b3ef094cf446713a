//! What time does to negotiations: silence ends them, unused deals lapse, a claim that nobody acts
//! on goes back to the queue. Also looked at when a negotiation is used, so nobody gains a second.

use negotiation::{Act, Actor as By, EscalationReason, State, Turn, perform};

use super::case::Case;
use super::record::{self, Said, record};
use super::{gate, shape};
use crate::db::args;
use crate::db::negotiation::{self as rows, DueRow};
use crate::deals;
use crate::error::AppResult;
use crate::state::AppState;
use crate::visitor::Shop;
use crate::write::{Actor, Write};

/// Negotiations looked after in one go.
const AT_ONCE: i64 = 200;

/// Ends what has been silent too long.
pub(crate) async fn expire_due(state: &AppState) -> AppResult<()> {
    let due: Vec<DueRow> = state.db().all(rows::DUE, args![state.now_ms(), AT_ONCE]).await?;
    for one in due {
        if let Err(error) = expire(state, &one).await {
            tracing::warn!(?error, negotiation = %one.negotiation_id, "cannot be expired");
        }
    }
    Ok(())
}

async fn expire(state: &AppState, one: &DueRow) -> AppResult<()> {
    let (mut write, mut case) = open_case(state, one).await?;
    end_if_due(&mut write, state, &mut case).await?;
    write.commit().await
}

/// Gives back to the queue what its claimant left.
pub(crate) async fn end_claims(state: &AppState) -> AppResult<()> {
    let over: Vec<DueRow> =
        state.db().all(rows::CLAIMS_OVER, args![state.now_ms(), AT_ONCE]).await?;
    for one in over {
        if let Err(error) = end_claim(state, &one).await {
            tracing::warn!(?error, negotiation = %one.negotiation_id, "its claim cannot be ended");
        }
    }
    Ok(())
}

async fn end_claim(state: &AppState, one: &DueRow) -> AppResult<()> {
    let (mut write, mut case) = open_case(state, one).await?;
    let still = case.row.claimed_until.is_some_and(|until| until <= write.now_ms());
    if still && case.session.state == State::AwaitingStaff {
        back_to_queue(&mut write, state, &mut case).await?;
    }
    write.commit().await
}

async fn open_case(state: &AppState, one: &DueRow) -> AppResult<(Write, Case)> {
    let mut write = Write::begin(state, &one.store_id, Actor::system(), None).await?;
    let shop = Shop::by_id(&mut write, &one.store_id).await?;
    let cache = &state.shared.rule_sets;
    let case = Case::load(&mut write, cache, shop, &one.negotiation_id).await?;
    Ok((write, case))
}

/// The bot takes it back from whoever claimed it, and passes it on to staff again at once.
async fn back_to_queue(write: &mut Write, state: &AppState, case: &mut Case) -> AppResult<()> {
    let (now, limits) = (shape::instant(write.now_ms())?, case.frozen()?);
    let mut turn = Turn { acts: vec![], session: case.session.clone(), message: None };
    if case.session.held {
        gate::push(&mut turn, &limits, By::System, &Act::Release, now);
        let escalate = Act::Escalate { why: EscalationReason::StaffAsked };
        gate::push(&mut turn, &limits, By::Bot, &escalate, now);
    }
    case.row.claimed_by = None;
    let since = case.row.waiting_since.unwrap_or(write.now_ms());
    let said = Said { reason: Some("claim_ended"), ..Said::default() };
    case.row.waiting_since = Some(since);
    record(write, state, case, turn, said).await
}

/// Expires or lapses a negotiation whose time has passed.
pub(super) async fn end_if_due(
    write: &mut Write,
    state: &AppState,
    case: &mut Case,
) -> AppResult<()> {
    let now = shape::instant(write.now_ms())?;
    if case.session.is_expired(now) {
        return by_system(write, state, case, Act::Expire).await;
    }
    let over = case.session.agreed.as_ref().is_some_and(|agreed| now >= agreed.expires_at);
    if case.session.state == State::Agreed && over {
        return lapse(write, state, case).await;
    }
    Ok(())
}

/// Lapses an agreed negotiation with its deal: the stock and the day's discount go back. A deal
/// that is being paid for stays.
pub(crate) async fn lapse(write: &mut Write, state: &AppState, case: &mut Case) -> AppResult<()> {
    if deals::release(write, case).await? {
        by_system(write, state, case, Act::Lapse).await?;
    }
    Ok(())
}

async fn by_system(
    write: &mut Write,
    state: &AppState,
    case: &mut Case,
    act: Act,
) -> AppResult<()> {
    let (now, limits) = (shape::instant(write.now_ms())?, case.frozen()?);
    let epoch = case.session.epoch;
    let turn = perform(&case.session, &limits, By::System, &act, epoch, now)
        .map_err(|error| record::refused(&error, &case.session))?;
    record(write, state, case, turn, Said::default()).await
}
