//! Negotiations as staff see them.

use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

use crate::rules::TraceLine;
use crate::{Instant, Money};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, Type)]
#[serde(rename_all = "snake_case")]
pub enum NegotiationState {
    Opened,
    Bargaining,
    AwaitingStaff,
    Agreed,
    Redeemed,
    Declined,
    Expired,
    Withdrawn,
    Stopped,
    Lapsed,
}

/// One row of the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct NegotiationRow {
    pub id: String,
    pub state: NegotiationState,
    /// The customer's name, or `Guest`; null for a role that may not read customers.
    pub customer: Option<String>,
    pub country: String,
    pub sku: String,
    pub title: String,
    #[specta(type = i32)]
    pub quantity: i64,
    pub list_price: Money,
    pub standing_ask: Option<Money>,
    pub last_offer: Option<Money>,
    pub agreed_price: Option<Money>,
    pub round: i32,
    pub max_rounds: i32,
    /// `below_floor`, `rounds_used`, `asked_for_person`, `over_budget`, a hard stop's name, or none.
    pub reason: Option<String>,
    pub claimed_by: Option<String>,
    pub opened_at: Instant,
    pub updated_at: Instant,
    /// Since when a person is waited for.
    pub waiting_since: Option<Instant>,
    /// The queue's order, greatest first: see docs/reference/queue-score.md.
    #[specta(type = i32)]
    pub score: i64,
    pub epoch: i32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct NegotiationDetail {
    pub row: NegotiationRow,
    pub transcript: Vec<TranscriptLine>,
    /// Asks and offers over time, for the convergence picture.
    pub steps: Vec<PriceStep>,
    /// The edges at the moment of asking.
    pub floor: Option<Money>,
    pub ceiling: Option<Money>,
    pub target: Option<Money>,
    pub unit_cost: Option<Money>,
    #[specta(type = Option<i32>)]
    pub stock: Option<i64>,
    pub rule_set_version: i32,
    pub trace: Vec<TraceLine>,
    /// Counters worth making, best first.
    pub next_best: Vec<Money>,
    /// What the asking member of staff may do now.
    pub may: StaffMay,
    pub customer: CustomerBrief,
    pub deal: Option<DealBrief>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct TranscriptLine {
    #[specta(type = i32)]
    pub seq: i64,
    pub at: Instant,
    /// `customer`, `bot`, `staff` or `system`.
    pub who: String,
    /// The member of staff's name, where it was one.
    pub name: Option<String>,
    /// `propose`, `counter`, `accept` … as in the state machine.
    pub act: String,
    pub text: String,
    /// What was understood of a customer's words: `6 × £7.50`.
    pub understood: Option<String>,
    pub price: Option<Money>,
    /// Margin at that price, as a percentage with one decimal: `36.7`. Absent without a cost.
    pub margin_pct: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct PriceStep {
    pub at: Instant,
    /// `ask` or `offer`.
    pub side: String,
    pub price: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct StaffMay {
    pub counter: bool,
    pub decline: bool,
    pub take_over: bool,
    pub release: bool,
    pub message: bool,
    pub approve: bool,
    /// Approving the last offer needs a written reason and evidence.
    pub approve_needs_reason: bool,
    /// Why not approve, in words: `£8.90 needs a manager`.
    pub approve_refused: Option<String>,
    /// The least price this role may approve.
    pub approve_down_to: Option<Money>,
}

/// Null throughout for a role that may not read customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct CustomerBrief {
    pub customer_id: Option<String>,
    pub name: Option<String>,
    pub returning: Option<bool>,
    pub segments: Option<Vec<String>>,
    #[specta(type = Option<i32>)]
    pub orders: Option<i64>,
    pub spend: Option<Money>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct DealBrief {
    pub id: String,
    pub unit_price: Money,
    #[specta(type = i32)]
    pub quantity: i64,
    pub expires_at: Instant,
    /// `held`, `redeemed` or `lapsed`.
    pub state: String,
}

/// What staff do with a negotiation. `epoch` is the one they looked at: under a newer one the
/// decision is refused with `conflict`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct StaffAct {
    pub act: StaffActKind,
    #[serde(default)]
    pub price: Option<Money>,
    #[serde(default)]
    pub text: Option<String>,
    #[serde(default)]
    pub reason: Option<String>,
    #[serde(default)]
    pub evidence: Option<String>,
    pub epoch: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
#[serde(rename_all = "snake_case")]
pub enum StaffActKind {
    Approve,
    Decline,
    Counter,
    TakeOver,
    Release,
    Message,
}
