//! Negotiations: what customers and staff do with them. The bargaining itself is the `negotiation`
//! crate's and prices are `pricing`'s; here it is decided from what, written down and passed on.
//! Nothing that a customer gets holds a floor, a cost or a target.

mod approve;
mod case;
mod detail;
mod gate;
mod ground;
mod open;
mod record;
mod say;
pub(crate) mod settings;
pub(crate) mod shape;
mod staff;
mod time;
pub(crate) mod tries;

use api::shop::{AcceptAsk, ShopNegotiation};
use axum::Json;
use axum::http::StatusCode;
use commerce::Money;
use negotiation::{Act, Actor as By, EscalationReason, State, perform};

pub(crate) use case::Case;
pub(crate) use detail::{detail, document};
pub(crate) use ground::{FREE_SHIPPING, Ground, Sale, product_row};
pub(crate) use open::open;
pub(crate) use record::{Said, record};
pub(crate) use say::say;
pub(crate) use staff::act;
pub(crate) use time::{end_claims, expire_due, lapse};

use crate::db::negotiation::{self as rows, NegotiationRow};
use crate::db::{Reads, args};
use crate::error::{AppError, AppResult};
use crate::state::AppState;
use crate::visitor::{Shop, Visitor};
use crate::write::{Once, Write};

/// What a customer-side change answers.
pub(crate) type Answer = AppResult<(StatusCode, Json<ShopNegotiation>)>;

/// The visitor's own negotiation.
pub(crate) async fn view(
    state: &AppState,
    visitor: &Visitor,
    id: &str,
) -> AppResult<ShopNegotiation> {
    let mut db = state.db();
    let row = own_row(&mut db, visitor, id).await?;
    shape::shop_view(&mut db, &visitor.shop, &row).await
}

/// A negotiation as its customer sees it, whoever that is.
pub(crate) async fn view_of<R: Reads>(
    reads: &mut R,
    shop: &Shop,
    id: &str,
) -> AppResult<ShopNegotiation> {
    let row: Option<NegotiationRow> = reads.maybe(rows::BY_ID, args![&shop.store_id, id]).await?;
    let row = row.ok_or_else(|| AppError::not_found("negotiation"))?;
    shape::shop_view(reads, shop, &row).await
}

/// The visitor's negotiation on a product that still runs or has a deal that still holds.
pub(crate) async fn find_open(
    state: &AppState,
    visitor: &Visitor,
    sku: &str,
) -> AppResult<Option<ShopNegotiation>> {
    let mut db = state.db();
    let key = args![&visitor.shop.store_id, &visitor.id, sku];
    let row: Option<NegotiationRow> = Reads::maybe(&mut db, rows::LATEST, key).await?;
    match row.filter(|row| is_running(row, state.now_ms())) {
        Some(row) => Ok(Some(shape::shop_view(&mut db, &visitor.shop, &row).await?)),
        None => Ok(None),
    }
}

/// Takes the standing ask: the button. With a price it is taken only while it still is that.
pub(crate) async fn accept(
    state: &AppState,
    visitor: &Visitor,
    id: &str,
    asked: AcceptAsk,
    once: Once,
) -> Answer {
    let (mut write, mut case) = begin(state, visitor, id, once).await?;
    let now = shape::instant(write.now_ms())?;
    let Some(decided) = case.open_for(case.quantity(), now)? else { return Err(closed()) };
    let price = match &asked.price {
        Some(price) => {
            Money::try_from(price).map_err(|error| AppError::invalid("price", error.to_string()))?
        }
        None => case.session.ask(&decided.limits),
    };
    let (act, epoch) = (Act::Accept { price }, case.session.epoch);
    let turn = perform(&case.session, &decided.limits, By::Customer, &act, epoch, now)
        .map_err(|error| record::refused(&error, &case.session))?;
    gate::in_stock(&case)?;
    let gated = gate::within_budget(&mut write, &case, &decided.limits, turn, now).await?;
    let said = Said { customer: Some(String::new()), reason: gated.reason, ..Said::default() };
    let seen = case.seen(case.quantity(), Some(price.minor()), now);
    record(&mut write, state, &mut case, gated.turn, said).await?;
    let answer = finish(write, &case).await?;
    state.shared.watch.see(seen);
    Ok(answer)
}

/// Asks for a person. Already waiting for one, it changes nothing.
pub(crate) async fn ask_person(
    state: &AppState,
    visitor: &Visitor,
    id: &str,
    once: Once,
) -> Answer {
    let (mut write, mut case) = begin(state, visitor, id, once).await?;
    if case.session.state != State::AwaitingStaff {
        let act = Act::Escalate { why: EscalationReason::CustomerAsked };
        by_button(&mut write, state, &mut case, act).await?;
    }
    finish(write, &case).await
}

/// Leaves. A deal that was not used is given back with its stock.
pub(crate) async fn end(state: &AppState, visitor: &Visitor, id: &str, once: Once) -> Answer {
    let (mut write, mut case) = begin(state, visitor, id, once).await?;
    if !case.session.state.is_end() {
        if case.session.state == State::Agreed {
            crate::deals::release(&mut write, &case).await?;
        }
        by_button(&mut write, state, &mut case, Act::Withdraw).await?;
    }
    finish(write, &case).await
}

async fn by_button(
    write: &mut Write,
    state: &AppState,
    case: &mut Case,
    act: Act,
) -> AppResult<()> {
    let now = shape::instant(write.now_ms())?;
    let limits = case.limits(now)?;
    let turn = perform(&case.session, &limits, By::Customer, &act, case.session.epoch, now)
        .map_err(|error| record::refused(&error, &case.session))?;
    let said = Said { customer: Some(String::new()), ..Said::default() };
    record(write, state, case, turn, said).await
}

/// Starts a change to the visitor's own negotiation. What time has ended is ended first.
async fn begin(
    state: &AppState,
    visitor: &Visitor,
    id: &str,
    once: Once,
) -> AppResult<(Write, Case)> {
    let mut write = visitor.write(state, once).await?;
    own_row(&mut write, visitor, id).await?;
    let cache = &state.shared.rule_sets;
    let mut case = Case::load(&mut write, cache, visitor.shop.clone(), id).await?;
    time::end_if_due(&mut write, state, &mut case).await?;
    Ok((write, case))
}

async fn finish(mut write: Write, case: &Case) -> Answer {
    let view = shape::shop_view(&mut write, &case.ground.shop, &case.row).await?;
    write.finish(StatusCode::OK, view).await
}

/// The visitor's own negotiation.
pub(crate) async fn own_row<R: Reads>(
    reads: &mut R,
    visitor: &Visitor,
    id: &str,
) -> AppResult<NegotiationRow> {
    let row: Option<NegotiationRow> =
        reads.maybe(rows::BY_ID, args![&visitor.shop.store_id, id]).await?;
    // another visitor's is as unknown as one that never was
    row.filter(|row| row.visitor_id == visitor.id).ok_or_else(|| AppError::not_found("negotiation"))
}

/// Running, or agreed with a deal that can still be used.
fn is_running(row: &NegotiationRow, now_ms: i64) -> bool {
    matches!(row.state.as_str(), "opened" | "bargaining" | "awaiting_staff" | "agreed")
        && row.expires_at > now_ms
}

/// The one answer to every reason why a product cannot be bargained on: reasons would tell.
fn closed() -> AppError {
    let message = "Offers are not open on this product right now. You can buy it at its price.";
    AppError::refuse(api::error::ErrorCode::NotAllowedNow, message)
}
