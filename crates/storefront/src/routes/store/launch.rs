//! Launch constraints, the checklist, going live, pausing.

use api::error::ErrorCode;
use api::store::{Checklist, LaunchConstraints, Store};
use api::sync::Entity;
use axum::Json;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::auth::{Action, StaffCtx};
use crate::db::{args, store};
use crate::error::{AppError, AppResult};
use crate::http::Command;
use crate::write::{Audited, Write};
use crate::{catalog, document, launch};

/// What must hold from the first live day.
#[utoipa::path(
    get, path = "/v1/stores/{store}/launch", tag = "store", params(("store" = String, Path,)),
    responses((status = 200, body = LaunchConstraints))
)]
pub(crate) async fn get_launch(ctx: StaffCtx) -> AppResult<Json<LaunchConstraints>> {
    ctx.may(Action::ReadStore)?;
    Ok(Json(launch::read(&ctx.state, &ctx.store_id).await?))
}

/// Replaces the launch constraints.
#[utoipa::path(
    put, path = "/v1/stores/{store}/launch", tag = "store", request_body = LaunchConstraints,
    params(("store" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = LaunchConstraints), (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn put_launch(
    ctx: StaffCtx,
    Command { body, once }: Command<LaunchConstraints>,
) -> AppResult<(StatusCode, Json<LaunchConstraints>)> {
    ctx.may(Action::ChangeStore)?;
    let mut write = ctx.write(once).await?;
    let currency = catalog::save::currency(&mut write).await?;
    launch::check(&body, currency.code())?;
    let named = (launch::DOCUMENT, Entity::Launch, "launch");
    let rev = document::save(&mut write, named, &json!(body), body.rev).await?;
    write.finish(StatusCode::OK, LaunchConstraints { rev, ..body }).await
}

/// What is done and what is missing.
#[utoipa::path(
    get, path = "/v1/stores/{store}/checklist", tag = "store", params(("store" = String, Path,)),
    responses((status = 200, body = Checklist))
)]
pub(crate) async fn get_checklist(ctx: StaffCtx) -> AppResult<Json<Checklist>> {
    ctx.may(Action::ReadStore)?;
    Ok(Json(launch::checklist(&ctx.state, &ctx.store_id).await?))
}

/// Opens the shop, once the checklist is done: from then on customers buy and bargain.
#[utoipa::path(
    post, path = "/v1/stores/{store}/go-live", tag = "store",
    params(("store" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = Store), (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn go_live(
    ctx: StaffCtx,
    Command { once, .. }: Command<Value>,
) -> AppResult<(StatusCode, Json<Store>)> {
    ctx.may(Action::GoLive)?;
    let checklist = launch::checklist(&ctx.state, &ctx.store_id).await?;
    if !checklist.ready {
        let missing = checklist.items.iter().filter(|item| !item.done);
        let missing: Vec<_> = missing.map(|item| item.missing.as_str()).collect();
        let message = format!("Not ready to go live. Missing: {}.", missing.join("; "));
        return Err(AppError::refuse(ErrorCode::NotAllowedNow, message));
    }
    let mut write = ctx.write(once).await?;
    let saved = switch(&mut write, store::SET_LIVE, true, "store.go_live").await?;
    write.finish(StatusCode::OK, saved).await
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Pause {
    paused: bool,
}

/// Pauses or resumes bargaining; the shop goes on selling at list price.
#[utoipa::path(
    post, path = "/v1/stores/{store}/pause", tag = "store", request_body = Pause,
    params(("store" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = Store))
)]
pub(crate) async fn pause(
    ctx: StaffCtx,
    Command { body, once }: Command<Pause>,
) -> AppResult<(StatusCode, Json<Store>)> {
    ctx.may(Action::PauseStore)?;
    let mut write = ctx.write(once).await?;
    let what = if body.paused { "store.pause" } else { "store.resume" };
    let saved = switch(&mut write, store::SET_PAUSED, body.paused, what).await?;
    write.finish(StatusCode::OK, saved).await
}

async fn switch(
    write: &mut Write,
    sql: &'static str,
    on: bool,
    what: &'static str,
) -> AppResult<Store> {
    let id = write.store_id.clone();
    write.run(sql, args![&id, on]).await?;
    let row: Option<store::StoreRow> = write.maybe(store::BY_ID, args![&id]).await?;
    let saved = super::to_wire(row.ok_or_else(|| AppError::not_found("store"))?)?;
    write.changed(Entity::Store, "profile", saved.rev).await?;
    let subject = format!("store/{id}");
    let after = json!({ "live": saved.live, "paused": saved.paused });
    write.audit(Audited { what, subject, after, ..Audited::default() }).await?;
    Ok(saved)
}
