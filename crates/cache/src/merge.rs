//! How an edit's fields stand in a document. Field names are those of the wire's mutations.

use api::sync::Entity;
use serde_json::{Map, Value};

/// `document` with the fields of `patch` in place; `null` clears.
pub(crate) fn applied(
    entity: Entity,
    document: Option<&Value>,
    patch: &Map<String, Value>,
) -> Value {
    let mut whole = match document {
        Some(Value::Object(map)) => map.clone(),
        _ => Map::new(),
    };
    for (field, value) in patch {
        let slot = slot(entity, &mut whole, field);
        // an absent optional field and a null one read the same, and keeping the name keeps the
        // document readable as its wire type
        *slot = value.clone();
    }
    Value::Object(whole)
}

/// What stands in `document` under `field`; `null` where nothing does.
pub(crate) fn field_of(entity: Entity, document: Option<&Value>, field: &str) -> Value {
    let Some(document) = document else { return Value::Null };
    let place = match parent(entity, field) {
        Some(parent) => document.get(parent),
        None => Some(document),
    };
    place.and_then(|d| d.get(field)).cloned().unwrap_or(Value::Null)
}

/// A rule set's name stands in its summary.
fn parent(entity: Entity, field: &str) -> Option<&'static str> {
    (entity == Entity::RuleSet && field == "name").then_some("summary")
}

fn slot<'d>(entity: Entity, whole: &'d mut Map<String, Value>, field: &str) -> &'d mut Value {
    let map = match parent(entity, field) {
        Some(parent) => {
            let inner = whole.entry(parent.to_owned()).or_insert_with(|| Value::Object(Map::new()));
            if !inner.is_object() {
                *inner = Value::Object(Map::new());
            }
            match inner {
                Value::Object(map) => map,
                other => return other,
            }
        }
        None => whole,
    };
    map.entry(field.to_owned()).or_insert(Value::Null)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn map(value: Value) -> Map<String, Value> {
        match value {
            Value::Object(map) => map,
            other => panic!("not an object: {other}"),
        }
    }

    #[test]
    fn patches() {
        let check = |entity, document: Value, patch: Value, expected: Value| {
            let patch = map(patch);
            let result = applied(entity, Some(&document), &patch);
            assert_eq!(result, expected);
            for (field, value) in &patch {
                assert_eq!(&field_of(entity, Some(&result), field), value, "{field}");
            }
        };
        check(Entity::Product, json!({"a": 1, "b": 2}), json!({"b": 3}), json!({"a": 1, "b": 3}));
        check(Entity::Product, json!({"a": 1}), json!({"a": null}), json!({"a": null}));
        check(Entity::Setting, json!({"value": [1]}), json!({"value": [2]}), json!({"value": [2]}));
        check(
            Entity::RuleSet,
            json!({"summary": {"name": "x", "rev": 2}, "document": "{}"}),
            json!({"name": "y", "document": "[]"}),
            json!({"summary": {"name": "y", "rev": 2}, "document": "[]"}),
        );
    }
}
