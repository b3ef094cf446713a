//! Staff, their sessions, API keys, failed sign-ins.

use sqlx::FromRow;

use super::statements;

statements! {
    COUNT_STORES = "SELECT COUNT(*) FROM stores";
    INSERT = "INSERT INTO staff (store_id, staff_id, name, email, role, password_hash, active, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    LIST = "SELECT staff_id, name, email, role, password_hash, active, created_at FROM staff \
        WHERE store_id = $1 ORDER BY created_at, staff_id";
    BY_ID = "SELECT staff_id, name, email, role, password_hash, active, created_at FROM staff \
        WHERE store_id = $1 AND staff_id = $2";
    BY_EMAIL = "SELECT staff_id, name, email, role, password_hash, active, created_at FROM staff \
        WHERE store_id = $1 AND email = $2";
    UPDATE = "UPDATE staff SET name = $3, role = $4, active = $5, password_hash = $6 \
        WHERE store_id = $1 AND staff_id = $2";
    OWNERS = "SELECT COUNT(*) FROM staff WHERE store_id = $1 AND role = 'owner' AND active = TRUE";
    INSERT_SESSION = "INSERT INTO staff_sessions \
        (store_id, session_id, staff_id, token_hash, device, created_at, last_seen_at, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $6, $7)";
    /// One row for a live session of an active member of staff.
    BY_TOKEN = "SELECT s.store_id, t.slug, s.session_id, s.staff_id, s.last_seen_at, f.name, f.role \
        FROM staff_sessions s \
        JOIN staff f ON f.store_id = s.store_id AND f.staff_id = s.staff_id \
        JOIN stores t ON t.store_id = s.store_id \
        WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > $2 AND f.active = TRUE";
    TOUCH_SESSION = "UPDATE staff_sessions SET last_seen_at = $3 \
        WHERE store_id = $1 AND session_id = $2";
    LIST_SESSIONS = "SELECT s.session_id, s.staff_id, f.name, s.device, s.created_at, \
        s.last_seen_at, s.expires_at FROM staff_sessions s \
        JOIN staff f ON f.store_id = s.store_id AND f.staff_id = s.staff_id \
        WHERE s.store_id = $1 AND s.revoked_at IS NULL AND s.expires_at > $2 \
        ORDER BY s.last_seen_at DESC, s.session_id";
    REVOKE_SESSION = "UPDATE staff_sessions SET revoked_at = $3 \
        WHERE store_id = $1 AND session_id = $2 AND revoked_at IS NULL";
    REVOKE_SESSIONS_OF = "UPDATE staff_sessions SET revoked_at = $3 \
        WHERE store_id = $1 AND staff_id = $2 AND revoked_at IS NULL";
    REVOKE_OTHER_SESSIONS = "UPDATE staff_sessions SET revoked_at = $4 \
        WHERE store_id = $1 AND staff_id = $2 AND session_id <> $3 AND revoked_at IS NULL";
    INSERT_KEY = "INSERT INTO api_keys (store_id, key_id, name, role, secret_hash, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    LIST_KEYS = "SELECT key_id, name, role, created_at, last_used_at FROM api_keys \
        WHERE store_id = $1 AND revoked_at IS NULL ORDER BY created_at, key_id";
    KEY_BY_SECRET = "SELECT k.store_id, t.slug, k.key_id, k.name, k.role, k.last_used_at FROM api_keys k \
        JOIN stores t ON t.store_id = k.store_id \
        WHERE k.secret_hash = $1 AND k.revoked_at IS NULL";
    TOUCH_KEY = "UPDATE api_keys SET last_used_at = $3 WHERE store_id = $1 AND key_id = $2";
    REVOKE_KEY = "UPDATE api_keys SET revoked_at = $3 \
        WHERE store_id = $1 AND key_id = $2 AND revoked_at IS NULL";
    FAILURES = "SELECT failures, window_start FROM sign_in_failures \
        WHERE store_id = $1 AND email = $2";
    COUNT_FAILURE = "INSERT INTO sign_in_failures (store_id, email, failures, window_start) \
        VALUES ($1, $2, 1, $3) ON CONFLICT (store_id, email) DO UPDATE SET \
        failures = CASE WHEN sign_in_failures.window_start <= $4 THEN 1 \
            ELSE sign_in_failures.failures + 1 END, \
        window_start = CASE WHEN sign_in_failures.window_start <= $4 THEN excluded.window_start \
            ELSE sign_in_failures.window_start END RETURNING failures, window_start";
    FORGIVE = "DELETE FROM sign_in_failures WHERE store_id = $1 AND email = $2";
    /// Also counts for people who do not exist, so that the door tells nobody who does.
    FORGET_FAILURES = "DELETE FROM sign_in_failures WHERE window_start <= $1";
    FORGET_SESSIONS = "DELETE FROM staff_sessions WHERE expires_at <= $1 OR revoked_at <= $1";
}

/// Failed sign-ins are counted within this.
pub(crate) const FAILURE_WINDOW_MS: i64 = 15 * 60_000;

#[derive(Debug, Clone, FromRow)]
pub(crate) struct StaffRow {
    pub(crate) staff_id: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) role: String,
    pub(crate) password_hash: String,
    pub(crate) active: bool,
    pub(crate) created_at: i64,
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct SessionRow {
    pub(crate) store_id: String,
    pub(crate) slug: String,
    pub(crate) session_id: String,
    pub(crate) staff_id: String,
    pub(crate) last_seen_at: i64,
    pub(crate) name: String,
    pub(crate) role: String,
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct KeyRow {
    pub(crate) store_id: String,
    pub(crate) slug: String,
    pub(crate) key_id: String,
    pub(crate) name: String,
    pub(crate) role: String,
    pub(crate) last_used_at: Option<i64>,
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct ListedSession {
    pub(crate) session_id: String,
    pub(crate) staff_id: String,
    pub(crate) name: String,
    pub(crate) device: String,
    pub(crate) created_at: i64,
    pub(crate) last_seen_at: i64,
    pub(crate) expires_at: i64,
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct ListedKey {
    pub(crate) key_id: String,
    pub(crate) name: String,
    pub(crate) role: String,
    pub(crate) created_at: i64,
    pub(crate) last_used_at: Option<i64>,
}
