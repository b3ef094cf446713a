//! What a replay comes to, in the shape of its JSON: money as decimal strings with the currency's
//! digits.

use std::collections::BTreeMap;

use commerce::Money;
use serde::{Serialize, Serializer};

/// What a rule set would have made of past order lines. Its JSON has the keys of `groups` beside its
/// own, and of the baseline the overall figures alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Replay {
    #[serde(flatten)]
    pub groups: ImpactGroups,
    /// The same lines, in the same groups, under the rule set compared with.
    #[serde(serialize_with = "overall_or_null")]
    pub baseline: Option<ImpactGroups>,
    pub left_out: LeftOut,
    /// How long it took; for the caller to fill in, since this crate has no clock.
    pub elapsed_ms: u64,
}

/// Lines as a whole and by what they have in common; groups without a line are not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImpactGroups {
    pub overall: Impact,
    /// By `2011-11`, in the zone of the rule set replayed.
    pub by_month: BTreeMap<String, Impact>,
    pub by_category: BTreeMap<String, Impact>,
    pub by_country: BTreeMap<String, Impact>,
    /// A line of two segments stands in both, a line of none in neither.
    pub by_segment: BTreeMap<String, Impact>,
    /// By the band of the price paid; blocked lines stand in none. Not in the JSON.
    #[serde(skip)]
    pub by_band: BTreeMap<PaidBand, Impact>,
}

/// The figures of some lines. `lines` = `raised` + `lowered` + `unchanged` + all of `blocked`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Impact {
    pub lines: u64,
    /// The rules would have asked for more than was paid.
    pub raised: u64,
    /// The rules would have asked for less than was paid.
    pub lowered: u64,
    pub unchanged: u64,
    pub blocked: Blocked,
    /// Of the lines that are not blocked, as are the three below.
    #[serde(serialize_with = "decimal")]
    pub revenue_before: Money,
    #[serde(serialize_with = "decimal")]
    pub revenue_after: Money,
    /// Of the lines whose product has a cost.
    #[serde(serialize_with = "decimal")]
    pub margin_before: Money,
    #[serde(serialize_with = "decimal")]
    pub margin_after: Money,
    pub bands: Bands,
}

/// Lines for which no price may be bargained, by reason; the JSON names the reasons that occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Blocked {
    #[serde(skip_serializing_if = "is_zero")]
    pub missing_cost: u64,
    #[serde(skip_serializing_if = "is_zero")]
    pub contradiction: u64,
    #[serde(skip_serializing_if = "is_zero")]
    pub no_floor: u64,
}

impl Blocked {
    /// All of them.
    pub fn total(&self) -> u64 {
        self.missing_cost + self.contradiction + self.no_floor
    }
}

/// How many of the prices paid would have been taken at once, bargained over, or declined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Bands {
    pub accept: u64,
    pub counter: u64,
    pub decline: u64,
}

/// Where a price paid falls: `Accept` from `accept_at` up (else the target, else the list price);
/// `Decline` below `decline_below` (else the floor); `Counter` between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaidBand {
    Accept,
    Counter,
    Decline,
}

impl PaidBand {
    pub const ALL: [Self; 3] = [Self::Accept, Self::Counter, Self::Decline];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Counter => "counter",
            Self::Decline => "decline",
        }
    }
}

/// Lines that were not replayed, each counted under the first cause that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct LeftOut {
    /// A quantity of zero or less.
    pub quantity: u64,
    /// A price of zero or less.
    pub price: u64,
    /// No product of that SKU in the catalogue.
    pub unknown_sku: u64,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

fn decimal<S: Serializer>(money: &Money, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(money)
}

fn overall_or_null<S: Serializer>(
    groups: &Option<ImpactGroups>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    groups.as_ref().map(|groups| &groups.overall).serialize(serializer)
}
