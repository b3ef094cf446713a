//! The console's own failures, in words for a person. Details go to the log, never into a message.

use api::error::{ErrorBody, ErrorCode};

pub(crate) fn invalid(field: &str, message: impl Into<String>) -> ErrorBody {
    ErrorBody::new(ErrorCode::Invalid, message).with("field", field)
}

/// No store is open.
pub(crate) fn not_connected() -> ErrorBody {
    ErrorBody::new(ErrorCode::NotAllowedNow, "No store is open: connect to one first.")
        .with("state", "not_connected")
}

pub(crate) fn internal(what: &str, error: &dyn std::fmt::Display) -> ErrorBody {
    tracing::error!(%error, "{what}");
    ErrorBody::new(ErrorCode::Internal, format!("{what}. Nothing was lost; the log says more."))
}

/// The cache's failures: the disk is full, the file is damaged.
pub(crate) fn cache(error: &cache::CacheError) -> ErrorBody {
    internal("This computer's copy of the store could not be read or written", error)
}
