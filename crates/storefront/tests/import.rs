//! A merchant brings a catalogue in as a file: what is right comes in, what is wrong is told by
//! line, and the whole can be taken back.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::Instant;

use api::Page;
use api::catalog::{ImportReport, ImportRun, Product, ProductState, Published};
use api::customer::CustomerRow;
use api::error::ErrorCode;
use reqwest::Method;
use serde_json::json;
use testkit::{Answer, Client, on_each_engine};

const HEADER: &str = "sku,title,category,list_price,unit_cost,stock\n";
const TWO: &str = "71053,White metal lantern,home/lights,3.39,2.03,24\n\
                   85123A,Heart holder,home/lights,2.95,,\n";

async fn send(client: &Client, query: &str, key: &str, body: Vec<u8>) -> Answer {
    let path = format!("/v1/stores/lantern/catalog/import{query}");
    let response = client
        .request(Method::POST, &path)
        .header("Idempotency-Key", key)
        .header("Content-Type", "text/csv")
        .body(body)
        .send()
        .await
        .expect("the service answers");
    let (status, headers) = (response.status(), response.headers().clone());
    Answer { status, headers, text: response.text().await.expect("a body") }
}

async fn import(client: &Client, query: &str, body: impl Into<Vec<u8>>) -> Answer {
    let key = uuid();
    send(client, query, &key, body.into()).await
}

fn uuid() -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("import-{}", NEXT.fetch_add(1, Ordering::SeqCst))
}

async fn product(client: &Client, sku: &str) -> Product {
    client.get(&format!("/v1/stores/lantern/products/{sku}")).await.expect(200)
}

fn counts(report: &ImportReport) -> (i64, i64, i64, i64) {
    (report.created, report.updated, report.unchanged, report.skipped)
}

#[tokio::test]
async fn a_catalogue_comes_in_changes_and_goes_out_as_it_came() {
    on_each_engine(|service| async move {
        let (owner, _) = service.with_store("lantern").await;
        let file = format!("{HEADER}{TWO}");
        let dry: ImportReport = import(&owner, "?dry_run=true", file.clone()).await.expect(200);
        assert_eq!((counts(&dry), dry.dry_run, dry.import_id), ((2, 0, 0, 0), true, None));
        assert_eq!(dry.preview[0].list_price.minor, 339);
        assert_eq!(dry.categories, ["home/lights"]);
        owner.get("/v1/stores/lantern/products/71053").await.refused(404);

        let first: ImportReport = send(&owner, "", "k1", file.clone().into()).await.expect(200);
        assert_eq!((counts(&first), first.rows), ((2, 0, 0, 0), 2));
        assert!(first.import_id.is_some());
        let again = send(&owner, "", "k1", file.clone().into()).await;
        assert_eq!(again.headers["idempotency-replayed"], "true");
        assert_eq!(again.expect::<ImportReport>(200), first);
        let other = send(&owner, "", "k1", HEADER.into()).await;
        assert_eq!(other.status.as_u16() / 100, 4, "{}", other.text);

        let lantern = product(&owner, "71053").await;
        assert_eq!((lantern.state, lantern.rev, lantern.stock), (ProductState::Draft, 1, Some(24)));
        let same: ImportReport = import(&owner, "", file.clone()).await.expect(200);
        assert_eq!((counts(&same), same.import_id), ((0, 0, 2, 0), None));
        let dearer = file.replace("3.39", "3.50");
        let changed: ImportReport = import(&owner, "?publish=true", dearer).await.expect(200);
        assert_eq!(counts(&changed), (0, 2, 0, 0), "one is dearer, both go on sale");
        let lantern = product(&owner, "71053").await;
        assert_eq!((lantern.state, lantern.rev), (ProductState::Live, 2));
        assert_eq!(lantern.list_price.minor, 350);

        let out = owner.get("/v1/stores/lantern/catalog/export").await;
        assert!(out.headers["content-disposition"].to_str().unwrap().contains("lantern-catalogue"));
        assert!(out.text.contains("71053,White metal lantern,home/lights,3.50,2.03,24,"));
        let back: ImportReport = import(&owner, "", out.text).await.expect(200);
        assert_eq!(counts(&back), (0, 0, 2, 0));
        let log = owner.get("/v1/stores/lantern/audit?limit=100").await.text;
        assert_eq!(log.matches("catalog.import").count(), 2, "one entry an import: {log}");
    })
    .await;
}

#[tokio::test]
async fn imports_are_undone_newest_first_and_never_over_a_later_change() {
    on_each_engine(|service| async move {
        let (owner, _) = service.with_store("lantern").await;
        let undo = |id: String| {
            let owner = owner.clone();
            async move {
                let path = format!("/v1/stores/lantern/catalog/imports/{id}/undo");
                owner.post(&path, &json!(null)).await
            }
        };
        let one: ImportReport = import(&owner, "", format!("{HEADER}{TWO}")).await.expect(200);
        let one = one.import_id.unwrap();
        let dearer = format!("{HEADER}{TWO}22726,Clock,home/clocks,3.75,,\n").replace("3.39", "4");
        let two: ImportReport = import(&owner, "", dearer).await.expect(200);
        assert_eq!(counts(&two), (1, 1, 1, 0));
        let two = two.import_id.unwrap();

        let runs: Vec<ImportRun> =
            owner.get("/v1/stores/lantern/catalog/imports").await.expect(200);
        let can: Vec<_> = runs.iter().map(|run| (run.id.as_str(), run.can_undo)).collect();
        assert_eq!(can, [(two.as_str(), true), (one.as_str(), false)]);
        let refused = undo(one.clone()).await.refused(409);
        assert_eq!(refused.code, ErrorCode::NotAllowedNow);
        assert_eq!(refused.context["skus"], "71053", "{}", refused.message);

        let undone: ImportRun = undo(two.clone()).await.expect(200);
        assert!(undone.undone_at.is_some());
        owner.get("/v1/stores/lantern/products/22726").await.refused(404);
        let lantern = product(&owner, "71053").await;
        assert_eq!((lantern.list_price.minor, lantern.rev), (339, 3));
        assert_eq!(undo(two).await.refused(409).context["state"], "undone");

        // someone changes a product of the first import: now that one stays
        let change = json!({
            "title": "Heart holder", "category": "home/lights", "base_rev": 1,
            "list_price": { "minor": 300, "currency": "GBP" }
        });
        let path = "/v1/stores/lantern/products/85123A";
        owner.put(path, &change).await.expect::<Product>(200);
        assert_eq!(undo(one.clone()).await.refused(409).context["skus"], "85123A");
        assert_eq!(product(&owner, "71053").await.rev, 3, "nothing was half taken back");
        assert_eq!(undo("nothing".into()).await.refused(404).code, ErrorCode::NotFound);
        let report = owner.post("/v1/stores/lantern/audit/verify", &json!({})).await;
        assert!(report.text.contains("\"ok\":true"), "{}", report.text);
    })
    .await;
}

#[tokio::test]
async fn two_undos_in_a_row_leave_the_store_as_it_was() {
    on_each_engine(|service| async move {
        let (owner, _) = service.with_store("lantern").await;
        let mut ids = vec![];
        for price in ["3.39", "3.40", "3.41"] {
            let file = format!("{HEADER}71053,Lantern,home,{price},,\n");
            let report: ImportReport = import(&owner, "", file).await.expect(200);
            ids.push(report.import_id.unwrap());
        }
        for (id, left) in ids.iter().rev().zip([Some(340), Some(339), None]) {
            let path = format!("/v1/stores/lantern/catalog/imports/{id}/undo");
            owner.post(&path, &json!(null)).await.expect::<ImportRun>(200);
            match left {
                Some(price) => assert_eq!(product(&owner, "71053").await.list_price.minor, price),
                None => drop(owner.get("/v1/stores/lantern/products/71053").await.refused(404)),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn wrong_rows_are_told_by_line_and_the_rest_comes_in() {
    on_each_engine(|service| async move {
        let (owner, _) = service.with_store("lantern").await;
        let long = "x".repeat(1_000_000);
        let rows = [
            ("a1,Lamp,home,-1,,", "list_price"),
            ("71053,Again,home,1,,", "sku"),
            ("a3,Lamp,home,abc,,", "list_price"),
            ("a4,,home,1,,", "title"),
            (",Lamp,home,1,,", "sku"),
            ("a6,Lamp,,1,,", "category"),
            ("a7,Lamp,home,1,,many", "stock"),
            ("a8,Lamp,home,$9.50,,", "list_price"),
            (&format!("a9,{long},home,1,,"), "title"),
        ];
        let body: String = rows.iter().map(|(row, _)| format!("{row}\n")).collect();
        let report: ImportReport =
            import(&owner, "", format!("{HEADER}{TWO}{body}")).await.expect(200);
        let refused = i64::try_from(rows.len()).unwrap();
        assert_eq!(counts(&report), (2, 0, 0, refused), "{:?}", report.errors);
        for ((row, column), line) in rows.iter().zip(4..) {
            let row: String = row.chars().take(60).collect();
            let found = report.errors.iter().find(|e| e.line == line);
            let found = found.unwrap_or_else(|| panic!("no error on line {line}: {row}"));
            assert_eq!(&found.column, column, "{row}: {found:?}");
            assert!(found.value.chars().count() <= 81 && !found.expected.is_empty(), "{found:?}");
        }
        let dollars = "sku,title,category,list_price,unit_cost,stock,currency\n\
                       b1,Lamp,home,1,,,USD\nb2,Lamp,home,1,,,GBP\n";
        let report: ImportReport = import(&owner, "", dollars).await.expect(200);
        assert_eq!(counts(&report), (1, 0, 0, 1));
        assert_eq!((report.errors[0].line, report.errors[0].expected.as_str()), (2, "GBP"));
    })
    .await;
}

#[tokio::test]
async fn hostile_text_is_kept_as_text() {
    on_each_engine(|service| async move {
        let (owner, _) = service.with_store("lantern").await;
        let file = format!(
            "{HEADER}c1,\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",home,1,,\n\
             c2,<script>alert(1)</script>,home,1,,\n"
        );
        let report: ImportReport = import(&owner, "", file).await.expect(200);
        assert_eq!((counts(&report), report.warnings_total), ((2, 0, 0, 0), 2));
        assert_eq!(product(&owner, "c2").await.title, "<script>alert(1)</script>");
        let out = owner.get("/v1/stores/lantern/catalog/export").await.text;
        assert!(out.contains("'=HYPERLINK"), "a spreadsheet must not run it: {out}");
        let back: ImportReport = import(&owner, "", out).await.expect(200);
        assert_eq!(counts(&back), (0, 0, 2, 0));
    })
    .await;
}

#[tokio::test]
async fn encodings_are_told_apart_and_what_is_no_catalogue_is_refused() {
    on_each_engine(|service| async move {
        let (owner, _) = service.with_store("lantern").await;
        let text = format!("{HEADER}d1,Théière,home/tea,1,,\n");
        let utf16 = |mark: [u8; 2], unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
            mark.into_iter().chain(text.encode_utf16().flat_map(unit)).collect()
        };
        let latin: Vec<u8> =
            text.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin")).collect();
        for (bytes, encoding) in [
            (text.clone().into_bytes(), "UTF-8"),
            (utf16([0xff, 0xfe], u16::to_le_bytes), "UTF-16LE"),
            (utf16([0xfe, 0xff], u16::to_be_bytes), "UTF-16BE"),
            (latin, "Windows-1252"),
        ] {
            let report: ImportReport = import(&owner, "", bytes).await.expect(200);
            assert_eq!((report.encoding.as_str(), report.skipped), (encoding, 0));
            assert_eq!(product(&owner, "d1").await.title, "Théière", "{encoding}");
        }
        for (bytes, says) in [
            (b"".to_vec(), "empty"),
            (b" \n \n".to_vec(), "empty"),
            (b"PK\x03\x04rest".to_vec(), "workbook"),
            (b"sku,title\na,b\n".to_vec(), "category, list_price"),
            (b"sku,sku,title,category,list_price,unit_cost,stock\n".to_vec(), "twice"),
        ] {
            let refused = import(&owner, "", bytes).await.refused(400);
            assert_eq!(refused.code, ErrorCode::Invalid);
            assert!(refused.message.contains(says), "{}", refused.message);
        }
        let huge = import(&owner, "", vec![b'x'; 50 * 1024 * 1024 + 1]).await.refused(413);
        assert_eq!(huge.code, ErrorCode::TooLarge);
        let keyless = owner
            .request(Method::POST, "/v1/stores/lantern/catalog/import")
            .body(HEADER)
            .send()
            .await
            .expect("an answer");
        assert_eq!(keyless.status(), 400);
    })
    .await;
}

#[tokio::test]
async fn twenty_thousand_rows_come_in_go_on_sale_and_go_again() {
    on_each_engine(|service| async move {
        let (owner, _) = service.with_store("lantern").await;
        let rows: String = (0..20_000)
            .map(|n| format!("s{n:05},Lamp {n},home/lights,{},1.00,5\n", n % 90 + 2))
            .collect();
        let began = Instant::now();
        let report: ImportReport = import(&owner, "", format!("{HEADER}{rows}")).await.expect(200);
        assert_eq!(counts(&report), (20_000, 0, 0, 0));
        eprintln!("{:?}: 20,000 rows in {:?}", service.engine, began.elapsed());
        let published: Published =
            owner.post("/v1/stores/lantern/catalog/publish", &json!({})).await.expect(200);
        assert_eq!(published.published, 20_000);
        assert_eq!(product(&owner, "s19999").await.state, ProductState::Live);
        let out = owner.get("/v1/stores/lantern/catalog/export").await.text;
        assert_eq!(out.lines().count(), 20_001);
        let second = format!("{HEADER}{rows}").replace(",1.00,5", ",1.00,6");
        let report: ImportReport = import(&owner, "", second).await.expect(200);
        assert_eq!(counts(&report), (0, 20_000, 0, 0));
        let path = format!("/v1/stores/lantern/catalog/imports/{}/undo", report.import_id.unwrap());
        owner.post(&path, &json!(null)).await.expect::<ImportRun>(200);
        assert_eq!(product(&owner, "s00000").await.stock, Some(5));
    })
    .await;
}

#[tokio::test]
async fn named_products_go_on_sale_or_none_does() {
    on_each_engine(|service| async move {
        let (owner, _) = service.with_store("lantern").await;
        import(&owner, "", format!("{HEADER}{TWO}")).await.expect::<ImportReport>(200);
        let publish = |skus: serde_json::Value| {
            let owner = owner.clone();
            async move { owner.post("/v1/stores/lantern/catalog/publish", &skus).await }
        };
        let refused = publish(json!({ "skus": ["71053", "nope"] })).await.refused(400);
        assert_eq!(refused.context["sku"], "nope");
        assert_eq!(product(&owner, "71053").await.state, ProductState::Draft);
        for expected in [1, 0] {
            let done: Published = publish(json!({ "skus": ["71053", "71053"] })).await.expect(200);
            assert_eq!(done.published, expected);
        }
        let rest: Published = publish(json!({})).await.expect(200);
        assert_eq!(rest.published, 1);
    })
    .await;
}

#[tokio::test]
async fn customers_are_listed_for_those_who_serve_them() {
    on_each_engine(|service| async move {
        let (owner, _) = service.with_store("lantern").await;
        let page: Page<CustomerRow> =
            owner.get("/v1/stores/lantern/customers?q=maya&limit=5").await.expect(200);
        assert_eq!((page.items.len(), page.total, page.next), (0, Some(0), None));
        owner.get("/v1/stores/lantern/customers?limit=0").await.refused(400);
        owner.get("/v1/stores/lantern/customers?after=x").await.refused(400);
        owner.get("/v1/stores/lantern/customers/c1").await.refused(404);
        service.anonymous().get("/v1/stores/lantern/customers").await.refused(401);
    })
    .await;
}
