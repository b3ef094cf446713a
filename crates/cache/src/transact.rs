//! The one way to write: transaction, documents, outbox and change set together, or nothing.

use std::collections::BTreeSet;
use std::pin::Pin;

use api::sync::Entity;
use sqlx::{Sqlite, Transaction};

use crate::{Cache, Result};

/// What is being done, and on whose account.
#[derive(Debug, Clone, Copy)]
pub struct Op {
    /// The use case's name: `rule_set_save`.
    pub name: &'static str,
    pub source: Source,
}

/// Where a write came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Local,
    Sync,
    Live,
}

/// What a committed transaction changed: what the UI reads again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeSet {
    /// Kinds of documents; per document would be a list of 100,000 after a first pull.
    pub entities: BTreeSet<Entity>,
    /// Edits came to wait, or ceased to.
    pub waiting: bool,
}

impl ChangeSet {
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty() && !self.waiting
    }
}

/// A transaction on one store's things.
pub struct Tx {
    pub(crate) sql: Transaction<'static, Sqlite>,
    pub(crate) store_id: String,
    pub(crate) changes: ChangeSet,
}

/// The work of one transaction.
pub type Work<'t, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 't>>;

impl Cache {
    /// Runs `work` in one transaction and answers its value with what it changed. When `work`
    /// fails, or the caller stops waiting, nothing has happened.
    ///
    /// # Errors
    /// What `work` answers, or the database's own.
    pub async fn transact<T, F>(&self, op: Op, store_id: &str, work: F) -> Result<(T, ChangeSet)>
    where
        F: for<'t> FnOnce(&'t mut Tx) -> Work<'t, T> + Send,
    {
        let sql = self.write.begin_with("BEGIN IMMEDIATE").await?;
        let mut tx = Tx { sql, store_id: store_id.to_owned(), changes: ChangeSet::default() };
        let value = work(&mut tx).await?;
        let Tx { sql, changes, .. } = tx;
        sql.commit().await?;
        tracing::debug!(op = op.name, source = ?op.source, ?changes, "cache written");
        Ok((value, changes))
    }
}
