//! Keeps a console's cache and its store's service the same: push, pull, live notice.
//!
//! A file per phase. Talks HTTP and WebSocket to one service with one session; writes nothing but
//! through `cache::transact`. It never shows anything and never decides a conflict: that is for a
//! person.

mod backoff;
pub mod digest;
mod engine;
mod live;
mod pull;
mod push;
pub mod service;

pub use engine::{Engine, Status, Watcher};
pub use pull::{Compare, Pulled, pull};
pub use push::{Pushed, push};
pub use service::{Method, Service, Token};

use api::error::{ErrorBody, ErrorCode};

/// What a person is told when the cache fails; the log has the rest.
pub(crate) fn cache_failure(error: &cache::CacheError) -> ErrorBody {
    tracing::error!(%error, "the cache failed");
    ErrorBody::new(
        ErrorCode::Internal,
        "This computer's copy of the store could not be read or written. Is the disk full?",
    )
}

pub(crate) fn now_ms() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}
