//! What every handler shares, and the service's configuration.

use std::path::PathBuf;
use std::sync::Arc;

use ipnet::IpNet;
use jiff::Timestamp;

use crate::auth::policy::Policies;
use crate::db::Db;
use crate::http::rate::Limiter;
use crate::live::{Hub, Lines};

/// How a service is started.
#[derive(Clone)]
pub struct Config {
    /// `sqlite:PATH` or `postgres://…`.
    pub database: String,
    /// Where files of the service stand (the SQLite file, the sealing key).
    pub data_dir: PathBuf,
    /// Seals signing keys at rest. The console keeps it in the OS keychain; `souk serve` takes it
    /// from the environment or from a file that only its user can read.
    pub master_key: [u8; 32],
    /// Requests a second per client address, and the burst above it. `None`: no limit, on live
    /// channels neither.
    pub rate_limit: Option<RateLimit>,
    /// Proxies whose word is taken for where a request comes from.
    pub trusted_proxies: Vec<IpNet>,
    /// Answers within the service's own process may use a fixed clock in tests.
    pub clock: Clock,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    pub per_second: u32,
    pub burst: u32,
}

impl Default for RateLimit {
    fn default() -> Self {
        Self { per_second: 100, burst: 400 }
    }
}

/// Where "now" comes from.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    pub fn system() -> Self {
        Self(Arc::new(Timestamp::now))
    }

    pub fn from_fn(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

/// Shared by all handlers; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) db: Db,
    pub(crate) hub: Hub,
    /// Live channels that are open, by client address.
    pub(crate) lines: Lines,
    /// Requests, by client address.
    pub(crate) limiter: Option<Limiter>,
    pub(crate) policies: Policies,
    pub(crate) config: Config,
    /// Needed to set up the first store of an empty service; printed at start.
    pub(crate) setup_code: String,
    /// What every page of a shop needs, kept while its store has not changed.
    pub(crate) shelves: crate::shop::Shelves,
    /// Rule sets that negotiations are decided by, compiled.
    pub(crate) rule_sets: crate::rules::RuleCache,
    /// Live decisions that a set in shadow makes as well.
    pub(crate) watch: crate::rules::watch::Watch,
    /// Rule sets are checked and replayed a few at a time.
    pub(crate) studies: tokio::sync::Semaphore,
    /// Cancelled when the service stops: live lines end, upkeep ends.
    pub(crate) stop: tokio_util::sync::CancellationToken,
    /// At most two password hashes at a time: each takes 19 MiB and a core.
    pub(crate) hashing: tokio::sync::Semaphore,
}

impl AppState {
    pub(crate) fn db(&self) -> &Db {
        &self.shared.db
    }

    pub(crate) fn hub(&self) -> &Hub {
        &self.shared.hub
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.shared.config.clock.now()
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.now().as_millisecond()
    }
}
