//! Customers as staff see them.

use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

use crate::{Instant, Money};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct CustomerRow {
    pub id: String,
    pub name: String,
    pub country: String,
    pub segments: Vec<String>,
    pub tags: Vec<String>,
    #[specta(type = i32)]
    pub orders: i64,
    pub spend: Money,
    pub first_order_at: Option<Instant>,
    pub last_order_at: Option<Instant>,
}
