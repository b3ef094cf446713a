//! What the service refuses rather than guess: to bargain on settings that it cannot read.

use api::negotiation::NegotiationState as State;
use api::shop::ShopNegotiation;
use serde_json::{Value, json};
use testkit::{Market, on_each_engine};

async fn setting(market: &Market, value: Value) -> testkit::Answer {
    named_setting(market, "negotiation", value).await
}

async fn named_setting(market: &Market, name: &str, value: Value) -> testkit::Answer {
    let path = market.at(&format!("settings/{name}"));
    let now: Value = market.owner.get(&path).await.expect(200);
    market.owner.put(&path, &json!({ "value": value, "rev": now["rev"] })).await
}

/// Values that no setting takes, with the field that is wrong.
fn wrong() -> Vec<(&'static str, Value, &'static str)> {
    let delivery = |field: &str, value: Value| {
        let mut whole = json!({ "standard": 395, "express": 795, "free_from": 5000 });
        whole[field] = value;
        whole
    };
    vec![
        ("negotiation", json!({ "idle_minutes": "soon" }), "value.idle_minutes"),
        ("negotiation", json!({ "hard_stops": { "word": [] } }), "value.hard_stops.word"),
        (
            "negotiation",
            json!({ "hard_stops": { "switches": { "threats": "off" } } }),
            "value.hard_stops",
        ),
        ("delivery", delivery("standard", json!(-1)), "value.standard"),
        ("delivery", delivery("express", json!("7.95")), "value.express"),
        ("delivery", delivery("free_from", json!(1_i64 << 53)), "value.free_from"),
        ("delivery", delivery("free_form", json!(1)), "value.free_form"),
        ("delivery", json!({ "standard": 395 }), "value.express"),
        ("delivery", json!([]), "value"),
        ("widget_origins", json!("https://blog.example"), "value"),
        ("widget_origins", json!(["https://blog.example", 7]), "value[1]"),
        ("widget_origins", json!(["*"]), "value[0]"),
        ("widget_origins", json!(["https://blog.example/"]), "value[0]"),
        ("widget_origins", json!(vec!["https://blog.example"; 101]), "value"),
    ]
}

/// A console pushes settings as edits: the door that an old or altered console would come by.
#[tokio::test]
async fn settings_are_held_to_the_same_by_the_form_and_by_sync() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        for (name, value, field) in wrong() {
            let refused = named_setting(&market, name, value.clone()).await.refused(400);
            assert!(refused.context["field"].starts_with(field), "{name} {value}: {refused:?}");
            let mutation = json!({
                "id": uuid::Uuid::now_v7(), "entity": "setting", "key": name, "base_rev": 0,
                "patch": { "value": value }
            });
            let pushed = json!({ "mutations": [mutation] });
            let reply: Value =
                market.owner.post(&market.at("sync/push"), &pushed).await.expect(200);
            let outcome = &reply["outcomes"][0];
            assert_eq!(outcome["outcome"], "refused", "{name} {value}: {outcome}");
            let told = outcome["error"]["context"]["field"].as_str().unwrap();
            assert!(told.starts_with(field), "{name} {value}: {outcome}");
            let kept: Value =
                market.owner.get(&market.at(&format!("settings/{name}"))).await.expect(200);
            assert_eq!(kept["rev"], 0, "{name} {value}");
        }
        for (name, value) in [
            ("delivery", json!({ "standard": 0, "express": 1, "free_from": 0 })),
            ("delivery", Value::Null),
            ("widget_origins", json!(["https://blog.example", "http://localhost:5173"])),
            ("widget_origins", Value::Null),
            ("anything_else", json!({ "of": "the console's own" })),
        ] {
            assert_eq!(
                named_setting(&market, name, value.clone()).await.status,
                200,
                "{name} {value}"
            );
        }
    })
    .await;
}

/// A dearer delivery that was damaged must not become the usual one, and no site may embed a shop
/// by a list that cannot be read.
#[tokio::test]
async fn where_delivery_or_origins_cannot_be_read_nothing_is_sold_or_embedded() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let blog = market.visitor().await.with_header("Origin", "https://blog.example");
        market.setting("widget_origins", json!(["https://blog.example"])).await;
        market.setting("delivery", json!({ "standard": 2000, "express": 3000, "free_from": 99_000 })).await;
        let _: ShopNegotiation = market.open(&blog, "LIGHT", 1).await.expect(201);
        let maya = market.visitor().await;
        let line = json!({ "sku": "LIGHT", "quantity": 1 });
        let _: Value = maya.post(&market.shop("cart"), &line).await.expect(200);
        service
            .change_database(
                "UPDATE documents SET body = '{\"standard\": 2000}' WHERE name = 'setting/delivery'; \
                 UPDATE documents SET body = '[\"https://blog.example\", 7]' WHERE name = 'setting/widget_origins'",
            )
            .await;
        // what was read before a change is read anew with the next one
        market.setting("any", json!(1)).await;
        assert_eq!(market.check_out(&maya, None, "approve").await.status, 409);
        let cart: Value = maya.get(&market.shop("cart")).await.expect(200);
        assert_eq!((&cart["lines"][0]["sku"], &cart["delivery"]), (&json!("LIGHT"), &json!([])));
        assert_eq!(market.open(&maya, "LAST", 1).await.status, 409);
        assert_eq!(market.open(&blog, "LAST", 1).await.status, 403);
        assert_eq!(market.stock("LIGHT").await, 10);
        for page in ["", "p/LIGHT"] {
            let shown = service.anonymous().get(&format!("/s/lantern/{page}")).await;
            assert_eq!(shown.status, 200, "{page}: {}", shown.text);
        }

        market.setting("delivery", json!({ "standard": 2000, "express": 3000, "free_from": 99_000 })).await;
        assert_eq!(market.check_out(&maya, None, "approve").await.status, 201);
    })
    .await;
}

#[tokio::test]
async fn a_setting_that_cannot_be_read_is_refused_by_its_field() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        for (value, field) in [
            (json!({ "idle_minutes": "soon" }), "value.idle_minutes"),
            (json!({ "idle_minutes": 0 }), "value.idle_minutes"),
            (json!({ "offers_max": 10_001 }), "value.offers_max"),
            (json!({ "approvals": { "agent": "all" } }), "value.approvals"),
            (json!({ "hard_stop": {} }), "value"),
            (json!(["idle_minutes"]), "value"),
        ] {
            let refused = setting(&market, value.clone()).await.refused(400);
            let told = refused.context["field"].clone();
            assert!(told.starts_with(field), "{value}: {refused:?}");
        }
        assert_eq!(setting(&market, json!({ "idle_minutes": 20 })).await.status, 200);
        assert_eq!(setting(&market, Value::Null).await.status, 200);
    })
    .await;
}

/// A tightened table that was damaged must not become the default one, which lets more through.
#[tokio::test]
async fn where_the_settings_cannot_be_read_nothing_is_bargained() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let maya = market.visitor().await;
        let opened: ShopNegotiation = market.open(&maya, "LIGHT", 1).await.expect(201);
        assert_eq!(setting(&market, json!({ "offers_max": 3 })).await.status, 200);
        service
            .change_database(
                "UPDATE documents SET body = '{\"approvals\": 7}' WHERE name = 'setting/negotiation'",
            )
            .await;
        let said: ShopNegotiation = market.say(&maya, &opened.id, "£11").await.expect(200);
        assert_eq!((said.state, said.deal.is_none()), (State::Stopped, true));
        assert_eq!(market.open(&market.visitor().await, "LAST", 1).await.status, 409);
        let detail = market.detail(&market.owner, &opened.id).await;
        let act = json!({ "act": "approve", "epoch": detail.row.epoch });
        assert!(market.act(&market.owner, &opened.id, act).await.status.is_client_error());

        assert_eq!(setting(&market, json!({ "offers_max": 3 })).await.status, 200);
        let _: ShopNegotiation = market.open(&market.visitor().await, "LAST", 1).await.expect(201);
    })
    .await;
}
