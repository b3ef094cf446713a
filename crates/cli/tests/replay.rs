//! `souk rules replay` from files, and rule sets into a store and out of it.

// a test tells what is wrong by panicking, its own functions too
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use testkit::{Engine, Service};

const RULES: &str = r#"{"schema": "souk.rules/1", "currency": "GBP", "timezone": "Europe/London",
  "rules": [{"id": "all", "guardrails": {"floor": {"of_list": "0.80"}}},
    {"id": "lights", "when": {"category": {"any_of": ["home/lights"]}},
     "guardrails": {"ceiling": {"of_list": "1.10"}}, "policy": {"target": {"of_list": "0.95"}}}]}"#;
const OLD: &str = r#"{"schema": "souk.rules/1", "currency": "GBP", "timezone": "Europe/London",
  "rules": [{"id": "all", "guardrails": {"floor": {"margin": "0.10"}}}]}"#;
const CATALOG: &str = "sku,title,category,list_price,unit_cost,stock\n\
    84945,Lantern,home/lights,5.00,3.00,12\n22726,Clock,home/clocks,4.00,,\n";
const ORDERS: &str = "order_id,placed_at,sku,quantity,unit_price,customer_id,country,channel,segments\n\
    A1,2011-11-07T10:00:00Z,84945,10,3.50,17850,GB,web,vip\n\
    A1,2011-11-07T10:00:00Z,22726,1,4.50,17850,GB,web,vip\n\
    A2,2011-12-07T10:00:00Z,84945,2,6.00,,IE,web,\n\
    C2,2011-12-07T10:00:00Z,84945,-2,6.00,,IE,web,\n";

fn souk(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_souk"))
        .current_dir(folder)
        .arg("rules")
        .args(args)
        .env_remove("SOUK_DATABASE")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn files(rules: &str, catalog: &str, orders: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in
        [("rules.json", rules), ("old.json", OLD), ("catalog.csv", catalog), ("orders.csv", orders)]
    {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

const ASK: [&str; 6] =
    ["replay", "rules.json", "--catalog", "catalog.csv", "--orders", "orders.csv"];

#[test]
fn past_orders_are_replayed_against_the_rules_before() {
    let folder = files(RULES, CATALOG, ORDERS);
    let out = souk(folder.path(), &[&ASK[..], &["--baseline", "old.json", "--json"]].concat());
    assert_eq!((out.status.code(), text(&out.stderr)), (Some(0), String::new()));
    let replay: Value = serde_json::from_str(&text(&out.stdout)).unwrap();
    let all = &replay["overall"];
    // 10 × 3.50 + 4.50 + 2 × 6.00; 10 × 4.00 + 4.50 + 2 × 5.50
    assert_eq!((&all["lines"], &all["raised"], &all["lowered"]), (&3.into(), &1.into(), &1.into()));
    assert_eq!(all["revenue_before"], "51.50");
    assert_eq!(all["revenue_after"], "55.50");
    assert_eq!(all["margin_before"], "11.00");
    assert_eq!(all["margin_after"], "15.00");
    assert_eq!(all["bands"]["accept"], 2);
    assert_eq!(replay["left_out"]["quantity"], 1);
    assert_eq!(replay["by_month"]["2011-11"]["lines"], 2);
    // 3.00 / 0.90 up is 3.34; the clock has no cost
    assert_eq!(replay["baseline"]["unchanged"], 2);
    assert_eq!(replay["baseline"]["blocked"]["missing_cost"], 1);
    assert!(replay["elapsed_ms"].is_u64());

    let out = souk(folder.path(), &[&ASK[..], &["--elasticity", "-1", "--json"]].concat());
    let replay: Value = serde_json::from_str(&text(&out.stdout)).unwrap();
    // at -1 what is spent stays the same
    assert_eq!(replay["overall"]["revenue_after"], "51.50");
    assert_eq!(replay["baseline"], Value::Null);

    let out = souk(folder.path(), &ASK);
    let words = text(&out.stdout);
    for said in ["3 lines replayed", "1 left out: quantity", "+7.8 %", "2011-12", "home/clocks"] {
        assert!(words.contains(said), "{said} in {words}");
    }
}

#[test]
fn what_cannot_be_replayed_is_told_by_file_and_place_and_ends_with_2() {
    let check = |orders: &str, more: &[&str], said: &[&str]| {
        let folder = files(RULES, CATALOG, orders);
        let out = souk(folder.path(), &[&ASK[..], more].concat());
        assert_eq!((out.status.code(), text(&out.stdout)), (Some(2), String::new()));
        for said in said {
            assert!(text(&out.stderr).contains(said), "{said} in {}", text(&out.stderr));
        }
    };
    let torn = ORDERS.replace("2011-12-07T10:00:00Z,84945,2", "7.12.2011,84945,2");
    check(&torn, &[], &["orders.csv: line 4, placed_at", "expected an RFC 3339 instant"]);
    check("", &[], &["orders.csv: line 1", "expected the header order_id,"]);
    check(ORDERS, &["--elasticity", "much"], &["--elasticity much", "expected"]);
    check(ORDERS, &["--baseline", "none.json"], &["none.json", "expected a souk.rules/1"]);
    let folder = files(RULES, CATALOG, ORDERS);
    fs::write(folder.path().join("old.json"), OLD.replace("GBP", "JPY")).unwrap();
    let out = souk(folder.path(), &[&ASK[..], &["--baseline", "old.json"]].concat());
    assert_eq!(out.status.code(), Some(2));
    let told = text(&out.stderr);
    assert!(told.contains("old.json: /currency: JPY; expected GBP"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_set_goes_into_a_store_and_out_of_it_the_same() {
    let mut service = Service::start(Engine::Sqlite).await;
    service.with_store("lantern").await;
    service.stop().await;
    let data = service.config.data_dir.clone();
    let folder = files(RULES, CATALOG, ORDERS);
    let run = |args: &[&str]| {
        let place = ["--data", data.to_str().unwrap()];
        let out = souk(folder.path(), &[args, &place].concat());
        (out.status.code(), text(&out.stdout), text(&out.stderr))
    };
    let outcome = || {
        let (code, out, told) = run(&["import", "rules.json", "--name", "Autumn", "--json"]);
        assert_eq!(code, Some(0), "{told}");
        let report: Value = serde_json::from_str(&out).unwrap();
        report["outcome"].as_str().unwrap().to_owned()
    };
    assert_eq!(outcome(), "created");
    assert_eq!(outcome(), "unchanged");

    let (code, out, _) = run(&["export", "Autumn"]);
    assert_eq!(code, Some(0));
    let [went, came] = [RULES, &out].map(|document| pricing::RuleSet::parse(document).unwrap());
    assert_eq!(came, went);
    assert!(out.contains("\n        \"floor\": {\"of_list\":\"0.80\"}\n"), "a key a line: {out}");
    fs::write(folder.path().join("rules.json"), out.replace("0.80", "0.85")).unwrap();
    assert_eq!(outcome(), "changed");
    assert_eq!(run(&["export", "Autumn"]).1, out.replace("0.80", "0.85"));

    let (code, _, told) = run(&["export"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("no rule set is active"), "{told}");
    let (_, _, told) = run(&["export", "Spring"]);
    assert!(told.contains("\"Spring\"") && told.contains("Autumn"), "{told}");
    fs::write(folder.path().join("rules.json"), RULES.replace("GBP", "EUR")).unwrap();
    let (code, _, told) = run(&["import", "rules.json", "--name", "Autumn"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("the rules are in EUR, the store sells in GBP"), "{told}");
}

#[test]
fn documents_and_orders_may_come_through_a_pipe() {
    let folder = files(RULES, CATALOG, ORDERS);
    let piped = |args: &[&str], input: &str| {
        let mut souk = Command::new(env!("CARGO_BIN_EXE_souk"))
            .current_dir(folder.path())
            .arg("rules")
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        souk.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let out = souk.wait_with_output().unwrap();
        (out.status.code(), text(&out.stdout), text(&out.stderr))
    };
    let without_time = |(code, out, told): (Option<i32>, String, String)| {
        let mut replay: Value = serde_json::from_str(&out).unwrap();
        replay["elapsed_ms"].take();
        (code, replay, told)
    };
    let by_files = without_time(piped(&[&ASK[..], &["--json"]].concat(), ""));
    let orders = ["replay", "rules.json", "--catalog", "catalog.csv", "--orders", "-", "--json"];
    assert_eq!(without_time(piped(&orders, ORDERS)), by_files);
    let rules = ["replay", "-", "--catalog", "catalog.csv", "--orders", "orders.csv", "--json"];
    assert_eq!(without_time(piped(&rules, RULES)), by_files);
    assert_eq!(piped(&["check", "-"], RULES).0, Some(0));

    let refused = |args: &[&str], input: &str, said: &str| {
        let (code, out, told) = piped(args, input);
        assert_eq!((code, out), (Some(2), String::new()));
        assert!(told.contains(said), "{said} in {told}");
    };
    refused(&["check", "-"], &RULES.replace("0.80", "much"), "standard input: /rules/0/");
    refused(&orders, "", "standard input: line 1");
    let twice = ["replay", "-", "--catalog", "catalog.csv", "--orders", "-"];
    refused(&twice, "", "expected `-` once");
    refused(&["import", "-", "--data", "none"], "", "expected --name");
}

#[test]
fn a_reader_that_has_seen_enough_may_close_the_pipe() {
    let folder = files(RULES, CATALOG, ORDERS);
    let check = |args: &[&str]| {
        let mut souk = Command::new(env!("CARGO_BIN_EXE_souk"))
            .current_dir(folder.path())
            .arg("rules")
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(souk.stdout.take());
        let out = souk.wait_with_output().unwrap();
        assert_eq!((out.status.code(), text(&out.stderr)), (Some(0), String::new()), "{args:?}");
    };
    check(&["schema"]);
    check(&ASK);
    check(&["check", "rules.json"]);
    check(&["bench", "--rules", "10", "--decisions", "10"]);
}
