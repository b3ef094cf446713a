//! Rule sets: drafts, and versions that never change.

use sqlx::FromRow;

use super::statements;

statements! {
    LIST = "SELECT rule_set_id, name, version, state, document, rules, author_id, author, rev, \
        updated_at, activated_at FROM rule_sets WHERE store_id = $1 \
        ORDER BY updated_at DESC, rule_set_id";
    BY_ID = "SELECT rule_set_id, name, version, state, document, rules, author_id, author, rev, \
        updated_at, activated_at FROM rule_sets WHERE store_id = $1 AND rule_set_id = $2";
    ACTIVE = "SELECT rule_set_id, name, version, state, document, rules, author_id, author, rev, \
        updated_at, activated_at FROM rule_sets WHERE store_id = $1 AND state = 'active'";
    INSERT = "INSERT INTO rule_sets (store_id, rule_set_id, name, state, document, rules, \
        author_id, author, rev, created_at, updated_at) \
        VALUES ($1, $2, $3, 'draft', $4, $5, $6, $7, 1, $8, $8)";
    UPDATE = "UPDATE rule_sets SET name = $4, document = $5, rules = $6, author_id = $7, \
        author = $8, rev = rev + 1, updated_at = $9 \
        WHERE store_id = $1 AND rule_set_id = $2 AND rev = $3 AND state = 'draft'";
    ACTIVATE = "UPDATE rule_sets SET state = 'active', version = $4, rev = rev + 1, \
        updated_at = $5, activated_at = $5 \
        WHERE store_id = $1 AND rule_set_id = $2 AND rev = $3 AND state = 'draft'";
    RETIRE = "UPDATE rule_sets SET state = 'retired', rev = rev + 1, updated_at = $3 \
        WHERE store_id = $1 AND rule_set_id = $2";
    DELETE = "DELETE FROM rule_sets WHERE store_id = $1 AND rule_set_id = $2 AND state = 'draft'";
    OTHER_ACTIVATORS = "SELECT COUNT(*) FROM staff WHERE store_id = $1 AND staff_id <> $2 \
        AND active = TRUE AND role IN ('owner', 'manager')";
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct RuleSetRow {
    pub(crate) rule_set_id: String,
    pub(crate) name: String,
    pub(crate) version: Option<i64>,
    pub(crate) state: String,
    pub(crate) document: String,
    pub(crate) rules: i64,
    pub(crate) author_id: String,
    pub(crate) author: String,
    pub(crate) rev: i64,
    pub(crate) updated_at: i64,
    pub(crate) activated_at: Option<i64>,
}
