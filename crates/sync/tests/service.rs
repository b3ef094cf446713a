//! Push and pull against the real service: repeated pushes, lost answers, both sides the same.

// steps outside of a test function may fail the test, too
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use api::sync::{Entity, Push, PushReply};
use cache::{Cache, Edit, Op, Source};
use serde_json::json;
use sync::{Compare, Method, Service, Token};
use uuid::Uuid;

const OP: Op = Op { name: "test", source: Source::Local };

struct World {
    folder: tempfile::TempDir,
    running: Option<storefront::Running>,
    service: Service,
    cache: Cache,
}

async fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let running = start(folder.path(), 0).await;
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
    World { folder, running: Some(running), service, cache }
}

impl World {
    async fn stop(&mut self) {
        self.running.take().unwrap().stop().await;
    }

    /// Does something to the service's files while it is stopped.
    async fn while_stopped(&mut self, change: impl FnOnce(&Path)) {
        let port = self.running.as_ref().unwrap().addr.port();
        self.stop().await;
        change(self.folder.path());
        self.running = Some(start(self.folder.path(), port).await);
    }
}

async fn start(folder: &Path, port: u16) -> storefront::Running {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    let config = storefront::Config {
        database: format!("sqlite:{}", folder.join("souk.sqlite").display()),
        data_dir: folder.to_owned(),
        master_key: [3; 32],
        rate_limit: None,
        trusted_proxies: vec![],
        clock: storefront::Clock::system(),
    };
    storefront::start(config, listener).await.unwrap()
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
    let mut world = world().await;
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
    let pulled = sync::pull(&world.service, &world.cache, Compare::Look).await.unwrap();
    assert_eq!(pulled.differing, Some(vec![]), "digests are equal");
    assert_eq!(name_of(&world, &key).await, (2, "Autumn sale".to_owned()));
    assert!(cache::waiting(&world.cache, store).await.unwrap().is_empty());
    world.stop().await;
}

#[tokio::test]
async fn the_same_field_on_both_sides_is_a_conflict_and_another_field_is_not() {
    let mut world = world().await;
    let key = Uuid::now_v7().to_string();
    edit(&world, &key, 0, "Mine").await;
    sync::push(&world.service, &world.cache).await.unwrap();
    sync::pull(&world.service, &world.cache, Compare::No).await.unwrap();
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
    sync::pull(&world.service, &world.cache, Compare::No).await.unwrap();
    assert_eq!(name_of(&world, &key).await, (2, "Mine again".to_owned()), "untouched here");
    assert_eq!(name_of(&world, &other).await, (1, "Not held up".to_owned()));
    world.stop().await;
}

/// Everything is pushed and pulled; what is differing then.
async fn sync(world: &World) -> sync::Pulled {
    let pushed = sync::push(&world.service, &world.cache).await.unwrap();
    assert_eq!((pushed.conflicts, pushed.error), (0, None));
    sync::pull(&world.service, &world.cache, Compare::Repair).await.unwrap()
}

#[tokio::test]
async fn after_a_restore_the_console_pulls_afresh_and_its_edits_go_out_again() {
    let mut world = world().await;
    let [kept, lost, made] = [(); 3].map(|()| Uuid::now_v7().to_string());
    edit(&world, &kept, 0, "Before the backup").await;
    sync(&world).await;
    world
        .while_stopped(|folder| {
            std::fs::copy(folder.join("souk.sqlite"), folder.join("backup")).unwrap();
        })
        .await;
    edit(&world, &lost, 0, "After the backup").await;
    edit(&world, &kept, 1, "Changed after the backup").await;
    assert!(!sync(&world).await.afresh);
    assert_eq!(name_of(&world, &kept).await.0, 2);
    let other = Cache::open(&world.folder.path().join("other console")).await.unwrap().cache;
    sync::pull(&world.service, &other, Compare::No).await.unwrap();
    world
        .while_stopped(|folder| {
            for beside in ["souk.sqlite-wal", "souk.sqlite-shm"] {
                let _ = std::fs::remove_file(folder.join(beside));
            }
            std::fs::copy(folder.join("backup"), folder.join("souk.sqlite")).unwrap();
        })
        .await;
    edit(&world, &made, 0, "Made without a line").await;
    // the pull is first: what waits must outlive it
    let pulled = sync::pull(&world.service, &world.cache, Compare::No).await.unwrap();
    assert!(pulled.afresh);
    assert_eq!(name_of(&world, &kept).await, (1, "Before the backup".to_owned()));
    let store = world.service.store_id();
    let gone = cache::document(&world.cache, store, Entity::RuleSet, &lost).await.unwrap();
    assert_eq!(gone, None, "what the service has no more is not shown");
    assert_eq!(cache::waiting(&world.cache, store).await.unwrap().len(), 1);
    let pulled = sync(&world).await;
    assert_eq!((pulled.afresh, pulled.differing), (false, Some(vec![])));
    assert_eq!(name_of(&world, &made).await, (1, "Made without a line".to_owned()));
    // a console that comes back when the store has gone past what it had read
    edit(&world, &made, 1, "Changed").await;
    edit(&world, &made, 1, "Changed again").await;
    sync(&world).await;
    let late = sync::pull(&world.service, &other, Compare::Look).await.unwrap();
    assert_eq!((late.afresh, late.differing), (true, Some(vec![])));
    let gone = cache::document(&other, store, Entity::RuleSet, &lost).await.unwrap();
    assert_eq!(gone, None);
    world.stop().await;
}

struct Nobody;

impl sync::Watcher for Nobody {
    fn changed(&self, _: cache::ChangeSet) {}
    fn status(&self, _: &sync::Status) {}
    fn negotiation(&self, _: api::negotiation::NegotiationRow) {}
    fn missed(&self) {}
}

#[tokio::test]
async fn synchronise_now_compares_and_repairs() {
    let mut world = world().await;
    let one = Uuid::now_v7().to_string();
    edit(&world, &one, 0, "As it is").await;
    let (service, cache) = (world.service.clone(), world.cache.clone());
    let engine = sync::Engine::start(service, cache, std::sync::Arc::new(Nobody));
    engine.sync_now().await.unwrap();
    // right after a comparison, when the engine by itself would not look for a while
    go_wrong(&world, &one).await;
    engine.sync_now().await.unwrap();
    assert!(!engine.status().digest_differs);
    assert_eq!(name_of(&world, &one).await, (1, "As it is".to_owned()));
    engine.stop().await;
    world.stop().await;
}

/// The copy here becomes one of a revision that the service never had.
async fn go_wrong(world: &World, key: &str) {
    let key = key.to_owned();
    let wrong = json!({ "summary": { "name": "As it never was" } });
    world
        .cache
        .transact(OP, world.service.store_id(), move |tx| {
            Box::pin(async move { tx.put_document(Entity::RuleSet, &key, 99, wrong).await })
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn a_copy_that_differs_is_pulled_afresh_and_edits_that_wait_are_kept() {
    let mut world = world().await;
    let [one, made] = [(); 2].map(|()| Uuid::now_v7().to_string());
    edit(&world, &one, 0, "As it is").await;
    sync(&world).await;
    let store = world.service.store_id();
    go_wrong(&world, &one).await;
    edit(&world, &made, 0, "Waits").await;
    let look = sync::pull(&world.service, &world.cache, Compare::Look).await.unwrap();
    assert_eq!(look.differing, Some(vec![Entity::RuleSet]), "seen, and left alone");
    assert_eq!(name_of(&world, &one).await.0, 99);
    let repair = sync::pull(&world.service, &world.cache, Compare::Repair).await.unwrap();
    assert_eq!(repair.repaired, [Entity::RuleSet]);
    assert_eq!((repair.afresh, repair.differing), (true, Some(vec![])));
    assert_eq!(name_of(&world, &one).await, (1, "As it is".to_owned()));
    assert_eq!(cache::waiting(&world.cache, store).await.unwrap().len(), 1);
    let sound = sync(&world).await;
    assert_eq!((sound.repaired, sound.differing), (vec![], Some(vec![])));
    assert_eq!(name_of(&world, &made).await, (1, "Waits".to_owned()));
    world.stop().await;
}

/// Stands between console and service and passes everything on, but loses the first `lost` answers
/// to a write: the service has done it, the console hears nothing.
async fn losing_answers(to: std::net::SocketAddr, lost: usize) -> std::net::SocketAddr {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let addr = listener.local_addr().unwrap();
    let to_lose = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(lost));
    tokio::spawn(async move {
        while let Ok((mut console, _)) = listener.accept().await {
            let mut service = tokio::net::TcpStream::connect(to).await.unwrap();
            let to_lose = to_lose.clone();
            tokio::spawn(async move {
                let (mut up, mut down) = (vec![0; 65536], vec![0; 65536]);
                let mut writes = false;
                loop {
                    tokio::select! {
                        n = console.read(&mut up) => match n {
                            Ok(n) if n > 0 => {
                                writes |= up[..n].starts_with(b"POST ");
                                service.write_all(&up[..n]).await.unwrap();
                            }
                            _ => return,
                        },
                        n = service.read(&mut down) => match n {
                            Ok(n) if n > 0 => {
                                use std::sync::atomic::Ordering::SeqCst;
                                let less = |left: usize| left.checked_sub(1);
                                if writes && to_lose.fetch_update(SeqCst, SeqCst, less).is_ok() {
                                    return;
                                }
                                console.write_all(&down[..n]).await.unwrap();
                            }
                            _ => return,
                        },
                    }
                }
            });
        }
    });
    addr
}

async fn keys_after(lost: usize) -> (Result<api::staff::CreatedApiKey, api::ErrorBody>, usize) {
    let world = world().await;
    let addr = losing_answers(world.running.as_ref().unwrap().addr, lost).await;
    let token = world.service.token().unwrap().clone();
    let service =
        Service::at(&addr.to_string()).unwrap().signed_in(world.service.store_id(), token);
    let new = api::staff::NewApiKey { name: "Till".into(), role: api::staff::Role::Agent };
    let made = service.send(Method::POST, "/api-keys", &new).await;
    let keys: Vec<api::staff::ApiKey> = world.service.get("/api-keys", &[]).await.unwrap();
    (made, keys.len())
}

#[tokio::test]
async fn a_write_whose_answer_was_lost_is_repeated_under_its_key_and_done_once() {
    let (made, keys) = keys_after(1).await;
    assert_eq!(made.unwrap().key.name, "Till");
    assert_eq!(keys, 1, "a second key would be one that nobody knows of");
}

#[tokio::test]
async fn a_write_is_repeated_no_more_than_once() {
    let (made, keys) = keys_after(2).await;
    assert_eq!(made.unwrap_err().code, api::error::ErrorCode::Offline);
    assert_eq!(keys, 1);
}
