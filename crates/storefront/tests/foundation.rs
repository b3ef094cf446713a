//! A store is set up, its owner signs in and out, a repeat changes nothing twice, strangers get
//! nowhere: on SQLite and on PostgreSQL.

use api::error::ErrorCode;
use api::staff::SignedIn;
use api::store::Store;
use serde_json::json;
use testkit::{Client, Engine, Service, on_each_engine};

#[tokio::test]
async fn an_owner_sets_up_signs_in_and_edits_the_profile() {
    on_each_engine(|service| async move {
        let (owner, signed_in) = service.with_store("lantern").await;
        let mut profile = json!(signed_in.store.profile);
        profile["name"] = json!("Lantern & Lark Ltd");
        let change = json!({ "profile": profile, "base_rev": signed_in.store.rev });
        let saved: Store = owner.put("/v1/stores/lantern/profile", &change).await.expect(200);
        assert_eq!((saved.profile.name.as_str(), saved.rev), ("Lantern & Lark Ltd", 2));

        let late = owner.put("/v1/stores/lantern/profile", &change).await.refused(409);
        assert_eq!((late.code, late.context["rev"].as_str()), (ErrorCode::Conflict, "2"));

        let sign_in = json!({
            "store": "lantern", "email": "SAM@lantern.example", "password": "correct horse battery"
        });
        let again: SignedIn = service.anonymous().post("/v1/sessions", &sign_in).await.expect(201);
        let second = Client::new(&service.base(), Some(again.token));
        assert_eq!(second.delete("/v1/sessions/current").await.status, 200);
        assert_eq!(second.get("/v1/me").await.refused(401).code, ErrorCode::Unauthenticated);
        assert_eq!(owner.get("/v1/me").await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_repeated_key_gives_the_first_answer_and_another_request_under_it_is_refused() {
    on_each_engine(|service| async move {
        let (owner, signed_in) = service.with_store("lantern").await;
        let owner = owner.with_header("Idempotency-Key", "once-only");
        let change = json!({ "profile": signed_in.store.profile, "base_rev": 1 });
        let first: Store = owner.put("/v1/stores/lantern/profile", &change).await.expect(200);
        let repeat = owner.put("/v1/stores/lantern/profile", &change).await;
        assert_eq!(repeat.headers["idempotency-replayed"], "true");
        assert_eq!(repeat.expect::<Store>(200), first);
        let other = json!({ "profile": signed_in.store.profile, "base_rev": 2 });
        let refused = owner.put("/v1/stores/lantern/profile", &other).await.refused(422);
        assert_eq!(refused.code, ErrorCode::KeyReused);
    })
    .await;
}

#[tokio::test]
async fn a_thousand_wrong_passwords_open_nothing_and_close_the_door_for_a_while() {
    let service = Service::start(Engine::Sqlite).await;
    service.with_store("lantern").await;
    let attempt = |password: &str| {
        let body =
            json!({ "store": "lantern", "email": "sam@lantern.example", "password": password });
        let client = service.anonymous();
        async move { client.post("/v1/sessions", &body).await }
    };
    for n in 0..1000 {
        let status = attempt(&format!("guess number {n}")).await.status.as_u16();
        assert_eq!(status, if n < 10 { 401 } else { 429 }, "attempt {n}");
    }
    let locked = attempt("correct horse battery").await;
    assert!(locked.headers.contains_key("retry-after"));
    assert_eq!(locked.refused(429).code, ErrorCode::RateLimited);
    service.clock.forward(16 * 60);
    assert_eq!(attempt("correct horse battery").await.status, 201);
}

#[tokio::test]
async fn a_token_of_another_store_and_a_wrong_setup_code_get_nowhere() {
    on_each_engine(|service| async move {
        let (lantern, _) = service.with_store("lantern").await;
        let (other, _) = service.with_store("other").await;
        assert_eq!(lantern.get("/v1/stores/lantern").await.status, 200);
        let refused = other.get("/v1/stores/lantern").await.refused(403);
        assert_eq!(refused.code, ErrorCode::Forbidden);
        let stranger = service.anonymous().with_header("X-Setup-Code", "setup_guess");
        let setup = json!({
            "slug": "mine", "profile": {}, "owner_name": "Eve",
            "owner_email": "eve@example.com", "owner_password": "a long password"
        });
        assert_eq!(
            stranger.post("/v1/setup", &setup).await.refused(403).code,
            ErrorCode::Forbidden
        );
        assert_eq!(
            service.anonymous().get("/v1/stores/lantern").await.refused(401).code,
            ErrorCode::Unauthenticated
        );
    })
    .await;
}
