//! A store is set up, its owner signs in and out, a repeat changes nothing twice, strangers get
//! nowhere: on SQLite and on PostgreSQL.

use api::error::ErrorCode;
use api::staff::{CreatedApiKey, SignedIn};
use api::store::Store;
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::{Connection, SqliteConnection};
use testkit::{Client, Engine, Service, on_each_engine};

const PROFILE: &str = r#"{"name": "Lantern & Lark", "currency": "GBP", "timezone": "Europe/London",
    "country": "GB", "contact_email": "hello@lantern.example", "language": "en", "tone": "warm"}"#;

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
async fn a_repeated_setup_or_sign_in_gives_the_first_answer_while_it_is_fresh() {
    on_each_engine(|service| async move {
        let setup = json!({
            "slug": "lantern", "profile": PROFILE.parse::<Value>().expect("JSON"),
            "owner_name": "Sam Okafor", "owner_email": "sam@lantern.example",
            "owner_password": "correct horse battery"
        });
        let stranger = service.anonymous().with_header("Idempotency-Key", "once");
        let owner = stranger.clone().with_header("X-Setup-Code", &service.setup_code());
        // two at once, as a client that lost patience sends them
        let (one, two) =
            tokio::join!(owner.post("/v1/setup", &setup), owner.post("/v1/setup", &setup));
        let (one, two): (Value, Value) = (one.expect(201), two.expect(201));
        assert_eq!(one, two);
        let again = owner.post("/v1/setup", &setup).await;
        assert_eq!(again.headers["idempotency-replayed"], "true");
        assert_eq!(again.expect::<Value>(201), one);
        let token = one["token"].as_str().expect("a token").to_owned();
        let signed_in = Client::new(&service.base(), Some(token));
        let sessions: Value = signed_in.get("/v1/stores/lantern/staff/sessions").await.expect(200);
        assert_eq!(sessions.as_array().map(Vec::len), Some(1), "{sessions}");
        let mut other = setup.clone();
        other["slug"] = json!("lark");
        assert_eq!(owner.post("/v1/setup", &other).await.refused(422).code, ErrorCode::KeyReused);
        let uninvited = stranger.post("/v1/setup", &setup).await.refused(403);
        assert_eq!(uninvited.code, ErrorCode::Forbidden, "a repeat needs the code too");

        let sign_in = json!({
            "store": "lantern", "email": "sam@lantern.example", "password": "correct horse battery"
        });
        let first: Value = stranger.post("/v1/sessions", &sign_in).await.expect(201);
        let repeat = stranger.post("/v1/sessions", &sign_in).await;
        assert_eq!(repeat.headers["idempotency-replayed"], "true");
        assert_eq!(repeat.expect::<Value>(201), first);
        let guess = json!({
            "store": "lantern", "email": "sam@lantern.example", "password": "a guess, not the one"
        });
        assert_eq!(stranger.post("/v1/sessions", &guess).await.status, 401);
        let sessions: Value = signed_in.get("/v1/stores/lantern/staff/sessions").await.expect(200);
        assert_eq!(sessions.as_array().map(Vec::len), Some(2), "the repeat opened none");
        let keyless = stranger.request(Method::POST, "/v1/sessions").json(&sign_in);
        assert_eq!(keyless.send().await.expect("an answer").status(), 201);
        let keyless = service.anonymous().request(Method::POST, "/v1/sessions").json(&sign_in);
        assert_eq!(keyless.send().await.expect("an answer").status(), 400);

        // ten minutes later the token is given no more, and still nothing is done twice
        service.clock.forward(601);
        for (path, body, client) in
            [("/v1/sessions", &sign_in, &stranger), ("/v1/setup", &setup, &owner)]
        {
            let late = client.post(path, body).await.refused(422);
            assert_eq!(late.code, ErrorCode::KeyReused, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn no_secret_stands_in_the_kept_answers() {
    let service = Service::start(Engine::Sqlite).await;
    let (owner, signed_in) = service.with_store("lantern").await;
    let path = "/v1/stores/lantern/api-keys";
    let owner = owner.with_header("Idempotency-Key", "one key");
    let new_key = json!({ "name": "Till", "role": "agent" });
    let key: CreatedApiKey = owner.post(path, &new_key).await.expect(201);
    let repeat: CreatedApiKey = owner.post(path, &new_key).await.expect(201);
    assert_eq!(repeat.secret, key.secret);
    let url = service.config.database.replace("sqlite:", "sqlite://");
    let mut connection = SqliteConnection::connect(&url).await.expect("the file");
    let kept: Vec<(String, String)> = sqlx::query_as("SELECT fingerprint, body FROM idempotency")
        .fetch_all(&mut connection)
        .await
        .expect("rows");
    assert_eq!(kept.len(), 2, "the setup's and the key's");
    for (fingerprint, body) in kept {
        assert!(body.starts_with("v4.local."), "{body}");
        assert!(!body.contains(&key.secret) && !body.contains(&signed_in.token), "{body}");
        assert_eq!(fingerprint.len(), 64);
    }
    let plain = hex::encode(Sha256::digest(format!("POST {path}\n{new_key}")));
    let matched: Vec<(String,)> =
        sqlx::query_as("SELECT key FROM idempotency WHERE fingerprint = $1")
            .bind(plain)
            .fetch_all(&mut connection)
            .await
            .expect("rows");
    assert!(matched.is_empty(), "a fingerprint that anybody can compute tells a password");
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

#[tokio::test]
async fn everyone_changes_their_own_password_and_a_found_session_does_not() {
    on_each_engine(|service| async move {
        let (owner, _) = service.with_store("lantern").await;
        let first = "handed over in person";
        let agent = json!({
            "name": "Noor", "email": "noor@lantern.example", "role": "agent", "password": first
        });
        assert_eq!(owner.post("/v1/stores/lantern/staff", &agent).await.status, 201);
        let sign_in = async |password: &str| {
            let body = json!({
                "store": "lantern", "email": "noor@lantern.example", "password": password
            });
            service.anonymous().post("/v1/sessions", &body).await
        };
        let signed_in: SignedIn = sign_in(first).await.expect(201);
        let noor = Client::new(&service.base(), Some(signed_in.token));
        let other: SignedIn = sign_in(first).await.expect(201);
        let other = Client::new(&service.base(), Some(other.token));

        // by the same rules as any password
        let short = json!({ "current": first, "new": "too short" });
        let refused = noor.post("/v1/me/password", &short).await.refused(400);
        assert_eq!(refused.context["field"], "new");
        // someone at a desk that was left open does not know the current one
        let guess = json!({ "current": "a guess at it", "new": "mine from now on" });
        let refused = other.post("/v1/me/password", &guess).await.refused(400);
        assert_eq!(refused.context["field"], "current");
        // a key is nobody
        let key = json!({ "name": "Till", "role": "agent" });
        let key: CreatedApiKey = owner.post("/v1/stores/lantern/api-keys", &key).await.expect(201);
        let till = Client::new(&service.base(), Some(key.secret));
        assert_eq!(till.post("/v1/me/password", &guess).await.status, 403);

        let change = json!({ "current": first, "new": "known to Noor alone" });
        let repeated = noor.with_header("Idempotency-Key", "noor-changes");
        assert_eq!(repeated.post("/v1/me/password", &change).await.status, 200);
        // a repeat gets the first answer, though `current` is the old one by now
        assert_eq!(repeated.post("/v1/me/password", &change).await.status, 200);
        assert_eq!(repeated.get("/v1/me").await.status, 200, "this session goes on");
        assert_eq!(other.get("/v1/me").await.status, 401, "the others end");
        assert_eq!(sign_in(first).await.status, 401);
        assert_eq!(sign_in("known to Noor alone").await.status, 201);
        assert_eq!(owner.get("/v1/me").await.status, 200, "nobody else's session ends");

        let log: Value = owner.get("/v1/stores/lantern/audit").await.expect(200);
        assert!(log.to_string().contains("staff.password"), "{log}");
        assert!(!log.to_string().contains("known to Noor alone"));
    })
    .await;
}

#[tokio::test]
async fn guessing_the_current_password_is_held_to_the_limit_of_signing_in() {
    let service = Service::start(Engine::Sqlite).await;
    let (owner, _) = service.with_store("lantern").await;
    for n in 0..12 {
        let guess = json!({ "current": format!("guess number {n}"), "new": "mine from now on" });
        let status = owner.post("/v1/me/password", &guess).await.status.as_u16();
        assert_eq!(status, if n < 10 { 400 } else { 429 }, "guess {n}");
    }
    let right = json!({ "current": "correct horse battery", "new": "mine from now on" });
    assert_eq!(owner.post("/v1/me/password", &right).await.status, 429);
}
