//! What the WebSockets say. Staff get `advance` (pull now) and the queue's changes; a customer
//! gets only their own negotiation.

use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

use crate::negotiation::NegotiationRow;
use crate::shop::ShopNegotiation;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum StaffEvent {
    /// The store's change feed stands at `seq`.
    Advance {
        #[specta(type = i32)]
        seq: i64,
    },
    /// A negotiation as it is now.
    Negotiation { row: Box<NegotiationRow> },
    /// Events were lost (slow reader): read the list again.
    Resync,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ShopEvent {
    Negotiation { negotiation: Box<ShopNegotiation> },
    Resync,
}
