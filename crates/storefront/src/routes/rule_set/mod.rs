//! Rule sets, for staff: lists, drafts, and what they decide.

pub(crate) mod life;

use api::rules::{DraftChange, FloorAnswer, FloorQuestion, RuleSet, RuleSetSummary};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::auth::{Action, StaffCtx, new_id};
use crate::db::args;
use crate::db::rule_set::{self, ListedRow};
use crate::error::{AppError, AppResult};
use crate::http::{Command, Question};
use crate::rules;

/// All rule sets, newest change first.
#[utoipa::path(
    get, path = "/v1/stores/{store}/rule-sets", tag = "rules", params(("store" = String, Path,)),
    responses((status = 200, body = Vec<RuleSetSummary>))
)]
pub(crate) async fn list_rule_sets(ctx: StaffCtx) -> AppResult<Json<Vec<RuleSetSummary>>> {
    ctx.may(Action::ReadStore)?;
    let rows: Vec<ListedRow> = ctx.state.db().all(rule_set::LIST, args![&ctx.store_id]).await?;
    Ok(Json(rows.into_iter().map(rules::summary).collect::<AppResult<_>>()?))
}

/// One rule set with its document and its faults.
#[utoipa::path(
    get, path = "/v1/stores/{store}/rule-sets/{id}", tag = "rules",
    params(("store" = String, Path,), ("id" = String, Path,)),
    responses((status = 200, body = RuleSet), (status = 404, body = api::ErrorBody))
)]
pub(crate) async fn get_rule_set(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
) -> AppResult<Json<RuleSet>> {
    ctx.may(Action::ReadStore)?;
    let found = rules::read(&ctx.state, &ctx.store_id, &path.1).await?;
    Ok(Json(found.ok_or_else(|| AppError::not_found("rule set"))?))
}

/// Makes a draft.
#[utoipa::path(
    post, path = "/v1/stores/{store}/rule-sets", tag = "rules", request_body = DraftChange,
    params(("store" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 201, body = RuleSet))
)]
pub(crate) async fn create_draft(
    ctx: StaffCtx,
    Command { body, once }: Command<DraftChange>,
) -> AppResult<(StatusCode, Json<RuleSet>)> {
    ctx.may(Action::DraftRules)?;
    let mut write = ctx.write(once).await?;
    let change = DraftChange { base_rev: 0, ..body };
    let saved = rules::save_draft(&mut write, &new_id(), change).await?;
    write.finish(StatusCode::CREATED, saved).await
}

/// Changes a draft, or with `base_rev` 0 makes one under an id that the client chose.
#[utoipa::path(
    put, path = "/v1/stores/{store}/rule-sets/{id}", tag = "rules", request_body = DraftChange,
    params(("store" = String, Path,), ("id" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = RuleSet), (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn save_draft(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
    Command { body, once }: Command<DraftChange>,
) -> AppResult<(StatusCode, Json<RuleSet>)> {
    ctx.may(Action::DraftRules)?;
    let mut write = ctx.write(once).await?;
    let saved = rules::save_draft(&mut write, &path.1, body).await?;
    write.finish(StatusCode::OK, saved).await
}

/// Deletes a draft.
#[utoipa::path(
    delete, path = "/v1/stores/{store}/rule-sets/{id}", tag = "rules",
    params(("store" = String, Path,), ("id" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200), (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn delete_draft(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
    Command { once, .. }: Command<Value>,
) -> AppResult<(StatusCode, Json<Value>)> {
    ctx.may(Action::DraftRules)?;
    let mut write = ctx.write(once).await?;
    rules::delete_draft(&mut write, &path.1).await?;
    write.finish(StatusCode::OK, json!({})).await
}

/// What is the floor of this product for this customer? `{id}` may be `active`.
#[utoipa::path(
    post, path = "/v1/stores/{store}/rule-sets/{id}/floor", tag = "rules",
    request_body = FloorQuestion, params(("store" = String, Path,), ("id" = String, Path,)),
    responses((status = 200, body = FloorAnswer), (status = 404, body = api::ErrorBody))
)]
pub(crate) async fn ask_floor(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
    Question(asked): Question<FloorQuestion>,
) -> AppResult<Json<FloorAnswer>> {
    ctx.may(Action::ReadStore)?;
    let found = rules::asked(&ctx.state, &ctx.store_id, &path.1).await?;
    let found = found.ok_or_else(|| AppError::not_found("rule set"))?;
    Ok(Json(rules::floor::answer(&ctx.state, &ctx.store_id, &found, &asked).await?))
}
