//! A deal made on another site, carried to the shop's own pages to be paid there. What travels is a
//! code for that one deal, once, for two minutes; never the visitor's token, so that nobody can be
//! given a session that someone else knows, and never in an address, which logs and referrers keep.

use api::error::ErrorCode;
use api::shop::{HandOver, ShopNegotiation};
use api::sync::Entity;
use axum::Json;
use axum::http::StatusCode;
use serde_json::json;

use super::mint::sign;
use super::redeem::refuse_unless_held;
use crate::auth::{new_token, token_hash};
use crate::db::deal::{self, DealRow};
use crate::db::{Reads, args};
use crate::error::{AppError, AppResult};
use crate::negotiations::{self, Case};
use crate::state::AppState;
use crate::visitor::{Shop, Visitor};
use crate::write::{Audited, Once};

const CODE_MS: i64 = 2 * 60_000;

/// A code for the visitor's own deal. A newer one ends the older.
pub(crate) async fn offer(
    state: &AppState,
    visitor: &Visitor,
    negotiation_id: &str,
    once: Once,
) -> AppResult<(StatusCode, Json<HandOver>)> {
    let mut write = visitor.write(state, once).await?;
    negotiations::own_row(&mut write, visitor, negotiation_id).await?;
    let store_id = visitor.shop.store_id.clone();
    let key = args![&store_id, negotiation_id];
    let row: Option<DealRow> = write.maybe(deal::BY_NEGOTIATION, key).await?;
    let row = row.ok_or_else(|| AppError::not_found("deal"))?;
    let now = write.now_ms();
    refuse_unless_held(&row, now)?;
    let code = new_token("ho_");
    let until = row.expires_at.min(now + CODE_MS);
    let kept = args![&store_id, &row.deal_id, hashed(&store_id, &code), until];
    write.run(deal::OFFER_HAND_OVER, kept).await?;
    let expires_at = api::Instant::from_ms(until);
    write.finish_secret(StatusCode::CREATED, HandOver { code, expires_at }).await
}

/// What a code is for, without using it up: whoever holds it is asked first.
pub(crate) async fn look(state: &AppState, shop: &Shop, code: &str) -> AppResult<ShopNegotiation> {
    let mut db = state.db();
    let row = find(&mut db, &shop.store_id, code, state.now_ms()).await?;
    negotiations::view_of(&mut db, shop, &row.negotiation_id).await
}

/// Gives the deal to the visitor who brings the code; it is no longer the other's. Gives the
/// negotiation's id.
pub(crate) async fn take(
    state: &AppState,
    visitor: &Visitor,
    code: &str,
    once: Once,
) -> AppResult<(StatusCode, Json<String>)> {
    let mut write = visitor.write(state, once).await?;
    let now = write.now_ms();
    let store_id = visitor.shop.store_id.clone();
    let row = find(&mut write, &store_id, code, now).await?;
    refuse_unless_held(&row, now)?;
    let cache = &state.shared.rule_sets;
    let case = Case::load(&mut write, cache, visitor.shop.clone(), &row.negotiation_id).await?;
    let token = sign(&mut write, state, &case, &row.deal_id, &visitor.id).await?;
    let given = args![&store_id, &row.deal_id, &visitor.id, token];
    if write.run(deal::GIVE_TO, given).await? == 0 {
        return Err(over());
    }
    let moved = args![&store_id, &row.negotiation_id, &visitor.id];
    let rev: Option<(i64,)> = write.maybe(deal::GIVE_NEGOTIATION_TO, moved).await?;
    let (rev,) = rev.ok_or_else(|| AppError::not_found("negotiation"))?;
    write.run(deal::END_HAND_OVER, args![&store_id, hashed(&store_id, code)]).await?;
    write.changed(Entity::Negotiation, &row.negotiation_id, rev).await?;
    let short = |id: &str| id.chars().take(8).collect::<String>();
    let said = Audited {
        what: "deal.hand_over",
        subject: format!("negotiation/{}", row.negotiation_id),
        before: json!({ "visitor": short(&row.visitor_id) }),
        after: json!({ "visitor": short(&visitor.id) }),
        ..Audited::default()
    };
    write.audit(said).await?;
    write.finish(StatusCode::OK, row.negotiation_id).await
}

async fn find<R: Reads>(
    reads: &mut R,
    store_id: &str,
    code: &str,
    now_ms: i64,
) -> AppResult<DealRow> {
    let key = args![store_id, hashed(store_id, code), now_ms];
    let found: Option<(String,)> = reads.maybe(deal::HANDED_OVER, key).await?;
    let (deal_id,) = found.ok_or_else(over)?;
    reads.maybe(deal::BY_ID, args![store_id, deal_id]).await?.ok_or_else(over)
}

/// A code means nothing in another store.
fn hashed(store_id: &str, code: &str) -> String {
    token_hash(&format!("{store_id}/hand-over/{code}"))
}

fn over() -> AppError {
    let message = "This way to the checkout was used already or is older than two minutes. Go back \
        and press the button again.";
    AppError::refuse(ErrorCode::NotAllowedNow, message).with("state", "over")
}
