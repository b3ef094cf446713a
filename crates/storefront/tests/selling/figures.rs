//! The dashboard: each figure equals the rows that the lists give for the same stretch.

use api::Page;
use api::analytics::{Dashboard, Home};
use api::negotiation::{NegotiationRow, NegotiationState as State};
use api::order::OrderRow;
use api::shop::ShopNegotiation;
use serde_json::{Value, json};
use testkit::on_each_engine;

#[tokio::test]
async fn the_dashboard_equals_its_source_rows_day_by_day() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        market.product("PLAIN", "No cost known", 500, None, None).await;
        for day in 0..3 {
            let buyer = market.visitor().await;
            let agreed = market.deal(&buyer, "LIGHT", 2).await;
            if day != 1 {
                let token = agreed.deal.unwrap().token;
                assert_eq!(market.check_out(&buyer, Some(&token), "approve").await.status, 201);
            }
            let other = market.visitor().await;
            let opened: ShopNegotiation = market.open(&other, "LIGHT", 1).await.expect(201);
            let end = market.shop(&format!("negotiations/{}/end", opened.id));
            let _: Value = other.post(&end, &Value::Null).await.expect(200);
            let cart = json!({ "sku": "PLAIN", "quantity": 3 });
            let _: Value = other.post(&market.shop("cart"), &cart).await.expect(200);
            let card = if day == 2 { "decline" } else { "approve" };
            market.check_out(&other, None, card).await;
            service.clock.forward(24 * 3600);
        }
        let stretch = "from=2026-11-20T00:00:00Z&until=2026-11-23T00:00:00Z";
        let path = market.at(&format!("dashboard?{stretch}"));
        let board: Dashboard = market.owner.get(&path).await.expect(200);
        let path = market.at(&format!("negotiations?limit=500&{stretch}"));
        let rows: Page<NegotiationRow> = market.owner.get(&path).await.expect(200);
        let path = market.at(&format!("orders?limit=500&sold=true&returns=false&{stretch}"));
        let orders: Page<OrderRow> = market.owner.get(&path).await.expect(200);

        let agreed: Vec<&NegotiationRow> = rows
            .items
            .iter()
            .filter(|row| matches!(row.state, State::Agreed | State::Redeemed | State::Lapsed))
            .collect();
        let count = |n: usize| i64::try_from(n).unwrap();
        let given = |row: &&NegotiationRow| {
            (row.list_price.minor - row.agreed_price.as_ref().unwrap().minor) * row.quantity
        };
        let figures = &board.now;
        assert_eq!(
            (figures.negotiations, figures.agreed),
            (count(rows.items.len()), count(agreed.len()))
        );
        assert_eq!((figures.negotiations, figures.agreed, figures.ended), (6, 3, 6));
        assert_eq!(figures.acceptance_pct.as_deref(), Some("50.0"));
        assert_eq!(figures.discount.minor, agreed.iter().map(given).sum::<i64>());
        assert_eq!(figures.discount_depth_pct.as_deref(), Some("10.0"));
        assert_eq!(figures.orders, count(orders.items.len()));
        assert_eq!(figures.revenue.minor, orders.items.iter().map(|o| o.total.minor).sum::<i64>());
        let margin: i64 =
            orders.items.iter().filter_map(|o| o.margin.as_ref()).map(|m| m.minor).sum();
        assert_eq!((figures.margin.minor, margin), (2 * 2 * (1080 - 611), figures.margin.minor));
        assert_eq!(figures.margin_pct.as_deref(), Some("43.4"));

        let names: Vec<&str> = board.days.iter().map(|day| day.day.as_str()).collect();
        assert_eq!(names, ["2026-11-20", "2026-11-21", "2026-11-22"]);
        let summed: i64 = board.days.iter().map(|day| day.figures.revenue.minor).sum();
        assert_eq!(summed, figures.revenue.minor);
        assert_eq!(board.days[1].figures.orders, 1);
        let funnel: Vec<i64> = board.funnel.iter().map(|step| step.count).collect();
        assert_eq!(funnel, [6, 3, 3, 2]);
        assert_eq!((board.before.negotiations, board.before.acceptance_pct.clone()), (0, None));

        let home: Home = market.owner.get(&market.at("home")).await.expect(200);
        assert_eq!((home.live, home.active_rule_set), (true, Some(1)));
        assert!(home.needs.iter().any(|need| need.kind == "low_stock"), "{:?}", home.needs);
        let agent = market.staff("Ana", "agent").await;
        assert_eq!(agent.get(&market.at(&format!("dashboard?{stretch}"))).await.status, 403);
        for bad in ["", "from=2026-11-20T00:00:00Z&until=2026-11-20T00:00:00Z", "from=x&until=y"] {
            let answer = market.owner.get(&market.at(&format!("dashboard?{bad}"))).await;
            assert_eq!(answer.status, 400, "{bad}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_order_moves_as_its_table_says_and_cancelling_gives_its_stock_back() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let maya = market.visitor().await;
        let cart = json!({ "sku": "LIGHT", "quantity": 4 });
        let _: Value = maya.post(&market.shop("cart"), &cart).await.expect(200);
        let placed: Value = market.check_out(&maya, None, "approve").await.expect(201);
        let path = market.at(&format!("orders/{}/transition", placed["id"].as_str().unwrap()));
        let to = |state: &str| json!({ "to": state, "reason": "" });
        for wrong in ["shipped", "placed", "paid", "sold", ""] {
            assert_eq!(market.owner.post(&path, &to(wrong)).await.status, 409, "{wrong}");
        }
        let packed: Value = market.owner.post(&path, &to("packed")).await.expect(200);
        assert_eq!(packed["next"], json!(["shipped", "cancelled"]));
        let _: Value = market.owner.post(&path, &to("cancelled")).await.expect(200);
        assert_eq!(market.stock("LIGHT").await, 10);
        let sold: Value = market.owner.get(&market.at("orders?sold=true")).await.expect(200);
        assert_eq!(sold["total"], 0);
        let found: Value = market.owner.get(&market.at("orders?q=maya")).await.expect(200);
        assert_eq!(found["total"], 1);
    })
    .await;
}
