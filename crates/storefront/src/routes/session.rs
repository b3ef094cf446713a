//! Signing in and out.

use api::error::ErrorCode;
use api::staff::{SignIn, SignedIn, Staff};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::auth::{SESSION_MS, StaffCtx, new_token, password, read_role};
use crate::bootstrap::open_session;
use crate::db::{Reads, args, staff, store};
use crate::error::{AppError, AppResult};
use crate::http::Command;
use crate::state::AppState;
use crate::write::{Actor, Audited, Write};

/// Wrong passwords for one person within the window before they must wait.
const FAILURES_MAX: i64 = 10;
/// No address is longer.
const EMAIL_CHARS_MAX: usize = 254;

/// Opens a session. Ten wrong passwords in fifteen minutes close the door for that person until
/// the window ends, right password or not. A repeat must bring the password too, and gives the first
/// answer for ten minutes.
#[utoipa::path(
    post, path = "/v1/sessions", tag = "staff", request_body = SignIn,
    params(("Idempotency-Key" = String, Header,)),
    responses((status = 201, body = SignedIn), (status = 401, body = api::ErrorBody),
        (status = 429, body = api::ErrorBody))
)]
pub(crate) async fn sign_in(
    State(state): State<AppState>,
    Command { body: asked, once }: Command<SignIn>,
) -> AppResult<(StatusCode, Json<SignedIn>)> {
    let found = state.db().maybe::<store::StoreRow>(store::BY_SLUG, args![&asked.store]).await?;
    let store_id = found.map(|row| row.store_id).unwrap_or_default();
    let email: String = asked.email.trim().to_lowercase().chars().take(EMAIL_CHARS_MAX).collect();
    count_attempt(&state, &store_id, &email).await?;
    let known =
        state.db().maybe::<staff::StaffRow>(staff::BY_EMAIL, args![&store_id, &email]).await?;
    let known = known.filter(|row| row.active);
    let hash = known.as_ref().map(|row| row.password_hash.as_str());
    let right = password::verify(&state, &asked.password, hash).await?;
    let Some(row) = known.filter(|_| right) else {
        let message = "Store, e-mail or password is wrong.";
        return Err(AppError::refuse(ErrorCode::Unauthenticated, message));
    };
    forgive(&state, &store_id, &email).await?;
    let actor = Actor { id: row.staff_id.clone(), name: row.name, role: row.role };
    let mut write = Write::begin(&state, &store_id, actor, Some(once)).await?;
    let token = new_token("ss_");
    open_session(&mut write, &row.staff_id, &token, &asked.device).await?;
    let subject = format!("staff/{}", row.staff_id);
    let after = json!({ "device": asked.device.chars().take(80).collect::<String>() });
    write.audit(Audited { what: "session.open", subject, after, ..Audited::default() }).await?;
    let answer = signed_in(&mut write, &row.staff_id, token).await?;
    write.finish_secret(StatusCode::CREATED, answer).await
}

/// Counts an attempt before its password is looked at, so that many at once are no more guesses than
/// one after the other. Counted as wrong until [`forgive`] takes it back.
pub(crate) async fn count_attempt(state: &AppState, store_id: &str, email: &str) -> AppResult<()> {
    let now = state.now_ms();
    // whoever waits outside the door costs no write
    let counted = state.db().maybe::<(i64, i64)>(staff::FAILURES, args![store_id, email]).await?;
    if let Some((failures, since)) = counted {
        refuse_after_failures(failures + 1, since, now)?;
    }
    let mut tx = state.db().begin().await?;
    let row = args![store_id, email, now, now - staff::FAILURE_WINDOW_MS];
    let (failures, since): (i64, i64) = tx.one(staff::COUNT_FAILURE, row).await?;
    tx.commit().await?;
    refuse_after_failures(failures, since, now)
}

fn refuse_after_failures(failures: i64, since: i64, now: i64) -> AppResult<()> {
    let ends = since + staff::FAILURE_WINDOW_MS - now;
    if failures <= FAILURES_MAX || ends <= 0 {
        return Ok(());
    }
    let message = "Too many wrong passwords. Wait, then try again; an owner can set a new one.";
    Err(AppError::refuse(ErrorCode::RateLimited, message).with("retry_after_s", ends / 1000 + 1))
}

/// The password was right: nothing is held against this person.
pub(crate) async fn forgive(state: &AppState, store_id: &str, email: &str) -> AppResult<()> {
    let mut tx = state.db().begin().await?;
    tx.run(staff::FORGIVE, args![store_id, email]).await?;
    Ok(tx.commit().await?)
}

/// What the owner of the session that `write` opened is told of it.
pub(crate) async fn signed_in(
    write: &mut Write,
    staff_id: &str,
    token: String,
) -> AppResult<SignedIn> {
    let store_id = write.store_id.clone();
    let row = staff_row(write, &store_id, staff_id).await?;
    let store = super::store::read(write, &store_id).await?;
    let expires_at = api::Instant::from_ms(write.now_ms() + SESSION_MS);
    Ok(SignedIn { token, staff: to_wire(row)?, store, expires_at })
}

async fn staff_row<R: Reads>(
    reads: &mut R,
    store_id: &str,
    staff_id: &str,
) -> AppResult<staff::StaffRow> {
    let found = reads.maybe(staff::BY_ID, args![store_id, staff_id]).await?;
    found.ok_or_else(|| AppError::not_found("member of staff"))
}

pub(crate) fn to_wire(row: staff::StaffRow) -> AppResult<Staff> {
    Ok(Staff {
        id: row.staff_id,
        name: row.name,
        email: row.email,
        role: read_role(&row.role)?,
        active: row.active,
        created_at: api::Instant::from_ms(row.created_at),
    })
}

/// Trimmed and lower-cased; refused where it cannot be an address.
pub(crate) fn clean_email(field: &str, email: &str) -> AppResult<String> {
    let email = email.trim().to_lowercase();
    let plausible = email.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    });
    let clean = !email.chars().any(|c| c.is_control() || c.is_whitespace());
    if plausible && clean && email.len() <= EMAIL_CHARS_MAX {
        return Ok(email);
    }
    Err(AppError::invalid(field, "This is not an e-mail address such as sam@example.com."))
}

/// Ends the session that asks.
#[utoipa::path(delete, path = "/v1/sessions/current", tag = "staff", responses((status = 200)))]
pub(crate) async fn sign_out(
    ctx: StaffCtx,
    Command { once, .. }: Command<Value>,
) -> AppResult<(StatusCode, Json<Value>)> {
    let mut write = ctx.write(once).await?;
    if let Some(session) = &ctx.session_id {
        let now = write.now_ms();
        write.run(staff::REVOKE_SESSION, args![&ctx.store_id, session, now]).await?;
        let subject = format!("staff/{}", ctx.actor.id);
        write.audit(Audited { what: "session.end", subject, ..Audited::default() }).await?;
    }
    write.finish(StatusCode::OK, json!({})).await
}

/// Who asks.
#[utoipa::path(get, path = "/v1/me", tag = "staff", responses((status = 200, body = Staff)))]
pub(crate) async fn me(ctx: StaffCtx) -> AppResult<Json<Staff>> {
    let row = staff_row(&mut ctx.state.db(), &ctx.store_id, &ctx.actor.id).await?;
    Ok(Json(to_wire(row)?))
}
