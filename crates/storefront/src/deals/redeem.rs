//! What becomes of a deal: used once at checkout, or given back with its stock when it lapses.

use api::error::ErrorCode;
use negotiation::Deal;
use sqlx::FromRow;

use super::keys;
use super::mint::{count_given, give_back, given_away};
use crate::db::deal::{self, DealRow};
use crate::db::{Reads, args, store};
use crate::error::{AppError, AppResult};
use crate::negotiations::{self, Case};
use crate::state::AppState;
use crate::visitor::{Shop, Visitor};
use crate::write::{Actor, Write};

/// Deals looked after in one go.
const AT_ONCE: i64 = 200;
/// A token is some 700 bytes; longer is no token of ours.
const TOKEN_BYTES_MAX: usize = 8_192;

/// The deal that a token names. Forged, of another store or of another visitor: refused.
pub(crate) async fn read_token<R: Reads>(
    reads: &mut R,
    visitor: &Visitor,
    token: &str,
) -> AppResult<DealRow> {
    let store_id = &visitor.shop.store_id;
    let keys: Vec<store::SigningKeyRow> = reads.all(store::KEYS, args![store_id]).await?;
    let claims = Some(token.trim())
        .filter(|token| token.len() <= TOKEN_BYTES_MAX)
        .and_then(|token| keys::verify(store_id, &keys, token))
        .and_then(|claims| serde_json::from_slice::<Deal>(&claims).ok())
        .filter(|claims| claims.validate().is_ok() && claims.store == *store_id)
        .ok_or_else(forged)?;
    if claims.visitor_session != visitor.id {
        let message = "This deal was made with another visitor. It can be used by them alone.";
        return Err(AppError::refuse(ErrorCode::Forbidden, message).with("field", "deal"));
    }
    let found = reads.maybe(deal::BY_ID, args![store_id, &claims.nonce]).await?;
    let row: DealRow = found.ok_or_else(forged)?;
    let same = row.negotiation_id == claims.negotiation
        && row.visitor_id == visitor.id
        && row.sku == claims.sku
        && row.quantity == i64::from(claims.quantity)
        && row.unit_price == claims.unit_price.minor()
        && claims.unit_price.currency() == visitor.shop.currency;
    if same { Ok(row) } else { Err(forged()) }
}

fn forged() -> AppError {
    AppError::invalid("deal", "This is not a deal of this shop, or it was changed on its way.")
}

/// Refuses a deal that was used, is being paid for, or has lapsed.
pub(crate) fn refuse_unless_held(deal: &DealRow, now_ms: i64) -> AppResult<()> {
    let (state, message) = match deal.state.as_str() {
        "redeemed" => ("redeemed", "This deal was used already. A deal can be used once."),
        "paying" => ("paying", "This deal is being paid for right now."),
        "held" if deal.expires_at > now_ms => return Ok(()),
        _ => ("lapsed", "This deal was not used in time and has lapsed. You can make a new offer."),
    };
    Err(AppError::refuse(ErrorCode::NotAllowedNow, message).with("state", state))
}

/// Lapses a negotiation's deal, if it is still only held: its stock and its part of the day's
/// discount go back. Says whether it did.
pub(crate) async fn release(write: &mut Write, case: &Case) -> AppResult<bool> {
    let key = args![&write.store_id, &case.row.negotiation_id];
    let found: Option<DealRow> = write.maybe(deal::BY_NEGOTIATION, key).await?;
    let Some(row) = found else { return Ok(true) };
    let moved = args![&write.store_id, &row.deal_id, "held", "lapsed", None::<&str>];
    if write.run(deal::MOVE, moved).await? == 0 {
        return Ok(row.state == "lapsed");
    }
    give_back(write, &row.sku, row.quantity).await?;
    let less = given_away(row.list_price, row.unit_price, row.quantity);
    count_given(write, &case.ground, row.created_at, -less).await?;
    Ok(true)
}

#[derive(Debug, FromRow)]
struct Due {
    store_id: String,
    deal_id: String,
}

/// Lapses what was not used in time. A deal that cannot be lapsed holds up no other.
pub(crate) async fn lapse_due(state: &AppState) -> AppResult<()> {
    let due: Vec<Due> = state.db().all(deal::DUE, args![state.now_ms(), AT_ONCE]).await?;
    for one in due {
        if let Err(error) = lapse(state, &one).await {
            tracing::warn!(?error, deal = %one.deal_id, "cannot be lapsed");
        }
    }
    Ok(())
}

async fn lapse(state: &AppState, one: &Due) -> AppResult<()> {
    let mut write = Write::begin(state, &one.store_id, Actor::system(), None).await?;
    let key = args![&one.store_id, &one.deal_id];
    let row: Option<DealRow> = write.maybe(deal::BY_ID, key).await?;
    let Some(row) = row.filter(|row| row.state == "held") else { return Ok(()) };
    let shop = Shop::by_id(&mut write, &one.store_id).await?;
    let cache = &state.shared.rule_sets;
    let mut case = Case::load(&mut write, cache, shop, &row.negotiation_id).await?;
    negotiations::lapse(&mut write, state, &mut case).await?;
    write.commit().await
}
