//! Reads and replaces the segments.

use std::collections::HashMap;

use api::store::Segments;
use api::sync::Entity;
use axum::Json;
use axum::http::StatusCode;
use serde_json::json;

use crate::auth::{Action, StaffCtx};
use crate::db::{args, customer};
use crate::error::AppResult;
use crate::http::Command;
use crate::{catalog, document, segments};

/// Customers read at a time.
const BATCH: i64 = 1_000;

/// The segments, each with how many customers are in it now.
#[utoipa::path(
    get, path = "/v1/stores/{store}/segments", tag = "store", params(("store" = String, Path,)),
    responses((status = 200, body = Segments))
)]
pub(crate) async fn get_segments(ctx: StaffCtx) -> AppResult<Json<Segments>> {
    ctx.may(Action::ReadStore)?;
    Ok(Json(counted(&ctx).await?))
}

async fn counted(ctx: &StaffCtx) -> AppResult<Segments> {
    let (mut list, rev) = segments::read(&ctx.state, &ctx.store_id).await?;
    let mut inside: HashMap<String, i64> = HashMap::new();
    let mut after = String::new();
    loop {
        let page = args![&ctx.store_id, &after, BATCH];
        let rows: Vec<customer::CustomerRow> = ctx.state.db().all(customer::AFTER, page).await?;
        let Some(last) = rows.last() else { break };
        after.clone_from(&last.customer_id);
        for name in rows.iter().flat_map(|row| segments::of(row, &list)) {
            *inside.entry(name).or_default() += 1;
        }
    }
    for segment in &mut list {
        segment.customers = inside.remove(&segment.name).unwrap_or(0);
    }
    Ok(Segments { segments: list, rev })
}

/// Replaces the segments.
#[utoipa::path(
    put, path = "/v1/stores/{store}/segments", tag = "store", request_body = Segments,
    params(("store" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = Segments), (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn put_segments(
    ctx: StaffCtx,
    Command { body, once }: Command<Segments>,
) -> AppResult<(StatusCode, Json<Segments>)> {
    ctx.may(Action::ChangeStore)?;
    let mut write = ctx.write(once).await?;
    let currency = catalog::save::currency(&mut write).await?;
    segments::check(&body.segments, currency.code())?;
    let named = (segments::DOCUMENT, Entity::Segments, "segments");
    let rev = document::save(&mut write, named, &json!(body.segments), body.rev).await?;
    write.finish(StatusCode::OK, Segments { rev, ..body }).await
}
