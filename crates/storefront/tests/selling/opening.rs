//! Before a shop goes live it can be looked at and sells nothing.

use api::error::ErrorCode;
use serde_json::{Value, json};
use testkit::{checkout, gbp, on_each_engine};

#[tokio::test]
async fn a_shop_that_is_not_open_shows_its_products_and_sells_none() {
    on_each_engine(|service| async move {
        let (owner, _) = service.with_store("lantern").await;
        let lamp = json!({
            "title": "Lantern", "category": "home/lights", "list_price": gbp(1200),
            "stock": 10, "base_rev": 0
        });
        let at = |path: &str| format!("/v1/stores/lantern/{path}");
        let made: Value = owner.put(&at("products/LIGHT"), &lamp).await.expect(200);
        let publish = json!({ "state": "live", "base_rev": made["rev"] });
        let _: Value = owner.post(&at("products/LIGHT/state"), &publish).await.expect(200);

        let stranger = service.anonymous().with_header("X-Souk-Visitor", "new");
        let page = stranger.get("/s/lantern/p/LIGHT").await;
        assert_eq!(page.status, 200);
        assert!(page.text.contains("This shop is not open yet."), "{}", page.text);
        assert_eq!(stranger.get("/v1/shops/lantern/products").await.status, 200);
        let one = json!({ "sku": "LIGHT", "quantity": 1 });
        for (path, body) in
            [("cart", one.clone()), ("negotiations", one), ("checkout", checkout(None, "approve"))]
        {
            let refused =
                stranger.post(&format!("/v1/shops/lantern/{path}"), &body).await.refused(409);
            assert_eq!(refused.code, ErrorCode::NotAllowedNow, "{path}");
            assert!(refused.message.contains("not open yet"), "{path}: {}", refused.message);
        }
        let orders: Value = owner.get(&at("orders")).await.expect(200);
        assert_eq!(orders["total"], 0);
    })
    .await;
}

/// The service's own front, the address that it prints at its start: no shop that is not live is
/// there, not even by name.
#[tokio::test]
async fn the_front_leads_to_the_one_live_shop_or_lists_those_that_are() {
    on_each_engine(|service| async move {
        let stranger = service.anonymous().with_header("Accept", "text/html");
        let empty = stranger.get("/").await;
        assert_eq!(empty.status, 200, "{}", empty.text);
        service.with_store("secret").await;
        let market = service.market("lantern").await;
        let only = stranger.get("/").await;
        assert_eq!(
            (only.status.as_u16(), &only.headers["location"]),
            (303, &"/s/lantern/".parse().unwrap())
        );
        service.market("other").await;
        let both = stranger.get("/").await.text;
        assert!(both.contains("/s/lantern/") && both.contains("/s/other/"), "{both}");
        assert!(!both.contains("secret"), "{both}");

        let page = stranger.get("/s/lantern/p/LIGHT").await.text;
        assert!(page.contains("would you take £9.50 each"), "{page}");
        assert!(!page.contains("class=\"about\""), "{page}");
        // no address leads to a product of this name
        let change =
            json!({ "title": "Up", "category": "home", "list_price": gbp(100), "base_rev": 0 });
        let dots = market.at("products/%2E%2E");
        assert!(market.owner.put(&dots, &change).await.status.is_client_error());
        let file = "sku,title,category,list_price,unit_cost,stock\n..,Up,home,1.00,,\n";
        let path = market.at("catalog/import?dry_run=true");
        let asked = market.owner.request(reqwest::Method::POST, &path).body(file);
        let report: Value = asked.send().await.unwrap().json().await.unwrap();
        assert_eq!(report["errors_total"], 1, "{report}");
    })
    .await;
}
