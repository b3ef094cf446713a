//! Three-way merge by field. A field changed on both sides to different values is a conflict for a
//! person; money is a field like any other here, so two different prices never merge.

use api::sync::ConflictField;
use serde_json::{Map, Value};

/// What a patch comes to on top of `theirs`.
#[derive(Debug, PartialEq)]
pub(crate) enum Merged {
    /// Fields to set.
    Apply(Map<String, Value>),
    Conflict(Vec<ConflictField>),
}

/// `patch` was made from `base`; the document now is `theirs`. A field whose base is not given is
/// taken to have been what it is now only where the client stood at the newest revision.
pub(crate) fn three_way(
    patch: &Map<String, Value>,
    base: &Map<String, Value>,
    theirs: &Map<String, Value>,
    up_to_date: bool,
) -> Merged {
    let (mut apply, mut conflicts) = (Map::new(), Vec::new());
    for (field, mine) in patch {
        let now = theirs.get(field).unwrap_or(&Value::Null);
        let before = base.get(field);
        let untouched = up_to_date || before == Some(now);
        if now == mine {
            continue;
        }
        if untouched {
            apply.insert(field.clone(), mine.clone());
        } else {
            conflicts.push(ConflictField {
                field: field.clone(),
                base: before.cloned().unwrap_or(Value::Null),
                mine: mine.clone(),
                theirs: now.clone(),
            });
        }
    }
    if conflicts.is_empty() { Merged::Apply(apply) } else { Merged::Conflict(conflicts) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn map(value: Value) -> Map<String, Value> {
        if let Value::Object(map) = value { map } else { Map::new() }
    }

    #[test]
    fn fields_of_both_sides_stand_and_the_same_field_is_for_a_person() {
        let base = map(json!({ "title": "Lantern", "list_price": 339 }));
        let theirs = map(json!({ "title": "Lantern", "list_price": 350 }));
        let check = |patch: Value, up_to_date, expected: Merged| {
            assert_eq!(three_way(&map(patch), &base, &theirs, up_to_date), expected);
        };
        check(
            json!({ "title": "Big lantern" }),
            false,
            Merged::Apply(map(json!({ "title": "Big lantern" }))),
        );
        check(json!({ "list_price": 350 }), false, Merged::Apply(Map::new()));
        check(json!({ "list_price": 360 }), true, Merged::Apply(map(json!({ "list_price": 360 }))));
        check(
            json!({ "list_price": 360 }),
            false,
            Merged::Conflict(vec![ConflictField {
                field: "list_price".into(),
                base: json!(339),
                mine: json!(360),
                theirs: json!(350),
            }]),
        );
    }
}
