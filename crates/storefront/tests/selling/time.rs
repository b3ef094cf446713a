//! What time does: deals lapse, silence expires, claims end; seen at once when looked at, and by
//! upkeep within a second or two.

use api::negotiation::NegotiationState as State;
use api::shop::ShopNegotiation;
use serde_json::{Value, json};
use testkit::{Market, on_each_engine};

async fn eventually(market: &Market, id: &str, state: State) {
    for _ in 0..60 {
        if market.detail(&market.owner, id).await.row.state == state {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("never {state:?}: {:?}", market.detail(&market.owner, id).await.row);
}

#[tokio::test]
async fn an_unused_deal_lapses_and_its_stock_comes_back() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let maya = market.visitor().await;
        let agreed = market.deal(&maya, "LAST", 1).await;
        let token = agreed.deal.unwrap().token;
        assert_eq!(market.stock("LAST").await, 0);
        let other = market.visitor().await;
        assert_eq!(market.open(&other, "LAST", 1).await.status, 409);
        service.clock.forward(30 * 60);
        // at its last moment it is over, whether upkeep was there or not
        let late = market.check_out(&maya, Some(&token), "approve").await.refused(409);
        assert_eq!(late.context["state"], "lapsed");
        assert_eq!(market.stock("LAST").await, 1);
        eventually(&market, &agreed.id, State::Lapsed).await;

        let second = market.deal(&other, "LAST", 1).await;
        service.clock.forward(30 * 60 + 1);
        eventually(&market, &second.id, State::Lapsed).await;
        assert_eq!(market.stock("LAST").await, 1);
        let _: ShopNegotiation = market.open(&other, "LAST", 1).await.expect(201);
    })
    .await;
}

#[tokio::test]
async fn silence_expires_and_what_waits_for_staff_waits_longer() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let (maya, other) = (market.visitor().await, market.visitor().await);
        let silent: ShopNegotiation = market.open(&maya, "LIGHT", 1).await.expect(201);
        let waits: ShopNegotiation = market.open(&other, "LIGHT", 1).await.expect(201);
        let path = market.shop(&format!("negotiations/{}/person", waits.id));
        let waits: ShopNegotiation = other.post(&path, &Value::Null).await.expect(200);
        assert_eq!(waits.state, State::AwaitingStaff);
        service.clock.forward(30 * 60);
        let said = market.say(&maya, &silent.id, "still there?").await;
        assert_eq!(said.expect::<ShopNegotiation>(200).state, State::Expired);
        eventually(&market, &waits.id, State::AwaitingStaff).await;
        service.clock.forward(24 * 3600);
        eventually(&market, &waits.id, State::Expired).await;
    })
    .await;
}

#[tokio::test]
async fn a_claim_that_nobody_acts_on_goes_back_to_the_queue() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let maya = market.visitor().await;
        let opened: ShopNegotiation = market.open(&maya, "LIGHT", 1).await.expect(201);
        let take = json!({ "act": "take_over", "epoch": 0 });
        let taken: Value = market.act(&market.owner, &opened.id, take).await.expect(200);
        assert_eq!(taken["row"]["claimed_by"], "Sam Okafor");
        service.clock.forward(10 * 60);
        for _ in 0..60 {
            let now = market.detail(&market.owner, &opened.id).await;
            if now.row.claimed_by.is_none() {
                assert_eq!(now.row.state, State::AwaitingStaff);
                assert!(now.may.take_over && !now.may.release);
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("the claim never ends");
    })
    .await;
}

#[tokio::test]
async fn an_order_that_nobody_pays_is_given_up() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let maya = market.visitor().await;
        let agreed = market.deal(&maya, "LIGHT", 4).await;
        let token = agreed.deal.unwrap().token;
        market.check_out(&maya, Some(&token), "timeout").await.refused(402);
        service.clock.forward(16 * 60);
        for _ in 0..60 {
            let orders: Value = market.owner.get(&market.at("orders")).await.expect(200);
            if orders["items"][0]["state"] == "cancelled" {
                // the deal still holds its stock, and can be used until it lapses
                assert_eq!(market.stock("LIGHT").await, 6);
                assert_eq!(market.check_out(&maya, Some(&token), "approve").await.status, 201);
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("never given up");
    })
    .await;
}
