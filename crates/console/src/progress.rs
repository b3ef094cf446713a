//! How far long work has come. Sent often; only the newest matters.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Progress {
    /// `reading`, `sending`, `working`, `undoing`, `done`; for the sample store the service's own
    /// step names.
    pub phase: String,
    /// Bytes, rows or steps, as far as known.
    #[specta(type = i32)]
    pub done: i64,
    /// 0 while unknown.
    #[specta(type = i32)]
    pub total: i64,
}

/// Called from any thread; must return at once.
pub type OnProgress = Arc<dyn Fn(Progress) + Send + Sync>;

/// For callers that do not watch.
pub fn unwatched() -> OnProgress {
    Arc::new(|_| {})
}
