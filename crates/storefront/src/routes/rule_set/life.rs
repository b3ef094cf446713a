//! The life of a rule set: review, shadow, activation, roll back. Each step answers with the set as
//! it is then, and is refused with `not_allowed_now` and the present state where the table of states
//! has none such.

use api::rules::{
    Acknowledge, Activation, Review, ReviewRequest, ReviewVerdict, RollBack, RuleSet, ShadowReport,
    ShadowRequest,
};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::Value;
use utoipa::IntoParams;

use crate::auth::{Action, StaffCtx};
use crate::error::AppResult;
use crate::http::{Command, Query};
use crate::rules;

type Step = AppResult<(StatusCode, Json<RuleSet>)>;

/// Sends a draft to review: it gets its number and never changes again. It is checked over the
/// catalogue and replayed over past orders, and both are attached to it.
#[utoipa::path(
    post, path = "/v1/stores/{store}/rule-sets/{id}/submit", tag = "rules",
    request_body = ReviewRequest,
    params(("store" = String, Path,), ("id" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = RuleSet), (status = 403, body = api::ErrorBody),
        (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn submit(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
    Command { body, once }: Command<ReviewRequest>,
) -> Step {
    ctx.may(Action::DraftRules)?;
    Box::pin(rules::submit(&ctx, &path.1, body, once)).await
}

/// What is attached to a version: findings, replay, acknowledgements, the word on it, and what
/// stands against it for whoever asks.
#[utoipa::path(
    get, path = "/v1/stores/{store}/rule-sets/{id}/review", tag = "rules",
    params(("store" = String, Path,), ("id" = String, Path,)),
    responses((status = 200, body = Review), (status = 404, body = api::ErrorBody))
)]
pub(crate) async fn get_review(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
) -> AppResult<Json<Review>> {
    ctx.may(Action::ReadStore)?;
    Ok(Json(rules::read_review(&ctx, &path.1).await?))
}

/// Says of one warning of a version that it is known and wanted.
#[utoipa::path(
    post, path = "/v1/stores/{store}/rule-sets/{id}/acknowledge", tag = "rules",
    request_body = Acknowledge,
    params(("store" = String, Path,), ("id" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = Review), (status = 403, body = api::ErrorBody),
        (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn acknowledge(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
    Command { body, once }: Command<Acknowledge>,
) -> AppResult<(StatusCode, Json<Review>)> {
    ctx.may(Action::DraftRules)?;
    Box::pin(rules::acknowledge(&ctx, &path.1, body, once)).await
}

/// Approves a version, or sends it back: then it retires, and its content becomes a new draft of
/// the same author. Answers with the version. Errors and warnings that nobody acknowledged stand
/// against approval; so does having written the rules where another may decide.
#[utoipa::path(
    post, path = "/v1/stores/{store}/rule-sets/{id}/review", tag = "rules",
    request_body = ReviewVerdict,
    params(("store" = String, Path,), ("id" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = RuleSet), (status = 403, body = api::ErrorBody),
        (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn decide_review(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
    Command { body, once }: Command<ReviewVerdict>,
) -> Step {
    ctx.may(Action::ActivateRules)?;
    Box::pin(rules::decide(&ctx, &path.1, body, once)).await
}

/// Puts an approved version in shadow, or takes it out again: beside the set in force it decides on
/// every live negotiation, and no customer sees any of it.
#[utoipa::path(
    post, path = "/v1/stores/{store}/rule-sets/{id}/shadow", tag = "rules",
    request_body = ShadowRequest,
    params(("store" = String, Path,), ("id" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = RuleSet), (status = 403, body = api::ErrorBody),
        (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn put_in_shadow(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
    Command { body, once }: Command<ShadowRequest>,
) -> Step {
    ctx.may(Action::ActivateRules)?;
    Box::pin(rules::put_in_shadow(&ctx, &path.1, body, once)).await
}

/// Puts an approved version in force, at once or at a moment; the one before retires. A draft
/// without errors and warnings goes through review in the same action.
#[utoipa::path(
    post, path = "/v1/stores/{store}/rule-sets/{id}/activate", tag = "rules",
    request_body = Activation,
    params(("store" = String, Path,), ("id" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = RuleSet), (status = 403, body = api::ErrorBody),
        (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn activate(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
    Command { body, once }: Command<Activation>,
) -> Step {
    ctx.may(Action::ActivateRules)?;
    Box::pin(rules::activate(&ctx, &path.1, body, once)).await
}

#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Fence {
    /// The revision that was looked at.
    base_rev: i64,
}

/// Takes a version off its schedule.
#[utoipa::path(
    delete, path = "/v1/stores/{store}/rule-sets/{id}/schedule", tag = "rules",
    params(("store" = String, Path,), ("id" = String, Path,), Fence,
        ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = RuleSet), (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn unschedule(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
    Query(fence): Query<Fence>,
    Command { once, .. }: Command<Value>,
) -> Step {
    ctx.may(Action::ActivateRules)?;
    Box::pin(rules::unschedule(&ctx, &path.1, fence.base_rev, once)).await
}

/// Back to the version that the one in force replaced, in one action. `from_version` is the version
/// that is in force now; `conflict` where it is another.
#[utoipa::path(
    post, path = "/v1/stores/{store}/rule-sets/roll-back", tag = "rules",
    request_body = RollBack,
    params(("store" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = RuleSet), (status = 403, body = api::ErrorBody),
        (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn roll_back(ctx: StaffCtx, Command { body, once }: Command<RollBack>) -> Step {
    ctx.may(Action::ActivateRules)?;
    Box::pin(rules::roll_back(&ctx, body, once)).await
}

/// What a version decided in shadow, beside the set in force.
#[utoipa::path(
    get, path = "/v1/stores/{store}/rule-sets/{id}/shadow-report", tag = "rules",
    params(("store" = String, Path,), ("id" = String, Path,)),
    responses((status = 200, body = ShadowReport), (status = 404, body = api::ErrorBody))
)]
pub(crate) async fn get_shadow_report(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
) -> AppResult<Json<ShadowReport>> {
    ctx.may(Action::ReadStore)?;
    Ok(Json(rules::report(&ctx, &path.1).await?))
}
