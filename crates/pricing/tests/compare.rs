//! What a merchant reads when two versions of their rules are put side by side.

// a test tells what is wrong by panicking, its own functions too
#![allow(clippy::unwrap_used, clippy::panic)]

use pricing::{ChangeKind, RuleSet, diff, words};
use serde_json::{Value, json};

fn set(zone: &str, rules: &Value) -> RuleSet {
    let document = json!({
        "schema": "souk.rules/1", "currency": "GBP", "timezone": zone, "rules": rules
    });
    RuleSet::parse(&document.to_string()).unwrap()
}

fn check(old: &Value, new: &Value, sentences: &[&str]) {
    let with_id = |rule: &Value| {
        let mut rule = rule.clone();
        rule["id"] = "r".into();
        set("Europe/London", &json!([rule]))
    };
    let diff = diff(&with_id(old), &with_id(new));
    assert_eq!(diff.changes.len(), 1, "{old} {new}");
    assert_eq!(diff.changes[0].kind, ChangeKind::Changed);
    assert_eq!(diff.changes[0].sentences, sentences);
    assert!(diff.changes[0].before.is_some() && diff.changes[0].after.is_some());
}

#[test]
fn each_change_of_a_rule_is_a_sentence() {
    check(
        &json!({"guardrails": {"floor": {"margin": "0.18"}}}),
        &json!({"guardrails": {"floor": {"margin": "0.2"}, "ceiling": {"of_list": "1.10"}}}),
        &[
            "The floor went from 18 % margin to 20 % margin.",
            "The ceiling is now 110 % of the list price; it was not set.",
        ],
    );
    check(
        &json!({"name": "Old", "priority": 3, "guardrails": {"max_discount": "0.25"}}),
        &json!({"name": "New"}),
        &[
            "The name went from Old to New.",
            "The priority went from 3 to 0.",
            "The greatest discount is no longer set; it was 25 %.",
        ],
    );
    check(
        &json!({"when": {"quantity": {"min": 6, "max": 48}, "customer": {"any_of": ["new"]}}}),
        &json!({"when": {"quantity": {"min": 12}, "weekday": {"any_of": ["sat", "sun"]}}}),
        &[
            "No longer asks that customer is new.",
            "Applies when quantity is 12 or more; it was when quantity is 6 to 48.",
            "Applies only when day is Saturday or Sunday; that was not asked for.",
        ],
    );
    check(
        &json!({"policy": {"target": {"amount": "3.20"}, "deal_valid": "PT30M", "sweeteners": []}}),
        &json!({"policy": {"target": {"of_list": "0.9"}, "deal_valid": "PT1H1M", "max_rounds": 6}}),
        &[
            "The target went from £3.20 to 90 % of the list price.",
            "The limit of rounds is now 6; it was not set.",
            "How long a deal stands went from 30 minutes to 1 hour 1 minute.",
            "What is added as a sweetener is no longer set; it was none.",
        ],
    );
    check(
        &json!({"policy": {"deal_valid": "PT30M"}}),
        &json!({"policy": {"deal_valid": "PT0H30M"}}),
        &["Written in another way; it means the same."],
    );
}

#[test]
fn rules_come_go_and_stay() {
    let old = set(
        "Europe/London",
        &json!([
            {"id": "stays", "guardrails": {"max_discount": "0.20"}},
            {"id": "goes", "name": "Gone", "when": {"country": {"any_of": ["GB", "IE"]}}},
        ]),
    );
    let new = set(
        "Europe/Paris",
        &json!([
            {"id": "comes", "guardrails": {"floor": {"margin": "0.1"}}, "policy": {"max_rounds": 3}},
            {"id": "stays", "guardrails": {"max_discount": "0.2"}},
        ]),
    );
    let diff = diff(&old, &new);
    assert_eq!(diff.unchanged, 1);
    assert_eq!(diff.settings, ["The time zone went from Europe/London to Europe/Paris."]);
    let told: Vec<_> = diff
        .changes
        .iter()
        .map(|change| (change.kind, change.title.as_str(), change.sentences[0].as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (
                ChangeKind::Added,
                "comes",
                "Always: keeps 10 % margin; sets the limit of rounds to 3."
            ),
            (ChangeKind::Removed, "Gone", "When country is GB or IE: asks for nothing."),
        ]
    );
    assert_eq!(diff.changes[1].after, None);
}

#[test]
fn a_rule_reads_as_a_sentence() {
    let check = |rule: &Value, sentence: &str| {
        let set = set("Europe/London", &json!([rule]));
        assert_eq!(words::sentence(&set.rules()[0]), sentence);
    };
    check(
        &json!({"id": "r",
            "when": {
                "category": {"any_of": ["home/lights"], "none_of": ["home/lights/candles"]},
                "product": {"none_of": ["85123A"]},
                "segment": {"any_of": ["vip", "trade"], "all_of": ["a", "b"], "none_of": ["c"]},
                "list_price": {"max": "20"}, "stock": {"min": 1, "max": 1}, "intent": {},
                "time": {"from": "09:00", "until": "17:30:15"},
                "window": {"from": "2011-11-01T00:00", "until": "2011-12-24T00:00"}},
            "guardrails": {"floor": {"of_list": "0.8"}, "ceiling": {"margin": "0.5"}},
            "policy": {"concession": "boulware", "combine_with": ["loyalty", "news"]}}),
        "When category is home/lights but not home/lights/candles and product is not 85123A and \
         customer is in trade or vip, in all of a, b, not in c and list price is £20.00 or less and \
         stock is exactly 1 and intent is any and time is 09:00 until 17:30:15 and \
         date is 2011-11-01 00:00 until 2011-12-24 00:00: \
         asks for 80 % of the list price at least; takes 50 % margin at most; \
         sets the concession to boulware (gives way late); \
         sets what combines with a deal to loyalty, news.",
    );
    check(
        &json!({"id": "r", "when": {"channel": {"any_of": []}, "segment": {}, "window": {}}}),
        "When customer is in any segment and channel is none, so never and date is any: \
         asks for nothing.",
    );
}
