//! Guesses at once count like guesses one after the other; a repeat of what was done is told so; a
//! key's use is no write each time.

use api::error::ErrorCode;
use api::staff::{ApiKey, CreatedApiKey};
use serde_json::{Value, json};
use testkit::{Client, Engine, Service, on_each_engine};

const PASSWORD: &str = "correct horse battery";

async fn attempt(client: Client, email: &str, password: &str) -> u16 {
    let body = json!({ "store": "lantern", "email": email, "password": password });
    client.post("/v1/sessions", &body).await.status.as_u16()
}

/// An attacker sends all guesses at once, so that each is let in before the first is counted.
#[tokio::test(flavor = "multi_thread")]
async fn a_burst_of_wrong_passwords_is_ten_guesses() {
    on_each_engine(|service| async move {
        service.with_store("lantern").await;
        // somebody who is there, and somebody who is not: the door tells neither apart
        for email in ["sam@lantern.example", "nobody@lantern.example"] {
            let burst = (0..80).map(|n| {
                let client = service.anonymous();
                tokio::spawn(async move { attempt(client, email, &format!("guess {n}")).await })
            });
            let mut looked_at = 0;
            for answer in burst.collect::<Vec<_>>() {
                match answer.await.unwrap() {
                    401 => looked_at += 1,
                    other => assert_eq!(other, 429),
                }
            }
            assert_eq!(looked_at, 10, "{email}");
        }
        let locked = attempt(service.anonymous(), "sam@lantern.example", PASSWORD).await;
        assert_eq!(locked, 429);
        service.clock.forward(15 * 60);
        assert_eq!(attempt(service.anonymous(), "sam@lantern.example", PASSWORD).await, 201);
    })
    .await;
}

#[tokio::test]
async fn a_right_password_is_never_counted_not_even_repeated() {
    let service = Service::start(Engine::Sqlite).await;
    service.with_store("lantern").await;
    let repeating = service.anonymous().with_header("Idempotency-Key", "the same");
    for _ in 0..25 {
        let answer = attempt(repeating.clone(), "sam@lantern.example", PASSWORD).await;
        assert_eq!(answer, 201);
    }
}

#[tokio::test]
async fn ending_a_session_twice_under_one_key_is_one_answer() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        market.staff("Noor", "agent").await;
        let path = market.at("staff/sessions");
        let sessions: Value = market.owner.get(&path).await.expect(200);
        let all = sessions.as_array().unwrap();
        let noors = all.iter().find(|one| one["staff_name"] == "Noor").unwrap();
        let one = format!("{path}/{}", noors["id"].as_str().unwrap());
        let once = market.owner.clone().with_header("Idempotency-Key", "end it");
        let first: Value = once.delete(&one).await.expect(200);
        let repeat = once.delete(&one).await;
        assert_eq!(repeat.headers["idempotency-replayed"], "true");
        assert_eq!(repeat.expect::<Value>(200), first);
        let anew = market.owner.delete(&one).await.refused(404);
        assert_eq!(anew.code, ErrorCode::NotFound, "another request finds nothing to end");
    })
    .await;
}

#[tokio::test]
async fn a_key_used_often_is_noted_once_a_minute() {
    let service = Service::start(Engine::Sqlite).await;
    let (owner, _) = service.with_store("lantern").await;
    let path = "/v1/stores/lantern/api-keys";
    let new = json!({ "name": "Till", "role": "agent" });
    let key: CreatedApiKey = owner.post(path, &new).await.expect(201);
    let till = Client::new(&service.base(), Some(key.secret));
    let last_used = async || {
        assert_eq!(till.get("/v1/stores/lantern").await.status, 200);
        let keys: Vec<ApiKey> = owner.get(path).await.expect(200);
        keys[0].last_used_at.unwrap().as_ms()
    };
    let first = last_used().await;
    assert_eq!(first, service.clock.now().as_millisecond());
    service.clock.forward(60);
    assert_eq!(last_used().await, first);
    service.clock.forward(1);
    assert_eq!(last_used().await, first + 61_000);
}
