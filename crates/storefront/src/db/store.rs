//! Stores and the bodies that exist once a store.

use sqlx::FromRow;

use super::statements;

statements! {
    INSERT = "INSERT INTO stores (store_id, slug, profile, currency, live, paused, attribution, \
        rev, seq, audit_seq, audit_hash, next_version, next_order, created_at) \
        VALUES ($1, $2, $3, $4, FALSE, FALSE, $5, 1, 0, 0, $6, 1, 1001, $7)";
    BY_SLUG = "SELECT store_id, slug, profile, currency, live, paused, attribution, rev, seq, \
        created_at FROM stores WHERE slug = $1";
    BY_ID = "SELECT store_id, slug, profile, currency, live, paused, attribution, rev, seq, \
        created_at FROM stores WHERE store_id = $1";
    ALL = "SELECT store_id, slug, profile, currency, live, paused, attribution, rev, seq, \
        created_at FROM stores ORDER BY created_at, store_id";
    SAVE_PROFILE = "UPDATE stores SET profile = $3, currency = $4, rev = rev + 1 \
        WHERE store_id = $1 AND rev = $2";
    /// There where amounts in the store's currency are kept.
    HAS_AMOUNTS = "SELECT store_id FROM stores WHERE store_id = $1 AND ( \
        EXISTS (SELECT 1 FROM products p WHERE p.store_id = $1) \
        OR EXISTS (SELECT 1 FROM orders o WHERE o.store_id = $1))";
    SET_LIVE = "UPDATE stores SET live = $2, rev = rev + 1 WHERE store_id = $1";
    SET_PAUSED = "UPDATE stores SET paused = $2, rev = rev + 1 WHERE store_id = $1";
    DOCUMENT = "SELECT body, rev FROM documents WHERE store_id = $1 AND name = $2";
    SAVE_DOCUMENT = "INSERT INTO documents (store_id, name, body, rev, updated_at) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (store_id, name) \
        DO UPDATE SET body = excluded.body, rev = excluded.rev, updated_at = excluded.updated_at";
    ACTIVE_RULE_SETS = "SELECT COUNT(*) FROM rule_sets WHERE store_id = $1 AND state = 'active'";
    SEQ = "SELECT seq FROM stores WHERE store_id = $1";
    EPOCH = "SELECT epoch FROM service WHERE id = 1";
    SET_EPOCH = "INSERT INTO service (id, epoch, created_at) VALUES (1, $1, $2) \
        ON CONFLICT (id) DO NOTHING";
    /// Not while it was renewed after `$3`.
    RENEW_EPOCH = "UPDATE service SET epoch = $1, renewed_at = $2 \
        WHERE id = 1 AND (renewed_at IS NULL OR renewed_at <= $3)";
    INSERT_KEY = "INSERT INTO signing_keys (store_id, key_id, secret_key, public_key, created_at) \
        VALUES ($1, $2, $3, $4, $5)";
    KEYS = "SELECT key_id, secret_key, public_key, retired_at FROM signing_keys \
        WHERE store_id = $1 ORDER BY created_at DESC, key_id DESC";
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct StoreRow {
    pub(crate) store_id: String,
    pub(crate) slug: String,
    pub(crate) profile: String,
    pub(crate) currency: String,
    pub(crate) live: bool,
    pub(crate) paused: bool,
    pub(crate) attribution: Option<String>,
    pub(crate) rev: i64,
    pub(crate) seq: i64,
    pub(crate) created_at: i64,
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct DocumentRow {
    pub(crate) body: String,
    pub(crate) rev: i64,
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct SigningKeyRow {
    pub(crate) key_id: String,
    pub(crate) secret_key: String,
    pub(crate) public_key: String,
    pub(crate) retired_at: Option<i64>,
}
