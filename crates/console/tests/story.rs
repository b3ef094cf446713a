//! A merchant's story through the console's use cases, against the real service in this process:
//! a store on this computer, edits with and without a line, a restart, two consoles on one store.

// steps outside of a test function may fail the test, too
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use api::Instant;
use api::catalog::{ImportFormat, ProductState, ProductStateChange};
use api::error::ErrorCode;
use api::negotiation::{NegotiationState, StaffAct, StaffActKind};
use api::rules::DraftChange;
use api::staff::{NewStaff, PasswordChange, Role, SignIn};
use api::store::{LaunchConstraints, ProfileChange, Segment, Segments, StoreProfile};
use console::catalog::ProductQuery;
use console::connection::{
    self, ConnectionKind, ForgetOutcome, HostedSetup, LocalSetup, SignOutOutcome,
};
use console::host::{ChangeNotice, Host, Notice};
use console::import::ImportSource;
use console::negotiation::NegotiationQuery;
use console::order::OrderQuery;
use console::secrets::{InMemory, SecretStore};
use console::tag::Tag;
use console::{
    Console, Options, analytics, catalog, credential, import, negotiation, order, progress, rules,
    staff, store,
};

const CSV: &str = "sku,title,description,category,list_price,currency,unit_cost,stock,tags\n\
    L1,Brass lantern,Warm light,home/lights,24.00,GBP,9.50,12,brass\n\
    T1,Tea towel,Linen,home/kitchen,6.50,GBP,2.10,40,linen\n";

#[derive(Default)]
struct Seen(Mutex<Vec<Tag>>);

impl Host for Seen {
    fn changed(&self, change: ChangeNotice) {
        self.0.lock().unwrap().extend(change.tags);
    }
    fn notify(&self, _notice: Notice) {}
}

struct Desk {
    console: Console,
    seen: Arc<Seen>,
}

async fn desk(folder: &Path, secrets: &Arc<InMemory>) -> Desk {
    let seen = Arc::new(Seen::default());
    let options = Options { folder: folder.to_owned() };
    let secrets: Arc<dyn SecretStore> = secrets.clone();
    let console = Console::start(options, secrets, seen.clone()).await.unwrap();
    Desk { console, seen }
}

fn setup() -> LocalSetup {
    LocalSetup {
        slug: String::new(),
        profile: StoreProfile {
            name: "Lantern & Lark".into(),
            currency: "GBP".into(),
            timezone: "Europe/London".into(),
            country: "GB".into(),
            contact_email: "hello@lark.example".into(),
            language: "en".into(),
            tone: "warm".into(),
        },
        owner_name: "Ada".into(),
        owner_email: "ada@lark.example".into(),
    }
}

/// Waits for what other tasks bring about.
async fn until<F: AsyncFn() -> bool>(what: &str, met: F) {
    for _ in 0..500 {
        if met().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("waited in vain: {what}");
}

async fn synced(console: &Console) {
    until("the first pull", async || {
        let state = connection::state(console).await.unwrap();
        state.sync.last_pulled_at.is_some() && state.sync.online && state.sync.live
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_on_this_computer_from_first_run_to_restart() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = Arc::new(InMemory::default());
    let Desk { console, seen } = desk(folder.path(), &secrets).await;
    assert_eq!(connection::state(&console).await.unwrap().kind, ConnectionKind::None);
    assert_eq!(store::get(&console).await.unwrap_err().code, ErrorCode::NotAllowedNow);

    let state = connection::start_local(&console, setup()).await.unwrap();
    assert_eq!(state.kind, ConnectionKind::Local);
    assert_eq!(state.store.unwrap().slug, "lantern-lark");
    assert_eq!(state.staff.unwrap().role, Role::Owner);
    assert!(seen.0.lock().unwrap().contains(&Tag::Store));
    synced(&console).await;

    // onboarding, typed letter by letter with the revision of the first look
    let seen_rev = store::get(&console).await.unwrap().rev;
    for name in ["Lan", "Lantern", "Lantern and Lark"] {
        let profile = StoreProfile { name: name.into(), ..setup().profile };
        let change = ProfileChange { profile, base_rev: seen_rev };
        store::save_profile(&console, change).await.unwrap();
    }
    assert_eq!(store::get(&console).await.unwrap().profile.name, "Lantern and Lark");
    let trade = Segment {
        name: "trade".into(),
        label: "Trade".into(),
        countries: vec![],
        spend_min: None,
        orders_min: Some(3),
        tags: vec![],
        customers: 0,
    };
    let segments = Segments { segments: vec![trade], rev: 0 };
    assert_eq!(store::save_segments(&console, segments).await.unwrap().segments.len(), 1);

    let source = ImportSource::Bytes { base64: base64(CSV) };
    let preview = import::preview(&console, source.clone(), ImportFormat::Souk).await.unwrap();
    assert_eq!((preview.created, preview.errors_total), (2, 0), "{:?}", preview.errors);
    let seen: Arc<Mutex<Vec<progress::Progress>>> = Arc::default();
    let watched = Arc::clone(&seen);
    let watch: progress::OnProgress = Arc::new(move |step| watched.lock().unwrap().push(step));
    let done = import::run(&console, source, ImportFormat::Souk, watch).await;
    assert_eq!(done.unwrap().created, 2);
    let working = |step: &progress::Progress| step.phase == "working" && step.total == 0;
    assert!(seen.lock().unwrap().iter().any(working), "all is sent, and how long yet is not known");
    let page = catalog::products(&console, ProductQuery::default()).await.unwrap();
    assert_eq!(page.items.iter().map(|p| p.sku.as_str()).collect::<Vec<_>>(), ["L1", "T1"]);

    let launch = LaunchConstraints { categories: vec!["home".into()], ..Default::default() };
    let saved = store::save_launch(&console, launch).await.unwrap();
    assert_eq!(saved.categories, ["home"]);

    connection::sync_now(&console).await.unwrap();
    let state = connection::state(&console).await.unwrap();
    assert_eq!((state.sync.waiting, state.sync.conflicts), (0, 0));
    assert!(!state.sync.digest_differs, "both sides hold the same");
    drop(console);

    // the next start resumes the store by itself, without a word from the person
    let Desk { console, .. } = desk(folder.path(), &secrets).await;
    connection::resume_last(&console).await;
    let state = connection::state(&console).await.unwrap();
    assert_eq!((state.kind, state.trouble), (ConnectionKind::Local, None));
    assert_eq!(state.store.unwrap().profile.name, "Lantern and Lark");
    synced(&console).await;
    // the owner's password here is the console's own: another one would lock the person out
    let change = PasswordChange { current: "a guess".into(), new: "mine from now on".into() };
    let refused = staff::change_password(&console, change).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowedNow);
    assert_eq!(connection::sign_out(&console, false).await.unwrap(), SignOutOutcome::SignedOut);
    let known = connection::known(&console).await.unwrap();
    assert_eq!((known.len(), known[0].open), (1, false));
    // the owner's password is in the keychain: reopening asks for nothing
    let state = connection::reopen(&console, &known[0].id).await.unwrap();
    assert_eq!(state.kind, ConnectionKind::Local);
    connection::sign_out(&console, true).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_forgotten_leaves_nothing_and_edits_are_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = Arc::new(InMemory::default());
    let Desk { console, .. } = desk(folder.path(), &secrets).await;
    connection::start_local(&console, setup()).await.unwrap();
    synced(&console).await;
    let source = ImportSource::Bytes { base64: base64(CSV) };
    import::run(&console, source, ImportFormat::Souk, progress::unwatched()).await.unwrap();
    let known = connection::known(&console).await.unwrap().remove(0);
    let store = known.id.strip_prefix("local/").unwrap().to_owned();
    connection::sign_out(&console, true).await.unwrap();

    // what was left unsent, as a console without a line leaves it
    let cache = cache::Cache::open(folder.path()).await.unwrap().cache;
    let edit = cache::Edit {
        id: uuid::Uuid::now_v7(),
        entity: api::sync::Entity::Setting,
        key: "greeting".into(),
        base_rev: 0,
        fields: serde_json::Map::from_iter([("value".to_owned(), "hello".into())]),
        made_at: 1,
    };
    let op = cache::Op { name: "test", source: cache::Source::Local };
    cache
        .transact(op, &store, move |tx| Box::pin(async move { tx.edit(&edit).await }))
        .await
        .unwrap();
    let asked = connection::forget(&console, &known.id, false).await.unwrap();
    assert_eq!(asked, ForgetOutcome::EditsWaiting { count: 1 });
    assert_eq!(connection::known(&console).await.unwrap().len(), 1, "nothing was done");

    let done = connection::forget(&console, &known.id, true).await.unwrap();
    assert_eq!(done, ForgetOutcome::Forgotten);
    assert_eq!(connection::known(&console).await.unwrap(), []);
    let token = secrets.get(&format!("session/{}", known.id)).await.unwrap();
    assert_eq!(token, None, "the token has left the keychain");
    let entity = api::sync::Entity::Product;
    assert!(cache::document(&cache, &store, entity, "L1").await.unwrap().is_none());
    assert_eq!(cache::waiting_count(&cache, &store).await.unwrap().edits, 0);
    assert!(cache::remembered(&cache, &format!("staff/{store}")).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_store_is_one_click_away() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = Arc::new(InMemory::default());
    let Desk { console, seen } = desk(folder.path(), &secrets).await;
    let steps: Arc<Mutex<Vec<String>>> = Arc::default();
    let watched = steps.clone();
    let progress: progress::OnProgress = Arc::new(move |p| watched.lock().unwrap().push(p.phase));
    let state = connection::start_sample(&console, progress).await.unwrap();
    let sample = state.store.unwrap();
    assert!(sample.attribution.unwrap().contains("CC BY 4.0"), "the licence is named");
    assert!(steps.lock().unwrap().iter().any(|s| s == "done"));
    synced(&console).await;
    let page = catalog::products(&console, ProductQuery::default()).await.unwrap();
    assert!(page.total.unwrap() > 3_000, "{:?}", page.total);
    let state = connection::state(&console).await.unwrap();
    assert!(!state.sync.digest_differs);
    figures_lead_to_their_rows(&console).await;
    a_decision_that_comes_late_has_the_pages_read_again(&console, &seen).await;
    // a second click opens the same store
    let again = connection::start_sample(&console, progress::unwatched()).await.unwrap();
    assert_eq!(again.store.unwrap().id, sample.id);
    connection::sign_out(&console, true).await.unwrap();
}

/// A figure of a stretch and the list for the same stretch count the same rows.
async fn figures_lead_to_their_rows(console: &Console) {
    let newest = order::list(console, OrderQuery::default()).await.unwrap().items.remove(0);
    let until = Instant::from_ms(newest.placed_at.as_ms() + 1);
    let from = Instant::from_ms(until.as_ms() - 30 * 24 * 3_600_000);
    let (since, before) = (Some(from), Some(until));
    let figures = analytics::dashboard(console, from, until).await.unwrap().now;
    let (sold, returns) = (Some(true), Some(false));
    let sold = OrderQuery { from: since, until: before, sold, returns, ..Default::default() };
    let rows = order::list(console, sold).await.unwrap();
    assert!(figures.orders > 0, "the sample has orders in its last month");
    assert_eq!(rows.total.unwrap(), figures.orders);
    let agreed = [NegotiationState::Agreed, NegotiationState::Redeemed, NegotiationState::Lapsed];
    for (states, figure) in [(vec![], figures.negotiations), (agreed.to_vec(), figures.agreed)] {
        let query = NegotiationQuery { states, from: since, until: before, ..Default::default() };
        let rows = negotiation::list(console, query.clone()).await.unwrap();
        assert_eq!(rows.total.unwrap(), figure, "{query:?}");
    }
}

/// Someone decides on a negotiation as it was before somebody else acted on it.
async fn a_decision_that_comes_late_has_the_pages_read_again(console: &Console, seen: &Seen) {
    store::go_live(console).await.unwrap();
    let shop = connection::state(console).await.unwrap();
    let (address, slug) = (shop.address.unwrap(), shop.store.unwrap().slug);
    let base = address.trim_end_matches('/');
    let newcomer = testkit::Client::new(base, None).with_header("X-Souk-Visitor", "new");
    let asked = serde_json::json!({ "sku": "22423", "quantity": 1 });
    let opened = newcomer.post(&format!("/v1/shops/{slug}/negotiations"), &asked).await;
    assert_eq!(opened.status, 201, "{}", opened.text);
    let page = negotiation::list(console, NegotiationQuery::default()).await.unwrap();
    let row = page.items.first().unwrap();
    let decline = StaffAct {
        act: StaffActKind::Decline,
        epoch: row.epoch - 1,
        price: None,
        text: None,
        reason: None,
        evidence: None,
    };
    seen.0.lock().unwrap().clear();
    let refused = negotiation::act(console, &row.id, decline).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Conflict);
    assert!(seen.0.lock().unwrap().contains(&Tag::Negotiations));
}

/// A hosted service that can be stopped and started again on the same address and data.
struct Hosted {
    folder: tempfile::TempDir,
    addr: std::net::SocketAddr,
    running: Option<storefront::Running>,
}

impl Hosted {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let addr = listener.local_addr().unwrap();
        let running = Some(serve(folder.path(), listener).await);
        Self { folder, addr, running }
    }

    async fn stop(&mut self) {
        self.running.take().unwrap().stop().await;
    }

    async fn again(&mut self) {
        let mut tries = 0;
        let listener = loop {
            match tokio::net::TcpListener::bind(self.addr).await {
                Ok(listener) => break listener,
                Err(error) => {
                    tries += 1;
                    assert!(tries < 100, "{error}");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        };
        self.running = Some(serve(self.folder.path(), listener).await);
    }

    async fn with_store() -> Self {
        let hosted = Self::start().await;
        let s = setup();
        let body = api::store::Setup {
            slug: "lark".into(),
            profile: s.profile,
            owner_name: s.owner_name,
            owner_email: s.owner_email,
            owner_password: "correct horse battery".into(),
        };
        let code = hosted.running.as_ref().unwrap().setup_code.clone();
        let service = sync::Service::at(&hosted.addr.to_string()).unwrap();
        let header = [("X-Setup-Code", code.as_str())];
        let _: api::staff::SignedIn =
            service.send_to_service(sync::Method::POST, "/v1/setup", &body, &header).await.unwrap();
        hosted
    }
}

async fn serve(folder: &Path, listener: tokio::net::TcpListener) -> storefront::Running {
    let config = storefront::Config {
        database: format!("sqlite:{}", folder.join("souk.sqlite").display()),
        data_dir: folder.to_owned(),
        master_key: [7; 32],
        rate_limit: None,
        trusted_proxies: vec![],
        clock: storefront::Clock::system(),
    };
    storefront::start(config, listener).await.unwrap()
}

fn sign_in() -> SignIn {
    SignIn {
        store: "lark".into(),
        email: "ada@lark.example".into(),
        password: "correct horse battery".into(),
        device: String::new(),
    }
}

/// A wrong code and a store that is already there are told by the field to mend; the right code opens the store.
#[tokio::test(flavor = "multi_thread")]
async fn the_first_store_of_a_hosted_service_is_set_up_from_the_console() {
    let mut hosted = Hosted::start().await;
    let (folder, secrets) = (tempfile::tempdir().unwrap(), Arc::new(InMemory::default()));
    let Desk { console, .. } = desk(folder.path(), &secrets).await;
    let address = hosted.addr.to_string();
    let code = hosted.running.as_ref().unwrap().setup_code.clone();
    let local = setup();
    let right = HostedSetup {
        code: format!(" {code}\n"),
        slug: String::new(),
        profile: local.profile,
        owner_name: local.owner_name,
        owner_email: local.owner_email,
        owner_password: "correct horse battery".into(),
    };
    for (wrong, field) in [
        (HostedSetup { code: "setup_guessed".into(), ..right.clone() }, "code"),
        (HostedSetup { owner_password: "short".into(), ..right.clone() }, "owner_password"),
        (HostedSetup { owner_email: "nobody".into(), ..right.clone() }, "owner_email"),
    ] {
        let refused = connection::set_up_hosted(&console, &address, wrong).await.unwrap_err();
        assert_eq!((refused.code, refused.context["field"].as_str()), (ErrorCode::Invalid, field));
        assert_eq!(connection::state(&console).await.unwrap().kind, ConnectionKind::None);
    }
    let open = connection::set_up_hosted(&console, &address, right.clone()).await.unwrap();
    assert_eq!((open.kind, open.staff.unwrap().role), (ConnectionKind::Hosted, Role::Owner));
    let again = connection::set_up_hosted(&console, &address, right).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::Conflict);
    assert_eq!(again.context["field"], "slug");
    assert!(connection::state(&console).await.unwrap().store.is_some(), "the open store stays");
    hosted.stop().await;
}

fn draft(name: &str, base_rev: i64) -> DraftChange {
    let document = r#"{"format":"souk.rules/1","rules":[]}"#.to_owned();
    DraftChange { name: name.into(), document, base_rev }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_edited_with_the_service_stopped_arrives_when_it_is_back() {
    let mut hosted = Hosted::with_store().await;
    let (folder, secrets) = (tempfile::tempdir().unwrap(), Arc::new(InMemory::default()));
    let Desk { console, .. } = desk(folder.path(), &secrets).await;
    let address = hosted.addr.to_string();
    let wrong = SignIn { password: "wrong horse battery".into(), ..sign_in() };
    let refused = connection::connect_hosted(&console, &address, wrong).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Unauthenticated);
    connection::connect_hosted(&console, &address, sign_in()).await.unwrap();
    synced(&console).await;
    let set = rules::save(&console, None, draft("Autumn", 0)).await.unwrap();
    assert_eq!(set.summary.rev, 1, "with a line, the answer is the service's");

    hosted.stop().await;
    until("the line is seen to be down", async || {
        let _ = connection::sync_now(&console).await;
        !connection::state(&console).await.unwrap().sync.online
    })
    .await;
    let id = set.summary.id.clone();
    rules::save(&console, Some(id.clone()), draft("Autumn, offline", 1)).await.unwrap();
    let other = rules::save(&console, None, draft("Made offline", 0)).await.unwrap();
    let names: Vec<String> =
        rules::list(&console).await.unwrap().into_iter().map(|s| s.name).collect();
    assert!(names.contains(&"Autumn, offline".to_owned()), "{names:?}");
    assert!(names.contains(&"Made offline".to_owned()), "{names:?}");
    let asked = rules::activate(&console, &id, Default::default()).await.unwrap_err();
    assert_eq!(asked.code, ErrorCode::Offline);
    let state = connection::state(&console).await.unwrap();
    assert_eq!(state.sync.waiting, 2);
    assert!(state.sync.waiting_since.is_some());
    assert_eq!(
        connection::sign_out(&console, false).await.unwrap(),
        SignOutOutcome::EditsWaiting { count: 2 }
    );
    // a store that was left with edits is not forgotten by one press
    let known = connection::known(&console).await.unwrap()[0].id.clone();
    let open = connection::forget(&console, &known, true).await.unwrap_err();
    assert_eq!(open.code, ErrorCode::NotAllowedNow);
    let export = folder.path().join("edits.json");
    connection::export_waiting(&console, &export).await.unwrap();
    assert_eq!(connection::import_waiting(&console, &export).await.unwrap(), 0, "all are here");

    hosted.again().await;
    until("the edits have arrived", async || {
        connection::state(&console).await.unwrap().sync.waiting == 0
    })
    .await;
    connection::sync_now(&console).await.unwrap();
    // what another console is told
    let (folder2, secrets2) = (tempfile::tempdir().unwrap(), Arc::new(InMemory::default()));
    let second = desk(folder2.path(), &secrets2).await.console;
    connection::connect_hosted(&second, &address, sign_in()).await.unwrap();
    synced(&second).await;
    assert_eq!(rules::get(&second, &id).await.unwrap().summary.name, "Autumn, offline");
    let arrived = rules::get(&second, &other.summary.id).await.unwrap();
    assert_eq!((arrived.summary.name.as_str(), arrived.summary.rev), ("Made offline", 1));
    // the same edits from the file are known by their ids, and applied no second time
    assert_eq!(connection::import_waiting(&second, &export).await.unwrap(), 2);
    connection::sync_now(&second).await.unwrap();
    let state = connection::state(&second).await.unwrap();
    assert_eq!((state.sync.waiting, state.sync.conflicts), (0, 0));
    assert!(!state.sync.digest_differs);
    assert_eq!(rules::get(&second, &id).await.unwrap().summary.rev, 2);
    hosted.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_consoles_on_one_store() {
    let mut hosted = Hosted::with_store().await;
    let address = hosted.addr.to_string();
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let secrets = [Arc::new(InMemory::default()), Arc::new(InMemory::default())];
    let first = desk(one.path(), &secrets[0]).await.console;
    let second = desk(two.path(), &secrets[1]).await.console;
    connection::connect_hosted(&first, &address, sign_in()).await.unwrap();
    connection::connect_hosted(&second, &address, sign_in()).await.unwrap();
    let source = ImportSource::Bytes { base64: base64(CSV) };
    import::run(&first, source, ImportFormat::Souk, progress::unwatched()).await.unwrap();
    until("the second console is told of the import", async || {
        catalog::products(&second, ProductQuery::default()).await.unwrap().items.len() == 2
    })
    .await;
    let product = catalog::product(&second, "L1").await.unwrap();
    let hidden = ProductStateChange { state: ProductState::Unpublished, base_rev: product.rev };
    catalog::set_product_state(&second, "L1", hidden).await.unwrap();
    until("the first console is told of the change", async || {
        catalog::product(&first, "L1").await.unwrap().state == ProductState::Unpublished
    })
    .await;
    let priced = api::catalog::ProductChange {
        title: String::new(),
        description: product.description.clone(),
        category: product.category.clone(),
        list_price: product.list_price.clone(),
        unit_cost: product.unit_cost.clone(),
        stock: product.stock,
        tags: product.tags.clone(),
        base_rev: catalog::product(&first, "L1").await.unwrap().rev,
    };
    let refused = catalog::save_product(&first, "L1", priced).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Invalid, "{refused:?}");
    assert_eq!(catalog::product(&first, "L1").await.unwrap().title, "Brass lantern");
    assert!(connection::conflicts(&first).await.unwrap().is_empty());
    let new = NewStaff {
        name: "Ben".into(),
        email: "ben@lark.example".into(),
        role: Role::Analyst,
        password: "a long enough password".into(),
    };
    staff::add(&first, new).await.unwrap();
    assert_eq!(staff::list(&second).await.unwrap().len(), 2);
    hosted.stop().await;
}

#[tokio::test]
async fn a_credential_goes_in_and_never_comes_out() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = Arc::new(InMemory::default());
    let Desk { console, .. } = desk(folder.path(), &secrets).await;
    let fields = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    };
    let jira = credential::Provider::Jira;
    let first = fields(&[
        ("url", "https://lark.atlassian.example"),
        ("email", "ada@lark.example"),
        ("token", "s3cr3t-value"),
        ("project", "LARK"),
    ]);
    let status = credential::set(&console, jira, first).await.unwrap();
    assert!(status.set_here);
    assert_eq!(status.used, credential::CredentialUse::Own);
    // a blank field keeps what is stored
    let blank = fields(&[("token", ""), ("project", "SHOP")]);
    let status = credential::set(&console, jira, blank).await.unwrap();
    assert!(status.fields.iter().all(|f| f.set));
    let kept = secrets.get("provider/jira").await.unwrap().unwrap();
    assert!(kept.contains("s3cr3t-value") && kept.contains("SHOP"));
    let all = serde_json::to_string(&credential::list(&console).await.unwrap()).unwrap();
    assert!(!all.contains("s3cr3t-value"), "{all}");
    let wrong = credential::set(&console, jira, fields(&[("url", "not an address")])).await;
    assert_eq!(wrong.unwrap_err().context["field"], "url");
    let status = credential::clear(&console, jira).await.unwrap();
    assert!(status.fields.iter().all(|f| !f.set));
    for entry in walk(folder.path()) {
        let bytes = std::fs::read(&entry).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("s3cr3t-value"), "{entry:?}");
    }
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    entries.flat_map(|p| if p.is_dir() { walk(&p) } else { vec![p] }).collect()
}

fn base64(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(text)
}
