//! `souk serve` ended: killed while a catalogue comes in, and asked to stop with lines still open;
//! and what it wrote into its log meanwhile.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use api::catalog::{ImportReport, ImportRun, ImportUnderWay};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{Connection, Executor, SqliteConnection};
use testkit::Client;

const ROWS: usize = 12_000;
const AT: &str = "/v1/stores/lantern/catalog";

/// A served folder; killed when dropped.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts `souk serve`; gives its address and the lines that it printed.
fn serve(data: &Path) -> (Served, String, Option<String>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_souk"))
        .args(["serve", "--listen", "127.0.0.1:0", "--rate-limit", "0", "--data"])
        .arg(data)
        .env_remove("SOUK_DATABASE")
        .stdout(Stdio::piped())
        .stderr(File::create(data.join("log")).unwrap())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    let base = first.strip_prefix("souk listens on ").unwrap().to_owned();
    // the setup code is printed only where there is no store
    let empty = !data.join("has-store").exists();
    let code = empty.then(|| lines.next().unwrap().unwrap());
    let code = code.map(|line| line.rsplit(' ').next().unwrap().to_owned());
    (Served(child), base, code)
}

/// Makes the store `lantern`; its owner's token.
async fn set_up(base: &str, code: &str) -> String {
    let setup = json!({
        "slug": "lantern", "owner_name": "Sam Okafor", "owner_email": "sam@lantern.example",
        "owner_password": "correct horse battery",
        "profile": {
            "name": "Lantern & Lark", "currency": "GBP", "timezone": "Europe/London",
            "country": "GB", "contact_email": "hello@lantern.example", "language": "en",
            "tone": "warm"
        }
    });
    let stranger = Client::new(base, None).with_header("X-Setup-Code", code);
    let owner: Value = stranger.post("/v1/setup", &setup).await.expect(201);
    owner["token"].as_str().unwrap().to_owned()
}

/// Whoever asks why an answer failed finds its line in the log by the answer's id.
#[tokio::test(flavor = "multi_thread")]
async fn a_failure_is_found_in_the_log_by_the_id_of_its_answer() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let (served, base, code) = serve(data);
    let client = Client::new(&base, Some(set_up(&base, &code.unwrap()).await));
    let file = format!("sqlite://{}", data.join("souk.db").display());
    let mut database = SqliteConnection::connect(&file).await.unwrap();
    database.execute("ALTER TABLE products RENAME TO lost").await.unwrap();
    database.close().await.unwrap();
    let failed = client.get("/v1/stores/lantern/products").await;
    assert_eq!(failed.status, 500, "{}", failed.text);
    let id = failed.headers["x-request-id"].to_str().unwrap().to_owned();
    drop(served);
    let log = std::fs::read_to_string(data.join("log")).unwrap();
    let lines = log.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let told: Vec<Value> = lines.filter(|line| line["span"]["id"] == id).collect();
    assert!(!told.is_empty(), "no line has {id}: {log}");
    assert!(told.iter().all(|line| line["span"]["method"] == "GET"), "{told:?}");
}

async fn import(client: &Client) -> Result<(u16, String), reqwest::Error> {
    let line = |n: usize| format!("s{n:05},Lamp {n},home/lights,{},1.00,5\n", n % 90 + 2);
    let rows: String = (0..ROWS).map(line).collect();
    let response = client
        .request(Method::POST, &format!("{AT}/import"))
        .header("Idempotency-Key", "the import")
        .body(format!("sku,title,category,list_price,unit_cost,stock\n{rows}"))
        .send()
        .await?;
    Ok((response.status().as_u16(), response.text().await?))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_cut_by_a_kill_goes_on_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let (killed, base, code) = serve(data);
    let token = set_up(&base, &code.unwrap()).await;
    std::fs::write(data.join("has-store"), "").unwrap();
    let client = Client::new(&base, Some(token.clone()));
    let cut = tokio::spawn({
        let client = client.clone();
        async move { import(&client).await }
    });
    loop {
        let now: Option<ImportUnderWay> =
            client.get(&format!("{AT}/imports/under-way")).await.expect(200);
        if now.is_some_and(|now| now.done > 0) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    drop(killed);
    assert!(cut.await.unwrap().is_err(), "the answer never came");

    // half a minute passes
    let file = format!("sqlite://{}", data.join("souk.db").display());
    let mut database = SqliteConnection::connect(&file).await.unwrap();
    let half: (i64,) =
        sqlx::query_as("SELECT COUNT(*) FROM products").fetch_one(&mut database).await.unwrap();
    assert!(half.0 > 0 && half.0 < 12_000, "killed in the middle: {half:?}");
    database.execute("UPDATE imports_under_way SET touched_at = touched_at - 40000").await.unwrap();
    database.close().await.unwrap();

    let (served, base, _) = serve(data);
    let client = Client::new(&base, Some(token));
    let (status, body) = import(&client).await.unwrap();
    assert_eq!(status, 200, "{body}");
    let report: ImportReport = serde_json::from_str(&body).unwrap();
    assert_eq!((report.created, report.updated, report.unchanged), (12_000, 0, 0));
    let undo = format!("{AT}/imports/{}/undo", report.import_id.unwrap());
    let undone: ImportRun = client.post(&undo, &Value::Null).await.expect(200);
    assert!(undone.undone_at.is_some());
    let left = client.get("/v1/stores/lantern/products").await;
    assert_eq!(left.expect::<Value>(200)["total"], 0);
    let sound = client.post("/v1/stores/lantern/audit/verify", &json!({})).await;
    assert!(sound.text.contains("\"ok\":true"), "{}", sound.text);
    drop(served);
}

/// SIGTERM, as a supervisor or an update sends it, with a live channel and an idle line open.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn asked_to_stop_it_ends_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let (mut served, base, code) = serve(folder.path());
    let token = set_up(&base, &code.unwrap()).await;
    let address = base.strip_prefix("http://").unwrap();
    let head = |path: &str, more: &str| {
        format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n{more}\r\n"
        )
    };
    let ask = |request: String| {
        let mut line = TcpStream::connect(address).unwrap();
        line.write_all(request.as_bytes()).unwrap();
        let mut status = [0; 12];
        line.read_exact(&mut status).unwrap();
        (line, String::from_utf8(status.to_vec()).unwrap())
    };
    let (mut idle, status) = ask(head("/healthz", ""));
    assert_eq!(status, "HTTP/1.1 200");
    let upgrade = format!(
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: souk.v1, {token}\r\n"
    );
    let (mut live, status) = ask(head("/v1/stores/lantern/live", &upgrade));
    assert_eq!(status, "HTTP/1.1 101");

    let pid = served.0.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    let ended = served.0.wait().unwrap();
    assert_eq!(ended.code(), Some(0), "{ended}");
    for line in [&mut idle, &mut live] {
        let _ = line.read_to_end(&mut Vec::new());
        assert!(line.read(&mut [0]).is_ok_and(|read| read == 0), "the line was closed");
    }
    let rest = std::fs::metadata(folder.path().join("souk.db-wal")).map_or(0, |wal| wal.len());
    assert_eq!(rest, 0, "everything was brought into the database's file");
}
