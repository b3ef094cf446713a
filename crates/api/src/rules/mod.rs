//! Rule sets on the wire. The document itself is `souk.rules/1` (see docs/reference/rules.md).

mod design;
mod findings;
mod life;
mod of_findings;
mod of_pricing;
mod replay;

pub use design::{
    ChangeKind, Coverage, CoverageCell, CoverageColumn, CoverageRow, RuleChange, RuleReach,
    Template, VersionDiff,
};
pub use findings::{
    Finding, FindingKind, FindingName, Findings, Fix, RuleEdit, SaleFacts, Severity, Verdict,
};
pub use life::{
    Acknowledge, Acknowledged, Review, ReviewRequest, ReviewVerdict, RollBack, ShadowReport,
    ShadowRequest, ShadowRow, ShadowSide,
};
pub use replay::{BandCounts, BlockedCount, Impact, ImpactOf, LeftOut, ReplayReport};

use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

use crate::Instant;

/// Longest document, as JSON text, that a service keeps.
pub const DOCUMENT_BYTES_MAX: usize = 6 * 1024 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, Type)]
#[serde(rename_all = "snake_case")]
pub enum RuleSetState {
    Draft,
    InReview,
    Shadow,
    Active,
    Retired,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct RuleSetSummary {
    pub id: String,
    pub name: String,
    /// Given on leaving draft, per store, from 1; drafts have none.
    #[specta(type = Option<i32>)]
    pub version: Option<i64>,
    pub state: RuleSetState,
    #[specta(type = i32)]
    pub rules: i64,
    pub author: String,
    pub updated_at: Instant,
    pub activated_at: Option<Instant>,
    /// When it takes effect by itself, where that was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activates_at: Option<Instant>,
    #[specta(type = i32)]
    pub rev: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct RuleSet {
    pub summary: RuleSetSummary,
    /// The `souk.rules/1` document, as JSON text.
    pub document: String,
    /// Faults in the document; a draft may have some, and cannot be activated while it does.
    pub problems: Vec<RuleProblem>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct RuleProblem {
    /// JSON pointer into the document.
    pub pointer: String,
    pub message: String,
    pub expected: String,
}

/// Create (`base_rev` 0) or change a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct DraftChange {
    pub name: String,
    pub document: String,
    #[specta(type = i32)]
    pub base_rev: i64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Activation {
    #[specta(type = i32)]
    pub base_rev: i64,
    /// Needed where author and activator are the same person: a store with one owner alone.
    #[serde(default)]
    pub reason: String,
    /// Absent: at once. Else the moment at which it takes effect, in the future.
    #[serde(default)]
    pub at: Option<Instant>,
}

/// "What is the floor of this product for this customer?"
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct FloorQuestion {
    pub sku: String,
    #[serde(default)]
    pub customer_id: Option<String>,
    #[serde(default)]
    pub segments: Option<Vec<String>>,
    #[serde(default)]
    pub country: Option<String>,
    #[specta(type = i32)]
    pub quantity: i64,
}

/// The decision with its reasons. Money as decimal strings with the currency's digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct FloorAnswer {
    pub sku: String,
    pub title: String,
    pub currency: String,
    /// `priced` or `blocked`.
    pub outcome: String,
    pub reason: Option<String>,
    pub list_price: String,
    pub unit_cost: Option<String>,
    pub floor: Option<String>,
    pub ceiling: Option<String>,
    pub target: Option<String>,
    pub accept_at: Option<String>,
    pub decline_below: Option<String>,
    pub escalate_at: Option<String>,
    pub trace: Vec<TraceLine>,
    /// Whether the product may be bargained on at all, and why not.
    pub bargaining: Option<String>,
}

/// One matched rule's part in a decision, best rank first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct TraceLine {
    pub rule_id: String,
    pub rule_name: String,
    /// `floor`, `max_discount`, `ceiling`, or a policy key such as `accept_at`.
    pub key: String,
    /// The price it gives, decimal; or the value as written for a key that is no price.
    pub value: String,
    /// It decided the result.
    pub binding: bool,
    /// In plain words.
    pub text: String,
}
