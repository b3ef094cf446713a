//! The rule set that the format is documented by, decided for the merchant who wrote it.

// a test tells what is wrong by panicking, its own functions too
#![allow(clippy::unwrap_used, clippy::panic)]

use pricing::{Catalog, Facts, RuleSet, decide};
use serde_json::{Value, json};

const RULES: &str = include_str!("winter_lights.json");

const CATALOG: &str = "sku,title,category,list_price,unit_cost,stock\n\
                       84945,Lantern,home/lights/led,4.25,2.55,12\n\
                       85123A,Holder,home/lights,2.95,1.77,40\n\
                       22726,Clock,home/clocks,3.75,,\n";

fn decided(line: &str) -> Value {
    let rules = RuleSet::parse(RULES).unwrap();
    let catalog = Catalog::parse(CATALOG.as_bytes(), rules.currency()).unwrap();
    let facts = Facts::parse_line(1, line, rules.currency(), &catalog).unwrap();
    serde_json::to_value(decide(&rules, &facts)).unwrap()
}

const MONDAY: &str = r#"{"product":"84945","segments":["vip"],"channel":"web","country":"GB",
    "customer":"returning","quantity":6,"intent":70,"at":"2011-11-07T10:00:00Z"}"#;

#[test]
fn a_regular_haggling_on_a_monday_in_winter_gets_the_winter_lights_rule() {
    let decision = decided(MONDAY);
    assert_eq!(decision["outcome"], "priced");
    assert_eq!(decision["reason"], Value::Null);
    assert_eq!(decision["rules"], json!([]));
    // 4.25 × 0.75 = 3.1875 up is 3.19; 2.55 / 0.82 = 3.1097… up is 3.11
    assert_eq!(decision["floor"], "3.19");
    // 4.25 × 1.10 = 4.675 down
    assert_eq!(decision["ceiling"], "4.67");
    assert_eq!(
        decision["policy"],
        json!({
            "target": "3.92", "accept_at": "3.91", "decline_below": "2.34", "escalate_at": "3.40",
            "max_rounds": 6, "concession": "boulware", "deal_valid": "PT30M",
            "sweeteners": ["free-shipping", "gift:22726"], "combine_with": ["loyalty"]
        })
    );
    assert_eq!(decision["matched"], json!(["winter-lights"]));
    let guardrails = &decision["trace"][0]["guardrails"];
    assert_eq!(guardrails[0]["kind"], "floor");
    assert_eq!(guardrails[0]["term"], json!({ "margin": "0.18" }));
    assert_eq!(guardrails[0]["binding"], false);
    assert_eq!(guardrails[1]["kind"], "max_discount");
    assert_eq!(guardrails[1]["binding"], true);
    assert_eq!(
        decision["trace"][0]["explain"][1],
        "“Winter lights” gives at most 25 % off: floor £3.19 — binds"
    );
}

#[test]
fn each_dimension_of_the_example_can_turn_the_sale_away() {
    let turned_away = [
        (r#""product":"84945""#, r#""product":"85123A""#),
        (r#""product":"84945""#, r#""product":"84945","category":"home/lightshades""#),
        (r#""product":"84945""#, r#""product":"84945","category":"home/lights/candles/big""#),
        (r#""product":"84945""#, r#""product":"84945","stock":0"#),
        (r#""product":"84945""#, r#""product":"84945","stock":null"#),
        (r#""product":"84945""#, r#""product":"84945","list_price":"20.01""#),
        (r#"["vip"]"#, r#"["vip","blocked"]"#),
        (r#"["vip"]"#, "[]"),
        (r#""web""#, r#""app""#),
        (r#""GB""#, r#""FR""#),
        ("returning", "new"),
        (r#""quantity":6"#, r#""quantity":5"#),
        (r#""quantity":6"#, r#""quantity":49"#),
        (r#""intent":70"#, r#""intent":49"#),
        (r#""intent":70,"#, ""),
        ("11-07T10", "11-09T10"),
        ("11-07T10:00", "11-07T17:30"),
        ("2011-11-07", "2011-12-26"),
    ];
    for (from, to) in turned_away {
        let line = MONDAY.replace(from, to);
        assert_ne!(line, MONDAY, "{from} is not in the line");
        let decision = decided(&line);
        assert_eq!(decision["reason"], "no_floor", "{to}");
        assert_eq!(decision["matched"], json!([]), "{to}");
    }
}
