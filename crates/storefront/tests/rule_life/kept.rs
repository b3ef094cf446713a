//! A negotiation keeps the version that it began with unless the new one forbids its price; whether
//! that came at once, at a moment, or by going back.

use api::negotiation::NegotiationState as State;
use api::shop::ShopNegotiation;
use serde_json::json;
use testkit::{Client, Market, on_each_engine};

use super::{Desk, approved, eventually, rules};

async fn begin(market: &Market) -> (Client, String) {
    let visitor = market.visitor().await;
    let opened: ShopNegotiation = market.open(&visitor, "LIGHT", 1).await.expect(201);
    (visitor, opened.id)
}

/// Whether £10.80, which the first version takes at once, is taken.
async fn takes(market: &Market, (visitor, id): &(Client, String)) -> bool {
    let said: ShopNegotiation = market.say(visitor, id, "£10.80").await.expect(200);
    if said.state == State::Agreed {
        assert_eq!(json!(said.deal.unwrap().unit_price), testkit::gbp(1080));
        return true;
    }
    false
}

#[tokio::test]
async fn a_dearer_version_binds_new_negotiations_and_its_floor_all() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let ada = market.staff("Ada", "manager").await;
        let his = Desk { market: &market, staff: &market.owner };
        let (old, held, other) = (begin(&market).await, begin(&market).await, begin(&market).await);
        let first = market.detail(&market.owner, &old.1).await.rule_set_version;
        // asks for more, but allows £10.80
        let id = approved(&market, &ada, &rules("7.64", "0.98")).await;
        assert_eq!(his.activate(&id).await.status, 200);
        let new = begin(&market).await;
        assert!(takes(&market, &old).await && !takes(&market, &new).await);
        assert_eq!(market.detail(&market.owner, &old.1).await.rule_set_version, first);
        assert_eq!(market.detail(&market.owner, &new.1).await.rule_set_version, first + 1);

        // forbids £10.80, at a moment
        let id = approved(&market, &ada, &rules("11.00", "0.98")).await;
        let at = json!({ "at": "2026-11-20T09:10:00Z" });
        assert_eq!(his.step(&id, "/activate", at).await.status, 200);
        service.clock.forward(600);
        let summary = eventually("the dear one in force", || async {
            Some(his.get(&id).await.summary).filter(|set| set.activated_at.is_some())
        })
        .await;
        assert!(!takes(&market, &held).await);
        let detail = market.detail(&market.owner, &held.1).await;
        assert_eq!(detail.rule_set_version, first, "it keeps its version all the same");
        assert_eq!(json!(detail.floor), testkit::gbp(1100));

        // back: allowed again
        let back = json!({ "from_version": summary.version, "reason": "Too dear" });
        assert_eq!(ada.post(&market.at("rule-sets/roll-back"), &back).await.status, 200);
        assert!(takes(&market, &other).await);
    })
    .await;
}

#[tokio::test]
async fn a_ceiling_of_a_newer_version_binds_too() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let ada = market.staff("Ada", "manager").await;
        let held = begin(&market).await;
        let capped = testkit::RULES
            .replace("0.20\"}", "0.20\"}, \"ceiling\": {\"amount\": \"10.00\"}")
            .replace("0.95", "0.80")
            .replace("0.90", "0.80");
        let id = approved(&market, &ada, &capped).await;
        let his = Desk { market: &market, staff: &market.owner };
        assert_eq!(his.activate(&id).await.status, 200);
        let said: ShopNegotiation = market.say(&held.0, &held.1, "£10.00").await.expect(200);
        // the version it began with takes £10.80 and more; the newer one asks no more than £10.00
        assert_eq!(said.state, State::Agreed);
        assert_eq!(json!(said.deal.unwrap().unit_price), testkit::gbp(1000));
    })
    .await;
}
