//! Negotiations, their messages, approvals that wait.

use sqlx::FromRow;

use super::statements;

macro_rules! columns {
    () => {
        "negotiation_id, visitor_id, customer_id, customer_name, country, language, sku, title, \
         quantity, state, session, list_price, unit_cost, standing_ask, last_offer, agreed_price, \
         stake, round, max_rounds, epoch, reason, claimed_by, claimed_until, rule_set_id, \
         rule_set_version, message_seq, waiting_since, opened_at, updated_at, expires_at, rev"
    };
}

/// `$2` states with commas around each, `$3` text, `$4` and `$5` opened from and until, `$6`
/// whether an offer was made; null: any. `$7`: whether the text may be a customer's name.
macro_rules! filter {
    () => {
        "FROM negotiations WHERE store_id = $1 \
         AND (CAST($2 AS TEXT) IS NULL OR CAST($2 AS TEXT) LIKE '%,' || state || ',%') \
         AND (CAST($3 AS TEXT) IS NULL OR LOWER(title) LIKE $3 OR LOWER(sku) LIKE $3 \
             OR ($7 = TRUE AND LOWER(customer_name) LIKE $3)) \
         AND (CAST($4 AS BIGINT) IS NULL OR opened_at >= $4) \
         AND (CAST($5 AS BIGINT) IS NULL OR opened_at < $5) \
         AND (CAST($6 AS BOOLEAN) IS NULL OR (last_offer IS NOT NULL OR agreed_price IS NOT NULL) = $6)"
    };
}

statements! {
    BY_ID = concat!("SELECT ", columns!(), " FROM negotiations \
        WHERE store_id = $1 AND negotiation_id = $2");
    /// The newest of this visitor on this product.
    LATEST = concat!("SELECT ", columns!(), " FROM negotiations \
        WHERE store_id = $1 AND visitor_id = $2 AND sku = $3 \
        ORDER BY opened_at DESC, negotiation_id DESC LIMIT 1");
    BEGUN_SINCE = "SELECT COUNT(*) FROM negotiations \
        WHERE store_id = $1 AND visitor_id = $2 AND sku = $3 AND opened_at > $4";
    OFFERS_SINCE = "SELECT COUNT(*) FROM negotiation_messages m JOIN negotiations n \
        ON n.store_id = m.store_id AND n.negotiation_id = m.negotiation_id \
        WHERE n.store_id = $1 AND n.visitor_id = $2 AND n.sku = $3 AND m.at > $4 \
        AND m.who = 'customer' AND m.act = 'propose'";
    SAID_SINCE = "SELECT COUNT(*) FROM negotiation_messages m JOIN negotiations n \
        ON n.store_id = m.store_id AND n.negotiation_id = m.negotiation_id \
        WHERE n.store_id = $1 AND n.visitor_id = $2 AND m.at > $3 AND m.who = 'customer'";
    INSERT = concat!("INSERT INTO negotiations (store_id, ", columns!(), ") VALUES ($1, $2, $3, \
        $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, \
        $23, $24, $25, $26, $27, $28, $29, $30, $31, $32)");
    UPDATE = "UPDATE negotiations SET state = $3, session = $4, quantity = $5, language = $6, \
        standing_ask = $7, last_offer = $8, agreed_price = $9, stake = $10, round = $11, \
        max_rounds = $12, epoch = $13, reason = $14, claimed_by = $15, claimed_until = $16, \
        message_seq = $17, waiting_since = $18, updated_at = $19, expires_at = $20, rev = $21, \
        unit_cost = $22 WHERE store_id = $1 AND negotiation_id = $2";
    ADD_MESSAGE = "INSERT INTO negotiation_messages \
        (store_id, negotiation_id, seq, at, who, name, act, text, understood, price) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    MESSAGES = "SELECT seq, at, who, name, act, text, understood, price \
        FROM negotiation_messages WHERE store_id = $1 AND negotiation_id = $2 ORDER BY seq";
    LAST_REPLY_AT = "SELECT COALESCE(MAX(at), 0) FROM negotiation_messages \
        WHERE store_id = $1 AND negotiation_id = $2 AND who = 'bot' AND act = 'counter'";
    /// The queue: waiting ones first, the oldest breach of the answer target ($8, an instant) at
    /// the top, then by score at $9; others newest first. After ($10, $11, $12), $13 rows.
    QUEUE = concat!(
        "SELECT * FROM (SELECT ", columns!(), ", \
         CAST(CASE WHEN state <> 'awaiting_staff' THEN 2 \
             WHEN COALESCE(waiting_since, updated_at) <= $8 THEN 0 ELSE 1 END AS BIGINT) AS k1, \
         CAST(CASE WHEN state <> 'awaiting_staff' THEN -updated_at \
             WHEN COALESCE(waiting_since, updated_at) <= $8 THEN COALESCE(waiting_since, updated_at) \
             ELSE -(stake * CASE WHEN $9 - COALESCE(waiting_since, updated_at) < 60000 THEN 1 \
                 ELSE ($9 - COALESCE(waiting_since, updated_at)) / 60000 END / 2) \
             END AS BIGINT) AS k2 ", filter!(), ") AS queue \
         WHERE k1 > $10 OR (k1 = $10 AND (k2 > $11 OR (k2 = $11 AND negotiation_id > $12))) \
         ORDER BY k1, k2, negotiation_id LIMIT $13"
    );
    COUNT = concat!("SELECT COUNT(*) ", filter!());
    DUE = "SELECT store_id, negotiation_id FROM negotiations \
        WHERE state IN ('opened', 'bargaining', 'awaiting_staff') AND expires_at <= $1 \
        ORDER BY expires_at LIMIT $2";
    CLAIMS_OVER = "SELECT store_id, negotiation_id FROM negotiations \
        WHERE state = 'awaiting_staff' AND claimed_until <= $1 ORDER BY claimed_until LIMIT $2";
    WAITING = concat!("SELECT ", columns!(), " FROM negotiations \
        WHERE store_id = $1 AND state = 'awaiting_staff' ORDER BY waiting_since LIMIT $2");
    IN_STRETCH = "SELECT opened_at, state, last_offer, list_price, agreed_price, quantity \
        FROM negotiations WHERE store_id = $1 AND opened_at >= $2 AND opened_at < $3";

    ASK_APPROVAL = "INSERT INTO approvals (store_id, approval_id, negotiation_id, price, \
        requested_by, approved_by, reason, evidence, at) VALUES ($1, $2, $3, $4, $5, NULL, $6, $7, $8)";
    APPROVALS_ASKED = "SELECT a.requested_by, a.price, a.reason, a.evidence, s.role, s.name \
        FROM approvals a JOIN staff s ON s.store_id = a.store_id AND s.staff_id = a.requested_by \
        WHERE a.store_id = $1 AND a.negotiation_id = $2 AND a.approved_by IS NULL \
        ORDER BY a.at, a.approval_id";
    RECORD_APPROVAL = "INSERT INTO approvals (store_id, approval_id, negotiation_id, price, \
        requested_by, approved_by, reason, evidence, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    DROP_ASKED = "DELETE FROM approvals \
        WHERE store_id = $1 AND negotiation_id = $2 AND approved_by IS NULL";

    GIVEN_ON = "SELECT given FROM daily_discounts WHERE store_id = $1 AND day = $2";
    GIVE = "INSERT INTO daily_discounts (store_id, day, given) VALUES ($1, $2, $3) \
        ON CONFLICT (store_id, day) DO UPDATE SET given = daily_discounts.given + excluded.given";
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct NegotiationRow {
    pub(crate) negotiation_id: String,
    pub(crate) visitor_id: String,
    pub(crate) customer_id: Option<String>,
    pub(crate) customer_name: String,
    pub(crate) country: String,
    pub(crate) language: String,
    pub(crate) sku: String,
    pub(crate) title: String,
    pub(crate) quantity: i64,
    pub(crate) state: String,
    pub(crate) session: String,
    pub(crate) list_price: i64,
    pub(crate) unit_cost: Option<i64>,
    pub(crate) standing_ask: Option<i64>,
    pub(crate) last_offer: Option<i64>,
    pub(crate) agreed_price: Option<i64>,
    pub(crate) stake: i64,
    pub(crate) round: i64,
    pub(crate) max_rounds: i64,
    pub(crate) epoch: i64,
    pub(crate) reason: Option<String>,
    pub(crate) claimed_by: Option<String>,
    pub(crate) claimed_until: Option<i64>,
    pub(crate) rule_set_id: String,
    pub(crate) rule_set_version: i64,
    pub(crate) message_seq: i64,
    pub(crate) waiting_since: Option<i64>,
    pub(crate) opened_at: i64,
    pub(crate) updated_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) rev: i64,
}

/// A row with its place in the queue.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct QueuedRow {
    #[sqlx(flatten)]
    pub(crate) row: NegotiationRow,
    pub(crate) k1: i64,
    pub(crate) k2: i64,
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct MessageRow {
    pub(crate) seq: i64,
    pub(crate) at: i64,
    pub(crate) who: String,
    pub(crate) name: Option<String>,
    pub(crate) act: String,
    pub(crate) text: String,
    pub(crate) understood: Option<String>,
    pub(crate) price: Option<i64>,
}

/// What the dashboard counts.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct CountedRow {
    pub(crate) opened_at: i64,
    pub(crate) state: String,
    pub(crate) last_offer: Option<i64>,
    pub(crate) list_price: i64,
    pub(crate) agreed_price: Option<i64>,
    pub(crate) quantity: i64,
}

/// An approval that somebody asked for and nobody has given yet.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct AskedRow {
    pub(crate) requested_by: String,
    pub(crate) price: i64,
    pub(crate) reason: String,
    pub(crate) evidence: String,
    pub(crate) role: String,
    pub(crate) name: String,
}

/// Something whose time has come.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct DueRow {
    pub(crate) store_id: String,
    pub(crate) negotiation_id: String,
}
