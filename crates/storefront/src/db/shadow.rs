//! What the set in shadow decided beside the one in force.

use sqlx::FromRow;

use super::statements;

macro_rules! columns {
    () => {
        "at, negotiation_id, sku, title, quantity, offer, active_reason, active_floor, \
         active_ceiling, active_target, active_accept, shadow_reason, shadow_floor, \
         shadow_ceiling, shadow_target, shadow_accept, differs"
    };
}

statements! {
    INSERT = concat!("INSERT INTO shadow_decisions (store_id, rule_set_id, decision_id, ",
        columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, \
        $16, $17, $18, $19, $20)");
    /// Newest first, `$3` at most.
    NEWEST = concat!("SELECT ", columns!(), " FROM shadow_decisions \
        WHERE store_id = $1 AND rule_set_id = $2 ORDER BY decision_id DESC LIMIT $3");
    /// Keeps the newest `$3` of one set.
    PRUNE = "DELETE FROM shadow_decisions WHERE store_id = $1 AND rule_set_id = $2 \
        AND decision_id <= (SELECT decision_id FROM shadow_decisions \
        WHERE store_id = $1 AND rule_set_id = $2 ORDER BY decision_id DESC LIMIT 1 OFFSET $3)";
    FORGET = "DELETE FROM shadow_decisions WHERE at < $1";
    /// Deals of the negotiations that were looked at, but for those that lapsed.
    DEALS = "SELECT negotiation_id, quantity, unit_price FROM deals \
        WHERE store_id = $1 AND state <> 'lapsed' AND negotiation_id IN \
        (SELECT d.negotiation_id FROM shadow_decisions d \
        WHERE d.store_id = $1 AND d.rule_set_id = $2)";
    /// Negotiations that were looked at and ended without a deal.
    ENDED = "SELECT negotiation_id FROM negotiations WHERE store_id = $1 \
        AND state IN ('declined', 'expired', 'withdrawn', 'stopped') AND negotiation_id IN \
        (SELECT d.negotiation_id FROM shadow_decisions d \
        WHERE d.store_id = $1 AND d.rule_set_id = $2)";
}

#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(crate) struct ShadowRow {
    pub(crate) at: i64,
    /// Empty where the rules let no negotiation begin.
    pub(crate) negotiation_id: String,
    pub(crate) sku: String,
    pub(crate) title: String,
    pub(crate) quantity: i64,
    pub(crate) offer: Option<i64>,
    pub(crate) active_reason: Option<String>,
    pub(crate) active_floor: Option<i64>,
    pub(crate) active_ceiling: Option<i64>,
    pub(crate) active_target: Option<i64>,
    pub(crate) active_accept: Option<i64>,
    pub(crate) shadow_reason: Option<String>,
    pub(crate) shadow_floor: Option<i64>,
    pub(crate) shadow_ceiling: Option<i64>,
    pub(crate) shadow_target: Option<i64>,
    pub(crate) shadow_accept: Option<i64>,
    pub(crate) differs: bool,
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct DealtRow {
    pub(crate) negotiation_id: String,
    pub(crate) quantity: i64,
    pub(crate) unit_price: i64,
}
