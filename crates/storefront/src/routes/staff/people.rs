//! Who works here: list, add, change.

use api::error::ErrorCode;
use api::staff::{NewStaff, Staff, StaffChange};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::json;

use crate::auth::{Action, StaffCtx, new_id, password};
use crate::db::args;
use crate::db::staff::{self, StaffRow};
use crate::error::{AppError, AppResult};
use crate::http::Command;
use crate::routes::session::{clean_email, to_wire};
use crate::write::{Audited, Write};

/// Everyone, former staff included.
#[utoipa::path(
    get, path = "/v1/stores/{store}/staff", tag = "staff", params(("store" = String, Path,)),
    responses((status = 200, body = Vec<Staff>))
)]
pub(crate) async fn list_staff(ctx: StaffCtx) -> AppResult<Json<Vec<Staff>>> {
    ctx.may(Action::ReadStaff)?;
    let rows: Vec<StaffRow> = ctx.state.db().all(staff::LIST, args![&ctx.store_id]).await?;
    Ok(Json(rows.into_iter().map(to_wire).collect::<AppResult<_>>()?))
}

/// Adds a member of staff.
#[utoipa::path(
    post, path = "/v1/stores/{store}/staff", tag = "staff", request_body = NewStaff,
    params(("store" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 201, body = Staff), (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn add_staff(
    ctx: StaffCtx,
    Command { body, once }: Command<NewStaff>,
) -> AppResult<(StatusCode, Json<Staff>)> {
    ctx.may(Action::ChangeStaff)?;
    let name = check_name(&body.name)?;
    let email = clean_email("email", &body.email)?;
    password::check("password", &body.password)?;
    let hash = password::hash(&ctx.state, &body.password).await?;
    let mut write = ctx.write(once).await?;
    let taken: Option<StaffRow> =
        write.maybe(staff::BY_EMAIL, args![&ctx.store_id, &email]).await?;
    if taken.is_some() {
        let message = format!("{email} already belongs to a member of staff.");
        return Err(AppError::refuse(ErrorCode::Conflict, message).with("field", "email"));
    }
    let (id, role, now) = (new_id(), body.role.as_str(), write.now_ms());
    let row = args![&ctx.store_id, &id, &name, &email, role, hash, true, now];
    write.run(staff::INSERT, row).await?;
    let subject = format!("staff/{id}");
    let after = json!({ "name": name, "email": email, "role": role });
    write.audit(Audited { what: "staff.add", subject, after, ..Audited::default() }).await?;
    let created_at = api::Instant::from_ms(now);
    let added = Staff { id, name, email, role: body.role, active: true, created_at };
    write.finish(StatusCode::CREATED, added).await
}

/// Changes name, role, password, or whether someone may sign in. A store keeps an active owner.
/// A new password or a closed account ends that person's sessions.
#[utoipa::path(
    patch, path = "/v1/stores/{store}/staff/{id}", tag = "staff", request_body = StaffChange,
    params(("store" = String, Path,), ("id" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = Staff), (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn change_staff(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
    Command { body, once }: Command<StaffChange>,
) -> AppResult<(StatusCode, Json<Staff>)> {
    ctx.may(Action::ChangeStaff)?;
    let hash = match &body.password {
        Some(new) => {
            password::check("password", new)?;
            Some(password::hash(&ctx.state, new).await?)
        }
        None => None,
    };
    let mut write = ctx.write(once).await?;
    let found = write.maybe(staff::BY_ID, args![&ctx.store_id, &path.1]).await?;
    let before: StaffRow = found.ok_or_else(|| AppError::not_found("member of staff"))?;
    let mut after = before.clone();
    if let Some(name) = &body.name {
        after.name = check_name(name)?;
    }
    if let Some(role) = body.role {
        role.as_str().clone_into(&mut after.role);
    }
    after.active = body.active.unwrap_or(before.active);
    let ends_sessions = hash.is_some() || (before.active && !after.active);
    after.password_hash = hash.unwrap_or(after.password_hash);
    save(&mut write, &before, &after, ends_sessions).await?;
    write.finish(StatusCode::OK, to_wire(after)?).await
}

async fn save(
    write: &mut Write,
    before: &StaffRow,
    after: &StaffRow,
    ends_sessions: bool,
) -> AppResult<()> {
    let (store_id, id, now) = (write.store_id.clone(), &after.staff_id, write.now_ms());
    let row = args![&store_id, id, &after.name, &after.role, after.active, &after.password_hash];
    write.run(staff::UPDATE, row).await?;
    let owners: Option<(i64,)> = write.maybe(staff::OWNERS, args![&store_id]).await?;
    if owners.is_none_or(|(count,)| count == 0) {
        let message = "A store needs at least one active owner. Make someone else owner first.";
        return Err(AppError::refuse(ErrorCode::NotAllowedNow, message));
    }
    if ends_sessions {
        write.run(staff::REVOKE_SESSIONS_OF, args![&store_id, id, now]).await?;
    }
    let brief =
        |row: &StaffRow| json!({ "name": row.name, "role": row.role, "active": row.active });
    let said = Audited {
        what: "staff.change",
        subject: format!("staff/{id}"),
        before: brief(before),
        after: brief(after),
        ..Audited::default()
    };
    write.audit(said).await
}

fn check_name(name: &str) -> AppResult<String> {
    let name = name.trim();
    let length = name.chars().count();
    if length == 0 || length > 120 || name.chars().any(char::is_control) {
        return Err(AppError::invalid("name", "1 to 120 characters, no control characters."));
    }
    Ok(name.to_owned())
}
