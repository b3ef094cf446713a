//! The store's lock, its change feed and the answers kept under idempotency keys.

use std::sync::LazyLock;

use sqlx::FromRow;

use super::bulk::Bulk;
use super::{DbError, Tx, args, statements};

statements! {
    /// Takes the store's row lock (PostgreSQL) inside the write lock (SQLite) and reads its counters.
    LOCK_STORE = "UPDATE stores SET seq = seq WHERE store_id = $1 \
        RETURNING seq, audit_seq, audit_hash, next_version, next_order";
    SAVE_COUNTERS = "UPDATE stores SET seq = $2, audit_seq = $3, audit_hash = $4, \
        next_version = $5, next_order = $6 WHERE store_id = $1";
    RECORD_CHANGE = "INSERT INTO changes (store_id, entity, key, rev, seq, deleted) \
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (store_id, entity, key) \
        DO UPDATE SET rev = excluded.rev, seq = excluded.seq, deleted = excluded.deleted";
    KNOWN_ANSWER = "SELECT fingerprint, status, body, created_at FROM idempotency \
        WHERE store_id = $1 AND scope = $2 AND key = $3";
    KEEP_ANSWER = "INSERT INTO idempotency \
        (store_id, scope, key, fingerprint, status, body, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// Answers that hold a secret are kept sealed; after a while only that there was one.
    FORGET_SEALED = "UPDATE idempotency SET body = '' \
        WHERE created_at >= $1 AND created_at < $2 AND body LIKE 'v4.local.%'";
    FORGET_ANSWERS = "DELETE FROM idempotency WHERE created_at < $1";
}

/// `$1` store, `$2` entity, `$3` deleted; each row: key, rev, seq.
pub(crate) static RECORD_CHANGES: LazyLock<Bulk> = LazyLock::new(|| {
    Bulk::new(
        "INSERT INTO changes (store_id, entity, key, rev, seq, deleted) VALUES",
        "($1, $2, ?, ?, ?, $3)",
        "ON CONFLICT (store_id, entity, key) \
         DO UPDATE SET rev = excluded.rev, seq = excluded.seq, deleted = excluded.deleted",
        3,
    )
});

/// What is counted per store, under its lock.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Counters {
    pub(crate) seq: i64,
    pub(crate) audit_seq: i64,
    pub(crate) audit_hash: String,
    pub(crate) next_version: i64,
    pub(crate) next_order: i64,
}

#[derive(Debug, FromRow)]
pub(crate) struct KeptAnswer {
    pub(crate) fingerprint: String,
    pub(crate) status: i64,
    pub(crate) body: String,
    pub(crate) created_at: i64,
}

pub(crate) async fn lock_store(tx: &mut Tx, store_id: &str) -> Result<Option<Counters>, DbError> {
    tx.maybe(LOCK_STORE, args![store_id]).await
}

pub(crate) async fn save_counters(
    tx: &mut Tx,
    store_id: &str,
    c: &Counters,
) -> Result<(), DbError> {
    let values = args![store_id, c.seq, c.audit_seq, &c.audit_hash, c.next_version, c.next_order];
    tx.run(SAVE_COUNTERS, values).await.map(drop)
}
