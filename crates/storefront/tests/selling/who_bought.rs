//! Who bought or bargains, where they live and what they bought before is for those who may read
//! customers: no order, search, negotiation, feed, export or log tells an analyst or an auditor.

use api::shop::ShopNegotiation;
use futures_util::StreamExt;
use serde_json::{Value, json};
use testkit::{Client, Market, on_each_engine};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

const SECRETS: [&str; 4] = ["Maya", "Lindqvist", "maya@", "High Street"];
/// Reads of a store that an analyst or an auditor may make, or is refused: never with a name.
const READS: [&str; 10] = [
    "orders",
    "negotiations",
    "sync/pull",
    "home",
    "dashboard?from=2026-11-01T00:00:00Z&until=2026-12-01T00:00:00Z",
    "audit",
    "audit/export",
    "order-lines",
    "customers",
    "settings/negotiation",
];

/// Maya has bought, and bargains until staff are asked for.
async fn bought_and_bargaining(market: &Market) -> (Client, String, String) {
    let maya = market.visitor().await;
    let line = json!({ "sku": "LIGHT", "quantity": 1 });
    let _: Value = maya.post(&market.shop("cart"), &line).await.expect(200);
    assert_eq!(market.check_out(&maya, None, "approve").await.status, 201);
    let opened: ShopNegotiation = market.open(&maya, "LIGHT", 1).await.expect(201);
    let orders: Value = market.owner.get(&market.at("orders")).await.expect(200);
    let order = market.at(&format!("orders/{}", orders["items"][0]["id"].as_str().unwrap()));
    (maya, order, opened.id)
}

#[tokio::test]
async fn a_role_that_may_not_read_customers_meets_nulls_wherever_they_are() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let (maya, order, id) = bought_and_bargaining(&market).await;
        let _: ShopNegotiation = market.say(&maya, &id, "£7").await.expect(200);
        let talk = market.at(&format!("negotiations/{id}"));

        let agent = market.staff("Ana", "agent").await;
        let seen: Value = agent.get(&order).await.expect(200);
        assert_eq!(seen["email"], "maya@example.com");
        assert_eq!(seen["row"]["customer"], "Maya Lindqvist");
        let seen: Value = agent.get(&talk).await.expect(200);
        assert_eq!(seen["row"]["customer"], "Maya Lindqvist");
        assert_eq!(seen["customer"]["name"], "Maya Lindqvist");
        assert_eq!(seen["customer"]["orders"], 1);
        for path in ["negotiations", "home", "sync/pull"] {
            let answer = agent.get(&market.at(path)).await;
            assert!(answer.text.contains("Maya"), "{path}: {}", answer.text);
        }

        for (name, role) in [("Cy", "analyst"), ("Di", "auditor")] {
            let reader = market.staff(name, role).await;
            let reads = READS.iter().map(|path| market.at(path));
            for path in reads.chain([order.clone(), talk.clone()]) {
                let answer = reader.get(&path).await;
                assert!(matches!(answer.status.as_u16(), 200 | 403), "{path}");
                for secret in SECRETS {
                    assert!(!answer.text.contains(secret), "{role} {path}: {}", answer.text);
                }
            }
            let seen: Value = reader.get(&order).await.expect(200);
            for hidden in [&seen["email"], &seen["address"], &seen["row"]["customer"]] {
                assert_eq!(hidden, &Value::Null);
            }
            let seen: Value = reader.get(&talk).await.expect(200);
            assert!(seen["row"]["customer"].is_null(), "{role}: {seen}");
            for field in ["customer_id", "name", "returning", "segments", "orders", "spend"] {
                assert!(seen["customer"][field].is_null(), "{role} {field}: {seen}");
            }
            finds_nobody_by_name(&market, &reader).await;
        }
    })
    .await;
}

/// A search that told whether someone is there would be a way to ask for them.
async fn finds_nobody_by_name(market: &Market, reader: &Client) {
    for (path, found) in [
        ("orders?q=maya@example.com", 0),
        ("orders?q=lindqvist", 0),
        ("orders?q=s-", 1),
        ("negotiations?q=lindqvist", 0),
        ("negotiations?q=lantern", 1),
    ] {
        let list: Value = reader.get(&market.at(path)).await.expect(200);
        assert_eq!(list["total"], found, "{path}");
        let list: Value = market.owner.get(&market.at(path)).await.expect(200);
        assert_eq!(list["total"], 1, "owner {path}");
    }
}

#[tokio::test]
async fn the_live_line_names_customers_to_those_alone_who_may_read_them() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let (maya, _, id) = bought_and_bargaining(&market).await;
        let mut lines = Vec::new();
        for (name, role) in [("Ana", "agent"), ("Cy", "analyst"), ("Di", "auditor")] {
            let client = market.staff(name, role).await;
            let probe = client.request(reqwest::Method::GET, "/").build().unwrap();
            let token = probe.headers()["authorization"].to_str().unwrap().to_owned();
            let protocols = token.replace("Bearer ", "souk.v1, ");
            let url = format!("ws://{}/v1/stores/lantern/live", service.addr);
            let mut request = url.into_client_request().unwrap();
            request.headers_mut().insert("sec-websocket-protocol", protocols.parse().unwrap());
            let (socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
            lines.push((role, socket));
        }
        let _: ShopNegotiation = market.say(&maya, &id, "£7").await.expect(200);
        for (role, mut socket) in lines {
            let row = loop {
                let message = socket.next().await.unwrap().unwrap();
                let Ok(text) = message.to_text() else { continue };
                let Ok(event) = serde_json::from_str::<Value>(text) else { continue };
                if event["type"] == "negotiation" {
                    break event["row"].clone();
                }
            };
            assert_eq!(row["id"], json!(id));
            let name = if role == "agent" { json!("Maya Lindqvist") } else { Value::Null };
            assert_eq!(row["customer"], name, "{role}");
        }
    })
    .await;
}
