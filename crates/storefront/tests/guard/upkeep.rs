//! One thing that cannot be looked after holds up no other store; what has served its time goes,
//! however long the service ran.

use api::negotiation::NegotiationState as State;
use api::shop::ShopNegotiation;
use serde_json::{Value, json};
use sqlx::{Connection, SqliteConnection};
use testkit::{Client, Engine, Market, Service, on_each_engine};

/// Waits until upkeep has made it so.
async fn eventually<F: AsyncFn() -> bool>(what: &str, holds: F) {
    for _ in 0..60 {
        if holds().await {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("never: {what}");
}

/// Two stores; what the first one began is older.
async fn two_stores(service: &Service) -> (Market, Market) {
    (service.market("broken").await, service.market("lantern").await)
}

#[tokio::test]
async fn a_deal_that_cannot_be_lapsed_holds_up_no_other_store() {
    on_each_engine(|service| async move {
        let (broken, lantern) = two_stores(&service).await;
        broken.deal(&broken.visitor().await, "LAST", 1).await;
        service.change_database("UPDATE negotiations SET session = '{'").await;
        service.clock.forward(1);
        let sound = lantern.deal(&lantern.visitor().await, "LAST", 1).await;
        assert_eq!(lantern.stock("LAST").await, 0);
        service.clock.forward(30 * 60);
        eventually("the sound deal lapses", async || {
            lantern.detail(&lantern.owner, &sound.id).await.row.state == State::Lapsed
        })
        .await;
        assert_eq!(lantern.stock("LAST").await, 1, "its stock is back");
    })
    .await;
}

#[tokio::test]
async fn an_order_that_cannot_be_given_up_holds_up_no_other_store() {
    on_each_engine(|service| async move {
        let (broken, lantern) = two_stores(&service).await;
        unpaid(&broken).await;
        service.change_database("UPDATE negotiations SET session = '{'").await;
        service.clock.forward(1);
        unpaid(&lantern).await;
        // past the deals' time, too: giving up lapses them, for which their negotiation is read
        service.clock.forward(31 * 60);
        eventually("the sound order is given up", async || {
            let orders: Value = lantern.owner.get(&lantern.at("orders")).await.expect(200);
            orders["items"][0]["state"] == "cancelled"
        })
        .await;
    })
    .await;
}

async fn unpaid(market: &Market) {
    let maya = market.visitor().await;
    let token = market.deal(&maya, "LIGHT", 4).await.deal.unwrap().token;
    market.check_out(&maya, Some(&token), "timeout").await.refused(402);
}

#[tokio::test]
async fn a_claim_that_cannot_be_ended_holds_up_no_other_store() {
    on_each_engine(|service| async move {
        let (broken, lantern) = two_stores(&service).await;
        claimed(&broken).await;
        service.change_database("UPDATE negotiations SET session = '{'").await;
        service.clock.forward(1);
        let id = claimed(&lantern).await;
        service.clock.forward(10 * 60);
        eventually("the sound claim ends", async || {
            lantern.detail(&lantern.owner, &id).await.row.claimed_by.is_none()
        })
        .await;
    })
    .await;
}

async fn claimed(market: &Market) -> String {
    let maya = market.visitor().await;
    let opened: ShopNegotiation = market.open(&maya, "LIGHT", 1).await.expect(201);
    let take = json!({ "act": "take_over", "epoch": 0 });
    let _: Value = market.act(&market.owner, &opened.id, take).await.expect(200);
    opened.id
}

async fn count(database: &mut SqliteConnection, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(database).await.unwrap()
}

const SEALED: &str = "SELECT COUNT(*) FROM idempotency WHERE body LIKE 'v4.local.%'";
const SESSIONS: &str = "SELECT COUNT(*) FROM staff_sessions";
const FAILURES: &str = "SELECT COUNT(*) FROM sign_in_failures";

/// Whatever second the clock shows, and though the service was away when the time came.
#[tokio::test]
async fn what_has_served_its_time_is_forgotten_at_the_next_look() {
    let mut service = Service::start(Engine::Sqlite).await;
    let (owner, _) = service.with_store("lantern").await;
    let invented = json!({ "store": "no-such", "email": "nobody@x.example", "password": "guess" });
    assert_eq!(service.anonymous().post("/v1/sessions", &invented).await.status, 401);
    let url = service.config.database.clone();
    let mut database = SqliteConnection::connect(&url).await.unwrap();
    for (sql, there) in [(SEALED, 1), (SESSIONS, 1), (FAILURES, 1)] {
        assert_eq!(count(&mut database, sql).await, there, "{sql}");
    }
    // while it runs: past ten minutes, in the midst of an hour
    service.clock.forward(11 * 60 + 7);
    gone(&url, SEALED).await;
    assert_eq!(owner.get("/v1/me").await.status, 200, "a session that lives stays");
    // while it was away, however short it then runs
    service.stop().await;
    service.clock.forward(31 * 24 * 3600 + 13);
    service.restart().await;
    gone(&url, SESSIONS).await;
    gone(&url, FAILURES).await;
    // a clock that was set back puts nothing off
    let owner = signed_in(&service).await;
    service.clock.forward(-3600);
    assert_eq!(owner.delete("/v1/sessions/current").await.status, 200);
    gone(&url, SESSIONS).await;
}

async fn gone(url: &str, sql: &'static str) {
    eventually(sql, async || {
        let mut database = SqliteConnection::connect(url).await.unwrap();
        count(&mut database, sql).await == 0
    })
    .await;
}

async fn signed_in(service: &Service) -> Client {
    let asked = json!({
        "store": "lantern", "email": "sam@lantern.example", "password": "correct horse battery"
    });
    let answer: Value = service.anonymous().post("/v1/sessions", &asked).await.expect(201);
    Client::new(&service.base(), Some(answer["token"].as_str().unwrap().to_owned()))
}
