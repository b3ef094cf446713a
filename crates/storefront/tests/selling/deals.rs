//! Deals and stock: held, used once, given back; forged, foreign, late and racing ones refused.

use api::error::ErrorCode;
use api::shop::{PlacedOrder, ShopNegotiation};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use testkit::{checkout, gbp, on_each_engine};

#[tokio::test]
async fn a_hundred_buyers_race_for_the_last_unit_and_one_gets_it() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let mut buyers = tokio::task::JoinSet::new();
        for n in 0..100 {
            let market = market.clone();
            buyers.spawn(async move {
                let buyer = market.visitor().await;
                // half of them haggle, half of them buy at the list price
                if n % 2 == 0 {
                    let opened = market.open(&buyer, "LAST", 1).await;
                    if opened.status != 201 {
                        return opened.refused(409).code == ErrorCode::Invalid;
                    }
                    let opened: ShopNegotiation = opened.expect(201);
                    let said = market.say(&buyer, &opened.id, "£11.50").await;
                    let agreed: ShopNegotiation = said.expect(200);
                    let Some(deal) = agreed.deal else { return false };
                    let bought = market.check_out(&buyer, Some(&deal.token), "approve").await;
                    return bought.status == 201;
                }
                let line = json!({ "sku": "LAST", "quantity": 1 });
                buyer.post(&market.shop("cart"), &line).await;
                market.check_out(&buyer, None, "approve").await.status == 201
            });
        }
        let sold = buyers.join_all().await.into_iter().filter(|sold| *sold).count();
        assert_eq!((sold, market.stock("LAST").await), (1, 0));
        let orders: Value = market.owner.get(&market.at("orders?sold=true")).await.expect(200);
        assert_eq!(orders["total"], 1);
    })
    .await;
}

#[tokio::test]
async fn two_checkouts_of_one_deal_at_once_make_one_order() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let maya = market.visitor().await;
        let token = market.deal(&maya, "LIGHT", 1).await.deal.unwrap().token;
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (market, maya, token) = (market.clone(), maya.clone(), token.clone());
            tries.spawn(async move {
                market.check_out(&maya, Some(&token), "approve").await.status.as_u16()
            });
        }
        let mut statuses = tries.join_all().await;
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
        let orders: Value = market.owner.get(&market.at("orders")).await.expect(200);
        assert_eq!(orders["total"], 1);
    })
    .await;
}

#[tokio::test]
async fn forged_and_foreign_deals_are_refused() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let other = service.market("other").await;
        let maya = market.visitor().await;
        let token = market.deal(&maya, "LIGHT", 1).await.deal.unwrap().token;
        let body = token.strip_prefix("v4.public.").unwrap();
        let (payload, footer) = body.rsplit_once('.').unwrap();
        let mut bytes = BASE64_URL_SAFE_NO_PAD.decode(payload).unwrap();
        let claims = String::from_utf8_lossy(&bytes).into_owned();
        let at = claims.find("1080").unwrap();
        bytes[at] = b'0';
        let cheaper = BASE64_URL_SAFE_NO_PAD.encode(&bytes);
        let forgeries = [
            format!("v4.public.{cheaper}.{footer}"),
            format!("v4.public.{payload}"),
            format!("v4.local.{payload}.{footer}"),
            "v4.public..".to_owned(),
            "deal".to_owned(),
            "x".repeat(100_000),
        ];
        for forged in forgeries {
            let refused = market.check_out(&maya, Some(&forged), "approve").await.refused(400);
            assert_eq!(refused.context["field"], "deal", "{forged:.40}");
        }
        let eve = market.visitor().await;
        let refused = market.check_out(&eve, Some(&token), "approve").await.refused(403);
        assert_eq!(refused.code, ErrorCode::Forbidden);
        // the same browser in another store is somebody else, and the store's key is another
        let refused = maya.post(&other.shop("checkout"), &checkout(Some(&token), "approve")).await;
        assert_eq!(refused.refused(400).context["field"], "deal");
        assert_eq!(market.check_out(&maya, Some(&token), "approve").await.status, 201);
    })
    .await;
}

#[tokio::test]
async fn payments_that_fail_give_back_what_they_held() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let maya = market.visitor().await;
        let token = market.deal(&maya, "LIGHT", 3).await.deal.unwrap().token;
        let declined = market.check_out(&maya, Some(&token), "decline").await.refused(402);
        assert_eq!(declined.code, ErrorCode::PaymentDeclined);
        let waits = market.check_out(&maya, Some(&token), "timeout").await.refused(402);
        assert_eq!(waits.code, ErrorCode::PaymentTimedOut);
        assert_eq!(market.stock("LIGHT").await, 7);
        // the deal's own order is paid for, not a second one
        let paid: PlacedOrder = market.check_out(&maya, Some(&token), "approve").await.expect(201);
        assert_eq!(Some(&paid.number), waits.context.get("number"));

        let cart = json!({ "sku": "LIGHT", "quantity": 7 });
        let _: Value = maya.post(&market.shop("cart"), &cart).await.expect(200);
        market.check_out(&maya, None, "decline").await.refused(402);
        assert_eq!(market.stock("LIGHT").await, 7);
        market.check_out(&maya, None, "timeout").await.refused(402);
        assert_eq!(market.stock("LIGHT").await, 0);
        // the next try takes the place of the one that nobody answered
        let _: PlacedOrder = market.check_out(&maya, None, "approve").await.expect(201);
        assert_eq!(market.stock("LIGHT").await, 0);
        let sold: Value = market.owner.get(&market.at("orders?sold=true")).await.expect(200);
        assert_eq!(sold["total"], 2);
        let empty = market.check_out(&maya, None, "approve").await.refused(400);
        assert_eq!(empty.context["field"], "cart");
    })
    .await;
}

#[tokio::test]
async fn the_same_key_buys_once_and_answers_the_same() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let maya = market.visitor().await;
        let cart = json!({ "sku": "LIGHT", "quantity": 1 });
        let _: Value = maya.post(&market.shop("cart"), &cart).await.expect(200);
        let keyed = |key: &str| maya.clone().with_header("Idempotency-Key", key);
        for _ in 0..2 {
            let declined = market.check_out(&keyed("one"), None, "decline").await.refused(402);
            assert_eq!(declined.code, ErrorCode::PaymentDeclined);
        }
        let first: PlacedOrder = market.check_out(&keyed("two"), None, "approve").await.expect(201);
        let again: PlacedOrder = market.check_out(&keyed("two"), None, "approve").await.expect(201);
        assert_eq!((first, market.stock("LIGHT").await), (again, 9));
    })
    .await;
}

#[tokio::test]
async fn a_checkout_form_is_checked_before_anything_happens() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let maya = market.visitor().await;
        let cart = json!({ "sku": "LIGHT", "quantity": 5 });
        let _: Value = maya.post(&market.shop("cart"), &cart).await.expect(200);
        for (field, value) in [
            ("name", ""),
            ("name", "a\u{7}b"),
            ("email", "nobody"),
            ("address_line", ""),
            ("city", ""),
            ("postcode", "x"),
            ("country", "Britain"),
            ("country", "ZZ"),
            ("country", "XX"),
            ("delivery", "drone"),
            ("payment", "4111 1111 1111 1111"),
        ] {
            let mut form = checkout(None, "approve");
            form[field] = json!(value);
            let refused = maya.post(&market.shop("checkout"), &form).await.refused(400);
            assert_eq!(refused.context["field"], field, "{value:?}");
        }
        assert_eq!(market.stock("LIGHT").await, 10);
        // goods of £60.00 travel free, express costs
        let mut form = checkout(None, "approve");
        form["delivery"] = json!("express");
        let order: PlacedOrder = maya.post(&market.shop("checkout"), &form).await.expect(201);
        assert_eq!(json!(order.total), gbp(6000 + 795));
    })
    .await;
}

#[tokio::test]
async fn the_days_discount_budget_holds_when_many_agree_at_once() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        market.product("MANY", "Many", 1200, Some(611), Some(1000)).await;
        // three deals of £1.20 off fit into £4.00
        let launch = json!({ "categories": ["home"], "daily_discount_budget": gbp(400) });
        market.launch(launch).await;
        let mut buyers = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let market = market.clone();
            buyers.spawn(async move {
                let buyer = market.visitor().await;
                let opened: ShopNegotiation = market.open(&buyer, "MANY", 1).await.expect(201);
                let said = market.say(&buyer, &opened.id, "£10.80").await;
                said.expect::<ShopNegotiation>(200).deal.is_some()
            });
        }
        let agreed = buyers.join_all().await.into_iter().filter(|agreed| *agreed).count();
        assert_eq!(agreed, 3);
        let path = market.at("negotiations?state=awaiting_staff");
        let queue: Value = market.owner.get(&path).await.expect(200);
        assert_eq!(
            (&queue["total"], &queue["items"][0]["reason"]),
            (&json!(17), &json!("over_budget"))
        );
        // an agent may not pass the budget, an owner may; the next day has its own
        let agent = market.staff("Ana", "agent").await;
        let id = queue["items"][0]["id"].as_str().unwrap();
        let approve = json!({ "act": "approve", "epoch": queue["items"][0]["epoch"] });
        assert_eq!(market.act(&agent, id, approve.clone()).await.status, 403);
        assert_eq!(market.act(&market.owner, id, approve).await.status, 200);
        service.clock.forward(24 * 3600);
        let buyer = market.visitor().await;
        market.deal(&buyer, "MANY", 1).await;
    })
    .await;
}
