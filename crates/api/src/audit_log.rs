//! The audit log on the wire.

use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

use crate::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct AuditEntry {
    #[specta(type = i32)]
    pub seq: i64,
    pub at: Instant,
    pub who: String,
    pub role: String,
    /// `negotiation.approve`, `rules.activate` …
    pub what: String,
    /// The thing it was done to: `negotiation/0193…`.
    pub subject: String,
    /// JSON text; empty where there was none.
    pub before: String,
    pub after: String,
    pub why: String,
    pub rule_set_version: Option<i32>,
    pub epoch: Option<i32>,
    pub hash: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct AuditReport {
    pub ok: bool,
    #[specta(type = i32)]
    pub entries: i64,
    /// The last entry's number and hash.
    #[specta(type = i32)]
    pub head_seq: i64,
    pub head_hash: String,
    pub faults: Vec<AuditFault>,
    pub checked_at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct AuditFault {
    #[specta(type = i32)]
    pub seq: i64,
    /// `changed`, `missing`, `reordered`, `cut_off`, `unreadable`.
    pub kind: String,
    pub message: String,
}

/// A head that a console has seen; the service must still hold it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct AuditHead {
    #[specta(type = i32)]
    pub seq: i64,
    pub hash: String,
}
