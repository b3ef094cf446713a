//! A shop that sells: live, with products, rules and launch constraints, made as a merchant makes
//! one, over HTTP.

use api::negotiation::NegotiationDetail;
use api::shop::ShopNegotiation;
use api::staff::SignedIn;
use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::service::Service;

/// The rules of [`Service::market`]: floor 20 % margin, three rounds from list price to 90 % of it.
pub const RULES: &str = r#"{
  "schema": "souk.rules/1", "currency": "GBP", "timezone": "Europe/London",
  "rules": [{
    "id": "all",
    "guardrails": {"floor": {"margin": "0.20"}},
    "policy": {"target": {"of_list": "0.95"}, "accept_at": {"of_list": "0.90"},
      "max_rounds": 3, "concession": "linear", "deal_valid": "PT30M"}
  }]
}"#;

pub fn gbp(minor: i64) -> Value {
    json!({ "minor": minor, "currency": "GBP" })
}

/// A store that sells and bargains, with its owner signed in.
#[derive(Clone)]
pub struct Market {
    pub slug: String,
    pub owner: Client,
    base: String,
}

impl Service {
    /// The live store SLUG (GBP, London). It sells lights at £12.00 that cost £6.11 (floor £7.64):
    /// `LIGHT` with 10 in stock, `LAST` with one.
    pub async fn market(&self, slug: &str) -> Market {
        let (owner, _) = self.with_store(slug).await;
        let market = Market { slug: slug.to_owned(), owner, base: self.base() };
        market.product("LIGHT", "Lantern", 1200, Some(611), Some(10)).await;
        market.product("LAST", "Last lantern", 1200, Some(611), Some(1)).await;
        market.activate(RULES).await;
        market.launch(json!({ "categories": ["home/lights"], "approver_role": "agent" })).await;
        market.owned_put("segments", &json!({ "segments": [], "rev": 0 })).await;
        let live = market.owner.post(&market.at("go-live"), &Value::Null).await;
        assert_eq!(live.status, 200, "{}", live.text);
        market
    }
}

impl Market {
    /// A staff endpoint of this store.
    pub fn at(&self, path: &str) -> String {
        format!("/v1/stores/{}/{path}", self.slug)
    }

    /// A shop endpoint of this store.
    pub fn shop(&self, path: &str) -> String {
        format!("/v1/shops/{}/{path}", self.slug)
    }

    async fn owned_put(&self, path: &str, body: &Value) -> Value {
        self.owner.put(&self.at(path), body).await.expect(200)
    }

    /// Makes a product in `home/lights` and publishes it.
    pub async fn product(
        &self,
        sku: &str,
        title: &str,
        list_price: i64,
        unit_cost: Option<i64>,
        stock: Option<i64>,
    ) {
        let change = json!({
            "title": title, "category": "home/lights", "list_price": gbp(list_price),
            "unit_cost": unit_cost.map(gbp), "stock": stock, "base_rev": 0
        });
        let made = self.owned_put(&format!("products/{sku}"), &change).await;
        let publish = json!({ "state": "live", "base_rev": made["rev"] });
        let path = self.at(&format!("products/{sku}/state"));
        let _: Value = self.owner.post(&path, &publish).await.expect(200);
    }

    /// Changes what a product costs the merchant, in minor units; `None`: nobody knows.
    pub async fn cost(&self, sku: &str, unit_cost: Option<i64>) {
        let path = format!("products/{sku}");
        let now: Value = self.owner.get(&self.at(&path)).await.expect(200);
        let change = json!({
            "title": now["title"], "category": now["category"], "list_price": now["list_price"],
            "unit_cost": unit_cost.map(gbp), "stock": now["stock"], "base_rev": now["rev"]
        });
        self.owned_put(&path, &change).await;
    }

    pub async fn stock(&self, sku: &str) -> i64 {
        let product: Value = self.owner.get(&self.at(&format!("products/{sku}"))).await.expect(200);
        product["stock"].as_i64().expect("counted stock")
    }

    /// Puts a rule set in force.
    pub async fn activate(&self, document: &str) {
        let draft = json!({ "name": "Rules", "document": document, "base_rev": 0 });
        let draft: Value = self.owner.post(&self.at("rule-sets"), &draft).await.expect(201);
        let id = draft["summary"]["id"].as_str().expect("an id").to_owned();
        let asked = json!({ "base_rev": draft["summary"]["rev"], "reason": "The only one here" });
        let path = self.at(&format!("rule-sets/{id}/activate"));
        let _: Value = self.owner.post(&path, &asked).await.expect(200);
    }

    /// Replaces the launch constraints.
    pub async fn launch(&self, mut constraints: Value) {
        let now: Value = self.owner.get(&self.at("launch")).await.expect(200);
        constraints["rev"] = now["rev"].clone();
        self.owned_put("launch", &constraints).await;
    }

    /// Replaces a setting.
    pub async fn setting(&self, name: &str, value: Value) {
        let path = format!("settings/{name}");
        let now: Value = self.owner.get(&self.at(&path)).await.expect(200);
        self.owned_put(&path, &json!({ "value": value, "rev": now["rev"] })).await;
    }

    /// One more member of staff, signed in.
    pub async fn staff(&self, name: &str, role: &str) -> Client {
        let email = format!("{}@lantern.example", name.to_lowercase());
        let password = "correct horse battery";
        let new = json!({ "name": name, "email": email, "role": role, "password": password });
        let _: Value = self.owner.post(&self.at("staff"), &new).await.expect(201);
        let sign_in = json!({ "store": self.slug, "email": email, "password": password });
        let stranger = Client::new(&self.base, None);
        let signed_in: SignedIn = stranger.post("/v1/sessions", &sign_in).await.expect(201);
        Client::new(&self.base, Some(signed_in.token))
    }

    /// A new visitor of the shop.
    pub async fn visitor(&self) -> Client {
        let stranger = Client::new(&self.base, None).with_header("X-Souk-Visitor", "new");
        let answer = stranger.get(&self.shop("cart")).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let token = answer.headers["x-souk-visitor"].to_str().expect("a token");
        Client::new(&self.base, None).with_header("X-Souk-Visitor", token)
    }

    pub async fn open(&self, visitor: &Client, sku: &str, quantity: i64) -> Answer {
        let asked = json!({ "sku": sku, "quantity": quantity });
        visitor.post(&self.shop("negotiations"), &asked).await
    }

    pub async fn say(&self, visitor: &Client, id: &str, text: &str) -> Answer {
        let path = self.shop(&format!("negotiations/{id}/messages"));
        visitor.post(&path, &json!({ "text": text })).await
    }

    /// Opens, offers what the bot takes at once, and gives the negotiation with its deal.
    pub async fn deal(&self, visitor: &Client, sku: &str, quantity: i64) -> ShopNegotiation {
        let opened: ShopNegotiation = self.open(visitor, sku, quantity).await.expect(201);
        let agreed: ShopNegotiation = self.say(visitor, &opened.id, "£10.80").await.expect(200);
        assert!(agreed.deal.is_some(), "{agreed:?}");
        agreed
    }

    /// What staff see of a negotiation.
    pub async fn detail(&self, staff: &Client, id: &str) -> NegotiationDetail {
        staff.get(&self.at(&format!("negotiations/{id}"))).await.expect(200)
    }

    pub async fn act(&self, staff: &Client, id: &str, act: Value) -> Answer {
        staff.post(&self.at(&format!("negotiations/{id}/acts")), &act).await
    }

    pub async fn check_out(&self, visitor: &Client, deal: Option<&str>, payment: &str) -> Answer {
        visitor.post(&self.shop("checkout"), &checkout(deal, payment)).await
    }
}

/// A filled-in checkout form.
pub fn checkout(deal: Option<&str>, payment: &str) -> Value {
    json!({
        "name": "Maya Lindqvist", "email": "maya@example.com", "address_line": "1 High Street",
        "city": "Leeds", "postcode": "LS1 1AA", "country": "GB", "delivery": "standard",
        "payment": payment, "deal": deal
    })
}
