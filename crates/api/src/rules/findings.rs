//! What checking a rule set found, for staff. Made from `pricing`'s findings; figures are decimal
//! strings with the currency's digits.

use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

use crate::Instant;

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    Contradiction,
    MissingCost,
    BelowCost,
    Ambiguity,
    Bands,
    Gap,
    Shadowed,
    Redundant,
    Duplicate,
    Unreachable,
}

/// An error blocks review, a warning is acknowledged by name, the rest is told.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Error,
    Warning,
    Info,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, Type)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Certain,
    /// The proof passed its step budget.
    Undecided,
}

/// Complete facts of one sale: what a finding is shown by, and what a priced example is asked with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct SaleFacts {
    /// SKU.
    pub product: String,
    pub category: String,
    pub segments: Vec<String>,
    pub channel: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// `new` or `returning`.
    pub customer: String,
    #[specta(type = i32)]
    pub quantity: i64,
    pub list_price: String,
    pub unit_cost: Option<String>,
    #[specta(type = Option<i32>)]
    pub stock: Option<i64>,
    #[specta(type = Option<i32>)]
    pub intent: Option<i64>,
    pub at: Instant,
}

/// One rule of a document put in another's place, or taken out. `rule` is the rule's JSON object as
/// text; `None` removes it. An id that the document does not have yet is added at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct RuleEdit {
    pub rule_id: String,
    pub rule: Option<String>,
}

/// A proposed mend, whole: its edits together make the finding go away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Fix {
    pub label: String,
    pub edits: Vec<RuleEdit>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Finding {
    pub kind: FindingKind,
    pub severity: Severity,
    pub verdict: Verdict,
    pub rules: Vec<String>,
    /// The policy key that it is about, such as `target`.
    pub key: Option<String>,
    /// How many products of the catalogue it touches.
    #[specta(type = i32)]
    pub products: i64,
    pub witness: Option<SaleFacts>,
    pub explain: String,
    #[serde(default)]
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// What a finding is told apart by, and acknowledged under: kind, rules and key.
    pub fn name(&self) -> FindingName {
        FindingName { kind: self.kind, rules: self.rules.clone(), key: self.key.clone() }
    }
}

/// Names one finding of one version.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, Type,
)]
pub struct FindingName {
    pub kind: FindingKind,
    pub rules: Vec<String>,
    pub key: Option<String>,
}

/// All findings, errors first. At most 2,000 are listed; `total` counts all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Findings {
    pub findings: Vec<Finding>,
    #[specta(type = i32)]
    pub total: i64,
    #[specta(type = i32)]
    pub errors: i64,
    #[specta(type = i32)]
    pub warnings: i64,
    /// Rules and products looked at.
    #[specta(type = i32)]
    pub rules: i64,
    #[specta(type = i32)]
    pub products: i64,
    #[specta(type = i32)]
    pub elapsed_ms: i64,
    /// Hints that are no findings: names that no product or segment has, with the nearest.
    pub notes: Vec<String>,
}
