//! Rule sets: drafts, and versions that never change; where each stands in its life.

use sqlx::FromRow;

use super::statements;

macro_rules! select {
    ($columns:literal) => {
        concat!(
            "SELECT r.rule_set_id, r.name, r.version, r.state, r.rules, r.author, r.rev, \
             r.updated_at, r.activated_at, ",
            $columns,
            "s.at AS activates_at FROM rule_sets r LEFT JOIN rule_schedules s \
             ON s.store_id = r.store_id AND s.rule_set_id = r.rule_set_id "
        )
    };
    () => {
        select!("r.document, r.author_id, r.replaces, ")
    };
}

statements! {
    /// Without their documents: these may be of some megabytes each.
    LIST = concat!(select!(""), "WHERE r.store_id = $1 ORDER BY r.updated_at DESC, r.rule_set_id");
    DRAFTS = concat!(select!(""), "WHERE r.store_id = $1 AND r.state = 'draft' \
        ORDER BY r.updated_at DESC, r.rule_set_id LIMIT $2");
    BY_ID = concat!(select!(), "WHERE r.store_id = $1 AND r.rule_set_id = $2");
    ACTIVE = concat!(select!(), "WHERE r.store_id = $1 AND r.state = 'active'");
    ACTIVE_VERSION = "SELECT version FROM rule_sets WHERE store_id = $1 AND state = 'active'";
    SHADOW = concat!(select!(), "WHERE r.store_id = $1 AND r.state = 'shadow'");
    /// What decisions are made by, and what decides beside it.
    DECIDING = "SELECT rule_set_id, state FROM rule_sets \
        WHERE store_id = $1 AND state IN ('active', 'shadow')";
    DOCUMENT = "SELECT document, version FROM rule_sets WHERE store_id = $1 AND rule_set_id = $2";
    INSERT = "INSERT INTO rule_sets (store_id, rule_set_id, name, state, document, rules, \
        author_id, author, rev, created_at, updated_at) \
        VALUES ($1, $2, $3, 'draft', $4, $5, $6, $7, 1, $8, $8)";
    UPDATE = "UPDATE rule_sets SET name = $4, document = $5, rules = $6, author_id = $7, \
        author = $8, rev = rev + 1, updated_at = $9 \
        WHERE store_id = $1 AND rule_set_id = $2 AND rev = $3 AND state = 'draft'";
    /// A step of its life, from the state and revision that were looked at. The document never
    /// moves with it.
    MOVE = "UPDATE rule_sets SET state = $5, version = $6, activated_at = $7, replaces = $8, \
        rev = rev + 1, updated_at = $9 \
        WHERE store_id = $1 AND rule_set_id = $2 AND rev = $3 AND state = $4";
    DELETE = "DELETE FROM rule_sets WHERE store_id = $1 AND rule_set_id = $2 AND state = 'draft'";
    OTHER_ACTIVATORS = "SELECT COUNT(*) FROM staff WHERE store_id = $1 AND staff_id <> $2 \
        AND active = TRUE AND role IN ('owner', 'manager')";
    /// Whoever acts: a person of the staff, or an API key.
    ROLE_OF = "SELECT role, 'person' AS kind FROM staff \
        WHERE store_id = $1 AND staff_id = $2 AND active = TRUE \
        UNION ALL SELECT role, 'key' AS kind FROM api_keys \
        WHERE store_id = $1 AND key_id = $2 AND revoked_at IS NULL";

    ASK_REVIEW = "INSERT INTO rule_reviews \
        (store_id, rule_set_id, note, asked_by, asked_at, findings, replay) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    REVIEW = "SELECT note, asked_by, asked_at, findings, replay, approved, \
        decided_by, decided_at, reason FROM rule_reviews WHERE store_id = $1 AND rule_set_id = $2";
    DECIDE_REVIEW = "UPDATE rule_reviews SET approved = $3, decided_by_id = $4, decided_by = $5, \
        decided_at = $6, reason = $7 WHERE store_id = $1 AND rule_set_id = $2";
    ACKNOWLEDGE = "INSERT INTO rule_acknowledgements \
        (store_id, rule_set_id, finding_hash, finding, reason, by_name, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) \
        ON CONFLICT (store_id, rule_set_id, finding_hash) DO NOTHING";
    ACKNOWLEDGED = "SELECT finding, reason, by_name, at FROM rule_acknowledgements \
        WHERE store_id = $1 AND rule_set_id = $2 ORDER BY at, finding_hash";

    SCHEDULE = "INSERT INTO rule_schedules \
        (store_id, rule_set_id, at, reason, by_id, by_name, by_role) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (store_id, rule_set_id) \
        DO UPDATE SET at = excluded.at, reason = excluded.reason, by_id = excluded.by_id, \
        by_name = excluded.by_name, by_role = excluded.by_role";
    SCHEDULED = "SELECT store_id, rule_set_id, at, reason, by_id, by_name, by_role \
        FROM rule_schedules WHERE store_id = $1 AND rule_set_id = $2";
    UNSCHEDULE = "DELETE FROM rule_schedules WHERE store_id = $1 AND rule_set_id = $2";
    DUE = "SELECT store_id, rule_set_id, at, reason, by_id, by_name, by_role \
        FROM rule_schedules WHERE at <= $1 ORDER BY at, store_id, rule_set_id LIMIT $2";
}

/// A rule set as lists show it.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct ListedRow {
    pub(crate) rule_set_id: String,
    pub(crate) name: String,
    pub(crate) version: Option<i64>,
    pub(crate) state: String,
    pub(crate) rules: i64,
    pub(crate) author: String,
    pub(crate) rev: i64,
    pub(crate) updated_at: i64,
    pub(crate) activated_at: Option<i64>,
    /// When it takes effect by itself.
    pub(crate) activates_at: Option<i64>,
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
    /// The rule set that it replaced when it took effect.
    pub(crate) replaces: Option<String>,
    /// When it takes effect by itself.
    pub(crate) activates_at: Option<i64>,
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct ReviewRow {
    pub(crate) note: String,
    pub(crate) asked_by: String,
    pub(crate) asked_at: i64,
    pub(crate) findings: String,
    pub(crate) replay: Option<String>,
    /// Absent until decided; false: sent back.
    pub(crate) approved: Option<bool>,
    pub(crate) decided_by: Option<String>,
    pub(crate) decided_at: Option<i64>,
    pub(crate) reason: Option<String>,
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct AcknowledgedRow {
    pub(crate) finding: String,
    pub(crate) reason: String,
    pub(crate) by_name: String,
    pub(crate) at: i64,
}

/// A version that takes effect by itself, and on whose word.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(crate) struct ScheduleRow {
    pub(crate) store_id: String,
    pub(crate) rule_set_id: String,
    pub(crate) at: i64,
    pub(crate) reason: String,
    pub(crate) by_id: String,
    pub(crate) by_name: String,
    pub(crate) by_role: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_reads_no_document() {
        assert!(!LIST.contains("document") && !DRAFTS.contains("document"));
        assert!(BY_ID.contains("document"));
    }
}
