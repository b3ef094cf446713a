//! Imports that are being applied, a part at a time.

use sqlx::FromRow;

use super::statements;

statements! {
    BEGIN = "INSERT INTO imports_under_way (store_id, import_id, file, format, publish, actor_id, \
        actor_name, actor_role, once_key, fingerprint, rows_total, rows_done, created, updated, \
        unchanged, began_at, touched_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, 0, 0, $12, $12)";
    /// How far the store's import is, without its file.
    OF_STORE = "SELECT store_id, import_id, actor_id, actor_name, once_key, rows_total, rows_done, \
        created, updated, unchanged, began_at, touched_at \
        FROM imports_under_way WHERE store_id = $1";
    /// Those that nobody works on any more.
    LEFT_ALONE = "SELECT store_id, import_id, actor_id, actor_name, once_key, rows_total, rows_done, \
        created, updated, unchanged, began_at, touched_at \
        FROM imports_under_way WHERE touched_at < $1 ORDER BY began_at";
    /// Takes it over: of two that try, one changes a row.
    TAKE_OVER = "UPDATE imports_under_way SET touched_at = $4 \
        WHERE store_id = $1 AND import_id = $2 AND touched_at = $3";
    WHOLE = "SELECT file, format, publish, actor_id, actor_name, actor_role, once_key, fingerprint \
        FROM imports_under_way WHERE store_id = $1 AND import_id = $2";
    /// One part further, where nobody else did that part.
    ADVANCE = "UPDATE imports_under_way SET rows_done = $4, created = $5, updated = $6, \
        unchanged = $7, touched_at = $8 \
        WHERE store_id = $1 AND import_id = $2 AND rows_done = $3";
    LEAVE = "UPDATE imports_under_way SET touched_at = 0 WHERE store_id = $1 AND import_id = $2";
    END = "DELETE FROM imports_under_way WHERE store_id = $1 AND import_id = $2";
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct UnderWay {
    pub(crate) store_id: String,
    pub(crate) import_id: String,
    pub(crate) actor_id: String,
    pub(crate) actor_name: String,
    pub(crate) once_key: Option<String>,
    pub(crate) rows_total: i64,
    pub(crate) rows_done: i64,
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) unchanged: i64,
    pub(crate) began_at: i64,
    pub(crate) touched_at: i64,
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct Whole {
    pub(crate) file: String,
    pub(crate) format: Option<String>,
    pub(crate) publish: bool,
    pub(crate) actor_id: String,
    pub(crate) actor_name: String,
    pub(crate) actor_role: String,
    pub(crate) once_key: Option<String>,
    pub(crate) fingerprint: Option<String>,
}
