//! API keys: for scripts, with a role like staff.

use api::staff::{ApiKey, CreatedApiKey, NewApiKey, Role};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::auth::{Action, StaffCtx, new_id, new_token, read_role, token_hash};
use crate::db::args;
use crate::db::staff::{self, ListedKey};
use crate::error::{AppError, AppResult};
use crate::http::Command;
use crate::write::Audited;

/// The keys, never their secrets.
#[utoipa::path(
    get, path = "/v1/stores/{store}/api-keys", tag = "staff", params(("store" = String, Path,)),
    responses((status = 200, body = Vec<ApiKey>))
)]
pub(crate) async fn list_keys(ctx: StaffCtx) -> AppResult<Json<Vec<ApiKey>>> {
    ctx.may(Action::ChangeApiKeys)?;
    let rows: Vec<ListedKey> = ctx.state.db().all(staff::LIST_KEYS, args![&ctx.store_id]).await?;
    let wire = |row: ListedKey| {
        Ok(ApiKey {
            role: read_role(&row.role)?,
            id: row.key_id,
            name: row.name,
            created_at: api::Instant::from_ms(row.created_at),
            last_used_at: row.last_used_at.map(api::Instant::from_ms),
        })
    };
    Ok(Json(rows.into_iter().map(wire).collect::<AppResult<_>>()?))
}

/// Makes a key. Its secret is in this answer alone, and for ten minutes in a repeat of it.
#[utoipa::path(
    post, path = "/v1/stores/{store}/api-keys", tag = "staff", request_body = NewApiKey,
    params(("store" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 201, body = CreatedApiKey))
)]
pub(crate) async fn create_key(
    ctx: StaffCtx,
    Command { body, once }: Command<NewApiKey>,
) -> AppResult<(StatusCode, Json<CreatedApiKey>)> {
    ctx.may(Action::ChangeApiKeys)?;
    let name = body.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > 80 || name.chars().any(char::is_control) {
        return Err(AppError::invalid("name", "1 to 80 characters, no control characters."));
    }
    if body.role == Role::Owner {
        return Err(AppError::invalid("role", "A key may be anything but owner."));
    }
    let mut write = ctx.write(once).await?;
    let (id, secret, now) = (new_id(), new_token("sk_"), write.now_ms());
    let (role, hash) = (body.role.as_str(), token_hash(&secret));
    write.run(staff::INSERT_KEY, args![&ctx.store_id, &id, &name, role, hash, now]).await?;
    let subject = format!("api_key/{id}");
    let after = json!({ "name": name, "role": role });
    write.audit(Audited { what: "api_key.create", subject, after, ..Audited::default() }).await?;
    let created_at = api::Instant::from_ms(now);
    let key = ApiKey { id, name, role: body.role, created_at, last_used_at: None };
    write.finish_secret(StatusCode::CREATED, CreatedApiKey { key, secret }).await
}

/// Revokes a key at once.
#[utoipa::path(
    delete, path = "/v1/stores/{store}/api-keys/{id}", tag = "staff",
    params(("store" = String, Path,), ("id" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200), (status = 404, body = api::ErrorBody))
)]
pub(crate) async fn revoke_key(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
    Command { once, .. }: Command<Value>,
) -> AppResult<(StatusCode, Json<Value>)> {
    ctx.may(Action::ChangeApiKeys)?;
    let mut write = ctx.write(once).await?;
    let now = write.now_ms();
    if write.run(staff::REVOKE_KEY, args![&ctx.store_id, &path.1, now]).await? == 0 {
        return Err(AppError::not_found("API key"));
    }
    let subject = format!("api_key/{}", path.1);
    write.audit(Audited { what: "api_key.revoke", subject, ..Audited::default() }).await?;
    write.finish(StatusCode::OK, json!({})).await
}
