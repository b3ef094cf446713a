//! Live staff sessions: list, revoke.

use api::staff::StaffSession;
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::auth::{Action, StaffCtx};
use crate::db::args;
use crate::db::staff::{self, ListedSession};
use crate::error::{AppError, AppResult};
use crate::http::Command;
use crate::write::Audited;

/// One's own sessions; managers and owners see everyone's.
#[utoipa::path(
    get, path = "/v1/stores/{store}/staff/sessions", tag = "staff",
    params(("store" = String, Path,)), responses((status = 200, body = Vec<StaffSession>))
)]
pub(crate) async fn list_sessions(ctx: StaffCtx) -> AppResult<Json<Vec<StaffSession>>> {
    let sees_all = ctx.may(Action::ReadStaff).is_ok();
    let live = args![&ctx.store_id, ctx.state.now_ms()];
    let rows: Vec<ListedSession> = ctx.state.db().all(staff::LIST_SESSIONS, live).await?;
    let seen = rows.into_iter().filter(|row| sees_all || row.staff_id == ctx.actor.id);
    let wire = |row: ListedSession| StaffSession {
        current: ctx.session_id.as_ref() == Some(&row.session_id),
        id: row.session_id,
        staff_id: row.staff_id,
        staff_name: row.name,
        device: row.device,
        created_at: api::Instant::from_ms(row.created_at),
        last_seen_at: api::Instant::from_ms(row.last_seen_at),
        expires_at: api::Instant::from_ms(row.expires_at),
    };
    Ok(Json(seen.map(wire).collect()))
}

/// Ends a session at once: one's own, or with the right to change staff anyone's.
#[utoipa::path(
    delete, path = "/v1/stores/{store}/staff/sessions/{id}", tag = "staff",
    params(("store" = String, Path,), ("id" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200), (status = 404, body = api::ErrorBody))
)]
pub(crate) async fn revoke_session(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
    Command { once, .. }: Command<Value>,
) -> AppResult<(StatusCode, Json<Value>)> {
    ctx.answered(&once).await?;
    let live = args![&ctx.store_id, ctx.state.now_ms()];
    let rows: Vec<ListedSession> = ctx.state.db().all(staff::LIST_SESSIONS, live).await?;
    let found = rows.into_iter().find(|row| row.session_id == path.1);
    let row = found.ok_or_else(|| AppError::not_found("session"))?;
    if row.staff_id != ctx.actor.id {
        ctx.may(Action::ChangeStaff)?;
    }
    let mut write = ctx.write(once).await?;
    let now = write.now_ms();
    write.run(staff::REVOKE_SESSION, args![&ctx.store_id, &row.session_id, now]).await?;
    let subject = format!("staff/{}", row.staff_id);
    let after = json!({ "device": row.device });
    write.audit(Audited { what: "session.revoke", subject, after, ..Audited::default() }).await?;
    write.finish(StatusCode::OK, json!({})).await
}
