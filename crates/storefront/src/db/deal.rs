//! Deals, and the stock that they hold.

use sqlx::FromRow;

use super::statements;

macro_rules! columns {
    () => {
        "deal_id, negotiation_id, visitor_id, sku, quantity, unit_price, list_price, token, state, \
         created_at, expires_at, order_id"
    };
}

statements! {
    /// Takes units off what can be sold, where there are as many. No row: too few, or not on sale.
    HOLD_STOCK = "UPDATE products SET stock = stock - $3, rev = rev + 1, updated_at = $4 \
        WHERE store_id = $1 AND sku = $2 AND state = 'live' AND (stock IS NULL OR stock >= $3) \
        RETURNING rev, stock";
    GIVE_BACK_STOCK = "UPDATE products SET stock = stock + $3, rev = rev + 1, updated_at = $4 \
        WHERE store_id = $1 AND sku = $2 RETURNING rev, stock";
    INSERT = concat!("INSERT INTO deals (store_id, ", columns!(), ") \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'held', $10, $11, NULL)");
    BY_NEGOTIATION = concat!("SELECT ", columns!(), " FROM deals \
        WHERE store_id = $1 AND negotiation_id = $2");
    BY_ID = concat!("SELECT ", columns!(), " FROM deals WHERE store_id = $1 AND deal_id = $2");
    /// Only from the state that is expected: whoever comes second changes nothing.
    MOVE = "UPDATE deals SET state = $4, order_id = $5 \
        WHERE store_id = $1 AND deal_id = $2 AND state = $3";
    /// One code a deal: a newer one ends the older.
    OFFER_HAND_OVER = "INSERT INTO hand_overs (store_id, deal_id, code_hash, expires_at) \
        VALUES ($1, $2, $3, $4) ON CONFLICT (store_id, deal_id) DO UPDATE SET \
        code_hash = excluded.code_hash, expires_at = excluded.expires_at";
    HANDED_OVER = "SELECT deal_id FROM hand_overs \
        WHERE store_id = $1 AND code_hash = $2 AND expires_at > $3";
    END_HAND_OVER = "DELETE FROM hand_overs WHERE store_id = $1 AND code_hash = $2";
    FORGET_HAND_OVERS = "DELETE FROM hand_overs WHERE expires_at <= $1";
    /// To another visitor, who gets a token of their own; only while it is held.
    GIVE_TO = "UPDATE deals SET visitor_id = $3, token = $4 \
        WHERE store_id = $1 AND deal_id = $2 AND state = 'held'";
    GIVE_NEGOTIATION_TO = "UPDATE negotiations SET visitor_id = $3, rev = rev + 1 \
        WHERE store_id = $1 AND negotiation_id = $2 RETURNING rev";
    DUE = "SELECT store_id, deal_id FROM deals WHERE state = 'held' AND expires_at <= $1 \
        ORDER BY expires_at LIMIT $2";
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct DealRow {
    pub(crate) deal_id: String,
    pub(crate) negotiation_id: String,
    pub(crate) visitor_id: String,
    pub(crate) sku: String,
    pub(crate) quantity: i64,
    pub(crate) unit_price: i64,
    pub(crate) list_price: i64,
    pub(crate) token: String,
    /// `held`, `paying` (a checkout is under way), `redeemed` or `lapsed`.
    pub(crate) state: String,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) order_id: Option<String>,
}
