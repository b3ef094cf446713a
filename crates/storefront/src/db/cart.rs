//! What visitors have in their baskets.

use sqlx::FromRow;

use super::statements;

statements! {
    LINES = "SELECT c.sku, c.quantity, p.title, p.list_price, p.unit_cost, p.stock, p.state, p.image \
        FROM cart_lines c JOIN products p ON p.store_id = c.store_id AND p.sku = c.sku \
        WHERE c.store_id = $1 AND c.visitor_id = $2 ORDER BY c.added_at, c.sku";
    SET = "INSERT INTO cart_lines (store_id, visitor_id, sku, quantity, added_at) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (store_id, visitor_id, sku) \
        DO UPDATE SET quantity = excluded.quantity";
    REMOVE = "DELETE FROM cart_lines WHERE store_id = $1 AND visitor_id = $2 AND sku = $3";
    CLEAR = "DELETE FROM cart_lines WHERE store_id = $1 AND visitor_id = $2";
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct CartLineRow {
    pub(crate) sku: String,
    pub(crate) quantity: i64,
    pub(crate) title: String,
    pub(crate) list_price: i64,
    pub(crate) unit_cost: Option<i64>,
    pub(crate) stock: Option<i64>,
    pub(crate) state: String,
    pub(crate) image: Option<String>,
}
