//! The first sale, end to end, and what a customer may never see.

use api::audit_log::AuditReport;
use api::negotiation::NegotiationState as State;
use api::order::OrderDetail;
use api::shop::{PlacedOrder, ShopNegotiation};
use serde_json::{Value, json};
use testkit::{Answer, gbp, on_each_engine};

/// What no answer to a customer may hold: floor £7.64, cost £6.11, target £11.40.
fn leaks_nothing(answer: &Answer) {
    let body: Value = serde_json::from_str(&answer.text).unwrap_or(Value::Null);
    look(&body, &answer.text);
    for price in ["7.64", "7,64", "6.11", "6,11", "11.40", "11,40"] {
        assert!(!answer.text.contains(price), "{price} in {}", answer.text);
    }
}

fn look(value: &Value, whole: &str) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let secret = ["floor", "cost", "target", "margin", "score", "accept_at", "trace"];
                assert!(!secret.iter().any(|word| key.contains(word)), "{key} in {whole}");
                look(value, whole);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| look(item, whole)),
        Value::Number(number) => {
            assert!(
                ![764, 611, 1140].contains(&number.as_i64().unwrap_or(0)),
                "{number} in {whole}"
            );
        }
        _ => {}
    }
}

fn seen(answer: Answer, status: u16) -> ShopNegotiation {
    leaks_nothing(&answer);
    answer.expect(status)
}

#[tokio::test]
async fn an_offer_a_counter_a_person_a_deal_an_order_once() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let maya = market.visitor().await;
        let opened = seen(market.open(&maya, "LIGHT", 2).await, 201);
        assert_eq!(opened.state, State::Opened);
        assert_eq!(json!(opened.standing_ask), gbp(1200));

        let countered = seen(market.say(&maya, &opened.id, "would you take £9.50?").await, 200);
        assert_eq!(countered.state, State::Bargaining);
        assert_eq!(json!(countered.standing_ask), gbp(1160));
        let words = countered.messages.last().unwrap();
        assert!(words.who == "bot" && words.text.contains("£11.60"), "{words:?}");

        // below the floor: to staff
        let passed = seen(market.say(&maya, &opened.id, "£7 is all I have").await, 200);
        assert_eq!(passed.state, State::AwaitingStaff);
        let queue: Value = market.owner.get(&market.at("negotiations")).await.expect(200);
        let row = &queue["items"][0];
        assert_eq!((&row["id"], &row["reason"]), (&json!(opened.id), &json!("below_floor")));

        let detail = market.detail(&market.owner, &opened.id).await;
        assert_eq!(
            json!([detail.floor, detail.unit_cost, detail.target]),
            json!([gbp(764), gbp(611), gbp(1140)])
        );
        assert!(detail.may.approve && detail.may.approve_needs_reason);
        assert_eq!(detail.transcript[1].understood.as_deref(), Some("2 × £9.50"));
        assert_eq!(detail.transcript[1].margin_pct.as_deref(), Some("35.7"));
        assert!(detail.trace.iter().any(|line| line.key == "floor" && line.binding));

        let bare = json!({ "act": "approve", "epoch": detail.row.epoch });
        let refused = market.act(&market.owner, &opened.id, bare).await.refused(400);
        assert_eq!(refused.context["field"], "reason");
        let approve = json!({
            "act": "approve", "epoch": detail.row.epoch, "reason": "Returning soon",
            "evidence": "Mail of today"
        });
        let answer = market.act(&market.owner, &opened.id, approve).await;
        let approved: Value = answer.expect(200);
        assert_eq!(approved["row"]["state"], "agreed");
        assert_eq!(market.stock("LIGHT").await, 8);

        let agreed =
            seen(maya.get(&market.shop(&format!("negotiations/{}", opened.id))).await, 200);
        let deal = agreed.deal.unwrap();
        assert_eq!(json!([deal.unit_price, deal.total]), json!([gbp(700), gbp(1400)]));

        let answer = market.check_out(&maya, Some(&deal.token), "approve").await;
        leaks_nothing(&answer);
        let order: PlacedOrder = answer.expect(201);
        assert_eq!((json!(order.total), order.state.as_str()), (gbp(1400 + 395), "paid"));
        let again = market.check_out(&maya, Some(&deal.token), "approve").await.refused(409);
        assert_eq!(again.context["state"], "redeemed");
        assert_eq!(market.stock("LIGHT").await, 8);

        let path = market.at(&format!("orders/{}", order.id));
        let kept: OrderDetail = market.owner.get(&path).await.expect(200);
        assert_eq!(json!([kept.row.discount, kept.row.margin]), json!([gbp(1000), gbp(178)]));
        assert_eq!(kept.lines[0].negotiation_id.as_deref(), Some(opened.id.as_str()));
        assert_eq!(kept.next, ["packed", "cancelled"]);
        let own = maya.get(&market.shop(&format!("orders/{}", order.id))).await;
        leaks_nothing(&own);
        assert_eq!(own.status, 200);

        let ended = market.detail(&market.owner, &opened.id).await;
        assert_eq!(ended.row.state, State::Redeemed);
        let check = market.owner.post(&market.at("audit/verify"), &json!({ "heads": [] })).await;
        let check: AuditReport = check.expect(200);
        assert!(check.ok && check.entries > 15, "{check:?}");
    })
    .await;
}

#[tokio::test]
async fn the_bot_agrees_by_itself_inside_its_limits_in_the_customers_language() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let maya = market.visitor().await.with_header("Accept-Language", "de-AT,de;q=0.9");
        let opened = seen(market.open(&maya, "LIGHT", 1).await, 201);
        let countered = seen(market.say(&maya, &opened.id, "Würden Sie 9 £ nehmen?").await, 200);
        assert!(countered.messages.last().unwrap().text.contains("11,60"), "{countered:?}");
        let path = market.shop(&format!("negotiations/{}/accept", opened.id));
        // the price it was is not the price it is
        let stale = maya.post(&path, &json!({ "price": gbp(1200) })).await;
        assert_eq!(stale.status, 409);
        let agreed = seen(maya.post(&path, &json!({ "price": gbp(1160) })).await, 200);
        assert_eq!(json!(agreed.deal.unwrap().unit_price), gbp(1160));
        // whoever comes back meets the deal
        let found = maya.get(&market.shop("negotiations?sku=LIGHT")).await;
        assert_eq!(seen(found, 200).id, opened.id);
    })
    .await;
}

#[tokio::test]
async fn a_customer_who_comes_back_meets_the_ask_that_they_left() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let maya = market.visitor().await;
        let opened = seen(market.open(&maya, "LIGHT", 1).await, 201);
        seen(market.say(&maya, &opened.id, "£8").await, 200);
        let left = seen(market.say(&maya, &opened.id, "£8.50").await, 200);
        assert_eq!(json!(left.standing_ask), gbp(1120));
        assert_eq!(seen(market.open(&maya, "LIGHT", 1).await, 200).id, opened.id);
        let end = market.shop(&format!("negotiations/{}/end", opened.id));
        assert_eq!(seen(maya.post(&end, &Value::Null).await, 200).state, State::Withdrawn);
        let back = seen(market.open(&maya, "LIGHT", 1).await, 201);
        assert_ne!(back.id, opened.id);
        assert_eq!(json!(back.standing_ask), gbp(1120));
        // somebody else begins at the beginning, and sees nothing of Maya's
        let other = market.visitor().await;
        assert_eq!(json!(seen(market.open(&other, "LIGHT", 1).await, 201).standing_ask), gbp(1200));
        let path = market.shop(&format!("negotiations/{}", back.id));
        assert_eq!(other.get(&path).await.status, 404);
        // how often one may begin is limited, and the limit is not told
        for begun in 2..20 {
            let now = market.open(&maya, "LIGHT", 1).await;
            if now.status == 429 {
                assert_eq!(begun, 6, "{}", now.text);
                assert!(!now.text.contains('5'), "{}", now.text);
                return;
            }
            let id = now.expect::<ShopNegotiation>(if begun == 2 { 200 } else { 201 }).id;
            let end = market.shop(&format!("negotiations/{id}/end"));
            seen(maya.post(&end, &Value::Null).await, 200);
        }
        panic!("no limit");
    })
    .await;
}

#[tokio::test]
async fn a_shop_that_is_shut_to_offers_says_so_and_not_why() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let maya = market.visitor().await;
        let mut messages = vec![];
        let mut shut = async |market: &testkit::Market| {
            let answer = market.open(&maya, "LIGHT", 1).await;
            leaks_nothing(&answer);
            messages.push(answer.refused(409).message);
        };
        let pause = |paused: bool| json!({ "paused": paused });
        let _: Value = market.owner.post(&market.at("pause"), &pause(true)).await.expect(200);
        shut(&market).await;
        let _: Value = market.owner.post(&market.at("pause"), &pause(false)).await.expect(200);
        market.launch(json!({ "categories": ["home/lightshades"] })).await;
        shut(&market).await;
        let later = json!({ "categories": ["home"], "go_live_on": "2026-11-21" });
        market.launch(later).await;
        shut(&market).await;
        market.launch(json!({ "categories": ["home"] })).await;
        // rules that go by cost have no floor without one
        market.cost("LIGHT", None).await;
        shut(&market).await;
        messages.dedup();
        assert_eq!(messages.len(), 1, "{messages:?}");
        market.cost("LIGHT", Some(611)).await;
        seen(market.open(&maya, "LIGHT", 1).await, 201);
        assert_eq!(market.open(&maya, "NOTHING", 1).await.status, 404);
        assert_eq!(market.open(&maya, "LIGHT", 0).await.status, 400);
        assert_eq!(market.open(&maya, "LAST", 2).await.refused(409).context["available"], "1");
    })
    .await;
}

#[tokio::test]
async fn customer_and_staff_hear_of_each_step_at_once() {
    use futures_util::{SinkExt, StreamExt};
    use tokio_tungstenite::tungstenite::client::IntoClientRequest;
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let maya = market.visitor().await;
        let probe = maya.request(reqwest::Method::GET, "/").build().unwrap();
        let token = probe.headers()["x-souk-visitor"].to_str().unwrap().to_owned();
        let url = format!("ws://{}/v1/shops/lantern/live", service.addr);
        let ask = |origin: Option<String>| {
            let mut request = url.clone().into_client_request().unwrap();
            let cookie = format!("a=b; souk_visitor={token}");
            request.headers_mut().insert("cookie", cookie.parse().unwrap());
            if let Some(origin) = origin {
                request.headers_mut().insert("origin", origin.parse().unwrap());
            }
            request
        };
        // cookies travel with any page's socket: pages of elsewhere hear nothing
        let elsewhere = ask(Some("https://evil.example".into()));
        assert!(tokio_tungstenite::connect_async(elsewhere).await.is_err());
        let own = ask(Some(format!("http://{}", service.addr)));
        let (mut socket, _) = tokio_tungstenite::connect_async(own).await.unwrap();
        let mut heard = async || -> Value {
            loop {
                let message = socket.next().await.unwrap().unwrap();
                if message.is_text() {
                    return serde_json::from_str(message.to_text().unwrap()).unwrap();
                }
            }
        };
        assert_eq!(heard().await["type"], "resync");
        let opened = seen(market.open(&maya, "LIGHT", 1).await, 201);
        assert_eq!(heard().await["negotiation"]["state"], "opened");
        seen(market.say(&maya, &opened.id, "£7").await, 200);
        assert_eq!(heard().await["negotiation"]["state"], "awaiting_staff");
        // what another visitor does stays theirs
        let other = market.visitor().await;
        seen(market.open(&other, "LIGHT", 1).await, 201);
        let decline = json!({ "act": "decline", "epoch": 0 });
        let _: Value = market.act(&market.owner, &opened.id, decline).await.expect(200);
        let event = heard().await;
        look(&event, "event");
        assert_eq!(event["negotiation"]["state"], "declined");
        assert_eq!(event["negotiation"]["id"], json!(opened.id));
        socket.close(None).await.unwrap();
        let _ = socket.send("late".into()).await;
    })
    .await;
}
