//! The life of a rule set: draft → in review → shadow → active → retired. What stands at each step,
//! and what may be asked for.

use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

use super::{FindingName, Findings, ReplayReport};
use crate::Instant;

/// Sends a draft to review: it gets its number and never changes again. Faults refuse it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ReviewRequest {
    #[specta(type = i32)]
    pub base_rev: i64,
    /// What the reviewer should know; may be empty.
    #[serde(default)]
    pub note: String,
}

/// A reviewer's word. Errors block approval; every warning must be acknowledged by name first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ReviewVerdict {
    #[specta(type = i32)]
    pub base_rev: i64,
    /// False sends it back: the version retires and its content becomes a draft again.
    pub approve: bool,
    #[serde(default)]
    pub reason: String,
}

/// Says of one warning that it is known and wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Acknowledge {
    pub finding: FindingName,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Acknowledged {
    pub finding: FindingName,
    pub reason: String,
    pub by: String,
    pub at: Instant,
}

/// What is attached to a version that left draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Review {
    pub rule_set_id: String,
    #[specta(type = i32)]
    pub version: i64,
    pub note: String,
    pub asked_by: String,
    pub asked_at: Instant,
    pub findings: Findings,
    /// Over the store's past orders, against the set that was active then; `None` where there were none.
    pub replay: Option<ReplayReport>,
    pub acknowledged: Vec<Acknowledged>,
    pub approved_by: Option<String>,
    pub approved_at: Option<Instant>,
    pub reason: Option<String>,
    /// Why it may not be approved or activated now by who asks, in words; empty where it may.
    pub blocked: Vec<String>,
}

/// Puts an approved version in shadow, or takes it out again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ShadowRequest {
    #[specta(type = i32)]
    pub base_rev: i64,
    pub on: bool,
}

/// Back to the version before, in one action.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct RollBack {
    /// The version that is active now, so that a second click cannot roll back twice.
    #[specta(type = i32)]
    pub from_version: i64,
    pub reason: String,
}

/// What the shadow set decided beside the active one. Money as decimal strings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ShadowReport {
    pub rule_set_id: String,
    #[specta(type = i32)]
    pub version: i64,
    pub currency: String,
    pub since: Option<Instant>,
    /// Decisions compared, and how many of them differ in outcome, floor, ceiling or a price.
    #[specta(type = i32)]
    pub decisions: i64,
    #[specta(type = i32)]
    pub differ: i64,
    #[specta(type = i32)]
    pub negotiations: i64,
    /// Deals that the shadow set's floor would have forbidden, and what they brought.
    #[specta(type = i32)]
    pub deals_forbidden: i64,
    pub deals_forbidden_revenue: String,
    /// Σ (shadow floor − agreed price) × quantity over these: what they would have cost it.
    pub deals_forbidden_shortfall: String,
    /// Declined under the active set, and at or above the shadow set's acceptance price.
    #[specta(type = i32)]
    pub would_accept: i64,
    pub would_accept_revenue: String,
    pub mean_floor_shift: String,
    /// Newest first, at most 500.
    pub rows: Vec<ShadowRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ShadowRow {
    pub at: Instant,
    pub negotiation_id: String,
    pub sku: String,
    pub title: String,
    #[specta(type = i32)]
    pub quantity: i64,
    pub offer: Option<String>,
    pub active: ShadowSide,
    pub shadow: ShadowSide,
    pub differs: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ShadowSide {
    /// `priced` or `blocked`.
    pub outcome: String,
    pub reason: Option<String>,
    pub floor: Option<String>,
    pub ceiling: Option<String>,
    pub target: Option<String>,
    pub accept_at: Option<String>,
}
