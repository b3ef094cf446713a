//! Which store is open, and how: on this computer or hosted. The last one resumes by itself.

mod hosted;
mod known;
mod local;
mod resume;
mod session;
mod sign_out;
mod state;
mod waiting;

use api::Instant;
use api::staff::Staff;
use api::store::{Store, StoreProfile};
use api::sync::Entity;
use serde::{Deserialize, Serialize};
use specta::Type;

pub use hosted::{connect_hosted, set_up_hosted};
pub use known::{forget, known};
pub use local::{start_local, start_sample};
pub use resume::{reopen, resume_last};
pub(crate) use session::Session;
pub use sign_out::sign_out;
pub use state::state;
pub use waiting::{conflicts, export_waiting, import_waiting, sync_now, waiting_edits};

/// What the window's frame shows: which store, who, and how well the line holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConnectionState {
    pub kind: ConnectionKind,
    /// The last store is being opened: what is told of it is what this computer last knew.
    pub opening: bool,
    /// Absent until a store is open.
    pub store: Option<Store>,
    pub staff: Option<Staff>,
    /// The service's address, as `http://127.0.0.1:4711`.
    pub address: Option<String>,
    pub sync: SyncStatus,
    /// Why the last store could not be resumed, where that was tried and failed.
    pub trouble: Option<api::ErrorBody>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionKind {
    /// No store is open: first run, or signed out.
    None,
    /// The service runs in this process.
    Local,
    Hosted,
}

impl From<cache::ConnectionKind> for ConnectionKind {
    fn from(kind: cache::ConnectionKind) -> Self {
        match kind {
            cache::ConnectionKind::Local => Self::Local,
            cache::ConnectionKind::Hosted => Self::Hosted,
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SyncStatus {
    /// The service answered when last asked.
    pub online: bool,
    /// The live channel stands.
    pub live: bool,
    /// Edits that the service has not acknowledged yet.
    #[specta(type = i32)]
    pub waiting: i64,
    pub waiting_since: Option<Instant>,
    /// Edits that wait for a person: the same field was changed elsewhere, or the service refused.
    #[specta(type = i32)]
    pub conflicts: i64,
    pub last_pulled_at: Option<Instant>,
    /// What failed last, until it works again.
    pub last_error: Option<api::ErrorBody>,
    /// This console's copy and the service's differ although all is pulled.
    pub digest_differs: bool,
}

/// A first store on this computer. The owner's password is made here and kept in the keychain:
/// nobody types it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LocalSetup {
    /// In the shop's address; made from the name when empty.
    #[serde(default)]
    pub slug: String,
    pub profile: StoreProfile,
    pub owner_name: String,
    pub owner_email: String,
}

/// The first store of a hosted service, with its owner.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct HostedSetup {
    /// What the service printed at its start.
    pub code: String,
    /// In the shop's address; made from the name when empty.
    #[serde(default)]
    pub slug: String,
    pub profile: StoreProfile,
    pub owner_name: String,
    pub owner_email: String,
    /// At least 12 characters.
    pub owner_password: String,
}

/// A store that this computer has opened before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct KnownStore {
    /// Names it in `reopen_store` and `forget_store`.
    pub id: String,
    pub kind: ConnectionKind,
    pub name: String,
    pub slug: String,
    pub address: Option<String>,
    pub staff_email: String,
    pub last_opened_at: Instant,
    pub open: bool,
}

/// What came of signing out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum SignOutOutcome {
    SignedOut,
    /// Nothing was done: edits wait. Export them, or sign out with `force`; they stay in this
    /// computer's copy and go out when the store is reopened.
    EditsWaiting {
        #[specta(type = i32)]
        count: i64,
    },
}

/// What came of taking a store off the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum ForgetOutcome {
    Forgotten,
    /// Nothing was done: edits wait, and would be lost. Open the store to send them, or forget it
    /// with `force`.
    EditsWaiting {
        #[specta(type = i32)]
        count: i64,
    },
}

/// One edit that waits to reach the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct WaitingEdit {
    pub id: String,
    pub entity: Entity,
    pub key: String,
    pub fields: Vec<String>,
    pub made_at: Instant,
    #[specta(type = i32)]
    pub attempts: i64,
    pub next_try_at: Option<Instant>,
    pub error: Option<api::ErrorBody>,
}

/// An edit that a person must decide on; it stands untouched until then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct WaitingConflict {
    pub id: String,
    pub entity: Entity,
    pub key: String,
    /// Empty where the service refused the edit as a whole.
    pub fields: Vec<WaitingConflictField>,
    pub refused: Option<api::ErrorBody>,
    pub at: Instant,
}

/// JSON texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct WaitingConflictField {
    pub field: String,
    pub base: String,
    pub mine: String,
    pub theirs: String,
}
