//! One's own password: changed by whoever knows it, and by nobody who merely found a session open.

use api::error::ErrorCode;
use api::staff::PasswordChange;
use axum::Json;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::auth::{StaffCtx, password};
use crate::db::args;
use crate::db::staff::{self, StaffRow};
use crate::error::{AppError, AppResult};
use crate::http::Command;
use crate::routes::session::{count_attempt, forgive};
use crate::write::Audited;

/// Changes one's own password and ends one's other sessions. A wrong current password counts as a
/// wrong password at sign-in does.
#[utoipa::path(
    post, path = "/v1/me/password", tag = "staff", request_body = PasswordChange,
    params(("Idempotency-Key" = String, Header,)),
    responses((status = 200), (status = 400, body = api::ErrorBody),
        (status = 403, body = api::ErrorBody), (status = 429, body = api::ErrorBody))
)]
pub(crate) async fn change_own(
    ctx: StaffCtx,
    Command { body, once }: Command<PasswordChange>,
) -> AppResult<(StatusCode, Json<Value>)> {
    let Some(session) = ctx.session_id.clone() else {
        let message = "An API key has no password: it is made and revoked.";
        return Err(AppError::refuse(ErrorCode::Forbidden, message));
    };
    // before the current password is asked for: after the first answer it is another one
    ctx.answered(&once).await?;
    password::check("new", &body.new)?;
    let who = args![&ctx.store_id, &ctx.actor.id];
    let before: StaffRow = found(ctx.state.db().maybe(staff::BY_ID, who).await?)?;
    count_attempt(&ctx.state, &ctx.store_id, &before.email).await?;
    if !password::verify(&ctx.state, &body.current, Some(&before.password_hash)).await? {
        return Err(AppError::invalid("current", "This is not your current password."));
    }
    forgive(&ctx.state, &ctx.store_id, &before.email).await?;
    let hash = password::hash(&ctx.state, &body.new).await?;
    let mut write = ctx.write(once).await?;
    let now_row: StaffRow =
        found(write.maybe(staff::BY_ID, args![&ctx.store_id, &ctx.actor.id]).await?)?;
    if !now_row.active || now_row.password_hash != before.password_hash {
        // an owner set another one in between, or closed the account
        return Err(AppError::invalid("current", "This is not your current password."));
    }
    let row =
        args![&ctx.store_id, &ctx.actor.id, &now_row.name, &now_row.role, now_row.active, &hash];
    write.run(staff::UPDATE, row).await?;
    let now = write.now_ms();
    let others = args![&ctx.store_id, &ctx.actor.id, &session, now];
    write.run(staff::REVOKE_OTHER_SESSIONS, others).await?;
    let subject = format!("staff/{}", ctx.actor.id);
    write.audit(Audited { what: "staff.password", subject, ..Audited::default() }).await?;
    write.finish(StatusCode::OK, json!({})).await
}

fn found(row: Option<StaffRow>) -> AppResult<StaffRow> {
    row.ok_or_else(|| AppError::not_found("member of staff"))
}
