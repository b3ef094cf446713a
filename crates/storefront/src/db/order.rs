//! Orders, their lines and what happened to them.

use sqlx::FromRow;

use super::statements;

macro_rules! columns {
    () => {
        "order_id, number, visitor_id, customer_id, customer_name, email, country, address, state, \
         payment, delivery_kind, goods, delivery, total, discount, margin, costed_goods, units, \
         deal_id, source, placed_at, updated_at, rev"
    };
}

/// `$2` states with commas around each, `$3` text, `$4` and `$5` placed from and until, `$6` sold
/// (paid for and not cancelled) or not, `$7` returns of an imported history (below zero) or not;
/// null: any. `$8`: whether the text may be a customer's name or e-mail.
macro_rules! filter {
    () => {
        "FROM orders WHERE store_id = $1 \
         AND (CAST($2 AS TEXT) IS NULL OR CAST($2 AS TEXT) LIKE '%,' || state || ',%') \
         AND (CAST($3 AS TEXT) IS NULL OR LOWER(number) LIKE $3 \
             OR ($8 = TRUE AND (LOWER(customer_name) LIKE $3 OR LOWER(email) LIKE $3))) \
         AND (CAST($4 AS BIGINT) IS NULL OR placed_at >= $4) \
         AND (CAST($5 AS BIGINT) IS NULL OR placed_at < $5) \
         AND (CAST($6 AS BOOLEAN) IS NULL OR (state NOT IN ('placed', 'cancelled')) = $6) \
         AND (CAST($7 AS BOOLEAN) IS NULL OR (total < 0) = $7)"
    };
}

statements! {
    INSERT = concat!("INSERT INTO orders (store_id, ", columns!(), ") VALUES ($1, $2, $3, $4, $5, \
        $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $22, 1)");
    BY_ID = concat!("SELECT ", columns!(), " FROM orders WHERE store_id = $1 AND order_id = $2");
    /// What this visitor has bought for and not paid yet, newest first.
    UNPAID_OF = concat!("SELECT ", columns!(), " FROM orders WHERE store_id = $1 \
        AND visitor_id = $2 AND state = 'placed' ORDER BY placed_at DESC, order_id DESC");
    MOVE = "UPDATE orders SET state = $4, payment = $5, customer_id = $6, updated_at = $7, \
        rev = rev + 1 WHERE store_id = $1 AND order_id = $2 AND state = $3";
    FREE_DEAL = "UPDATE orders SET deal_id = NULL WHERE store_id = $1 AND order_id = $2";
    PAY_AGAIN = "UPDATE orders SET customer_name = $3, email = $4, country = $5, address = $6, \
        delivery_kind = $8, delivery = $9, total = $10, \
        payment = 'pending', updated_at = $7, rev = rev + 1 \
        WHERE store_id = $1 AND order_id = $2 AND state = 'placed'";
    ADD_LINE = "INSERT INTO order_lines (store_id, order_id, line, sku, title, quantity, \
        unit_price, list_price, unit_cost, negotiation_id) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    LINES = "SELECT line, sku, title, quantity, unit_price, list_price, unit_cost, negotiation_id \
        FROM order_lines WHERE store_id = $1 AND order_id = $2 ORDER BY line";
    ADD_EVENT = "INSERT INTO order_events (store_id, order_id, seq, at, state, by_name) \
        SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), COALESCE(MAX(seq), 0) + 1, \
        CAST($3 AS BIGINT), CAST($4 AS TEXT), CAST($5 AS TEXT) FROM order_events \
        WHERE store_id = $1 AND order_id = $2";
    EVENTS = "SELECT at, state, by_name FROM order_events \
        WHERE store_id = $1 AND order_id = $2 ORDER BY seq";
    /// Newest first, after ($9, $10), $11 rows.
    PAGE = concat!("SELECT ", columns!(), " ", filter!(), " \
        AND (placed_at < $9 OR (placed_at = $9 AND order_id < $10)) \
        ORDER BY placed_at DESC, order_id DESC LIMIT $11");
    COUNT = concat!("SELECT COUNT(*) ", filter!());
    /// Lines of what was sold, and of returns of an imported history, oldest first, after
    /// ($2, $3, $4), `$5` of them; with what segments are told by.
    HISTORY = "SELECT o.placed_at, o.order_id, l.line, o.number, l.sku, l.quantity, l.unit_price, \
        o.customer_id, o.country, c.country AS customer_country, c.tags, c.orders, c.spend \
        FROM orders o JOIN order_lines l ON l.store_id = o.store_id AND l.order_id = o.order_id \
        LEFT JOIN customers c ON c.store_id = o.store_id AND c.customer_id = o.customer_id \
        WHERE o.store_id = $1 AND o.state NOT IN ('placed', 'cancelled') \
        AND (o.placed_at > $2 OR (o.placed_at = $2 AND (o.order_id > $3 \
            OR (o.order_id = $3 AND l.line > $4)))) \
        ORDER BY o.placed_at, o.order_id, l.line LIMIT $5";
    /// When the order was placed before whose newer ones there are `$2`.
    HISTORY_SINCE = "SELECT placed_at FROM orders WHERE store_id = $1 \
        AND state NOT IN ('placed', 'cancelled') ORDER BY placed_at DESC LIMIT 1 OFFSET $2";
    SOLD_IN_STRETCH = "SELECT placed_at, total, margin, costed_goods FROM orders \
        WHERE store_id = $1 AND state NOT IN ('placed', 'cancelled') \
        AND placed_at >= $2 AND placed_at < $3";
    UNPAID_SINCE = "SELECT store_id, order_id FROM orders \
        WHERE state = 'placed' AND updated_at <= $1 ORDER BY updated_at LIMIT $2";

    CUSTOMER_BY_EMAIL = "SELECT customer_id FROM customers \
        WHERE store_id = $1 AND email = $2 ORDER BY customer_id LIMIT 1";
    NEW_CUSTOMER = "INSERT INTO customers (store_id, customer_id, name, email, country, tags, \
        orders, spend, first_order_at, last_order_at) \
        VALUES ($1, $2, $3, $4, $5, '[]', 0, 0, NULL, NULL)";
    BOUGHT = "UPDATE customers SET orders = orders + 1, spend = spend + $3, \
        first_order_at = COALESCE(first_order_at, $4), last_order_at = $4 \
        WHERE store_id = $1 AND customer_id = $2";
    /// Takes back what `BOUGHT` counted, after its order (placed at `$4`) was cancelled.
    CANCELLED = "UPDATE customers SET orders = orders - 1, spend = spend - $3, \
        first_order_at = CASE WHEN orders <= 1 THEN NULL WHEN first_order_at = $4 THEN \
            COALESCE((SELECT MIN(o.placed_at) FROM orders o WHERE o.store_id = $1 \
            AND o.customer_id = $2 AND o.total >= 0 AND o.state NOT IN ('placed', 'cancelled')), \
            first_order_at) ELSE first_order_at END, \
        last_order_at = CASE WHEN orders <= 1 THEN NULL WHEN last_order_at = $4 THEN \
            COALESCE((SELECT MAX(o.placed_at) FROM orders o WHERE o.store_id = $1 \
            AND o.customer_id = $2 AND o.total >= 0 AND o.state NOT IN ('placed', 'cancelled')), \
            last_order_at) ELSE last_order_at END \
        WHERE store_id = $1 AND customer_id = $2";
    LOW_STOCK = "SELECT sku, title, stock FROM products WHERE store_id = $1 AND state = 'live' \
        AND stock IS NOT NULL AND stock <= $2 ORDER BY stock, sku LIMIT $3";
    LOW_STOCK_COUNT = "SELECT COUNT(*) FROM products WHERE store_id = $1 AND state = 'live' \
        AND stock IS NOT NULL AND stock <= $2";
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct OrderRow {
    pub(crate) order_id: String,
    pub(crate) number: String,
    pub(crate) visitor_id: String,
    pub(crate) customer_id: Option<String>,
    pub(crate) customer_name: String,
    pub(crate) email: String,
    pub(crate) country: String,
    pub(crate) address: String,
    pub(crate) state: String,
    pub(crate) payment: String,
    pub(crate) delivery_kind: String,
    pub(crate) goods: i64,
    pub(crate) delivery: i64,
    pub(crate) total: i64,
    pub(crate) discount: i64,
    pub(crate) margin: Option<i64>,
    pub(crate) costed_goods: i64,
    pub(crate) units: i64,
    pub(crate) deal_id: Option<String>,
    pub(crate) source: String,
    pub(crate) placed_at: i64,
    pub(crate) updated_at: i64,
    pub(crate) rev: i64,
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct OrderLineRow {
    pub(crate) line: i64,
    pub(crate) sku: String,
    pub(crate) title: String,
    pub(crate) quantity: i64,
    pub(crate) unit_price: i64,
    pub(crate) list_price: i64,
    pub(crate) unit_cost: Option<i64>,
    pub(crate) negotiation_id: Option<String>,
}

/// A past order line, with its customer as they are now.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct HistoryRow {
    pub(crate) placed_at: i64,
    pub(crate) order_id: String,
    pub(crate) line: i64,
    pub(crate) number: String,
    pub(crate) sku: String,
    pub(crate) quantity: i64,
    pub(crate) unit_price: i64,
    pub(crate) customer_id: Option<String>,
    pub(crate) country: String,
    pub(crate) customer_country: Option<String>,
    pub(crate) tags: Option<String>,
    pub(crate) orders: Option<i64>,
    pub(crate) spend: Option<i64>,
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct OrderEventRow {
    pub(crate) at: i64,
    pub(crate) state: String,
    pub(crate) by_name: String,
}

/// What the dashboard sums.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct SoldRow {
    pub(crate) placed_at: i64,
    pub(crate) total: i64,
    pub(crate) margin: Option<i64>,
    pub(crate) costed_goods: i64,
}
