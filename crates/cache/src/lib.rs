//! The console's own SQLite: documents of the stores it works on, edits that wait, what it
//! remembers. Owns `transact`, the one way to write. It must never hold a secret, and never talks
//! to a service.

mod audit_head;
mod connection;
mod document;
mod edit;
mod error;
mod feed;
mod merge;
mod open;
mod order_history;
mod outcome;
mod remembered;
mod rescue;
mod transact;
mod waiting;

pub use audit_head::heads;
pub use connection::{Connection, ConnectionKind, connections};
pub use document::{
    Document, Listing, ProductFilter, RuleSetHead, category_counts, document, documents, products,
    rule_sets,
};
pub use edit::{Edit, Edited};
pub use error::CacheError;
pub use feed::{Feed, Held, feed, held};
pub use open::{Cache, Opened};
pub use order_history::{HistoryPage, order_history};
pub use remembered::remembered;
pub use rescue::Rescue;
pub use transact::{ChangeSet, Op, Source, Tx, Work};
pub use waiting::{Conflict, Waiting, WaitingCount, conflicts, waiting, waiting_count};

/// What every call answers.
pub type Result<T> = std::result::Result<T, CacheError>;
