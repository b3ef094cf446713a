//! A service per test, on SQLite and, where `SOUK_TEST_POSTGRES_URL` names a cluster, PostgreSQL.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use api::staff::SignedIn;
use jiff::Timestamp;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};
use storefront::{Clock, Config, RateLimit, Running};
use tokio::net::TcpListener;

use crate::client::Client;

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Runs `story` on a fresh service per engine. In CI both engines must be there.
pub async fn on_each_engine<F, Fut>(story: F)
where
    F: Fn(Service) -> Fut,
    Fut: Future<Output = ()>,
{
    story(Service::start(Engine::Sqlite).await).await;
    if std::env::var("SOUK_TEST_POSTGRES_URL").is_ok() {
        story(Service::start(Engine::Postgres).await).await;
    } else {
        assert!(std::env::var("CI").is_err(), "CI must set SOUK_TEST_POSTGRES_URL");
        eprintln!("SOUK_TEST_POSTGRES_URL is not set: SQLite alone");
    }
}

/// A clock that stands until moved.
#[derive(Clone)]
pub struct TestClock(Arc<AtomicI64>);

impl TestClock {
    pub fn starting(at: &str) -> Self {
        let at: Timestamp = at.parse().expect("an RFC 3339 instant");
        Self(Arc::new(AtomicI64::new(at.as_millisecond())))
    }

    pub fn forward(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    pub fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).expect("in range")
    }
}

/// A real service on loopback with a database of its own.
pub struct Service {
    pub addr: SocketAddr,
    pub clock: TestClock,
    pub config: Config,
    pub engine: Engine,
    running: Option<Running>,
    _data: tempfile::TempDir,
}

impl Service {
    pub async fn start(engine: Engine) -> Self {
        Self::start_with(engine, None).await
    }

    pub async fn start_with(engine: Engine, rate_limit: Option<RateLimit>) -> Self {
        let data = tempfile::tempdir().expect("a temporary folder");
        let database = match engine {
            Engine::Sqlite => format!("sqlite:{}", data.path().join("souk.db").display()),
            Engine::Postgres => fresh_postgres().await,
        };
        let clock = TestClock::starting("2026-11-20T09:00:00Z");
        let ticking = clock.clone();
        let config = Config {
            database,
            data_dir: data.path().to_owned(),
            master_key: [7; 32],
            rate_limit,
            trusted_proxies: vec![],
            clock: Clock::from_fn(move || ticking.now()),
        };
        let mut service = Self {
            addr: SocketAddr::from(([127, 0, 0, 1], 0)),
            clock,
            config,
            engine,
            running: None,
            _data: data,
        };
        service.restart().await;
        service
    }

    /// Stops (if it runs) and starts again on the same data.
    pub async fn restart(&mut self) {
        self.stop().await;
        let listener = TcpListener::bind(self.addr).await.expect("a loopback port");
        let running = storefront::start(self.config.clone(), listener).await.expect("it starts");
        self.addr = running.addr;
        self.running = Some(running);
    }

    pub async fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
    }

    pub fn state(&self) -> &storefront::AppState {
        &self.running.as_ref().expect("running").state
    }

    pub fn setup_code(&self) -> String {
        self.running.as_ref().expect("running").setup_code.clone()
    }

    pub fn base(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// A client that is nobody yet.
    pub fn anonymous(&self) -> Client {
        Client::new(&self.base(), None)
    }

    /// Changes the data behind the service's back.
    pub async fn change_database(&self, sql: &'static str) {
        let (sql, url) = (sqlx::raw_sql(AssertSqlSafe(sql)), &self.config.database);
        match self.engine {
            Engine::Sqlite => {
                let mut db = SqliteConnection::connect(url).await.expect("the database opens");
                db.execute(sql).await.expect("it is changed");
            }
            Engine::Postgres => {
                let mut db = PgConnection::connect(url).await.expect("the database opens");
                db.execute(sql).await.expect("it is changed");
            }
        }
    }

    /// Makes the store `SLUG` (GBP, London) with its owner; the client is signed in as that owner.
    pub async fn with_store(&self, slug: &str) -> (Client, SignedIn) {
        let setup = serde_json::json!({
            "slug": slug,
            "profile": {
                "name": "Lantern & Lark", "currency": "GBP", "timezone": "Europe/London",
                "country": "GB", "contact_email": "hello@lantern.example", "language": "en",
                "tone": "warm"
            },
            "owner_name": "Sam Okafor",
            "owner_email": "sam@lantern.example",
            "owner_password": "correct horse battery"
        });
        let code = self.setup_code();
        let answer =
            self.anonymous().with_header("X-Setup-Code", &code).post("/v1/setup", &setup).await;
        let signed_in: SignedIn = answer.expect(201);
        (Client::new(&self.base(), Some(signed_in.token.clone())), signed_in)
    }
}

async fn fresh_postgres() -> String {
    let url = std::env::var("SOUK_TEST_POSTGRES_URL").expect("SOUK_TEST_POSTGRES_URL");
    let name = format!("souk_test_{}", uuid::Uuid::now_v7().simple());
    let mut connection = PgConnection::connect(&url).await.expect("the test cluster answers");
    let create = format!("CREATE DATABASE {name}");
    connection.execute(sqlx::raw_sql(AssertSqlSafe(create))).await.expect("a fresh database");
    let (server, _) = url.rsplit_once('/').expect("postgres://HOST/DATABASE");
    format!("{server}/{name}")
}
