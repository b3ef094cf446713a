//! The one error type of handlers. `AppError::refuse(code, message)` is for what the caller can act
//! on; everything else becomes `internal` with a request id, and its text goes to our log alone.

use api::error::{ErrorBody, ErrorCode};
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::db::DbError;

#[derive(Debug)]
pub enum AppError {
    /// For the caller, as it stands.
    Refused(ErrorBody),
    /// A repeat of an idempotency key: the first answer again.
    Replay { status: u16, body: String },
    /// Ours. The text never leaves the log.
    Internal(String),
}

pub type AppResult<T> = Result<T, AppError>;

impl AppError {
    pub fn refuse(code: ErrorCode, message: impl Into<String>) -> Self {
        Self::Refused(ErrorBody::new(code, message))
    }

    /// A field of the request that cannot be taken.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Refused(ErrorBody::new(ErrorCode::Invalid, message).with("field", field))
    }

    pub fn not_found(what: &str) -> Self {
        Self::refuse(ErrorCode::NotFound, format!("There is no such {what} in this store."))
    }

    pub fn conflict(rev: i64) -> Self {
        let message = "Someone changed this first. Look at the newer version, then try again.";
        Self::Refused(ErrorBody::new(ErrorCode::Conflict, message).with("rev", rev))
    }

    pub fn internal(error: impl std::fmt::Display) -> Self {
        Self::Internal(error.to_string())
    }

    #[must_use]
    pub fn with(self, key: &str, value: impl std::fmt::Display) -> Self {
        match self {
            Self::Refused(body) => Self::Refused(body.with(key, value)),
            other => other,
        }
    }

    /// What a person is told, for pages.
    pub fn body(self) -> ErrorBody {
        match self {
            Self::Refused(body) => body,
            Self::Replay { .. } => ErrorBody::new(ErrorCode::KeyReused, "This was sent already."),
            Self::Internal(text) => {
                tracing::error!(error = %text, "internal error");
                let message = "Something went wrong on our side. Nothing was changed.";
                ErrorBody::new(ErrorCode::Internal, message)
            }
        }
    }
}

impl From<DbError> for AppError {
    fn from(error: DbError) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<ErrorBody> for AppError {
    fn from(body: ErrorBody) -> Self {
        Self::Refused(body)
    }
}

pub fn status_of(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::Invalid => StatusCode::BAD_REQUEST,
        ErrorCode::Unauthenticated => StatusCode::UNAUTHORIZED,
        ErrorCode::Forbidden => StatusCode::FORBIDDEN,
        ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::NotAllowedNow | ErrorCode::Conflict | ErrorCode::OutOfStock => {
            StatusCode::CONFLICT
        }
        ErrorCode::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::UpgradeRequired => StatusCode::UPGRADE_REQUIRED,
        ErrorCode::PaymentDeclined | ErrorCode::PaymentTimedOut => StatusCode::PAYMENT_REQUIRED,
        ErrorCode::Offline | ErrorCode::Cancelled | ErrorCode::Keychain | ErrorCode::Internal => {
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        if let Self::Replay { status, body } = self {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
            let kind = (header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
            return (status, [kind], [("idempotency-replayed", "true")], body).into_response();
        }
        let body = self.body();
        let mut response = (status_of(body.code), Json(&body)).into_response();
        if let Some(after) = body.context.get("retry_after_s")
            && let Ok(value) = HeaderValue::from_str(after)
        {
            response.headers_mut().insert(header::RETRY_AFTER, value);
        }
        response
    }
}
