//! A write: its JSON body and its idempotency key, read and checked in one place.

use api::error::ErrorCode;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use hmac::{Hmac, KeyInit, Mac};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::fault;
use crate::error::{AppError, AppResult};
use crate::state::AppState;
use crate::write::Once;

/// JSON bodies are at most this long; the catalogue import reads its own.
pub(crate) const BODY_BYTES_MAX: usize = 8 * 1024 * 1024;
const KEY_CHARS_MAX: usize = 100;

/// The body of a write, with what makes it happen once. `Command<()>` takes no body.
pub(crate) struct Command<T> {
    pub(crate) body: T,
    pub(crate) once: Once,
}

impl<T: DeserializeOwned> FromRequest<AppState> for Command<T> {
    type Rejection = AppError;

    async fn from_request(request: Request, state: &AppState) -> AppResult<Self> {
        let key = idempotency_key(request.headers())?;
        let target = format!("{} {}", request.method(), request.uri());
        let bytes = Bytes::from_request(request, state).await.map_err(too_large)?;
        if bytes.len() > BODY_BYTES_MAX {
            return Err(too_large("body"));
        }
        let fingerprint = keyed_fingerprint(&state.shared.config.master_key, &target, &bytes)?;
        let text: &[u8] = if bytes.is_empty() { b"null" } else { &bytes };
        let body = fault::read_json(text)?;
        Ok(Self { body, once: Once { key, fingerprint } })
    }
}

/// The body of a request that changes nothing, or whose parts each have a key of their own.
pub(crate) struct Question<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<AppState> for Question<T> {
    type Rejection = AppError;

    async fn from_request(request: Request, state: &AppState) -> AppResult<Self> {
        let bytes = Bytes::from_request(request, state).await.map_err(too_large)?;
        fault::read_json(&bytes).map(Self)
    }
}

/// The `Idempotency-Key` header, needed on every write.
pub(crate) fn idempotency_key(headers: &axum::http::HeaderMap) -> AppResult<String> {
    let key = headers.get("idempotency-key").and_then(|v| v.to_str().ok()).unwrap_or("");
    if key.is_empty() || key.len() > KEY_CHARS_MAX {
        let message = "Every write needs the header Idempotency-Key, 1 to 100 characters, \
            made new for each thing you mean to do and repeated when you try again.";
        return Err(AppError::invalid("Idempotency-Key", message));
    }
    Ok(key.to_owned())
}

/// SHA-256 of what a request asks for, where that holds no secret.
pub(crate) fn fingerprint(target: &str, body: &[u8]) -> String {
    let mut hasher = Sha256::new();
    hasher.update(target.as_bytes());
    hasher.update(b"\n");
    hasher.update(body);
    hex::encode(hasher.finalize())
}

/// As [`fingerprint`], under the master key: a body may hold a password, and a table that held a plain
/// hash of it would let a thief of the table guess quickly.
pub(crate) fn keyed_fingerprint(key: &[u8], target: &str, body: &[u8]) -> AppResult<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(AppError::internal)?;
    mac.update(target.as_bytes());
    mac.update(b"\n");
    mac.update(body);
    Ok(hex::encode(mac.finalize().into_bytes()))
}

fn too_large(_: impl std::fmt::Display) -> AppError {
    let message = format!("The request is larger than {BODY_BYTES_MAX} bytes, or was cut short.");
    AppError::refuse(ErrorCode::TooLarge, message)
}
