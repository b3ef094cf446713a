//! Push and pull between a console and its store.

use api::sync::{Change, Entity, Pull, Push, PushReply};
use axum::Json;
use serde::Deserialize;
use serde_json::Value;
use utoipa::IntoParams;

use crate::auth::{Action, StaffCtx, new_id};
use crate::db::sync::ChangeRow;
use crate::db::{args, store, sync as rows};
use crate::error::{AppError, AppResult};
use crate::http::{Query, Question};
use crate::sync::load::{load, products_between};
use crate::sync::{digest, push};

const MUTATIONS_MAX: usize = 500;
const PULL_MAX: i64 = 1_000;
const RENEWED_EVERY_MS: i64 = 3_600_000;

/// Applies edits in order. Each has its own id and its own outcome; the same id again gets the same
/// outcome. One refused edit holds up no other.
#[utoipa::path(
    post, path = "/v1/stores/{store}/sync/push", tag = "sync", request_body = Push,
    params(("store" = String, Path,)), responses((status = 200, body = PushReply))
)]
pub(crate) async fn push_mutations(
    ctx: StaffCtx,
    Question(body): Question<Push>,
) -> AppResult<Json<PushReply>> {
    ctx.may(Action::ReadStore)?;
    if body.mutations.len() > MUTATIONS_MAX {
        let message = format!("At most {MUTATIONS_MAX} mutations at once.");
        return Err(AppError::invalid("mutations", message));
    }
    let mut outcomes = Vec::with_capacity(body.mutations.len());
    for mutation in &body.mutations {
        if uuid::Uuid::parse_str(&mutation.id).is_err() {
            return Err(AppError::invalid("mutations.id", "Each mutation needs a UUID as its id."));
        }
        outcomes.push(push::apply(&ctx, mutation).await?);
    }
    Ok(Json(PushReply { outcomes }))
}

#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Asked {
    /// Everything after this position; 0 for all.
    #[serde(default)]
    after: i64,
    /// 1 to 1,000; 500 when absent.
    limit: Option<i64>,
}

/// Changes and tombstones in order.
#[utoipa::path(
    get, path = "/v1/stores/{store}/sync/pull", tag = "sync",
    params(("store" = String, Path,), Asked), responses((status = 200, body = Pull))
)]
pub(crate) async fn pull_changes(
    ctx: StaffCtx,
    Query(asked): Query<Asked>,
) -> AppResult<Json<Pull>> {
    ctx.may(Action::ReadStore)?;
    let limit = asked.limit.unwrap_or(500);
    if !(1..=PULL_MAX).contains(&limit) {
        return Err(AppError::invalid("limit", format!("Expected 1 to {PULL_MAX}.")));
    }
    if asked.after < 0 {
        return Err(AppError::invalid("after", "Expected a position of the feed, 0 or more."));
    }
    let db = ctx.state.db();
    let stands = seq(&ctx).await?;
    if asked.after > stands {
        return Ok(Json(gone_back(&ctx, stands).await?));
    }
    let epoch = epoch(&ctx).await?;
    let page = args![&ctx.store_id, asked.after, limit];
    let found: Vec<ChangeRow> = db.all(rows::AFTER, page).await?;
    let mut more = i64::try_from(found.len()).is_ok_and(|n| n == limit);
    let next = found.last().map_or(asked.after, |row| row.seq);
    let mut products = products_between(&ctx.state, &ctx.store_id, asked.after, next).await?;
    let mut changes = Vec::with_capacity(found.len());
    for row in found {
        let entity = read_entity(&row.entity)?;
        let doc = match row.deleted {
            true => None,
            false if entity == Entity::Product => products.remove(&row.key),
            false => load(&ctx.state, &ctx.store_id, entity, &row.key).await?,
        };
        let doc = for_role(&ctx, entity, doc);
        changes.push(Change { entity, key: row.key, rev: row.rev, seq: row.seq, doc });
    }
    let mut digests = if more { vec![] } else { held(&ctx).await? };
    if !more && seq(&ctx).await? > next {
        // something came between: a digest of it would differ from what this page leads to
        (more, digests) = (true, vec![]);
    }
    Ok(Json(Pull { epoch, changes, next, more, digests }))
}

/// An order or a negotiation without its customer, for a role that may not read customers.
fn for_role(ctx: &StaffCtx, entity: Entity, mut doc: Option<Value>) -> Option<Value> {
    if matches!(entity, Entity::Order | Entity::Negotiation)
        && !ctx.allows(Action::ReadCustomers)
        && let Some(customer) = doc.as_mut().and_then(|doc| doc.get_mut("customer"))
    {
        *customer = Value::Null;
    }
    doc
}

async fn seq(ctx: &StaffCtx) -> AppResult<i64> {
    let (seq,): (i64,) = ctx.state.db().one(store::SEQ, args![&ctx.store_id]).await?;
    Ok(seq)
}

async fn epoch(ctx: &StaffCtx) -> AppResult<String> {
    let (epoch,): (String,) = ctx.state.db().one(store::EPOCH, vec![]).await?;
    Ok(epoch)
}

/// A client has read further than the store ever came: the data was restored from a backup. All
/// clients must pull afresh, those too that come back only when the store has gone past them again.
/// Anyone who signs in can say so, hence not more than once an hour; this client learns it in any
/// case, by a `next` below its own position.
async fn gone_back(ctx: &StaffCtx, stands: i64) -> AppResult<Pull> {
    let now = ctx.state.now_ms();
    let mut tx = ctx.state.db().begin().await?;
    let renewed = args![new_id(), now, now - RENEWED_EVERY_MS];
    if tx.run(store::RENEW_EPOCH, renewed).await? > 0 {
        tracing::warn!(store = ctx.slug, stands, "restored from a backup: clients pull afresh");
    }
    tx.commit().await?;
    let epoch = epoch(ctx).await?;
    Ok(Pull { epoch, changes: vec![], next: stands, more: true, digests: vec![] })
}

async fn held(ctx: &StaffCtx) -> AppResult<Vec<api::sync::EntityDigest>> {
    let rows: Vec<(String, String, i64)> =
        ctx.state.db().all(rows::HELD, args![&ctx.store_id]).await?;
    let read = |(entity, key, rev): (String, String, i64)| Ok((read_entity(&entity)?, key, rev));
    Ok(digest::of(rows.into_iter().map(read).collect::<AppResult<Vec<_>>>()?))
}

fn read_entity(text: &str) -> AppResult<Entity> {
    Entity::parse(text).ok_or_else(|| AppError::internal(format!("unknown entity {text:?}")))
}
