//! Staff make, change, publish and find products; two edits of one revision do not both win.

use api::Page;
use api::catalog::{Category, Product, ProductState};
use api::error::ErrorCode;
use serde_json::{Value, json};
use testkit::on_each_engine;

fn lantern() -> Value {
    json!({
        "title": "White metal lantern", "description": "Hand-finished.", "category": "home/lights",
        "list_price": { "minor": 339, "currency": "GBP" },
        "unit_cost": { "minor": 203, "currency": "GBP" }, "stock": 24, "tags": ["metal"],
        "base_rev": 0
    })
}

#[tokio::test]
async fn a_product_is_made_published_changed_and_found() {
    on_each_engine(|service| async move {
        let (owner, _) = service.with_store("lantern").await;
        let path = "/v1/stores/lantern/products/71053";
        let made: Product = owner.put(path, &lantern()).await.expect(200);
        assert_eq!((made.state, made.rev), (ProductState::Draft, 1));
        let publish = json!({ "state": "live", "base_rev": 1 });
        let live: Product = owner.post(&format!("{path}/state"), &publish).await.expect(200);
        assert_eq!((live.state, live.rev), (ProductState::Live, 2));
        let mut change = lantern();
        change["base_rev"] = json!(2);
        change["stock"] = json!(30);
        assert_eq!(owner.put(path, &change).await.expect::<Product>(200).stock, Some(30));
        assert_eq!(owner.put(path, &change).await.refused(409).code, ErrorCode::Conflict);
        for (query, found) in [
            ("", 1),
            ("?q=METAL", 1),
            ("?category=home", 1),
            ("?q=%25", 1),
            ("?category=home/lightshades", 0),
            ("?state=draft", 0),
            ("?q=nothing", 0),
        ] {
            let page: Page<Product> =
                owner.get(&format!("/v1/stores/lantern/products{query}")).await.expect(200);
            assert_eq!((page.items.len(), page.total), (found, Some(found as i64)), "{query}");
        }
        let categories: Vec<Category> =
            owner.get("/v1/stores/lantern/categories").await.expect(200);
        let named: Vec<_> = categories.iter().map(|c| (c.path.as_str(), c.products)).collect();
        assert_eq!(named, [("home", 1), ("home/lights", 1)]);
    })
    .await;
}

#[tokio::test]
async fn bad_products_are_refused_by_field() {
    on_each_engine(|service| async move {
        let (owner, _) = service.with_store("lantern").await;
        let cases = [
            ("title", json!(""), "title"),
            ("title", json!("a\u{0}b"), "title"),
            ("category", json!("Home Lights"), "category"),
            ("list_price", json!({ "minor": -1, "currency": "GBP" }), "list_price"),
            ("list_price", json!({ "minor": 100, "currency": "USD" }), "list_price"),
            ("list_price", json!({ "minor": i64::MAX, "currency": "GBP" }), "list_price"),
            ("list_price", json!({ "minor": 9.5, "currency": "GBP" }), "list_price.minor"),
        ];
        for (field, value, named) in cases {
            let mut body = lantern();
            body[field] = value.clone();
            let refused = owner.put("/v1/stores/lantern/products/71053", &body).await.refused(400);
            assert_eq!(refused.code, ErrorCode::Invalid, "{field}");
            assert!(refused.context["field"].contains(named), "{field}: {refused:?}");
        }
        let gone = owner.get("/v1/stores/lantern/products/71053").await.refused(404);
        assert_eq!(gone.code, ErrorCode::NotFound);
    })
    .await;
}
