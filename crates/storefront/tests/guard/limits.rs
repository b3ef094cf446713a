//! Limits count client addresses: the ones that really speak, whatever they say of themselves; and
//! what strangers leave behind is bounded.

use futures_util::StreamExt;
use reqwest::Method;
use testkit::{Client, Engine, Service};
use tokio_tungstenite::tungstenite::Error;

const BURST: u32 = 5;

async fn service_with(burst: u32, trusted: &[&str]) -> Service {
    let limit = storefront::RateLimit { per_second: 1, burst };
    let mut service = Service::start_with(Engine::Sqlite, Some(limit)).await;
    service.config.trusted_proxies = trusted.iter().map(|net| net.parse().unwrap()).collect();
    service.restart().await;
    service
}

/// Of twice as many requests as a burst allows, how many are held back; each says another origin.
async fn held_back(client: &Client, forwarded: impl Fn(u32) -> String) -> usize {
    let mut held_back = 0;
    for n in 0..BURST * 2 {
        let client = client.clone().with_header("X-Forwarded-For", &forwarded(n));
        held_back += usize::from(client.get("/healthz").await.status == 429);
    }
    held_back
}

#[tokio::test]
async fn a_stranger_who_forges_the_header_is_still_one_address() {
    // nobody is trusted, or somebody else
    for trusted in [&[][..], &["10.0.0.0/8", "2001:db8::/32"]] {
        let service = service_with(BURST, trusted).await;
        let forged = |n| format!("198.51.100.{n}");
        assert!(held_back(&service.anonymous(), forged).await > 0, "{trusted:?}");
    }
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_client_has_its_own_limit() {
    let service = service_with(BURST, &["127.0.0.0/8"]).await;
    let proxy = service.anonymous();
    assert_eq!(held_back(&proxy, |n| format!("203.0.113.{n}")).await, 0, "ten customers");
    // one attacker, who sends the header with another address each time; the proxy adds the true one
    let forged = |n| format!("198.51.100.{n}, 203.0.113.99");
    assert!(held_back(&proxy, forged).await > 0);
    // one who has a whole network to speak from
    let network = |n| format!("2001:db8:0:7::{n}");
    assert!(held_back(&proxy, network).await > 0);
    assert_eq!(held_back(&proxy, |n| format!("2001:db8:0:1{n}::1")).await, 0, "ten networks");
}

#[tokio::test]
async fn live_channels_of_one_address_are_bounded_and_free_again_when_closed() {
    let service = service_with(1_000, &[]).await;
    service.with_store("lantern").await;
    let open = || {
        let url = format!("ws://{}/v1/shops/lantern/live", service.addr);
        tokio_tungstenite::connect_async(url)
    };
    // each without a cookie: a new visitor every time
    let mut sockets = Vec::new();
    let refused = loop {
        match open().await {
            Ok((socket, _)) => sockets.push(socket),
            Err(Error::Http(answer)) => break answer,
            Err(other) => panic!("{other}"),
        }
        assert!(sockets.len() <= 100);
    };
    assert_eq!((sockets.len(), refused.status().as_u16()), (100, 429));
    assert!(refused.headers().contains_key("retry-after"));
    assert!(sockets[0].next().await.unwrap().unwrap().is_text(), "those open go on");
    sockets.pop();
    for _ in 0..50 {
        if open().await.is_ok() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("a closed channel still counts");
}

#[tokio::test]
async fn an_invented_method_makes_no_label() {
    let service = Service::start(Engine::Sqlite).await;
    for word in ["BREW", "X-1", "X-2"] {
        let method = Method::from_bytes(word.as_bytes()).unwrap();
        service.anonymous().request(method, "/healthz").send().await.unwrap();
    }
    let metrics = service.anonymous().get("/metrics").await.text;
    assert!(metrics.contains(r#"method="other""#), "{metrics}");
    assert!(!metrics.contains("BREW") && !metrics.contains("X-1"), "{metrics}");
}
