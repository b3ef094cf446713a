//! Visitor sessions: who a browser is in one store.

use sqlx::FromRow;

use super::statements;

statements! {
    BY_ID = "SELECT customer_id, country, language FROM visitor_sessions \
        WHERE store_id = $1 AND visitor_id = $2";
    /// Makes the session with its first write; later writes say that it is still there.
    SEEN = "INSERT INTO visitor_sessions (store_id, visitor_id, token_hash, customer_id, country, \
        language, created_at, last_seen_at) VALUES ($1, $2, $3, NULL, $4, $5, $6, $6) \
        ON CONFLICT (store_id, visitor_id) DO UPDATE SET last_seen_at = excluded.last_seen_at, \
        language = excluded.language";
    /// Of the window that began after `$3`.
    TRIES = "SELECT tries FROM offer_tries \
        WHERE store_id = $1 AND who = $2 AND window_start > $3";
    COUNT_TRY = "INSERT INTO offer_tries (store_id, who, tries, window_start) \
        VALUES ($1, $2, 1, $4) ON CONFLICT (store_id, who) DO UPDATE SET \
        tries = CASE WHEN offer_tries.window_start <= $3 THEN 1 ELSE offer_tries.tries + 1 END, \
        window_start = CASE WHEN offer_tries.window_start <= $3 THEN excluded.window_start \
            ELSE offer_tries.window_start END";
    FORGET_TRIES = "DELETE FROM offer_tries WHERE window_start <= $1";
    IS_CUSTOMER = "UPDATE visitor_sessions SET customer_id = $3, country = $4 \
        WHERE store_id = $1 AND visitor_id = $2";
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct VisitorRow {
    pub(crate) customer_id: Option<String>,
    pub(crate) country: String,
    pub(crate) language: String,
}
