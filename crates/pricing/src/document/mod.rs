//! The `souk.rules/1` document: text to validated rules and back. Unknown keys are faults, and all
//! faults are told at once. Must never decide anything.

mod conditions;
mod piece;
mod read;
mod schema;
mod write;

pub use piece::{Piece, PieceReader};
pub use schema::{json_schema, json_schema_text};

pub(crate) use read::parse;
pub(crate) use write::{Layout, term_json, write};

/// The value of the document's `schema` key.
pub const SCHEMA: &str = "souk.rules/1";

/// The most rules of one set.
pub const RULES_MAX: usize = 100_000;

/// The most bytes of one document.
pub const DOCUMENT_BYTES_MAX: usize = 128 * 1024 * 1024;

// Keys are named here once: the reader, the writer's tests and the schema use the same lists.
pub(crate) const TOP_KEYS: [&str; 4] = ["schema", "currency", "timezone", "rules"];
pub(crate) const RULE_KEYS: [&str; 6] = ["id", "name", "priority", "when", "guardrails", "policy"];
pub(crate) const WHEN_KEYS: [&str; 13] = [
    "category",
    "product",
    "segment",
    "channel",
    "country",
    "customer",
    "quantity",
    "list_price",
    "stock",
    "intent",
    "weekday",
    "time",
    "window",
];
pub(crate) const GUARDRAIL_KEYS: [&str; 3] = ["floor", "ceiling", "max_discount"];
pub(crate) const POLICY_KEYS: [&str; 9] = [
    "target",
    "accept_at",
    "decline_below",
    "escalate_at",
    "max_rounds",
    "concession",
    "deal_valid",
    "sweeteners",
    "combine_with",
];
pub(crate) const TERM_KEYS: [&str; 3] = ["amount", "of_list", "margin"];
