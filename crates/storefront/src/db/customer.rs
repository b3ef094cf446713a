//! Customers.

use sqlx::FromRow;

use super::statements;

statements! {
    BY_ID = "SELECT customer_id, name, country, tags, orders, spend, first_order_at, \
        last_order_at FROM customers WHERE store_id = $1 AND customer_id = $2";
    /// Everyone, after the customer `$2`, `$3` at most.
    AFTER = "SELECT customer_id, name, country, tags, orders, spend, first_order_at, \
        last_order_at FROM customers WHERE store_id = $1 AND customer_id > $2 \
        ORDER BY customer_id LIMIT $3";
    /// By spend, greatest first, after the customer `$4` whose spend is `$3` (null: from the
    /// first), `$5` at most; `$2` text in name or e-mail, null: any.
    PAGE = "SELECT customer_id, name, country, tags, orders, spend, first_order_at, \
        last_order_at FROM customers WHERE store_id = $1 \
        AND (CAST($2 AS TEXT) IS NULL OR LOWER(name) LIKE $2 OR LOWER(email) LIKE $2) \
        AND (CAST($3 AS BIGINT) IS NULL OR spend < $3 OR (spend = $3 AND customer_id > $4)) \
        ORDER BY spend DESC, customer_id LIMIT $5";
    COUNT = "SELECT COUNT(*) FROM customers WHERE store_id = $1 \
        AND (CAST($2 AS TEXT) IS NULL OR LOWER(name) LIKE $2 OR LOWER(email) LIKE $2)";
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct CustomerRow {
    pub(crate) customer_id: String,
    pub(crate) name: String,
    pub(crate) country: String,
    pub(crate) tags: String,
    pub(crate) orders: i64,
    pub(crate) spend: i64,
    pub(crate) first_order_at: Option<i64>,
    pub(crate) last_order_at: Option<i64>,
}
