//! A long file comes in a part at a time: others write between the parts, a repeat waits for the
//! answer, and a process that ends in the middle loses nothing.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::Duration;

use api::catalog::{ImportReport, ImportRun, ImportUnderWay, Product};
use api::error::ErrorCode;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, on_each_engine};

const HEADER: &str = "sku,title,category,list_price,unit_cost,stock\n";
const ROWS: usize = 6_000;
const AT: &str = "/v1/stores/lantern";

fn file(rows: usize, cost: &str) -> String {
    let line = |n: usize| format!("s{n:05},Lamp {n},home/lights,{},{cost},5\n", n % 90 + 2);
    format!("{HEADER}{}", (0..rows).map(line).collect::<String>())
}

async fn import(client: &Client, key: &str, body: String) -> Answer {
    let path = format!("{AT}/catalog/import");
    let request = client.request(Method::POST, &path).header("Idempotency-Key", key).body(body);
    let response = request.send().await.expect("the service answers");
    let (status, headers) = (response.status(), response.headers().clone());
    Answer { status, headers, text: response.text().await.expect("a body") }
}

async fn under_way(client: &Client) -> Option<ImportUnderWay> {
    client.get(&format!("{AT}/catalog/imports/under-way")).await.expect(200)
}

/// Waits until some rows of an import are in.
async fn in_the_middle(client: &Client) -> ImportUnderWay {
    loop {
        if let Some(now) = under_way(client).await.filter(|now| now.done > 0) {
            return now;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn product(client: &Client, sku: &str) -> Product {
    client.get(&format!("{AT}/products/{sku}")).await.expect(200)
}

#[tokio::test(flavor = "multi_thread")]
async fn others_write_between_the_parts_and_nothing_of_either_is_lost() {
    on_each_engine(|service| async move {
        let (owner, _) = service.with_store("lantern").await;
        let long = file(ROWS, "1.00");
        let work = tokio::spawn({
            let (owner, long) = (owner.clone(), long.clone());
            async move { import(&owner, "long", long).await }
        });
        let now = in_the_middle(&owner).await;
        assert_eq!((now.rows, now.by.as_str()), (6_000, "Sam Okafor"));
        // someone else's product is made and changed while the file comes in
        let path = format!("{AT}/products/mine");
        let mut rev = 0;
        let mut between = 0;
        while let Some(now) = under_way(&owner).await {
            let change = json!({
                "title": "Mine", "category": "home/mine", "base_rev": rev,
                "list_price": { "minor": 500 + rev, "currency": "GBP" }
            });
            rev = owner.put(&path, &change).await.expect::<Product>(200).rev;
            between += i64::from(now.done < now.rows);
        }
        assert!(between > 1, "nobody could write while the file came in");
        // a second file has to wait; the same request again gets the first one's answer
        let report: ImportReport = work.await.unwrap().expect(200);
        assert_eq!((report.created, report.skipped), (6_000, 0));
        let again = import(&owner, "long", long).await;
        assert_eq!(again.headers["idempotency-replayed"], "true");
        assert_eq!(again.expect::<ImportReport>(200), report);
        assert_eq!(product(&owner, "mine").await.rev, rev);
        let log = owner.get(&format!("{AT}/audit?limit=200")).await.text;
        assert_eq!(log.matches("\"catalog.import\"").count(), 1, "one entry for all parts");

        let undo = format!("{AT}/catalog/imports/{}/undo", report.import_id.unwrap());
        owner.post(&undo, &Value::Null).await.expect::<ImportRun>(200);
        owner.get(&format!("{AT}/products/s00000")).await.refused(404);
        owner.get(&format!("{AT}/products/s05999")).await.refused(404);
        assert_eq!(product(&owner, "mine").await.rev, rev);
        let sound = owner.post(&format!("{AT}/audit/verify"), &json!({})).await;
        assert!(sound.text.contains("\"ok\":true"), "{}", sound.text);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_file_waits_its_turn_and_a_repeat_waits_for_the_first_answer() {
    on_each_engine(|service| async move {
        let (owner, _) = service.with_store("lantern").await;
        let send = |key: &'static str, body: String| {
            let owner = owner.clone();
            tokio::spawn(async move { import(&owner, key, body).await })
        };
        let first = send("one", file(ROWS, "1.00"));
        in_the_middle(&owner).await;
        let second = import(&owner, "two", file(3, "2.00")).await.refused(409);
        assert_eq!(second.code, ErrorCode::NotAllowedNow);
        assert!(second.message.contains("of 6000 rows"), "{}", second.message);
        let repeat = send("one", file(ROWS, "1.00")).await.unwrap();
        assert_eq!(repeat.headers["idempotency-replayed"], "true");
        let first: ImportReport = first.await.unwrap().expect(200);
        assert_eq!(repeat.expect::<ImportReport>(200), first);
        let second: ImportReport = import(&owner, "two", file(3, "2.00")).await.expect(200);
        assert_eq!((second.created, second.updated), (0, 3));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_in_the_middle_keeps_what_came_in_and_the_rest_comes_after() {
    on_each_engine(|mut service| async move {
        let (owner, _) = service.with_store("lantern").await;
        let work = tokio::spawn({
            let owner = owner.clone();
            async move { import(&owner, "stopped", file(ROWS, "1.00")).await }
        });
        in_the_middle(&owner).await;
        service.restart().await;
        let told = work.await.unwrap().refused(409);
        assert_eq!(told.context["state"], "importing", "{}", told.message);
        // what the stop left goes on by itself; the same request waits for its end
        let report: ImportReport = import(&owner, "stopped", file(ROWS, "1.00")).await.expect(200);
        assert_eq!((report.created, report.updated, report.unchanged), (6_000, 0, 0));
        assert_eq!(under_way(&owner).await, None);
        let runs: Vec<ImportRun> = owner.get(&format!("{AT}/catalog/imports")).await.expect(200);
        assert_eq!((runs.len(), runs[0].created, runs[0].can_undo), (1, 6_000, true));
    })
    .await;
}
