//! Amounts that are kept stay what they were: the currency under them, the sum of an order that is
//! paid for again, what a customer has bought; and counting them all reads page by page.

use api::shop::PlacedOrder;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};
use testkit::{Client, Engine, Market, Service, checkout, gbp, on_each_engine};

async fn behind_its_back(service: &Service, sql: &str) {
    let url = service.config.database.replace("sqlite:", "sqlite://");
    let sql = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
    match service.engine {
        Engine::Sqlite => {
            SqliteConnection::connect(&url).await.unwrap().execute(sql).await.map(drop)
        }
        Engine::Postgres => PgConnection::connect(&url).await.unwrap().execute(sql).await.map(drop),
    }
    .unwrap();
}

async fn put_profile(owner: &Client, change: impl Fn(&mut Value)) -> testkit::Answer {
    let now: Value = owner.get("/v1/stores/lantern").await.expect(200);
    let mut profile = now["profile"].clone();
    change(&mut profile);
    let body = json!({ "profile": profile, "base_rev": now["rev"] });
    owner.put("/v1/stores/lantern/profile", &body).await
}

#[tokio::test]
async fn the_currency_stays_once_there_are_amounts_in_it() {
    on_each_engine(|service| async move {
        let (owner, _) = service.with_store("lantern").await;
        let to = |currency: &'static str| {
            move |profile: &mut Value| {
                profile["currency"] = json!(currency);
            }
        };
        assert_eq!(put_profile(&owner, to("EUR")).await.status, 200);
        assert_eq!(put_profile(&owner, to("GBP")).await.status, 200);
        let lamp = json!({
            "title": "Lantern", "category": "home", "list_price": gbp(1200), "base_rev": 0
        });
        let _: Value = owner.put("/v1/stores/lantern/products/L", &lamp).await.expect(200);
        for currency in ["JPY", ""] {
            let refused = put_profile(&owner, to(currency)).await.refused(400);
            assert_eq!(refused.context["field"], "currency", "{currency:?}");
            let now: Value = owner.get("/v1/stores/lantern").await.expect(200);
            let push = json!({ "mutations": [{
                "id": uuid::Uuid::now_v7().to_string(), "entity": "store", "key": "profile",
                "base_rev": now["rev"], "patch": { "currency": currency }, "base": {}
            }] });
            let pushed = owner.post("/v1/stores/lantern/sync/push", &push).await;
            assert!(pushed.text.contains("The currency stays GBP"), "{}", pushed.text);
        }
        let now: Value = owner.get("/v1/stores/lantern").await.expect(200);
        assert_eq!(now["profile"]["currency"], "GBP");
        let renamed = put_profile(&owner, |profile| profile["name"] = json!("Lark")).await;
        assert_eq!(renamed.status, 200, "{}", renamed.text);
    })
    .await;
}

#[tokio::test]
async fn who_pays_again_with_another_delivery_pays_its_price() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let maya = market.visitor().await;
        let token = market.deal(&maya, "LIGHT", 1).await.deal.unwrap().token;
        market.check_out(&maya, Some(&token), "timeout").await.refused(402);
        let mut form = checkout(Some(&token), "timeout");
        form["delivery"] = json!("express");
        maya.post(&market.shop("checkout"), &form).await.refused(402);
        let id = order_id(&market).await;
        let path = market.at(&format!("orders/{id}"));
        let waits: Value = market.owner.get(&path).await.expect(200);
        assert_eq!((&waits["delivery"], &waits["row"]["total"]), (&gbp(795), &gbp(1080 + 795)));
        // and back again
        let paid: PlacedOrder = market.check_out(&maya, Some(&token), "approve").await.expect(201);
        assert_eq!(json!(paid.total), gbp(1080 + 395));
        let seen: Value = market.owner.get(&path).await.expect(200);
        assert_eq!((&seen["delivery"], &seen["goods"]), (&gbp(395), &gbp(1080)));
    })
    .await;
}

async fn order_id(market: &Market) -> String {
    let orders: Value = market.owner.get(&market.at("orders")).await.expect(200);
    orders["items"][0]["id"].as_str().unwrap().to_owned()
}

async fn buy(market: &Market, quantity: i64) -> PlacedOrder {
    let buyer = market.visitor().await;
    let line = json!({ "sku": "LIGHT", "quantity": quantity });
    let _: Value = buyer.post(&market.shop("cart"), &line).await.expect(200);
    market.check_out(&buyer, None, "approve").await.expect(201)
}

#[tokio::test]
async fn an_order_placed_and_cancelled_leaves_its_customer_as_before() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let customer = async || {
            let all: Value = market.owner.get(&market.at("customers")).await.expect(200);
            all["items"][0].clone()
        };
        let cancel = async |order: &PlacedOrder| {
            let path = market.at(&format!("orders/{}/transition", order.id));
            let to = json!({ "to": "cancelled", "reason": "Changed her mind" });
            let done = market.owner.post(&path, &to).await;
            assert_eq!(done.status, 200, "{}", done.text);
        };
        let first = buy(&market, 1).await;
        let before = customer().await;
        assert_eq!((&before["orders"], &before["spend"]), (&json!(1), &gbp(1200)));
        service.clock.forward(60);
        let second = buy(&market, 2).await;
        assert_eq!(customer().await["spend"], gbp(3600));
        cancel(&second).await;
        assert_eq!(customer().await, before);
        cancel(&first).await;
        let after = customer().await;
        assert_eq!((&after["orders"], &after["spend"]), (&json!(0), &gbp(0)));
    })
    .await;
}

#[tokio::test]
async fn segments_and_the_audit_export_count_past_a_page() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let numbers =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)";
        behind_its_back(
            &service,
            &format!(
                "INSERT INTO customers (store_id, customer_id, name, email, country, tags, orders, \
             spend) {numbers} SELECT s.store_id, 'c' || n.i, 'C', 'c' || n.i || '@example.com', \
             CASE WHEN n.i % 2 = 0 THEN 'GB' ELSE 'FR' END, '[]', 0, 0 FROM stores s, n"
            ),
        )
        .await;
        let now: Value = market.owner.get(&market.at("segments")).await.expect(200);
        let british = json!({ "name": "british", "label": "British", "countries": ["GB"] });
        let all = json!({ "name": "all", "label": "All" });
        let list = json!({ "segments": [british, all], "rev": now["rev"] });
        let _: Value = market.owner.put(&market.at("segments"), &list).await.expect(200);
        let seen: Value = market.owner.get(&market.at("segments")).await.expect(200);
        let count = |at: usize| seen["segments"][at]["customers"].as_i64().unwrap();
        assert_eq!((count(0), count(1)), (1250, 2500));

        behind_its_back(
            &service,
            &format!(
                "INSERT INTO audit (store_id, seq, entry, what, hash) {numbers} \
             SELECT s.store_id, 100000 + n.i, 'entry ' || n.i, 'x', 'x' FROM stores s, n"
            ),
        )
        .await;
        let export = market.owner.get(&market.at("audit/export")).await;
        assert_eq!(export.status, 200);
        let added: Vec<&str> =
            export.text.lines().filter(|line| line.starts_with("entry ")).collect();
        assert_eq!((added.len(), added[0], added[2499]), (2500, "entry 1", "entry 2500"));
        assert!(export.text.ends_with('\n'));
    })
    .await;
}
