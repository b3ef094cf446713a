//! The change feed as consoles read it.

use sqlx::FromRow;

use super::statements;

statements! {
    AFTER = "SELECT entity, key, rev, seq, deleted FROM changes \
        WHERE store_id = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    /// What a client that is up to date holds.
    HELD = "SELECT entity, key, rev FROM changes WHERE store_id = $1 AND deleted = FALSE \
        ORDER BY entity, key";
    /// The products among the changes after `$2`, up to `$3`: a page in one statement.
    PRODUCTS_BETWEEN = "SELECT p.sku, p.title, p.description, p.category, p.list_price, \
        p.unit_cost, p.stock, p.state, p.tags, p.image, p.rev, p.updated_at \
        FROM changes c JOIN products p ON p.store_id = c.store_id AND p.sku = c.key \
        WHERE c.store_id = $1 AND c.entity = 'product' AND c.seq > $2 AND c.seq <= $3";
    REV = "SELECT rev, deleted FROM changes WHERE store_id = $1 AND entity = $2 AND key = $3";
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct ChangeRow {
    pub(crate) entity: String,
    pub(crate) key: String,
    pub(crate) rev: i64,
    pub(crate) seq: i64,
    pub(crate) deleted: bool,
}
