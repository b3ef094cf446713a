//! What the service refuses rather than guess: to bargain on settings that it cannot read.

use api::negotiation::NegotiationState as State;
use api::shop::ShopNegotiation;
use serde_json::{Value, json};
use testkit::{Market, on_each_engine};

async fn setting(market: &Market, value: Value) -> testkit::Answer {
    let now: Value = market.owner.get(&market.at("settings/negotiation")).await.expect(200);
    let body = json!({ "value": value, "rev": now["rev"] });
    market.owner.put(&market.at("settings/negotiation"), &body).await
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
