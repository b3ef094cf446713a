//! The audit chain as stored: the canonical entry, and beside it what is searched by. Append only.

use sqlx::FromRow;

use super::statements;

statements! {
    APPEND = "INSERT INTO audit (store_id, seq, entry, what, hash) VALUES ($1, $2, $3, $4, $5)";
    AFTER = "SELECT seq, entry, what, hash FROM audit WHERE store_id = $1 AND seq > $2 \
        ORDER BY seq LIMIT $3";
    SEQS = "SELECT seq FROM audit WHERE store_id = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    AT = "SELECT seq, entry, what, hash FROM audit WHERE store_id = $1 AND seq = $2";
    /// Of stores that are not there.
    ORPHANED = "SELECT store_id, COUNT(*) FROM audit \
        WHERE store_id NOT IN (SELECT store_id FROM stores) GROUP BY store_id ORDER BY store_id";
    /// Newest first, before `$2`; `$3` a pattern for `what`, `$4` for the entry, null: any.
    BEFORE = "SELECT seq, entry, what, hash FROM audit WHERE store_id = $1 AND seq < $2 \
        AND (CAST($3 AS TEXT) IS NULL OR what LIKE $3) \
        AND (CAST($4 AS TEXT) IS NULL OR LOWER(entry) LIKE $4) \
        ORDER BY seq DESC LIMIT $5";
    COUNT = "SELECT COUNT(*) FROM audit WHERE store_id = $1";
    HEAD = "SELECT audit_seq, audit_hash FROM stores WHERE store_id = $1";
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct AuditRow {
    pub(crate) seq: i64,
    pub(crate) entry: String,
    pub(crate) what: String,
    pub(crate) hash: String,
}
