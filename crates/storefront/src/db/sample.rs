//! Rows of the sample store's history.

use super::statements;

statements! {
    INSERT_CUSTOMER = "INSERT INTO customers (store_id, customer_id, name, email, country, tags, \
        orders, spend, first_order_at, last_order_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    INSERT_ORDER = "INSERT INTO orders (store_id, order_id, number, visitor_id, customer_id, \
        customer_name, email, country, address, state, payment, delivery_kind, goods, delivery, \
        total, discount, margin, costed_goods, units, deal_id, source, placed_at, updated_at, rev) \
        VALUES ($1, $2, $3, '', $4, $5, '', $6, '[]', $7, 'captured', 'standard', $8, 0, $8, 0, \
        $9, $10, $11, NULL, 'history', $12, $12, 1)";
    INSERT_LINE = "INSERT INTO order_lines (store_id, order_id, line, sku, title, quantity, \
        unit_price, list_price, unit_cost, negotiation_id) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)";
    INSERT_EVENT = "INSERT INTO order_events (store_id, order_id, seq, at, state, by_name) \
        VALUES ($1, $2, 1, $3, $4, 'History')";
}
