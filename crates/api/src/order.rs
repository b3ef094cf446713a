//! Orders as staff see them.

use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

use crate::{Instant, Money};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct OrderRow {
    pub id: String,
    pub number: String,
    /// As in commerce's lifecycle table: `placed`, `paid`, `packed` …
    pub state: String,
    /// Null for a role that may not read customers.
    pub customer: Option<String>,
    pub country: String,
    #[specta(type = i32)]
    pub units: i64,
    pub total: Money,
    /// What bargaining gave away against list price.
    pub discount: Money,
    pub margin: Option<Money>,
    pub from_negotiation: bool,
    pub placed_at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct OrderDetail {
    pub row: OrderRow,
    pub lines: Vec<OrderLine>,
    pub goods: Money,
    pub delivery: Money,
    /// Null for a role that may not read customers.
    pub address: Option<Vec<String>>,
    /// Null for a role that may not read customers.
    pub email: Option<String>,
    /// `captured`, `declined`, `timed_out` …
    pub payment: String,
    /// States this order may go to next.
    pub next: Vec<String>,
    pub history: Vec<OrderEvent>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct OrderLine {
    pub sku: String,
    /// The title at the time of sale.
    pub title: String,
    #[specta(type = i32)]
    pub quantity: i64,
    pub unit_price: Money,
    pub list_price: Money,
    pub total: Money,
    pub negotiation_id: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct OrderEvent {
    pub at: Instant,
    pub state: String,
    pub by: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct OrderTransition {
    pub to: String,
    #[serde(default)]
    pub reason: String,
}
