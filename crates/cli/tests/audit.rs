//! `souk audit verify` on data that somebody has been at: nothing passes for whole that is not.

// a test tells what is wrong by panicking, its own functions too
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::Path;
use std::process::Command;

use serde_json::Value;
use testkit::{Engine, Service};

fn verify(data: &Path) -> (Option<i32>, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_souk"))
        .args(["audit", "verify", "--json", "--data"])
        .arg(data)
        .env_remove("SOUK_DATABASE")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (out.status.code(), text(out.stdout), text(out.stderr))
}

/// A stopped service with one store, after somebody has run this on its database.
async fn after(sql: &'static str) -> (Option<i32>, Value) {
    let mut service = Service::start(Engine::Sqlite).await;
    service.with_store("lantern").await;
    service.change_database(sql).await;
    service.stop().await;
    let (code, out, told) = verify(&service.config.data_dir);
    (code, serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out} {told}")))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_to_the_database_is_found() {
    let (code, whole) = after("SELECT 1").await;
    assert_eq!((code, &whole["ok"]), (Some(0), &Value::Bool(true)), "{whole}");
    for (sql, seq) in [
        ("UPDATE audit SET entry = CAST(X'7BFF7D' AS TEXT) WHERE seq = 1", 1),
        ("INSERT INTO audit SELECT store_id, -7, entry, what, hash FROM audit WHERE seq = 1", 1),
        ("INSERT INTO audit SELECT store_id, 0, entry, what, hash FROM audit WHERE seq = 1", 1),
        ("PRAGMA foreign_keys = OFF; DELETE FROM stores", 0),
    ] {
        let (code, report) = after(sql).await;
        assert_eq!((code, &report["ok"]), (Some(1), &Value::Bool(false)), "{sql}: {report}");
        let faults = report["stores"][0]["report"]["faults"].as_array().unwrap();
        assert!(faults.iter().any(|fault| fault["seq"] == seq), "{sql}: {report}");
    }
}

#[test]
fn a_folder_without_data_is_no_sound_log_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("typo");
    let (code, out, told) = verify(&nowhere);
    assert_eq!((code, out.as_str()), (Some(2), ""), "{told}");
    assert!(told.contains("no Souk database here"), "{told}");
    assert!(!nowhere.exists());
}
