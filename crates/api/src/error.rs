//! The one error shape of every wire.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

/// What went wrong. `code` exists only where a caller branches on it; `message` is for a person;
/// `context` names the place (`field`, `line`, `state`, `retry_after_s` …).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ErrorBody {
    pub code: ErrorCode,
    pub message: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub context: BTreeMap<String, String>,
}

impl ErrorBody {
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), context: BTreeMap::new() }
    }

    #[must_use]
    pub fn with(mut self, key: &str, value: impl std::fmt::Display) -> Self {
        self.context.insert(key.to_owned(), value.to_string());
        self
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The request itself is wrong; `context.field` says where.
    Invalid,
    /// No session, or one that has ended: sign in.
    Unauthenticated,
    /// Signed in, but this role may not.
    Forbidden,
    NotFound,
    /// Right request, wrong moment: `context.state` says what the thing is now.
    NotAllowedNow,
    /// Someone else changed it first; `context.rev` is the present revision.
    Conflict,
    /// Not enough units left; `context.available`.
    OutOfStock,
    /// The same idempotency key came with a different request.
    KeyReused,
    TooLarge,
    /// Slow down; `context.retry_after_s`.
    RateLimited,
    /// Client and service are too far apart in version.
    UpgradeRequired,
    /// The payment provider said no, or nothing.
    PaymentDeclined,
    PaymentTimedOut,
    /// The service cannot be reached (made by the console, never by the service).
    Offline,
    /// Given up for a newer question, or because the person said so (made by the console).
    Cancelled,
    /// The OS keychain is absent or locked (made by the console).
    Keychain,
    /// Ours; the log has the request id in `context.request_id`.
    Internal,
}

impl std::fmt::Display for ErrorBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ErrorBody {}
