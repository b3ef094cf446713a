//! A customer without scripts: fills a basket, haggles, pays, all by posting forms; nobody else's
//! page can do it for them, nobody else sees the order. On SQLite and on PostgreSQL.
#![allow(clippy::unwrap_used, clippy::panic)]

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use testkit::{Client, Service, on_each_engine};

const STORE: &str = "/v1/stores/lantern";

/// A browser with scripts off: keeps the cookie, sends forms as a page of the shop does.
struct Browser {
    client: Client,
    base: String,
    cookie: Option<String>,
}

struct Seen {
    status: StatusCode,
    place: String,
    text: String,
}

impl Browser {
    fn new(service: &Service) -> Self {
        Self { client: service.anonymous(), base: service.base(), cookie: None }
    }

    async fn get(&mut self, path: &str) -> Seen {
        self.send(Method::GET, path, None, &[]).await
    }

    async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Seen {
        let origin = self.base.clone();
        self.send(Method::POST, path, Some(form), &[("origin", &origin)]).await
    }

    async fn send(
        &mut self,
        method: Method,
        path: &str,
        form: Option<&[(&str, &str)]>,
        headers: &[(&str, &str)],
    ) -> Seen {
        let mut request = self.client.request(method, path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        if let Some(form) = form {
            let pairs: Vec<String> =
                form.iter().map(|(k, v)| format!("{}={}", encode(k), encode(v))).collect();
            let kind = "application/x-www-form-urlencoded";
            request = request.header("content-type", kind).body(pairs.join("&"));
        }
        let answer = request.send().await.unwrap();
        let header = |name: &str| {
            answer.headers().get(name).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default()
        };
        let (cookie, place) = (header("set-cookie"), header("location"));
        if let Some((pair, rest)) = cookie.split_once(';') {
            assert!(rest.contains("HttpOnly") && rest.contains("SameSite=Lax"), "{cookie}");
            self.cookie = Some(pair.to_owned());
        }
        Seen { status: answer.status(), place, text: answer.text().await.unwrap() }
    }

    /// Posts, and reads the page that the answer leads to.
    async fn submit(&mut self, path: &str, form: &[(&str, &str)]) -> (String, Seen) {
        let sent = self.post(path, form).await;
        assert_eq!(sent.status, 303, "{path}: {}", sent.text);
        let page = self.get(&sent.place).await;
        assert_eq!(page.status, 200, "{}: {}", sent.place, page.text);
        (sent.place, page)
    }
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b if b.is_ascii_alphanumeric() => char::from(b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect()
}

/// A live store with one lantern (£14.50, cost £8.00, ten of them) that may be bargained on.
async fn open_store(service: &Service) -> Client {
    let (owner, _) = service.with_store("lantern").await;
    let product = json!({
        "title": "Brass lantern", "category": "home/lights", "base_rev": 0,
        "list_price": { "minor": 1450, "currency": "GBP" },
        "unit_cost": { "minor": 800, "currency": "GBP" }, "stock": 10
    });
    assert_eq!(owner.put(&format!("{STORE}/products/L1"), &product).await.status, 200);
    let publish = json!({ "state": "live", "base_rev": 1 });
    owner.post(&format!("{STORE}/products/L1/state"), &publish).await;
    let segments = json!({ "segments": [], "rev": 0 });
    assert_eq!(owner.put(&format!("{STORE}/segments"), &segments).await.status, 200);
    let launch = json!({ "categories": ["home"], "approver_role": "manager", "rev": 0 });
    assert_eq!(owner.put(&format!("{STORE}/launch"), &launch).await.status, 200);
    let document = json!({
        "schema": "souk.rules/1", "currency": "GBP", "timezone": "Europe/London",
        "rules": [{ "id": "all", "guardrails": { "floor": { "margin": "0.2" } },
            "policy": { "target": { "amount": "12.00" }, "max_rounds": 6, "deal_valid": "PT30M" } }]
    });
    let draft = json!({ "name": "One", "document": document.to_string(), "base_rev": 0 });
    let made: Value = owner.post(&format!("{STORE}/rule-sets"), &draft).await.expect(201);
    let id = made["summary"]["id"].as_str().unwrap();
    let activate = json!({ "base_rev": 1, "reason": "the only one here" });
    let path = format!("{STORE}/rule-sets/{id}/activate");
    assert_eq!(owner.post(&path, &activate).await.status, 200);
    let live = owner.post(&format!("{STORE}/go-live"), &Value::Null).await;
    assert_eq!(live.status, 200, "{}", live.text);
    owner
}

const ADDRESS: [(&str, &str); 6] = [
    ("name", "Maya Lind"),
    ("email", "maya@example.com"),
    ("address_line", "1 Lamp Street"),
    ("city", "London"),
    ("postcode", "N1 1AA"),
    ("country", "GB"),
];

fn paying<'a>(payment: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = ADDRESS.to_vec();
    form.extend([("delivery", "standard"), ("payment", payment)]);
    form.extend(more);
    form
}

#[tokio::test]
async fn a_basket_is_filled_changed_and_bought_without_scripts() {
    on_each_engine(|service| async move {
        let owner = open_store(&service).await;
        let mut maya = Browser::new(&service);
        assert_eq!(maya.get("/").await.place, "/s/lantern/");
        let page = maya.get("/s/lantern/p/L1").await;
        assert!(maya.cookie.is_none(), "looking alone makes nobody a visitor");
        assert!(page.text.contains("action=\"/s/lantern/cart\""));
        let add = [("sku", "L1"), ("quantity", "2"), ("once", "one-click")];
        let (_, cart) = maya.submit("/s/lantern/cart", &add).await;
        assert!(cart.text.contains("£29.00"), "{}", cart.text);
        // the same form again (back button, double click) adds nothing
        let (_, cart) = maya.submit("/s/lantern/cart", &add).await;
        assert!(cart.text.contains("£29.00"), "{}", cart.text);
        let (_, cart) = maya.submit("/s/lantern/cart", &[("sku", "L1"), ("quantity", "1")]).await;
        assert!(cart.text.contains("£43.50"), "{}", cart.text);
        let set = [("sku", "L1"), ("quantity", "2"), ("act", "set")];
        maya.submit("/s/lantern/cart", &set).await;
        let too_many = maya.post("/s/lantern/cart", &[("sku", "L1"), ("quantity", "50")]).await;
        assert_eq!(too_many.status, 409);
        assert!(too_many.text.contains("There is not enough of it left."));

        let declined = maya.post("/s/lantern/checkout", &paying("decline", &[])).await;
        assert_eq!(declined.status, 402);
        assert!(
            declined.text.contains("The payment was declined")
                && declined.text.contains("Maya Lind")
        );
        let silent = maya.post("/s/lantern/checkout", &paying("timeout", &[])).await;
        assert_eq!(silent.status, 402);
        assert!(silent.text.contains("did not answer"), "{}", silent.text);

        let form = paying("approve", &[("once", "buy-1")]);
        let (place, order) = maya.submit("/s/lantern/checkout", &form).await;
        assert!(order.text.contains("Thank you. Your order is placed."), "{}", order.text);
        assert!(order.text.contains("£32.95"), "goods and delivery: {}", order.text);
        let (again, _) = maya.submit("/s/lantern/checkout", &form).await;
        assert_eq!(place, again, "the same form twice is one order");
        assert!(maya.get("/s/lantern/cart").await.text.contains("Your basket is empty."));

        let mut eve = Browser::new(&service);
        assert_eq!(eve.get(&place).await.status, 404, "an order is its visitor's alone");
        let left: Value = owner.get(&format!("{STORE}/products/L1")).await.expect(200);
        assert!(left["stock"].as_i64().unwrap() <= 8, "{left}");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_in_the_form_is_marked_and_the_rest_is_kept() {
    on_each_engine(|service| async move {
        open_store(&service).await;
        let mut maya = Browser::new(&service);
        assert_eq!(maya.get("/s/lantern/checkout").await.place, "/s/lantern/cart");
        maya.submit("/s/lantern/cart", &[("sku", "L1"), ("quantity", "1")]).await;
        for (field, value, advice) in [
            ("email", "nobody", "Write an e-mail address"),
            ("name", "", "Write the name"),
            ("postcode", "", "Write the postcode"),
            ("country", "XX", "Please check"),
        ] {
            let mut form = paying("approve", &[]);
            form.retain(|(name, _)| *name != field);
            form.push((field, value));
            let page = maya.post("/s/lantern/checkout", &form).await;
            assert_eq!(page.status, 400, "{field}");
            assert!(page.text.contains(advice), "{field}: {}", page.text);
            assert!(page.text.contains("aria-invalid=\"true\""), "{field}");
            let kept = if field == "city" { "Maya Lind" } else { "London" };
            assert!(page.text.contains(kept), "{field}");
        }
        for quantity in ["-1", "0", "1e9", "half", "", "99999999999999999999"] {
            let form = [("sku", "L1"), ("quantity", quantity)];
            assert_eq!(maya.post("/s/lantern/cart", &form).await.status, 400, "{quantity:?}");
        }
        assert_eq!(maya.post("/s/lantern/cart", &[("quantity", "1")]).await.status, 400);
        let draft = maya.post("/s/lantern/cart", &[("sku", "none"), ("quantity", "1")]).await;
        assert_eq!(draft.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_customer_haggles_agrees_and_pays_the_agreed_price_without_scripts() {
    on_each_engine(|service| async move {
        open_store(&service).await;
        let mut maya = Browser::new(&service);
        let page = maya.get("/s/lantern/p/L1").await;
        assert!(page.text.contains("action=\"/s/lantern/p/L1/offer\""), "{}", page.text);
        let first = [("quantity", "1"), ("text", "would you take £11.00?"), ("once", "offer-1")];
        let (place, offer) = maya.submit("/s/lantern/p/L1/offer", &first).await;
        for part in ["would you take £11.00?", "An automated helper answers", "Take it"] {
            assert!(offer.text.contains(part), "{part}: {}", offer.text);
        }
        for secret in ["£10.00", "£8.00", "£12.00", "floor", "margin"] {
            assert!(!offer.text.contains(secret), "{secret}: {}", offer.text);
        }
        let price = between(&offer.text, "name=\"price\" value=\"", "\"");
        let take = [("price", price.as_str()), ("once", "take-1")];
        let (_, agreed) = maya.submit(&format!("{place}/accept"), &take).await;
        assert!(agreed.text.contains("Held for you until"), "{}", agreed.text);
        let checkout = between(&agreed.text, "href=\"/s/lantern/checkout", "\"");
        let checkout = maya.get(&format!("/s/lantern/checkout{checkout}")).await;
        assert_eq!(checkout.status, 200, "{}", checkout.text);
        let id = place.rsplit('/').next().unwrap();
        let (_, order) =
            maya.submit("/s/lantern/checkout", &paying("approve", &[("offer", id)])).await;
        assert!(order.text.contains("Saved by bargaining"), "{}", order.text);
        let used = maya.get(&format!("/s/lantern/checkout?offer={id}")).await;
        assert_eq!(used.status, 409, "a deal is used once");

        let mut eve = Browser::new(&service);
        assert_eq!(eve.get(&place).await.status, 404);
        assert_eq!(eve.get(&format!("/s/lantern/checkout?offer={id}")).await.status, 404);
    })
    .await;
}

fn between(text: &str, start: &str, end: &str) -> String {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("no {start}: {text}"));
    rest.split_once(end).unwrap().0.to_owned()
}

#[tokio::test]
async fn a_page_that_waits_for_a_person_looks_again_by_itself() {
    on_each_engine(|service| async move {
        open_store(&service).await;
        let mut maya = Browser::new(&service);
        let first = [("quantity", "1"), ("text", "I would give £11.00")];
        let (place, offer) = maya.submit("/s/lantern/p/L1/offer", &first).await;
        assert!(!offer.text.contains("http-equiv=\"refresh\""));
        let (_, waiting) = maya.submit(&format!("{place}/person"), &[]).await;
        assert!(waiting.text.contains("http-equiv=\"refresh\" content=\"10\""), "{}", waiting.text);
        assert!(waiting.text.contains("A person of our staff is looking"));
        assert!(waiting.text.contains("Take it"), "the price that stands can still be taken");
        let (_, ended) = maya.submit(&format!("{place}/end"), &[]).await;
        assert!(ended.text.contains("You ended this.") && !ended.text.contains("refresh"));
        assert_eq!(maya.post(&format!("{place}/steal"), &[]).await.status, 404);
        let empty = maya.post("/s/lantern/p/L1/offer", &[("text", "  ")]).await;
        assert_eq!(empty.status, 400);
    })
    .await;
}

#[tokio::test]
async fn forms_of_other_sites_do_nothing() {
    on_each_engine(|service| async move {
        open_store(&service).await;
        let mut maya = Browser::new(&service);
        maya.submit("/s/lantern/cart", &[("sku", "L1"), ("quantity", "1")]).await;
        let form = paying("approve", &[("sku", "L1"), ("quantity", "3"), ("text", "£1?")]);
        for path in ["cart", "checkout", "p/L1/offer", "offers/x/accept"] {
            for headers in [
                [("origin", "https://evil.example")],
                [("origin", "null")],
                [("sec-fetch-site", "cross-site")],
                [("sec-fetch-site", "same-site")],
            ] {
                let path = format!("/s/lantern/{path}");
                let refused = maya.send(Method::POST, &path, Some(&form), &headers).await;
                assert_eq!(refused.status, 403, "{path} {headers:?}");
                assert!(refused.text.contains("sent from another site"), "{}", refused.text);
            }
        }
        let cart = maya.get("/s/lantern/cart").await;
        assert!(cart.text.contains("£14.50") && cart.text.contains("value=\"1\""));
    })
    .await;
}

#[tokio::test]
async fn only_sites_that_the_store_names_may_call_it_from_a_page() {
    on_each_engine(|service| async move {
        let owner = open_store(&service).await;
        let setting = json!({ "value": ["https://blog.example"], "rev": 0 });
        let saved = owner.put(&format!("{STORE}/settings/widget_origins"), &setting).await;
        assert_eq!(saved.status, 200, "{}", saved.text);
        let path = "/v1/shops/lantern/negotiations";
        for (origin, asked, allowed) in [
            ("https://blog.example", 204, true),
            ("https://evil.example", 403, false),
            ("null", 403, false),
        ] {
            let client = service.anonymous().with_header("Origin", origin);
            let asks = client.request(Method::OPTIONS, path).send().await.unwrap();
            assert_eq!(asks.status().as_u16(), asked, "{origin}");
            let opened = client
                .with_header("X-Souk-Visitor", "new")
                .post(path, &json!({ "sku": "L1", "quantity": 1 }))
                .await;
            assert_eq!(opened.status.as_u16(), if allowed { 201 } else { 403 }, "{origin}");
            let says = opened.headers.get("access-control-allow-origin");
            assert_eq!(says.is_some_and(|v| v == origin), allowed, "{origin}");
            assert_eq!(opened.headers.contains_key("x-souk-visitor"), allowed, "{origin}");
        }
    })
    .await;
}
