//! Push and pull against the real service: repeated pushes, lost answers, both sides the same.

// steps outside of a test function may fail the test, too
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use api::sync::{Entity, Push, PushReply};
use cache::{Cache, Edit, Op, Source};
use serde_json::json;
use sync::{Method, Service, Token};
use uuid::Uuid;

const OP: Op = Op { name: "test", source: Source::Local };

struct World {
    _folder: tempfile::TempDir,
    running: storefront::Running,
    service: Service,
    cache: Cache,
}

async fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let config = storefront::Config {
        database: format!("sqlite:{}", folder.path().join("souk.sqlite").display()),
        data_dir: folder.path().to_owned(),
        master_key: [3; 32],
        rate_limit: None,
        trusted_proxies: vec![],
        clock: storefront::Clock::system(),
    };
    let running = storefront::start(config, listener).await.unwrap();
    let setup = api::store::Setup {
        slug: "lark".into(),
        profile: api::store::StoreProfile {
            name: "Lark".into(),
            currency: "GBP".into(),
            timezone: "Europe/London".into(),
            country: "GB".into(),
            contact_email: "a@lark.example".into(),
            language: "en".into(),
            tone: "warm".into(),
        },
        owner_name: "Ada".into(),
        owner_email: "ada@lark.example".into(),
        owner_password: "correct horse battery".into(),
    };
    let service = Service::at(&running.addr.to_string()).unwrap();
    let code = running.setup_code.clone();
    let signed_in: api::staff::SignedIn = service
        .send_to_service(Method::POST, "/v1/setup", &setup, &[("X-Setup-Code", &code)])
        .await
        .unwrap();
    let service = service.signed_in(&signed_in.store.id, Token::new(signed_in.token));
    let cache = Cache::open(&folder.path().join("console")).await.unwrap().cache;
    World { _folder: folder, running, service, cache }
}

async fn edit(world: &World, key: &str, base_rev: i64, name: &str) {
    let edit = Edit {
        id: Uuid::now_v7(),
        entity: Entity::RuleSet,
        key: key.to_owned(),
        base_rev,
        fields: json!({"name": name, "document": "{}"}).as_object().cloned().unwrap(),
        made_at: 1,
    };
    world
        .cache
        .transact(OP, world.service.store_id(), move |tx| {
            Box::pin(async move { tx.edit(&edit).await })
        })
        .await
        .unwrap();
}

async fn name_of(world: &World, key: &str) -> (i64, String) {
    let found = cache::document(&world.cache, world.service.store_id(), Entity::RuleSet, key)
        .await
        .unwrap()
        .unwrap();
    (found.rev, found.doc["summary"]["name"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_push_whose_answer_was_lost_is_repeated_and_applied_once() {
    let world = world().await;
    let key = Uuid::now_v7().to_string();
    edit(&world, &key, 0, "Autumn").await;
    // the edit arrives, the answer does not
    let store = world.service.store_id();
    let (due, _) =
        world.cache.transact(OP, store, |tx| Box::pin(tx.take_due(0, 10))).await.unwrap();
    let push = Push { mutations: due.iter().map(|w| w.mutation.clone()).collect() };
    let first: PushReply = world.service.send(Method::POST, "/sync/push", &push).await.unwrap();
    let again: PushReply = world.service.send(Method::POST, "/sync/push", &push).await.unwrap();
    assert_eq!(first, again, "the same id again gets the same outcome");
    // an edit on top of it, made before the answer
    edit(&world, &key, 0, "Autumn sale").await;
    let pushed = sync::push(&world.service, &world.cache).await.unwrap();
    assert_eq!((pushed.applied, pushed.conflicts, pushed.error), (2, 0, None));
    let pulled = sync::pull(&world.service, &world.cache, true).await.unwrap();
    assert_eq!(pulled.differing, Some(vec![]), "digests are equal");
    assert_eq!(name_of(&world, &key).await, (2, "Autumn sale".to_owned()));
    assert!(cache::waiting(&world.cache, store).await.unwrap().is_empty());
    world.running.stop().await;
}

#[tokio::test]
async fn the_same_field_on_both_sides_is_a_conflict_and_another_field_is_not() {
    let world = world().await;
    let key = Uuid::now_v7().to_string();
    edit(&world, &key, 0, "Mine").await;
    sync::push(&world.service, &world.cache).await.unwrap();
    sync::pull(&world.service, &world.cache, false).await.unwrap();
    // someone else renames it; this console has not pulled yet
    let theirs =
        api::rules::DraftChange { name: "Theirs".into(), document: "{}".into(), base_rev: 1 };
    let path = format!("/rule-sets/{key}");
    let _: api::rules::RuleSet = world.service.send(Method::PUT, &path, &theirs).await.unwrap();
    edit(&world, &key, 1, "Mine again").await;
    let other = Uuid::now_v7().to_string();
    edit(&world, &other, 0, "Not held up").await;
    let pushed = sync::push(&world.service, &world.cache).await.unwrap();
    assert_eq!((pushed.applied, pushed.conflicts), (1, 1));
    let store = world.service.store_id();
    let conflicts = cache::conflicts(&world.cache, store).await.unwrap();
    assert_eq!(conflicts[0].fields[0].field, "name");
    assert_eq!(conflicts[0].fields[0].theirs, json!("Theirs"));
    sync::pull(&world.service, &world.cache, false).await.unwrap();
    assert_eq!(name_of(&world, &key).await, (2, "Mine again".to_owned()), "untouched here");
    assert_eq!(name_of(&world, &other).await, (1, "Not held up".to_owned()));
    world.running.stop().await;
}
