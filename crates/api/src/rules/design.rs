//! What the designer of rules asks while a set is being written: versions compared, starting sets,
//! reach, coverage.

use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, Type)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    Added,
    Removed,
    Changed,
}

/// What became of one rule between two versions, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct RuleChange {
    pub kind: ChangeKind,
    pub rule_id: String,
    pub title: String,
    /// One sentence a change, such as "The floor went from 18 % margin to 20 % margin."
    pub sentences: Vec<String>,
    /// The rule's JSON object before and after, as text.
    pub before: Option<String>,
    pub after: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct VersionDiff {
    pub changes: Vec<RuleChange>,
    /// What changed of currency and time zone.
    pub settings: Vec<String>,
    #[specta(type = i32)]
    pub unchanged: i64,
}

/// A rule set to start from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Template {
    pub id: String,
    pub name: String,
    pub summary: String,
    /// Why each rule stands in it, in the order of the rules.
    pub explain: Vec<String>,
    /// For this store's currency, zone, categories and segments.
    pub document: String,
}

/// How far one rule reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct RuleReach {
    pub rule_id: String,
    /// Products whose own facts (SKU, category, list price) it may match.
    #[specta(type = i32)]
    pub products: i64,
    /// Past order lines that it matched.
    #[specta(type = i32)]
    pub lines: i64,
}

/// Products by category against buyers: how many have a floor, and how many rules bear on them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Coverage {
    pub columns: Vec<CoverageColumn>,
    pub rows: Vec<CoverageRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct CoverageColumn {
    /// `customer`, `segment` or `country`; `country` with an empty value is any other.
    pub dimension: String,
    pub value: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct CoverageRow {
    pub category: String,
    #[specta(type = i32)]
    pub products: i64,
    /// One for each column.
    pub cells: Vec<CoverageCell>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct CoverageCell {
    /// Products of the row that some rule gives a floor for this buyer, for one unit, now.
    #[specta(type = i32)]
    pub with_floor: i64,
    /// Rules that match any of them.
    #[specta(type = i32)]
    pub rules: i64,
    /// A product of the row without a floor, to show the gap by.
    pub gap: Option<String>,
}
