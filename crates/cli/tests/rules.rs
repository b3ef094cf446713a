//! `souk rules` as someone who never saw Souk calls it: a built binary, files, exit codes.

// a test tells what is wrong by panicking, its own functions too
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const RULES: &str = r#"{"schema": "souk.rules/1", "currency": "GBP", "timezone": "Europe/London",
  "rules": [
    {"id": "all", "guardrails": {"max_discount": "0.25"}, "policy": {"target": {"of_list": "0.95"}}},
    {"id": "lights", "priority": 5, "when": {"category": {"any_of": ["home/lights"]}},
     "guardrails": {"floor": {"margin": "0.18"}, "ceiling": {"of_list": "1.10"}},
     "policy": {"target": {"margin": "0.35"}, "max_rounds": 6}},
    {"id": "never", "when": {"segment": {"any_of": ["blocked"]}},
     "guardrails": {"ceiling": {"amount": "0.01"}}}
  ]}"#;

const CATALOG: &str = "sku,title,category,list_price,unit_cost,stock\n\
    84945,Lantern,home/lights/led,4.25,2.55,12\n\
    22726,Clock,home/clocks,3.75,,\n\
    85123A,Holder,home/lights,2.95,,40\n";

fn sale(product: &str, segments: &str) -> String {
    format!(
        "{{\"product\":\"{product}\",\"segments\":[{segments}],\"channel\":\"web\",\
         \"country\":\"GB\",\"customer\":\"new\",\"quantity\":6,\"at\":\"2011-11-07T10:00:00Z\"}}\n"
    )
}

fn decide(rules: &str, catalog: &[u8], facts: &[u8], json: bool) -> Output {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rules.json"), rules).unwrap();
    fs::write(folder.path().join("catalog.csv"), catalog).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_souk"))
        .current_dir(folder.path())
        .args(["rules", "decide", "rules.json", "--catalog", "catalog.csv", "--facts", "-"])
        .args(json.then_some("--json"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // a child that refuses its rules never reads this
    let _ = child.stdin.take().unwrap().write_all(facts);
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_decision_a_line_in_order() {
    let facts = [
        sale("84945", ""),
        "\n".to_owned(),
        sale("22726", ""),
        sale("85123A", ""),
        sale("22726", "\"blocked\""),
        sale("nowhere", "")
            .replace("\"quantity\"", "\"category\":\"x\",\"list_price\":\"1\",\"quantity\""),
    ]
    .concat();
    let out = decide(RULES, CATALOG.as_bytes(), facts.as_bytes(), true);
    assert_eq!((out.status.code(), text(&out.stderr)), (Some(0), String::new()));
    let lines: Vec<Value> =
        text(&out.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    // 4.25 × 0.75 = 3.1875 up; 4.25 × 1.10 = 4.675 down; 2.55 / 0.65 = 3.923…
    let golden = [
        ("priced", Value::Null, "3.19", "4.67", "3.92"),
        // 3.75 × 0.75 = 2.8125 up; 3.75 × 0.95 = 3.5625
        ("priced", Value::Null, "2.82", "", "3.56"),
        ("blocked", "missing_cost".into(), "", "", ""),
        ("blocked", "contradiction".into(), "", "", ""),
        ("priced", Value::Null, "0.75", "", "0.95"),
    ];
    assert_eq!(lines.len(), golden.len());
    for (line, (outcome, reason, floor, ceiling, target)) in lines.iter().zip(golden) {
        let said = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        assert_eq!((&line["outcome"], &line["reason"]), (&outcome.into(), &reason), "{line}");
        assert_eq!(said(&line["floor"]), floor, "{line}");
        assert_eq!(said(&line["ceiling"]), ceiling, "{line}");
        assert_eq!(said(&line["policy"]["target"]), target, "{line}");
    }
    assert_eq!(lines[0]["matched"], serde_json::json!(["lights", "all"]));
    assert_eq!(lines[3]["rules"], serde_json::json!(["all", "never"]));
    let words = decide(RULES, CATALOG.as_bytes(), sale("84945", "").as_bytes(), false);
    assert!(text(&words.stdout).starts_with("84945: floor 3.19, ceiling 4.67, target 3.92"));
}

#[test]
fn what_cannot_be_read_is_told_by_file_and_place_and_ends_with_2() {
    let good = sale("84945", "");
    let (rules, facts) = (RULES.to_owned(), good.clone());
    /// Rules, catalogue, facts, and what the complaint must name.
    type Case = (String, Vec<u8>, Vec<u8>, &'static [&'static str]);
    let cases: Vec<Case> = vec![
        ("{".into(), CATALOG.into(), facts.clone().into(), &["rules.json: ", "expected"]),
        (
            rules.replace("0.25", "1.25"),
            CATALOG.into(),
            facts.clone().into(),
            &["rules.json: /rules/0/guardrails/max_discount", "expected"],
        ),
        (
            rules.replace("\"priority\"", "\"prio\""),
            CATALOG.into(),
            facts.clone().into(),
            &["rules.json: /rules/1/prio", "expected"],
        ),
        (
            rules.clone(),
            CATALOG.replace("3.75", "£3").into(),
            facts.clone().into(),
            &["catalog.csv: line 3, list_price", "expected"],
        ),
        (rules.clone(), b"".to_vec(), facts.into(), &["catalog.csv: line 1", "sku,title"]),
        (
            rules.clone(),
            CATALOG.into(),
            format!("{good}{}", good.replace("\"quantity\":6", "\"quantity\":0")).into(),
            &["standard input: line 2, /quantity", "1 or more"],
        ),
        (
            rules.clone(),
            CATALOG.into(),
            sale("nope", "").into(),
            &["standard input: line 1, /product", "SKU"],
        ),
        (rules, CATALOG.into(), b"\xff\xfe\n".to_vec(), &["standard input: line 1", "UTF-8"]),
    ];
    for (rules, catalog, facts, says) in cases {
        let out = decide(&rules, &catalog, &facts, true);
        let told = text(&out.stderr);
        assert_eq!(out.status.code(), Some(2), "{told}");
        for part in says {
            assert!(told.contains(part), "{part:?} is not in {told:?}");
        }
    }
}

/// Three files, each with more than one fault: all of them are told, and nothing is decided.
#[test]
fn the_faults_of_all_files_and_lines_are_told_at_once() {
    let rules = RULES.replace("0.25", "1.25").replace("\"priority\"", "\"prio\"");
    let catalog = CATALOG.replace("3.75", "£3").replace("2.95", "x");
    let late = sale("84945", "").replace("\"quantity\":6", "\"quantity\":0");
    let facts = [sale("84945", ""), late, sale("nope", ""), sale("84945", "")].concat();
    let check = |rules: &str, catalog: &str, says: &[&str]| {
        let out = decide(rules, catalog.as_bytes(), facts.as_bytes(), true);
        let told = text(&out.stderr);
        assert_eq!((out.status.code(), text(&out.stdout)), (Some(2), String::new()), "{told}");
        for part in says {
            assert!(told.contains(part), "{part:?} is not in {told:?}");
        }
    };
    let of_rules = ["/rules/0/guardrails/max_discount", "/rules/1/prio"];
    let of_catalog = ["catalog.csv: line 3, list_price", "catalog.csv: line 4, list_price"];
    let of_facts = ["input: line 2, /quantity", "input: line 3, /product"];
    check(&rules, CATALOG, &[of_rules, of_facts].concat());
    // without a catalogue nobody knows what lacks a list price
    check(RULES, &catalog, &[&of_catalog[..], &of_facts[..1]].concat());
    check(&rules, &catalog, &[&of_rules[..], &of_catalog, &of_facts[..1]].concat());
    check(&format!("\u{feff}{rules}"), &catalog, &[of_rules, of_catalog].concat());
}

#[test]
fn a_stranger_is_told_what_is_missing() {
    let souk = |args: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_souk")).args(args).output().unwrap();
        (out.status.code(), text(&out.stdout), text(&out.stderr))
    };
    let nowhere = ["rules", "decide", "no.json", "--catalog", "no.csv", "--facts", "-"];
    let (code, _, told) = souk(&nowhere);
    assert_eq!(code, Some(2));
    assert!(told.contains("no.json: cannot be read") && told.contains("souk.rules/1"), "{told}");
    assert!(told.contains("no.csv: cannot be read"), "{told}");
    assert_eq!(souk(&["rules", "decide"]).0, Some(2));
    let (code, schema, _) = souk(&["rules", "schema"]);
    assert_eq!(code, Some(0));
    assert_eq!(serde_json::from_str::<Value>(&schema).unwrap()["title"], "Souk rule set");
    let (code, help, _) = souk(&["rules", "decide", "--help"]);
    assert_eq!(code, Some(0));
    assert!(help.contains("standard input") && help.contains("Example"), "{help}");
}
