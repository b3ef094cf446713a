//! Products.

use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use super::statements;

statements! {
    BY_SKU = "SELECT sku, title, description, category, list_price, unit_cost, stock, state, \
        tags, image, rev, updated_at FROM products WHERE store_id = $1 AND sku = $2";
    /// `$2` category (itself and all under it, `$3` its prefix), `$4` state, `$5` text; null: any.
    PAGE = "SELECT sku, title, description, category, list_price, unit_cost, stock, state, \
        tags, image, rev, updated_at FROM products WHERE store_id = $1 \
        AND (CAST($2 AS TEXT) IS NULL OR category = $2 OR category LIKE $3) \
        AND (CAST($4 AS TEXT) IS NULL OR state = $4) AND (CAST($5 AS TEXT) IS NULL OR haystack LIKE $5) \
        AND sku > $6 ORDER BY sku LIMIT $7";
    COUNT = "SELECT COUNT(*) FROM products WHERE store_id = $1 \
        AND (CAST($2 AS TEXT) IS NULL OR category = $2 OR category LIKE $3) \
        AND (CAST($4 AS TEXT) IS NULL OR state = $4) AND (CAST($5 AS TEXT) IS NULL OR haystack LIKE $5)";
    INSERT = "INSERT INTO products (store_id, sku, title, description, category, list_price, \
        unit_cost, stock, state, tags, image, haystack, rev, created_at, updated_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $13)";
    UPDATE = "UPDATE products SET title = $4, description = $5, category = $6, list_price = $7, \
        unit_cost = $8, stock = $9, tags = $10, image = $11, haystack = $12, rev = rev + 1, \
        updated_at = $13 WHERE store_id = $1 AND sku = $2 AND rev = $3";
    SET_STATE = "UPDATE products SET state = $4, rev = rev + 1, updated_at = $5 \
        WHERE store_id = $1 AND sku = $2 AND rev = $3";
    CATEGORIES = "SELECT category, CAST(COUNT(*) AS BIGINT) AS products FROM products \
        WHERE store_id = $1 AND state <> 'archived' GROUP BY category ORDER BY category";
}

#[derive(Debug, Clone, PartialEq, FromRow, Serialize, Deserialize)]
pub(crate) struct ProductRow {
    pub(crate) sku: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) category: String,
    pub(crate) list_price: i64,
    pub(crate) unit_cost: Option<i64>,
    pub(crate) stock: Option<i64>,
    pub(crate) state: String,
    pub(crate) tags: String,
    pub(crate) image: Option<String>,
    pub(crate) rev: i64,
    pub(crate) updated_at: i64,
}
