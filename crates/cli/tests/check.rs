//! `souk rules check` and `souk rules bench` as a pipeline calls them: exit codes and JSON.

// a test tells what is wrong by panicking, its own functions too
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

const CATALOG: &str = "sku,title,category,list_price,unit_cost,stock\n\
    84945,Lantern,home/lights/led,4.25,2.55,12\n\
    22726,Clock,home/clocks,3.75,,\n\
    85123A,Holder,home/lights,2.95,3.10,40\n";

fn rules(rules: &Value) -> String {
    let document = json!({
        "schema": "souk.rules/1", "currency": "GBP", "timezone": "Europe/London", "rules": rules,
    });
    document.to_string()
}

/// One of each kind that carries a witness, and a rule that is left out by all others.
fn colliding() -> String {
    let lights = json!({"category": {"any_of": ["home/lights"]}});
    let clocks = json!({"category": {"any_of": ["home/clocks"]}});
    let vip = json!({"segment": {"any_of": ["vip"]}});
    rules(&json!([
        {"id": "cap", "when": vip, "guardrails": {"ceiling": {"amount": "1.00"}}},
        {"id": "clocks", "when": clocks, "guardrails": {"floor": {"margin": "0.10"}}},
        {"id": "lights", "when": lights, "guardrails": {"max_discount": "0.40"},
         "policy": {"target": {"of_list": "0.90"}}},
        {"id": "other", "when": lights, "policy": {"target": {"of_list": "0.80"}}},
        {"id": "steep", "when": lights, "priority": 3,
         "policy": {"decline_below": {"amount": "2.00"}, "escalate_at": {"amount": "1.00"}}},
    ]))
}

fn souk(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_souk"));
    command.current_dir(folder).arg("rules").args(args).output().unwrap()
}

fn with_files(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

fn told(out: &Output) -> String {
    String::from_utf8(out.stderr.clone()).unwrap()
}

fn json_of(out: &Output) -> Value {
    serde_json::from_slice(&out.stdout).unwrap_or_else(|error| panic!("{error}: {}", told(out)))
}

const CHECK: [&str; 6] =
    ["check", "rules.json", "--catalog", "catalog.csv", "--now", "2026-01-01T00:00:00Z"];

#[test]
fn what_collides_ends_with_1_and_each_witness_fed_back_shows_it() {
    let folder = with_files(&[("rules.json", &colliding()), ("catalog.csv", CATALOG)]);
    let out = souk(folder.path(), &[&CHECK[..], &["--json"]].concat());
    assert_eq!((out.status.code(), told(&out)), (Some(1), String::new()));
    let found = json_of(&out);
    assert_eq!((&found["rules"], &found["products"]), (&json!(5), &json!(3)));
    assert!(found["elapsed_ms"].is_u64(), "{found}");

    let findings = found["findings"].as_array().unwrap();
    let keys = ["explain", "key", "kind", "products", "rules", "severity", "verdict", "witness"];
    let mut kinds = BTreeSet::new();
    let mut witnesses = String::new();
    for finding in findings {
        let object = finding.as_object().unwrap();
        assert_eq!(object.keys().map(String::as_str).collect::<BTreeSet<_>>(), keys.into());
        assert_eq!(finding["verdict"], "certain", "{finding}");
        kinds.insert((finding["severity"].as_str().unwrap(), finding["kind"].as_str().unwrap()));
        if finding["witness"].is_object() {
            witnesses += &format!("{}\n", finding["witness"]);
        }
    }
    let expected = [
        ("error", "contradiction"),
        ("error", "missing_cost"),
        ("warning", "ambiguity"),
        ("warning", "bands"),
        ("warning", "below_cost"),
    ];
    assert_eq!(kinds, expected.into(), "{found:#}");

    fs::write(folder.path().join("witnesses.jsonl"), witnesses).unwrap();
    let decide = ["decide", "rules.json", "--catalog", "catalog.csv", "--facts", "witnesses.jsonl"];
    let out = souk(folder.path(), &[&decide[..], &["--json"]].concat());
    assert_eq!((out.status.code(), told(&out)), (Some(0), String::new()));
    let decided = String::from_utf8(out.stdout).unwrap();
    let mut decided = decided.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    for finding in findings.iter().filter(|finding| finding["witness"].is_object()) {
        let decision = decided.next().unwrap();
        let matched = decision["matched"].as_array().unwrap();
        for rule in finding["rules"].as_array().unwrap() {
            assert!(matched.contains(rule), "{finding}: {decision}");
        }
        match finding["kind"].as_str().unwrap() {
            kind @ ("contradiction" | "missing_cost") => {
                assert_eq!(decision["reason"], kind, "{finding}: {decision}");
            }
            _ => assert_eq!(decision["outcome"], "priced", "{finding}: {decision}"),
        }
    }
    assert_eq!(decided.next(), None);
}

#[test]
fn warnings_alone_end_with_0_and_words_say_the_same() {
    let document = rules(&json!([
        {"id": "all", "guardrails": {"max_discount": "0.20"},
         "policy": {"target": {"of_list": "0.95"}}},
        {"id": "also", "policy": {"target": {"of_list": "0.90"}}},
    ]));
    let folder = with_files(&[("rules.json", &document), ("catalog.csv", CATALOG)]);
    let out = souk(folder.path(), &CHECK);
    assert_eq!((out.status.code(), told(&out)), (Some(0), String::new()));
    let words = String::from_utf8(out.stdout).unwrap();
    assert!(words.contains("warning: ambiguity: all, also (target)\n"), "{words}");
    assert!(words.contains("warning: below_cost: all\n"), "{words}");
    assert!(words.ends_with("2 rules, 3 products: 0 errors, 2 warnings, 0 hints\n"), "{words}");
}

#[test]
fn without_a_catalogue_it_says_what_was_left_out() {
    let folder = with_files(&[("rules.json", &colliding())]);
    let out = souk(folder.path(), &["check", "rules.json", "--json"]);
    let found = json_of(&out);
    assert_eq!((out.status.code(), &found["products"]), (Some(0), &json!(0)), "{found:#}");
    let notes = found["notes"].to_string();
    assert!(notes.contains("contradiction") && notes.contains("catalogue"), "{notes}");
}

#[test]
fn what_cannot_be_read_ends_with_2_and_prints_no_findings() {
    let catalog = CATALOG.replace("3.75", "dear");
    let rules = r#"{"schema": "souk.rules/2", "currency": "GBP", "timezone": "Europe/London"}"#;
    let folder = with_files(&[("rules.json", rules), ("catalog.csv", &catalog)]);
    let out = souk(folder.path(), &CHECK);
    assert_eq!((out.status.code(), out.stdout.len()), (Some(2), 0));
    for part in ["rules.json: /schema", "rules.json: /rules", "catalog.csv: line 3, list_price"] {
        assert!(told(&out).contains(part), "{part:?} is not in {:?}", told(&out));
    }
}

#[test]
fn a_benchmark_counts_what_it_says() {
    let folder = with_files(&[]);
    let asked = ["bench", "--rules", "50", "--decisions", "5000", "--json"];
    let out = souk(folder.path(), &asked);
    assert_eq!((out.status.code(), told(&out)), (Some(0), String::new()));
    let figures = json_of(&out);
    let keys = [
        "allocations_per_decision",
        "bytes",
        "compile_ms",
        "decisions",
        "ns_per_decision",
        "rules",
    ];
    let object = figures.as_object().unwrap();
    assert_eq!(object.keys().map(String::as_str).collect::<BTreeSet<_>>(), keys.into());
    assert_eq!((&figures["rules"], &figures["decisions"]), (&json!(50), &json!(5_000)));
    assert_eq!(figures["allocations_per_decision"], json!(0.0));
    for measured in ["compile_ms", "ns_per_decision", "bytes"] {
        assert!(figures[measured].as_f64().unwrap() > 0.0, "{figures}");
    }
}
