//! What a rule set would have done to past orders. Money as decimal strings with the currency's
//! digits.

use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

/// The lines of one group, before (as paid) and after (as the rules would have it).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Impact {
    #[specta(type = i32)]
    pub lines: i64,
    #[specta(type = i32)]
    pub raised: i64,
    #[specta(type = i32)]
    pub lowered: i64,
    #[specta(type = i32)]
    pub unchanged: i64,
    pub blocked: Vec<BlockedCount>,
    pub revenue_before: String,
    pub revenue_after: String,
    pub margin_before: String,
    pub margin_after: String,
    pub bands: BandCounts,
}

/// Lines that may not be bargained for, by reason (`no_floor`, `missing_cost`, `contradiction`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct BlockedCount {
    pub reason: String,
    #[specta(type = i32)]
    pub lines: i64,
}

/// Where the prices that were paid would have fallen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct BandCounts {
    #[specta(type = i32)]
    pub accept: i64,
    #[specta(type = i32)]
    pub counter: i64,
    #[specta(type = i32)]
    pub decline: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ImpactOf {
    /// The month (`2011-11`), category, country, segment or band.
    pub name: String,
    pub impact: Impact,
    /// The same lines under the baseline, where one was given.
    pub baseline: Option<Impact>,
}

/// Lines that were not replayed, by the first cause that applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct LeftOut {
    #[specta(type = i32)]
    pub quantity: i64,
    #[specta(type = i32)]
    pub price: i64,
    #[specta(type = i32)]
    pub unknown_sku: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ReplayReport {
    pub currency: String,
    pub overall: Impact,
    pub baseline: Option<Impact>,
    pub by_month: Vec<ImpactOf>,
    pub by_category: Vec<ImpactOf>,
    pub by_country: Vec<ImpactOf>,
    pub by_segment: Vec<ImpactOf>,
    pub by_band: Vec<ImpactOf>,
    pub left_out: LeftOut,
    #[specta(type = i32)]
    pub elapsed_ms: i64,
}
