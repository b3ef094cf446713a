//! The document's JSON Schema, hand-laid beside the reader.

use serde_json::{Value, json};

/// The JSON Schema of `souk.rules/1` (draft 2020-12).
pub fn json_schema() -> Value {
    json!({})
}
