//! `souk catalog` on real data whose service does not run.

// a test tells what is wrong by panicking, its own functions too
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use testkit::{Engine, Service};

const FILE: &str = "sku,title,category,list_price,unit_cost,stock\n\
    71053,White metal lantern,home/lights,3.39,2.03,24\n\
    85123A,\"Heart, holder\",home/lights,2.95,,\n";

const RULES: &str = r#"{"schema": "souk.rules/1", "currency": "GBP", "timezone": "UTC",
  "rules": [{"id": "all", "guardrails": {"max_discount": "0.25"}}]}"#;

/// The file with its lines in the order of the SKU, as they go out.
fn in_order(file: &str) -> String {
    let (head, rows) = file.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.sort_unstable();
    format!("{head}\r\n{}\r\n", rows.join("\r\n"))
}

fn souk(data: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_souk"))
        .arg("catalog")
        .args(args)
        .arg("--data")
        .arg(data)
        .env_remove("SOUK_DATABASE")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (out.status.code(), text(out.stdout), text(out.stderr))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_catalogue_goes_in_and_out_while_the_service_is_down() {
    let mut service = Service::start(Engine::Sqlite).await;
    service.with_store("lantern").await;
    service.stop().await;
    let data = service.config.data_dir.clone();
    let file = data.join("products.csv");
    fs::write(&file, FILE).unwrap();
    let name = file.to_str().unwrap();
    let import = |more: &[&str]| {
        let (code, out, told) = souk(&data, &[&["import", name, "--json"], more].concat());
        let report: Value = serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {told}"));
        (
            code,
            [&report["created"], &report["unchanged"], &report["skipped"]].map(|n| n.as_i64()),
            report,
        )
    };
    assert_eq!(import(&["--dry-run"]).1, [Some(2), Some(0), Some(0)]);
    let (code, counts, report) = import(&["--publish", "--store", "lantern", "--format", "souk"]);
    assert_eq!((code, counts), (Some(0), [Some(2), Some(0), Some(0)]));
    assert!(report["import_id"].is_string());

    let (code, out, _) = souk(&data, &["export"]);
    assert_eq!(code, Some(0));
    assert!(out.contains("85123A,\"Heart, holder\",home/lights,2.95,,,"), "{out}");
    // the layout that `souk rules` reads is read by it
    let (code, for_rules, _) = souk(&data, &["export", "--format", "rules"]);
    assert_eq!((code, &for_rules), (Some(0), &in_order(FILE)));
    let (rules, priced) = (data.join("rules.json"), data.join("priced.csv"));
    fs::write(&rules, RULES).unwrap();
    fs::write(&priced, &for_rules).unwrap();
    let check = Command::new(env!("CARGO_BIN_EXE_souk"))
        .args(["rules", "check"])
        .args([rules.as_os_str(), "--catalog".as_ref(), priced.as_os_str()])
        .output()
        .unwrap();
    assert_eq!(check.status.code(), Some(0), "{}", String::from_utf8_lossy(&check.stderr));

    fs::write(&file, &out).unwrap();
    assert_eq!(import(&[]).1, [Some(0), Some(2), Some(0)], "what went out comes back the same");

    fs::write(&file, format!("{FILE}1,Bad,home,-3,,\n2,Good,home,3,,\n")).unwrap();
    let (code, counts, report) = import(&[]);
    assert_eq!((code, counts), (Some(1), [Some(1), Some(2), Some(1)]));
    assert_eq!(report["errors"][0]["line"], 4);
    let (code, words, _) = souk(&data, &["import", name]);
    assert_eq!(code, Some(1));
    assert!(words.contains("error on line 4, list_price"), "{words}");

    for (content, says) in [("", "empty"), ("sku,title\n", "missing columns"), ("%PDF-1.7", "PDF")]
    {
        fs::write(&file, content).unwrap();
        let (code, _, told) = souk(&data, &["import", name]);
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains(says) && told.contains("products.csv"), "{told}");
    }
    let (code, _, told) = souk(&data, &["export", "--store", "other"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("other") && told.contains("lantern"), "{told}");

    service.restart().await;
    let shop = service.anonymous().get("/s/lantern/p/71053").await;
    assert!(shop.text.contains("White metal lantern"), "{}", shop.status);
}

/// A script that asked for JSON reads faults as JSON, whether the words, the data or the database
/// are wrong; what follows `mysql://` may hold a password.
#[test]
fn faults_of_a_command_that_speaks_json_are_json() {
    let empty = tempfile::tempdir().unwrap();
    let data = empty.path().to_str().unwrap();
    let elsewhere = "mysql://root:hunter2@db.example/souk";
    for (args, says) in [
        (vec!["catalog", "import", "nowhere.csv", "--data", data, "--json"], "nowhere.csv"),
        (vec!["catalog", "import", "--json", "--data", data], "required"),
        (vec!["rules", "check", "no.json", "--json"], "no.json: cannot be read"),
        (vec!["audit", "verify", "--data", data, "--json"], "demo-data"),
        (
            vec!["demo-data", "--data", data, "--database", elsewhere, "--json"],
            "databases are sqlite:FILE and postgres://",
        ),
    ] {
        let run = Command::new(env!("CARGO_BIN_EXE_souk"))
            .args(&args)
            .env_remove("SOUK_DATABASE")
            .output()
            .unwrap();
        assert_eq!((run.status.code(), run.stdout.len()), (Some(2), 0), "{args:?}");
        let told = String::from_utf8(run.stderr).unwrap();
        let told: Value =
            serde_json::from_str(&told).unwrap_or_else(|_| panic!("{args:?}: {told}"));
        let faults = told["faults"].to_string();
        assert!(faults.contains(says) && !faults.contains("hunter2"), "{args:?}: {told}");
    }
    let serve = ["serve", "--listen", "127.0.0.1:0", "--data", data, "--database", elsewhere];
    let run = Command::new(env!("CARGO_BIN_EXE_souk")).args(serve).output().unwrap();
    let told = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2), "{told}");
    assert!(told.contains("souk: ") && told.contains("postgres://USER@HOST/NAME"), "{told}");
    assert!(!told.contains("hunter2"), "{told}");
}

#[test]
fn a_second_sample_store_says_that_it_is_one_more() {
    let folder = tempfile::tempdir().unwrap();
    let make = || {
        let run = Command::new(env!("CARGO_BIN_EXE_souk"))
            .args(["demo-data", "--data", folder.path().to_str().unwrap()])
            .env_remove("SOUK_DATABASE")
            .output()
            .unwrap();
        assert!(run.status.success());
        String::from_utf8(run.stdout).unwrap()
    };
    let first = make();
    let file = format!("sqlite://{}", folder.path().join("souk.db").display());
    let elsewhere = folder.path().join("key");
    fs::create_dir(&elsewhere).unwrap();
    fs::copy(folder.path().join("master.key"), elsewhere.join("master.key")).unwrap();
    let named = ["catalog", "export", "--database", &file, "--data", elsewhere.to_str().unwrap()];
    let named = Command::new(env!("CARGO_BIN_EXE_souk")).args(named).output().unwrap();
    assert_eq!(String::from_utf8(named.stdout).unwrap().lines().count(), 3_169);
    assert!(first.contains("lantern-and-lark\n") && !first.contains("one more"), "{first}");
    let second = make();
    assert!(second.contains("lantern-and-lark-2\n") && second.contains("one more"), "{second}");
}

#[test]
fn a_stranger_is_told_what_to_do_first() {
    let empty = tempfile::tempdir().unwrap();
    let (code, _, told) = souk(empty.path(), &["export"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("demo-data"), "{told}");
    assert_eq!(fs::read_dir(empty.path()).unwrap().count(), 0, "and nothing is made");
    let (code, _, told) = souk(empty.path(), &["import", "nowhere.csv"]);
    assert_eq!(code, Some(2));
    assert!(told.contains("nowhere.csv: cannot be read"), "{told}");
}
