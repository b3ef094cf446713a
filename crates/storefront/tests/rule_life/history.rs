//! Past order lines in bulk, as replay reads them; and a review that replays them.

use api::rules::RuleSet;
use api::shop::PlacedOrder;
use commerce::Currency;
use serde_json::{Value, json};
use testkit::on_each_engine;

use super::{Desk, rules};

#[tokio::test]
async fn what_was_sold_is_replayed_and_told_page_by_page() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let (maya, ben) = (market.visitor().await, market.visitor().await);
        let agreed = market.deal(&maya, "LIGHT", 2).await;
        let token = agreed.deal.unwrap().token;
        let paid: PlacedOrder = market.check_out(&maya, Some(&token), "approve").await.expect(201);
        service.clock.forward(60);
        let add = json!({ "sku": "LAST", "quantity": 1 });
        assert_eq!(ben.post(&market.shop("cart"), &add).await.status, 200);
        market.check_out(&ben, None, "decline").await.refused(402);
        let _: PlacedOrder = market.check_out(&ben, None, "approve").await.expect(201);

        let path = market.at("order-lines");
        let whole = market.owner.get(&path).await;
        assert_eq!(whole.headers["content-type"], "text/csv; charset=utf-8");
        let lines: Vec<&str> = whole.text.lines().collect();
        assert_eq!(lines.len(), 3, "what was never paid for is no sale: {}", whole.text);
        assert_eq!(lines[0], pricing::ORDERS_COLUMNS.join(","));
        let first: Vec<&str> = lines[1].split(',').collect();
        assert_eq!(first[0], paid.number);
        assert_eq!(first[1..5], ["2026-11-20T09:00:00Z", "LIGHT", "2", "10.80"]);
        assert!(!first[5].is_empty(), "a customer of theirs");
        assert_eq!(first[6..], ["GB", "web", ""]);
        let read = pricing::OrderColumns::parse(whole.text.as_bytes(), Currency::GBP).unwrap();
        assert_eq!(read.len(), 2);

        let mut told = vec![];
        let mut next = String::new();
        for _ in 0..5 {
            let page = market.owner.get(&format!("{path}?limit=1{next}")).await;
            told.extend(page.text.lines().skip(1).map(str::to_owned));
            let Some(after) = page.headers.get("x-souk-next") else { break };
            next = format!("&after={}", after.to_str().unwrap());
        }
        assert_eq!(told, lines[1..]);
        for bad in ["limit=0", "limit=20001", "after=x", "after=1.2", "after=1.%00.x"] {
            assert_eq!(market.owner.get(&format!("{path}?{bad}")).await.status, 400, "{bad}");
        }
        let log: Value = market.owner.get(&market.at("audit?what=orders.export")).await.expect(200);
        assert_eq!(log["items"].as_array().unwrap().len(), 2, "each first page, no other");

        let desk = Desk { market: &market, staff: &market.owner };
        let sent: RuleSet = desk.submitted(&rules("11.00", "0.98")).await;
        let replay = desk.review(&sent.summary.id).await.replay.unwrap();
        assert_eq!(
            (replay.overall.lines, replay.overall.raised, replay.overall.unchanged),
            (2, 1, 1)
        );
        assert_eq!(replay.overall.revenue_before, "33.60");
        assert_eq!(replay.overall.revenue_after, "34.00");
        let baseline = replay.baseline.unwrap();
        assert_eq!((baseline.raised, baseline.revenue_after.as_str()), (0, "33.60"));
    })
    .await;
}
