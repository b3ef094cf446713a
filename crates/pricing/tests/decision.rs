//! What matched rules come to together: a line of the page, a table of cases.

// a test tells what is wrong by panicking, its own functions too
#![allow(clippy::unwrap_used, clippy::panic)]

use pricing::{Catalog, Decision, Facts, Reason, RuleSet, decide};
use serde_json::{Value, json};

fn decided(currency: &str, rules: &str, prices: &str) -> Decision {
    let text = format!(
        r#"{{"schema":"souk.rules/1","currency":"{currency}","timezone":"UTC","rules":[{rules}]}}"#
    );
    let set = RuleSet::parse(&text).unwrap_or_else(|faults| panic!("{rules}: {faults:?}"));
    let sale = format!(
        r#"{{"product":"A1","category":"home","channel":"web","country":"GB","customer":"new",
            "quantity":1,{prices},"at":"2011-11-07T10:00:00Z"}}"#
    );
    let facts = Facts::parse_line(1, &sale, set.currency(), &Catalog::default());
    let facts = facts.unwrap_or_else(|faults| panic!("{sale}: {faults:?}"));
    decide(&set, &facts)
}

fn json_of(decision: &Decision) -> Value {
    serde_json::to_value(decision).unwrap()
}

#[test]
fn a_floor_is_rounded_up_and_a_ceiling_down_to_the_minor_unit() {
    // currency, list price, unit cost, term, floor, ceiling
    let cases = [
        ("GBP", "9.99", "6.00", r#"{"amount":"3.2"}"#, "3.20", "3.20"),
        ("GBP", "9.99", "6.00", r#"{"of_list":"0.5"}"#, "5.00", "4.99"),
        ("GBP", "10.00", "6.00", r#"{"of_list":"0.5"}"#, "5.00", "5.00"),
        ("GBP", "9.99", "6.00", r#"{"of_list":"1.10"}"#, "10.99", "10.98"),
        ("GBP", "9.99", "6.00", r#"{"margin":"0.1"}"#, "6.67", "6.66"),
        ("GBP", "9.99", "6.00", r#"{"margin":"0.25"}"#, "8.00", "8.00"),
        ("GBP", "9.99", "6.00", r#"{"margin":"0"}"#, "6.00", "6.00"),
        ("GBP", "9.99", "6.00", r#"{"margin":"-0.1"}"#, "5.46", "5.45"),
        ("GBP", "9.99", "6.00", r#"{"margin":"0.99999999999999999999"}"#, MOST, MOST),
        ("GBP", "9.99", "0.00", r#"{"margin":"0.5"}"#, "0.00", "0.00"),
        ("GBP", "0.00", "6.00", r#"{"of_list":"0.5"}"#, "0.00", "0.00"),
        ("GBP", "9.99", "6.00", r#"{"of_list":"9999999999999999999999"}"#, MOST, MOST),
        // a hair above a representable price: 28 digits of a quotient would not show it
        ("GBP", "1.00", "1.00", r#"{"of_list":"0.50000000000000000001"}"#, "0.51", "0.50"),
        ("GBP", "1.00", "1.00", r#"{"margin":"0.50000000000000000001"}"#, "2.01", "2.00"),
        ("JPY", "999", "600", r#"{"of_list":"0.5"}"#, "500", "499"),
        ("JPY", "999", "600", r#"{"margin":"0.18"}"#, "732", "731"),
        ("KWD", "9.999", "6.000", r#"{"of_list":"0.5"}"#, "5.000", "4.999"),
        ("KWD", "9.999", "6.000", r#"{"margin":"0.18"}"#, "7.318", "7.317"),
    ];
    for (currency, list_price, unit_cost, term, floor, ceiling) in cases {
        let prices = format!(r#""list_price":"{list_price}","unit_cost":"{unit_cost}""#);
        let rule = format!(r#"{{"id":"a","guardrails":{{"floor":{term}}}}}"#);
        let decision = json_of(&decided(currency, &rule, &prices));
        assert_eq!(decision["floor"], floor, "{currency} {term}");
        assert_eq!(decision["ceiling"], Value::Null);
        let rule =
            format!(r#"{{"id":"a","guardrails":{{"floor":{{"amount":"0"}},"ceiling":{term}}}}}"#);
        let decision = json_of(&decided(currency, &rule, &prices));
        assert_eq!(decision["ceiling"], ceiling, "{currency} {term}");
    }
}

/// The largest amount of money: prices beyond it are held there.
const MOST: &str = "90071992547409.91";

#[test]
fn a_discount_gives_a_floor_rounded_up() {
    for (list_price, discount, floor) in [
        ("4.25", "0.25", "3.19"),
        ("4.00", "0.25", "3.00"),
        ("4.00", "0", "4.00"),
        ("4.00", "1", "0.00"),
        ("0.01", "0.5", "0.01"),
        ("9.99", "0.3333333333", "6.67"),
    ] {
        let rule = format!(r#"{{"id":"a","guardrails":{{"max_discount":"{discount}"}}}}"#);
        let decision = decided("GBP", &rule, &format!(r#""list_price":"{list_price}""#));
        assert_eq!(json_of(&decision)["floor"], floor, "{list_price} less {discount}");
    }
}

const PRICES: &str = r#""list_price":"10.00","unit_cost":"6.00""#;

#[test]
fn guardrails_combine_and_priority_never_lifts_one() {
    let decision = decided(
        "GBP",
        r#"{"id":"weak","priority":99,"guardrails":{"floor":{"amount":"2"},"ceiling":{"amount":"20"}}},
           {"id":"strong","priority":-5,"guardrails":{"floor":{"amount":"7"},"ceiling":{"amount":"12"}}},
           {"id":"off","guardrails":{"max_discount":"0.3"}}"#,
        PRICES,
    );
    let decision = json_of(&decision);
    assert_eq!((&decision["floor"], &decision["ceiling"]), (&json!("7.00"), &json!("12.00")));
    assert_eq!(decision["matched"], json!(["weak", "off", "strong"]));
    let binding: Vec<(&str, &Value)> = decision["trace"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|rule| {
            let id = rule["rule"].as_str().unwrap();
            rule["guardrails"].as_array().unwrap().iter().map(move |part| (id, &part["binding"]))
        })
        .collect();
    let expected = [
        ("weak", false),
        ("weak", false),
        // 10.00 × 0.7 = 7.00 binds beside the other
        ("off", true),
        ("strong", true),
        ("strong", true),
    ];
    for ((id, binding), (like_id, like)) in binding.iter().zip(expected) {
        assert_eq!((*id, binding.as_bool()), (like_id, Some(like)));
    }
    assert_eq!(binding.len(), expected.len());
}

#[test]
fn a_blocked_decision_names_its_cause_and_its_rules() {
    let no_cost = r#""list_price":"10.00""#;
    let floor =
        |id: &str, term: &str| format!(r#"{{"id":"{id}","guardrails":{{"floor":{term}}}}}"#);
    let ceiling =
        |id: &str, term: &str| format!(r#"{{"id":"{id}","guardrails":{{"ceiling":{term}}}}}"#);
    let policy =
        |id: &str, key: &str, term: &str| format!(r#"{{"id":"{id}","policy":{{"{key}":{term}}}}}"#);
    let (five, six, margin) = (r#"{"amount":"5"}"#, r#"{"amount":"6"}"#, r#"{"margin":"0.1"}"#);
    let cases: Vec<(Vec<String>, &str, Reason, &[&str])> = vec![
        (vec![], no_cost, Reason::NoFloor, &[]),
        (vec![ceiling("a", five)], no_cost, Reason::NoFloor, &[]),
        (vec![policy("a", "target", five)], no_cost, Reason::NoFloor, &[]),
        (vec![floor("a", margin)], no_cost, Reason::MissingCost, &["a"]),
        (vec![ceiling("a", margin)], no_cost, Reason::MissingCost, &["a"]),
        // each key of policy needs the cost, also that of a rule which loses
        (
            vec![
                policy("z", "escalate_at", margin),
                floor("m", five),
                policy("b", "target", five),
                policy("c", "target", margin),
            ],
            no_cost,
            Reason::MissingCost,
            &["c", "z"],
        ),
        (vec![floor("a", six), ceiling("b", five)], no_cost, Reason::Contradiction, &["a", "b"]),
        (
            vec![
                floor("z", six),
                floor("b", r#"{"of_list":"0.6"}"#),
                floor("x", five),
                ceiling("d", five),
                ceiling("c", r#"{"of_list":"0.5"}"#),
                ceiling("y", six),
            ],
            no_cost,
            Reason::Contradiction,
            &["b", "c", "d", "z"],
        ),
        // missing_cost is looked for before contradiction, and that before no_floor
        (
            vec![floor("a", six), ceiling("b", five), policy("c", "target", margin)],
            no_cost,
            Reason::MissingCost,
            &["c"],
        ),
    ];
    for (rules, prices, reason, named) in cases {
        let decision = decided("GBP", &rules.join(","), prices);
        assert_eq!(decision.reason, Some(reason), "{rules:?}");
        assert_eq!(decision.rules, named, "{rules:?}");
        assert_eq!(decision.matched.len(), rules.len());
        assert_eq!(decision.trace.len(), rules.len());
        let json = json_of(&decision);
        assert_eq!(json["outcome"], "blocked");
        assert_eq!(json["reason"], reason.as_str());
        for key in ["floor", "ceiling", "policy"] {
            assert_eq!(json.get(key), Some(&Value::Null), "{key}");
        }
        assert!(decision.explain()[0].starts_with("Blocked: "));
    }
}

#[test]
fn a_blocked_decision_still_shows_what_each_rule_contributed() {
    let rules = r#"{"id":"a","guardrails":{"floor":{"margin":"0.1"},"max_discount":"0.5"},
            "policy":{"target":{"margin":"0.3"},"accept_at":{"amount":"1"}}}"#;
    let trace = json_of(&decided("GBP", rules, r#""list_price":"10.00""#))["trace"].clone();
    assert_eq!(
        trace[0]["guardrails"],
        json!([
            {"kind":"floor","term":{"margin":"0.1"},"price":null,"binding":false},
            {"kind":"max_discount","term":"0.5","price":"5.00","binding":false},
        ])
    );
    // the winner is shown, and no price is clamped to a floor that is not to be had
    assert_eq!(
        trace[0]["policy"],
        json!([
            {"key":"target","value":{"margin":"0.3"},"price":null,"clamped":null,"wins":true,
                "winner":"a","losers":[]},
            {"key":"accept_at","value":{"amount":"1.00"},"price":"1.00","clamped":null,
                "wins":true,"winner":"a","losers":[]},
        ])
    );
    let rules = r#"{"id":"a","guardrails":{"floor":{"amount":"6"},"ceiling":{"amount":"5"}}}"#;
    let trace = json_of(&decided("GBP", rules, r#""list_price":"10.00""#))["trace"].clone();
    let binding = |part: usize| trace[0]["guardrails"][part]["binding"].as_bool();
    assert_eq!((binding(0), binding(1)), (Some(true), Some(true)));
}

#[test]
fn a_sale_is_blocked_no_further_than_the_page_says() {
    let no_cost = r#""list_price":"10.00""#;
    // one rule may contradict itself, and is named once
    let own = r#"{"id":"a","guardrails":{"max_discount":"0.1","ceiling":{"amount":"5"}}}"#;
    assert_eq!(decided("GBP", own, no_cost).rules, ["a"]);
    // floor = ceiling leaves one price
    let floor = r#"{"id":"a","guardrails":{"floor":{"amount":"5"}}}"#;
    let ceiling = r#"{"id":"b","guardrails":{"ceiling":{"amount":"5"}}}"#;
    assert_eq!(decided("GBP", &[floor, ceiling].join(","), no_cost).reason, None);
    // a margin that matches nothing here needs no cost
    let elsewhere = r#"{"id":"x","when":{"country":{"any_of":["IE"]}},
        "guardrails":{"floor":{"margin":"0.1"}}}"#;
    assert_eq!(decided("GBP", &[floor, elsewhere].join(","), no_cost).reason, None);
}

#[test]
fn each_policy_key_comes_from_the_highest_ranked_rule_that_sets_it() {
    let base = r#"{"id":"floor","priority":-9,"guardrails":{"floor":{"amount":"1"}}}"#;
    let rule = |id: &str, priority: i64, when: &str, rounds: u32| {
        format!(
            r#"{{"id":"{id}","priority":{priority},"when":{{{when}}},"policy":{{"max_rounds":{rounds}}}}}"#
        )
    };
    let one = r#""channel":{"any_of":["web"]}"#;
    let two = r#""channel":{},"quantity":{"min":1}"#;
    for (rules, matched, rounds) in [
        // priority before specificity
        ([rule("a", 1, two, 1), rule("b", 2, "", 2)], ["b", "a"], 2),
        // specificity before id
        ([rule("a", 1, one, 1), rule("b", 1, two, 2)], ["b", "a"], 2),
        // then the smaller id by bytes: capitals before small letters, "10" before "9"
        ([rule("b", 1, one, 1), rule("a", 1, one, 2)], ["a", "b"], 2),
        ([rule("a", 1, one, 1), rule("B", 1, one, 2)], ["B", "a"], 2),
        ([rule("9", 1, one, 1), rule("10", 1, one, 2)], ["10", "9"], 2),
        ([rule("é", 1, one, 1), rule("z", 1, one, 2)], ["z", "é"], 2),
    ] {
        let decision = decided("GBP", &format!("{},{base}", rules.join(",")), PRICES);
        assert_eq!(decision.matched[..2], matched, "{rules:?}");
        assert_eq!(decision.policy.as_ref().unwrap().max_rounds, Some(rounds), "{rules:?}");
        let (winner, loser) = (&decision.trace[0].policy[0], &decision.trace[1].policy[0]);
        assert!(winner.wins && !loser.wins);
        assert_eq!(winner.losers, [matched[1]]);
        assert_eq!(loser.winner, matched[0]);
    }
    // each key for itself
    let decision = decided(
        "GBP",
        &format!(
            r#"{base},{{"id":"hi","priority":2,"policy":{{"target":{{"amount":"8"}},"sweeteners":[]}}}},
            {{"id":"lo","priority":1,"policy":{{"target":{{"amount":"7"}},"concession":"linear",
                "sweeteners":["gift"],"deal_valid":"PT90M"}}}}"#
        ),
        PRICES,
    );
    assert_eq!(
        json_of(&decision)["policy"],
        json!({"target":"8.00","concession":"linear","deal_valid":"PT90M","sweeteners":[]})
    );
}

#[test]
fn policy_prices_are_rounded_half_up_and_two_of_them_clamped() {
    let term = |share: &str| format!(r#"{{"of_list":"{share}"}}"#);
    // list 10.05: 0.5 is 5.025, up to 5.03; 0.499 is 5.01495, down to 5.01
    for (share, free, clamped) in [
        ("0.5", "5.03", "6.00"),
        ("0.499", "5.01", "6.00"),
        ("0.7", "7.04", "7.04"),
        ("0.97", "9.75", "9.00"),
    ] {
        let term = term(share);
        let rule = format!(
            r#"{{"id":"a","guardrails":{{"floor":{{"amount":"6"}},"ceiling":{{"amount":"9"}}}},
            "policy":{{"target":{term},"accept_at":{term},"decline_below":{term},"escalate_at":{term}}}}}"#
        );
        let decision = json_of(&decided("GBP", &rule, r#""list_price":"10.05""#));
        assert_eq!(
            decision["policy"],
            json!({"target":clamped,"accept_at":clamped,"decline_below":free,"escalate_at":free}),
            "{share}"
        );
        let target = &decision["trace"][0]["policy"][0];
        assert_eq!(target["price"], free);
        let moved = if free == clamped { Value::Null } else { json!(clamped) };
        assert_eq!(target["clamped"], moved);
    }
    // no ceiling, nothing to clamp to above
    let rule =
        r#"{"id":"a","guardrails":{"floor":{"amount":"6"}},"policy":{"target":{"of_list":"3"}}}"#;
    let decision = json_of(&decided("GBP", rule, r#""list_price":"10.05""#));
    assert_eq!(decision["policy"]["target"], "30.15");
}

#[test]
fn the_trace_reads_as_plain_english() {
    let decision = decided(
        "GBP",
        r#"{"id":"trade","name":"Trade lighting","priority":1,
            "guardrails":{"floor":{"margin":"0.055"},"max_discount":"0.25","ceiling":{"of_list":"1.1"}},
            "policy":{"target":{"amount":"5"},"max_rounds":6}},
           {"id":"base","guardrails":{"floor":{"of_list":"0.9"}},"policy":{"max_rounds":3}},
           {"id":"idle"}"#,
        r#""list_price":"10.00","unit_cost":"8.70""#,
    );
    assert_eq!(
        decision.explain(),
        [
            "Floor £9.21, ceiling £11.00.",
            "“Trade lighting” keeps 5.5 % margin: floor £9.21 — binds",
            "“Trade lighting” gives at most 25 % off: floor £7.50 — does not bind",
            "“Trade lighting” asks for 110 % of the list price at most: ceiling £11.00 — binds",
            "“Trade lighting” sets the target to £5.00, raised to the floor £9.21",
            "“Trade lighting” sets the limit of rounds to 6 — ranks above base",
            "“base” asks for 90 % of the list price at least: floor £9.00 — does not bind",
            "“base” would set the limit of rounds to 3 — trade ranks higher",
            "“idle” applies and asks for nothing",
        ]
    );
}

#[test]
fn prices_of_another_currency_are_never_bargained_with() {
    let rules = |currency| {
        let text = format!(
            r#"{{"schema":"souk.rules/1","currency":"{currency}","timezone":"UTC",
                "rules":[{{"id":"a","guardrails":{{"max_discount":"0.5"}}}}]}}"#
        );
        RuleSet::parse(&text).unwrap()
    };
    let sale = r#"{"product":"A1","category":"home","channel":"web","country":"GB",
        "customer":"new","quantity":1,"list_price":"10","at":"2011-11-07T10:00:00Z"}"#;
    let (pounds, yen) = (rules("GBP"), rules("JPY"));
    let facts = Facts::parse_line(1, sale, yen.currency(), &Catalog::default()).unwrap();
    assert_eq!(decide(&yen, &facts).reason, None);
    assert_eq!(decide(&pounds, &facts).reason, Some(Reason::CurrencyMismatch));
}
