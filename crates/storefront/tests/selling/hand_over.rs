//! A deal made by the widget on another site is paid in the shop; what travels is good for that deal,
//! once, for two minutes, and brings nobody a session of someone else's.

use api::error::ErrorCode;
use api::shop::{HandOver, ShopNegotiation};
use futures_util::StreamExt;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, Market, Service, checkout, on_each_engine};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

const BLOG: &str = "https://blog.example";

/// The widget on the blog: its own visitor, by header, from that origin.
async fn widget(market: &Market) -> Client {
    market.setting("widget_origins", json!([BLOG])).await;
    market.visitor().await.with_header("Origin", BLOG)
}

async fn code(market: &Market, widget: &Client, id: &str) -> Answer {
    widget.post(&market.shop(&format!("negotiations/{id}/hand-over")), &Value::Null).await
}

/// A form as a browser sends it; `from` as `Sec-Fetch-Site` says it.
async fn submit(browser: &Client, path: &str, from: &str, fields: &[(&str, &str)]) -> Answer {
    let form = browser
        .request(Method::POST, path)
        .header("Sec-Fetch-Site", from)
        .form(fields)
        .send()
        .await
        .unwrap();
    let (status, headers) = (form.status(), form.headers().clone());
    Answer { status, headers, text: form.text().await.unwrap() }
}

const ASK: &str = "/s/lantern/hand-over";
const TAKE: &str = "/s/lantern/hand-over/take";

/// A browser that has been at the shop before, with its cookie.
async fn browser(service: &Service) -> Client {
    let add = [("sku", "LAST"), ("quantity", "1")];
    let first = submit(&service.anonymous(), "/s/lantern/cart", "same-origin", &add).await;
    let cookie = first.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap();
    service.anonymous().with_header("Cookie", cookie)
}

#[tokio::test]
async fn a_deal_of_another_site_is_paid_in_the_shop() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let there = widget(&market).await;
        let here = browser(&service).await;
        let deal = market.deal(&there, "LIGHT", 2).await;
        let way: HandOver = code(&market, &there, &deal.id).await.expect(201);

        // the blog's page posts the code; the browser sends no cookie with that and gets none
        let asked = submit(&service.anonymous(), ASK, "cross-site", &[("code", &way.code)]).await;
        assert_eq!(asked.status, 200, "{}", asked.text);
        assert!(asked.text.contains("2 × £10.80") && asked.text.contains("£21.60"));
        assert!(!asked.headers.contains_key("set-cookie"), "the visitor here would be lost");
        let mine = here.get(&format!("/s/lantern/offers/{}", deal.id)).await;
        assert_eq!(mine.status, 404, "looking moves nothing");

        let taken = submit(&here, TAKE, "same-origin", &[("code", &way.code)]).await;
        assert_eq!(taken.status, 303, "{}", taken.text);
        let place = taken.headers["location"].to_str().unwrap().to_owned();
        assert_eq!(place, format!("/s/lantern/checkout?offer={}", deal.id));
        let page = here.get(&place).await;
        assert!(page.text.contains("£21.60"), "{}", page.text);

        // the deal is this browser's now, and not the blog's any more
        let gone = there.get(&market.shop(&format!("negotiations/{}", deal.id))).await;
        assert_eq!(gone.status, 404);
        let old = deal.deal.unwrap().token;
        let refused = market.check_out(&there, Some(&old), "approve").await.refused(400);
        assert_eq!(refused.code, ErrorCode::Invalid, "{}", refused.message);
        let fields = checkout(None, "approve");
        let mut form: Vec<(&str, &str)> = fields
            .as_object()
            .unwrap()
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)))
            .collect();
        form.extend([("offer", deal.id.as_str()), ("once", "one order")]);
        let placed = submit(&here, "/s/lantern/checkout", "same-origin", &form).await;
        assert_eq!(placed.status, 303, "{}", placed.text);
        let order = here.get(placed.headers["location"].to_str().unwrap()).await;
        assert!(order.text.contains("£21.60"), "{}", order.text);
        assert_eq!(market.stock("LIGHT").await, 8);
        let log = market.owner.get(&market.at("audit?limit=100")).await.text;
        assert!(log.contains("deal.hand_over") && !log.contains(&way.code));
    })
    .await;
}

#[tokio::test]
async fn a_code_is_good_once_for_two_minutes_for_its_own_deal_and_store() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let there = widget(&market).await;
        let here = browser(&service).await;
        let early = widget(&market).await;
        let opened: ShopNegotiation = market.open(&early, "LIGHT", 1).await.expect(201);
        assert_eq!(code(&market, &early, &opened.id).await.status, 404, "no deal yet");
        let deal = market.deal(&there, "LIGHT", 1).await;
        // a stranger, a page that the store does not name, a guess
        let stranger = market.visitor().await;
        assert_eq!(code(&market, &stranger, &deal.id).await.status, 404);
        let evil = market.visitor().await.with_header("Origin", "https://evil.example");
        assert_eq!(code(&market, &evil, &deal.id).await.status, 403);
        for guess in ["", "ho_", "ho_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &deal.id] {
            assert_eq!(submit(&here, TAKE, "same-origin", &[("code", guess)]).await.status, 409);
        }
        let first: HandOver = code(&market, &there, &deal.id).await.expect(201);
        let second: HandOver = code(&market, &there, &deal.id).await.expect(201);
        let old = submit(&here, TAKE, "same-origin", &[("code", &first.code)]).await;
        assert_eq!(old.status, 409, "a newer code ends the older");
        // another site's page can neither use the code up nor frame the page that asks
        for site in ["cross-site", "same-site"] {
            let forged = submit(&here, TAKE, site, &[("code", &second.code)]).await;
            assert_eq!(forged.status, 403, "{site}");
        }
        let asked =
            submit(&service.anonymous(), ASK, "cross-site", &[("code", &second.code)]).await;
        assert_eq!(asked.headers["x-frame-options"], "DENY");
        // nor does it mean anything in another store, or in an address
        service.market("other").await;
        let elsewhere = "/s/other/hand-over/take";
        let wrong = submit(&here, elsewhere, "same-origin", &[("code", &second.code)]).await;
        assert_eq!(wrong.status, 409);
        assert_eq!(here.get(&format!("{ASK}?code={}", second.code)).await.status, 405);

        let taken = submit(&here, TAKE, "same-origin", &[("code", &second.code)]).await;
        assert_eq!(taken.status, 303, "{}", taken.text);
        for again in [&here, &stranger] {
            let used = submit(again, TAKE, "same-origin", &[("code", &second.code)]).await;
            assert_eq!(used.status, 409, "used already");
        }
        // two minutes pass
        let late = market.deal(&market.visitor().await, "LIGHT", 1).await;
        assert!(late.deal.is_some());
        let slow = widget(&market).await;
        let deal = market.deal(&slow, "LIGHT", 1).await;
        let way: HandOver = code(&market, &slow, &deal.id).await.expect(201);
        service.clock.forward(121);
        let over = submit(&here, TAKE, "same-origin", &[("code", &way.code)]).await;
        assert_eq!(over.status, 409);
        let still = slow.get(&market.shop(&format!("negotiations/{}", deal.id))).await;
        assert_eq!(still.status, 200, "and the deal is where it was");
    })
    .await;
}

#[tokio::test]
async fn the_widget_hears_of_each_step_only_from_pages_that_the_store_names() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let there = widget(&market).await;
        let probe = there.request(Method::GET, "/").build().unwrap();
        let token = probe.headers()["x-souk-visitor"].to_str().unwrap().to_owned();
        let ask = |origin: &str, protocol: Option<String>, cookie: Option<String>| {
            let url = format!("ws://{}/v1/shops/lantern/live", service.addr);
            let mut request = url.into_client_request().unwrap();
            let headers = request.headers_mut();
            headers.insert("origin", origin.parse().unwrap());
            if let Some(protocol) = protocol {
                headers.insert("sec-websocket-protocol", protocol.parse().unwrap());
            }
            if let Some(cookie) = cookie {
                headers.insert("cookie", cookie.parse().unwrap());
            }
            tokio_tungstenite::connect_async(request)
        };
        let by_protocol = Some(format!("souk.v1, {token}"));
        let by_cookie = Some(format!("souk_visitor={token}"));
        assert!(ask("https://evil.example", by_protocol.clone(), None).await.is_err());
        assert!(ask("null", by_protocol.clone(), None).await.is_err());
        assert!(ask(BLOG, None, by_cookie).await.is_err(), "a cookie does not count elsewhere");
        let (mut socket, answer) = ask(BLOG, by_protocol, None).await.unwrap();
        assert_eq!(answer.headers()["sec-websocket-protocol"], "souk.v1");
        let mut heard = async || -> Value {
            loop {
                let message = socket.next().await.unwrap().unwrap();
                if message.is_text() {
                    return serde_json::from_str(message.to_text().unwrap()).unwrap();
                }
            }
        };
        assert_eq!(heard().await["type"], "resync");
        let opened: ShopNegotiation = market.open(&there, "LIGHT", 1).await.expect(201);
        let event = heard().await;
        assert_eq!(event["negotiation"]["id"], json!(opened.id));
        let other = market.visitor().await;
        market.open(&other, "LIGHT", 1).await.expect::<ShopNegotiation>(201);
        market.say(&there, &opened.id, "£7").await.expect::<ShopNegotiation>(200);
        assert_eq!(heard().await["negotiation"]["id"], json!(opened.id), "nobody else's");
    })
    .await;
}
