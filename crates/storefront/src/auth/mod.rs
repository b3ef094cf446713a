//! Who calls: staff by session token or API key. Tokens are opaque; the table holds their SHA-256.

pub(crate) mod password;
pub(crate) mod policy;

use api::error::ErrorCode;
use api::staff::Role;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::db::{args, staff};
use crate::error::{AppError, AppResult};
use crate::state::AppState;
use crate::write::{Actor, Once, Write};
pub(crate) use policy::Action;

/// How long a staff session lasts.
pub(crate) const SESSION_MS: i64 = 30 * 24 * 3_600_000;
/// How stale a session's `last_seen_at` and a key's `last_used_at` may be before they are written
/// again: a read must not wait for the one writer.
const SEEN_EVERY_MS: i64 = 60_000;

/// A signed-in caller, of the store that the path names.
#[derive(Debug, Clone)]
pub(crate) struct StaffCtx {
    pub(crate) state: AppState,
    pub(crate) store_id: String,
    pub(crate) slug: String,
    pub(crate) actor: Actor,
    pub(crate) role: Role,
    /// The staff session; absent for an API key.
    pub(crate) session_id: Option<String>,
}

impl std::fmt::Debug for AppState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AppState")
    }
}

impl StaffCtx {
    /// Whether this role may.
    pub(crate) fn allows(&self, action: Action) -> bool {
        self.state.shared.policies.allow(self.role, action)
    }

    /// Refuses unless this role may.
    pub(crate) fn may(&self, action: Action) -> AppResult<()> {
        if self.allows(action) {
            return Ok(());
        }
        let message = format!("Your role, {}, may not do this.", self.role.as_str());
        Err(AppError::refuse(ErrorCode::Forbidden, message)
            .with("role", self.role.as_str())
            .with("action", action.name()))
    }

    /// Ends with the first answer where this request was answered already.
    pub(crate) async fn answered(&self, once: &Once) -> AppResult<()> {
        Write::answered(&self.state, &self.store_id, &self.actor, once).await
    }

    /// Starts a change to the store, applied once per idempotency key.
    pub(crate) async fn write(&self, once: Once) -> AppResult<Write> {
        Write::begin(&self.state, &self.store_id, self.actor.clone(), Some(once)).await
    }
}

impl FromRequestParts<AppState> for StaffCtx {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> AppResult<Self> {
        let token = bearer(parts).ok_or_else(unauthenticated)?;
        let ctx = authenticate(state, &token).await?;
        let path = RawPathParams::from_request_parts(parts, state).await;
        let store = path.ok().and_then(|params| {
            params.iter().find(|(name, _)| *name == "store").map(|(_, value)| value.to_owned())
        });
        match store {
            Some(store) if store != ctx.slug && store != ctx.store_id => {
                let message = "This sign-in belongs to another store.";
                Err(AppError::refuse(ErrorCode::Forbidden, message))
            }
            _ => Ok(ctx),
        }
    }
}

/// Finds who a token belongs to.
pub(crate) async fn authenticate(state: &AppState, token: &str) -> AppResult<StaffCtx> {
    let (hash, now) = (token_hash(token), state.now_ms());
    if token.starts_with("sk_") {
        return by_api_key(state, &hash, now).await;
    }
    let found = state.db().maybe::<staff::SessionRow>(staff::BY_TOKEN, args![&hash, now]).await?;
    let row = found.ok_or_else(unauthenticated)?;
    if now - row.last_seen_at > SEEN_EVERY_MS {
        let mut tx = state.db().begin().await?;
        tx.run(staff::TOUCH_SESSION, args![&row.store_id, &row.session_id, now]).await?;
        tx.commit().await?;
    }
    let role = read_role(&row.role)?;
    Ok(StaffCtx {
        state: state.clone(),
        store_id: row.store_id,
        slug: row.slug,
        actor: Actor { id: row.staff_id, name: row.name, role: row.role },
        role,
        session_id: Some(row.session_id),
    })
}

async fn by_api_key(state: &AppState, hash: &str, now: i64) -> AppResult<StaffCtx> {
    let found = state.db().maybe::<staff::KeyRow>(staff::KEY_BY_SECRET, args![hash]).await?;
    let row = found.ok_or_else(unauthenticated)?;
    if row.last_used_at.is_none_or(|at| now - at > SEEN_EVERY_MS) {
        let mut tx = state.db().begin().await?;
        tx.run(staff::TOUCH_KEY, args![&row.store_id, &row.key_id, now]).await?;
        tx.commit().await?;
    }
    let role = read_role(&row.role)?;
    Ok(StaffCtx {
        state: state.clone(),
        store_id: row.store_id,
        slug: row.slug,
        actor: Actor { id: row.key_id, name: format!("key {}", row.name), role: row.role },
        role,
        session_id: None,
    })
}

pub(crate) fn read_role(text: &str) -> AppResult<Role> {
    Role::parse(text).ok_or_else(|| AppError::internal(format!("unknown role {text:?}")))
}

fn unauthenticated() -> AppError {
    AppError::refuse(ErrorCode::Unauthenticated, "Sign in first: there is no live session here.")
}

fn bearer(parts: &Parts) -> Option<String> {
    let value = parts.headers.get(AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(str::to_owned)
}

/// What tables hold of a token.
pub(crate) fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// A new opaque token: 32 random bytes, URL-safe.
pub(crate) fn new_token(prefix: &str) -> String {
    let bytes: [u8; 32] = rand::random();
    format!("{prefix}{}", BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

pub(crate) fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}
