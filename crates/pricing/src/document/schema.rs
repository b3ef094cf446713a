//! The document's JSON Schema, laid beside the reader. It says shapes; what a schema cannot say
//! (unique ids, min ≤ max, digits of the currency) stays with the reader.

use serde_json::{Map, Value, json};

use super::{RULES_MAX, SCHEMA};
use crate::json::{ENTRIES_MAX, INTEGER_MAX, TEXT_CHARS_MAX};
use crate::rule::{Concession, CustomerKind, Weekday};

/// The schema as it is published: pretty, keys in byte order whatever serde_json was built with, a
/// line end at the end.
pub fn json_schema_text() -> String {
    format!("{:#}\n", sorted(json_schema()))
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.into_iter().map(|(k, v)| (k, sorted(v))).collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(entries.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        plain => plain,
    }
}

/// The JSON Schema (draft 2020-12) of `souk.rules/1`.
pub fn json_schema() -> Value {
    let mut schema = object(
        &["schema", "currency", "timezone", "rules"],
        [
            ("schema", json!({ "const": SCHEMA })),
            (
                "currency",
                json!({
                    "type": "string",
                    "pattern": "^[A-Z]{3}$",
                    "description": "ISO 4217 code; every amount has at most its decimal digits."
                }),
            ),
            (
                "timezone",
                json!({
                    "type": "string",
                    "description": "IANA time zone name, such as Europe/London."
                }),
            ),
            (
                "rules",
                json!({
                    "type": "array",
                    "maxItems": RULES_MAX,
                    "items": { "$ref": "#/$defs/rule" }
                }),
            ),
        ],
    );
    if let Value::Object(fields) = &mut schema {
        let head = [
            ("$schema", json!("https://json-schema.org/draft/2020-12/schema")),
            ("title", json!("Souk rule set")),
            ("$defs", definitions()),
        ];
        fields.extend(head.map(|(key, value)| (key.to_owned(), value)));
    }
    schema
}

fn definitions() -> Value {
    let amount = json!({
        "type": "string",
        "pattern": r"^\d+(\.\d+)?$",
        "description": "Money, zero or more, as a decimal string in the document's currency."
    });
    let decimal = json!({ "type": "string", "pattern": r"^-?\d+(\.\d+)?$" });
    let integer = json!({ "type": "integer", "minimum": -INTEGER_MAX, "maximum": INTEGER_MAX });
    let name = json!({ "type": "string", "minLength": 1, "maxLength": TEXT_CHARS_MAX });
    let path = json!({
        "type": "string",
        "maxLength": TEXT_CHARS_MAX,
        "pattern": "^[^/]+(/[^/]+)*$",
        "description": "A category path; it stands for itself and everything under it."
    });
    let term = json!({
        "description": "amount; of_list: times the list price; margin: unit cost / (1 − margin).",
        "oneOf": [
            object(&["amount"], [("amount", reference("amount"))]),
            object(&["of_list"], [("of_list", reference("rate"))]),
            object(&["margin"], [("margin", reference("decimal"))]),
        ]
    });
    let names = json!({ "type": "array", "maxItems": ENTRIES_MAX, "items": reference("name") });
    json!({
        "amount": amount,
        "decimal": decimal,
        "rate": { "type": "string", "pattern": r"^\d+(\.\d+)?$" },
        "integer": integer,
        "integers": range("integer"),
        "name": name,
        "names": names,
        "path": path,
        "country": { "type": "string", "pattern": "^[A-Z]{2}$" },
        "price_term": term,
        "rule": rule(),
        "when": when(),
        "guardrails": guardrails(),
        "policy": policy(),
    })
}

fn rule() -> Value {
    object(
        &["id"],
        [
            ("id", reference("name")),
            ("name", reference("name")),
            ("priority", described(reference("integer"), "Higher wins; 0 when not said.")),
            ("when", reference("when")),
            ("guardrails", reference("guardrails")),
            ("policy", reference("policy")),
        ],
    )
}

fn when() -> Value {
    let customers: Vec<&str> = CustomerKind::ALL.into_iter().map(CustomerKind::as_str).collect();
    let weekdays: Vec<&str> = Weekday::ALL.into_iter().map(Weekday::as_str).collect();
    let clock = json!({ "type": "string", "pattern": r"^\d\d:\d\d(:\d\d)?$" });
    let calendar = json!({
        "type": "string",
        "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$",
        "description": "A local date and time of the document's time zone."
    });
    let names = || one_of(&reference("name"), &["any_of", "none_of"]);
    object(
        &[],
        [
            ("category", one_of(&reference("path"), &["any_of", "none_of"])),
            ("product", names()),
            ("segment", one_of(&reference("name"), &["any_of", "all_of", "none_of"])),
            ("channel", names()),
            ("country", one_of(&reference("country"), &["any_of", "none_of"])),
            ("customer", one_of(&json!({ "enum": customers }), &["any_of", "none_of"])),
            ("quantity", reference("integers")),
            ("list_price", range("amount")),
            ("stock", reference("integers")),
            ("intent", reference("integers")),
            ("weekday", one_of(&json!({ "enum": weekdays }), &["any_of", "none_of"])),
            ("time", object(&["from", "until"], [("from", clock.clone()), ("until", clock)])),
            ("window", object(&[], [("from", calendar.clone()), ("until", calendar)])),
        ],
    )
}

fn guardrails() -> Value {
    let discount = described(reference("rate"), "A fraction of the list price, 0 to 1.");
    object(
        &[],
        [
            ("floor", reference("price_term")),
            ("ceiling", reference("price_term")),
            ("max_discount", discount),
        ],
    )
}

fn policy() -> Value {
    let concessions: Vec<&str> = Concession::ALL.into_iter().map(Concession::as_str).collect();
    let duration = json!({
        "type": "string",
        "pattern": r"^PT[0-9HMS.]+$",
        "description": "ISO 8601 duration in hours, minutes and seconds, at most 720 hours."
    });
    object(
        &[],
        [
            ("target", reference("price_term")),
            ("accept_at", reference("price_term")),
            ("decline_below", reference("price_term")),
            ("escalate_at", reference("price_term")),
            ("max_rounds", json!({ "type": "integer", "minimum": 1, "maximum": 100 })),
            ("concession", json!({ "enum": concessions })),
            ("deal_valid", duration),
            ("sweeteners", reference("names")),
            ("combine_with", reference("names")),
        ],
    )
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn described(mut schema: Value, text: &str) -> Value {
    if let Value::Object(fields) = &mut schema {
        fields.insert("description".to_owned(), text.into());
    }
    schema
}

fn one_of(item: &Value, keys: &[&'static str]) -> Value {
    let list = json!({ "type": "array", "maxItems": ENTRIES_MAX, "items": item });
    object(&[], keys.iter().map(|&key| (key, list.clone())))
}

fn range(item: &str) -> Value {
    object(&[], [("min", reference(item)), ("max", reference(item))])
}

fn object(required: &[&str], properties: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let properties: Map<String, Value> =
        properties.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let mut schema = json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false
    });
    if !required.is_empty()
        && let Value::Object(fields) = &mut schema
    {
        fields.insert("required".to_owned(), required.into());
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::super::{GUARDRAIL_KEYS, POLICY_KEYS, RULE_KEYS, TOP_KEYS, WHEN_KEYS};
    use super::*;

    #[test]
    fn the_schema_and_the_reader_know_the_same_keys() {
        let schema = json_schema();
        for (pointer, keys) in [
            ("", &TOP_KEYS[..]),
            ("/$defs/rule", &RULE_KEYS),
            ("/$defs/when", &WHEN_KEYS),
            ("/$defs/guardrails", &GUARDRAIL_KEYS),
            ("/$defs/policy", &POLICY_KEYS),
        ] {
            let properties = schema.pointer(pointer).unwrap()["properties"].as_object().unwrap();
            let mut keys = keys.to_vec();
            keys.sort_unstable();
            let mut said: Vec<&str> = properties.keys().map(String::as_str).collect();
            said.sort_unstable();
            assert_eq!(said, keys, "{pointer}");
        }
    }

    /// To write it anew: `WRITE_SCHEMA=1 cargo test -p pricing schema`.
    #[test]
    fn the_committed_schema_is_not_stale() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference/rules.schema.json");
        if std::env::var_os("WRITE_SCHEMA").is_some() {
            std::fs::write(path, json_schema_text()).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), json_schema_text());
    }
}
