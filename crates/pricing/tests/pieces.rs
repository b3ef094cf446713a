//! A document read rule by rule says what it says read as a whole.

use pricing::{Piece, PieceReader, RuleSet};
use serde_json::{Value, json};

fn check(name: &str, document: &Value) {
    let rules: Vec<Value> = document["rules"].as_array().cloned().unwrap_or_default();
    let mut frame = document.clone();
    frame["rules"] = json!([]);
    let reader = PieceReader::new(&frame.to_string());
    let pieces: Vec<Piece> = rules.iter().map(|rule| reader.read(&rule.to_string())).collect();
    let whole = RuleSet::parse(&document.to_string());
    let joined = reader.rule_set(pieces.iter());
    assert_eq!(joined, whole, "{name}");
    assert_eq!(reader.faults(pieces.iter()), whole.err().unwrap_or_default(), "{name}");
}

fn document(rules: &Value) -> Value {
    json!({ "schema": "souk.rules/1", "currency": "GBP", "timezone": "Europe/London", "rules": rules })
}

#[test]
fn pieces_are_the_whole() {
    let page: Value = serde_json::from_str(include_str!("winter_lights.json")).unwrap();
    check("the page's example", &page);
    check("no rules", &document(&json!([])));
    let floor = json!({ "max_discount": "0.25" });
    let fair = json!({ "id": "a", "guardrails": floor });
    check("ranked", &document(&json!([fair, { "id": "b", "priority": 3 }, { "id": "c" }])));
    let autumn = json!({ "window": { "from": "2011-11-01T00:00" } });
    let never = json!({ "window": { "from": "9999-12-31T23:00" } });
    check(
        "every kind of fault",
        &document(&json!([
            { "id": "a", "when": autumn },
            { "id": "a", "when": never, "colour": "red" },
            { "guardrails": { "floor": { "margin": "1.2" } } },
            "no rule",
            { "id": "a" },
            { "id": "", "priority": "high" },
        ])),
    );
    let mut other =
        document(&json!([{ "id": "a", "guardrails": { "floor": { "amount": "1.005" } } }]));
    other["currency"] = json!("pounds");
    other["timezone"] = json!("Mars/Olympus");
    other["extra"] = json!(1);
    check("a frame at fault", &other);
}
