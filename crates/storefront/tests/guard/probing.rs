//! Someone who feels for the lowest price: by many offers over several products, as ever new visitors
//! from one address, and by many at once.

use api::negotiation::NegotiationState as State;
use api::shop::ShopNegotiation;
use serde_json::{Value, json};
use testkit::{Client, Market, Service, on_each_engine};

const OF_VISITOR: usize = 40;
const OF_ADDRESS: usize = 240;
const PAUSE: &str = "Please come back later.";

/// Low offers go on being declined by the bot, so that each tells something.
const PROBED: &str = r#"{
  "schema": "souk.rules/1", "currency": "GBP", "timezone": "Europe/London",
  "rules": [{
    "id": "all",
    "guardrails": {"floor": {"margin": "0.20"}},
    "policy": {"target": {"of_list": "0.95"}, "accept_at": {"of_list": "0.90"},
      "decline_below": {"of_list": "0.80"}, "max_rounds": 10, "concession": "linear"}
  }]
}"#;

async fn probed(service: &Service, products: usize) -> Market {
    let market = service.market("lantern").await;
    market.activate(PROBED).await;
    market.setting("negotiation", json!({ "low_offers_to_staff": false, "offers_max": 40 })).await;
    for n in 0..products {
        market.product(&format!("P{n}"), "Lantern", 1200, Some(611), Some(50)).await;
    }
    market
}

/// Whether the offer was answered by a decline or a counteroffer.
async fn tells(market: &Market, client: &Client, id: &str, text: &str) -> bool {
    let answer = market.say(client, id, text).await;
    if answer.status == 429 {
        return false;
    }
    let seen: ShopNegotiation = answer.expect(200);
    assert!(matches!(seen.state, State::Opened | State::Bargaining), "{seen:?}");
    !seen.messages.last().unwrap().text.contains(PAUSE)
}

#[tokio::test]
async fn a_visitor_has_so_many_tries_over_all_products_and_can_still_take_the_ask() {
    on_each_engine(|service| async move {
        let market = probed(&service, 6).await;
        let prober = market.visitor().await;
        let (mut told, mut talks) = (0, Vec::new());
        for n in 0..6 {
            let opened: ShopNegotiation =
                market.open(&prober, &format!("P{n}"), 1).await.expect(201);
            for pence in 0..8 {
                let offer = format!("£{}.{pence}0", 8 + pence % 2);
                told += usize::from(tells(&market, &prober, &opened.id, &offer).await);
            }
            talks.push(opened.id);
            service.clock.forward(61);
        }
        assert_eq!(told, OF_VISITOR);
        let last = &talks[2];
        // whatever the price the words are the same, also for one that would be taken
        let seen: ShopNegotiation = market.say(&prober, last, "£11.00").await.expect(200);
        assert!(seen.messages.last().unwrap().text.contains(PAUSE), "{seen:?}");
        let german: ShopNegotiation =
            market.say(&prober, last, "Ich biete 9,00 £ bitte").await.expect(200);
        assert!(german.messages.last().unwrap().text.contains("kommen Sie später"), "{german:?}");
        // somebody else is not held back, and neither is who pays what is asked
        let maya = market.visitor().await;
        let opened: ShopNegotiation = market.open(&maya, "P0", 1).await.expect(201);
        assert!(tells(&market, &maya, &opened.id, "£8").await);
        let ask = german.standing_ask.clone().unwrap();
        let path = market.shop(&format!("negotiations/{last}/accept"));
        let taken: ShopNegotiation = prober.post(&path, &json!({ "price": ask })).await.expect(200);
        assert_eq!(taken.state, State::Agreed);
        service.clock.forward(6 * 3600);
        let opened: ShopNegotiation = market.open(&prober, "P1", 1).await.expect(201);
        assert!(tells(&market, &prober, &opened.id, "£8").await, "another day");
    })
    .await;
}

/// An attacker throws the cookie away with each offer, and sends all at once.
#[tokio::test(flavor = "multi_thread")]
async fn new_cookies_from_one_address_are_one_prober() {
    let on = |engine| async move {
        let limit = storefront::RateLimit { per_second: 100_000, burst: 100_000 };
        let mut service = Service::start_with(engine, Some(limit)).await;
        service.config.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
        service.restart().await;
        let market = probed(&service, 1).await;
        let mut probes = tokio::task::JoinSet::new();
        for n in 0..OF_ADDRESS + 12 {
            let market = market.clone();
            probes.spawn(async move {
                let from = "203.0.113.9";
                let client = market.visitor().await.with_header("X-Forwarded-For", from);
                let opened: ShopNegotiation = market.open(&client, "P0", 1).await.expect(201);
                tells(&market, &client, &opened.id, &format!("£{}.{:02}", 5 + n / 60, n % 100))
                    .await
            });
        }
        let told = probes.join_all().await.into_iter().filter(|told| *told).count();
        assert_eq!(told, OF_ADDRESS);
        // a customer elsewhere notices nothing, and the address itself is nowhere to be read
        let maya = market.visitor().await.with_header("X-Forwarded-For", "198.51.100.7");
        let opened: ShopNegotiation = market.open(&maya, "P0", 1).await.expect(201);
        assert!(tells(&market, &maya, &opened.id, "£8").await);
        let log = market.owner.get(&market.at("audit?limit=500")).await;
        assert!(!log.text.contains("203.0.113.9"));
        let _: Value = log.expect(200);
    };
    on(testkit::Engine::Sqlite).await;
    if std::env::var("SOUK_TEST_POSTGRES_URL").is_ok() {
        on(testkit::Engine::Postgres).await;
    }
}
