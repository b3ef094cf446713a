//! Bodies that exist once a store: segments, launch constraints, settings. Each has a revision.

use api::sync::Entity;
use serde_json::{Value, json};

use crate::db::args;
use crate::db::store::{self, DocumentRow};
use crate::error::{AppError, AppResult};
use crate::state::AppState;
use crate::write::{Audited, Write};

/// Longest body, as JSON text.
const BYTES_MAX: usize = 256 * 1024;

/// The body and its revision; null at revision 0 where nothing was saved yet.
pub(crate) async fn read(state: &AppState, store_id: &str, name: &str) -> AppResult<(Value, i64)> {
    parse(state.db().maybe(store::DOCUMENT, args![store_id, name]).await?)
}

/// As [`read`], within a write.
pub(crate) async fn read_in(write: &mut Write, name: &str) -> AppResult<(Value, i64)> {
    let id = write.store_id.clone();
    parse(write.maybe(store::DOCUMENT, args![id, name]).await?)
}

fn parse(row: Option<DocumentRow>) -> AppResult<(Value, i64)> {
    let Some(row) = row else { return Ok((Value::Null, 0)) };
    Ok((serde_json::from_str(&row.body).map_err(AppError::internal)?, row.rev))
}

/// Replaces a body whose revision is still `base_rev`; gives the new revision.
pub(crate) async fn save(
    write: &mut Write,
    (name, entity, key): (&str, Entity, &str),
    body: &Value,
    base_rev: i64,
) -> AppResult<i64> {
    let (before, rev) = read_in(write, name).await?;
    if rev != base_rev {
        return Err(AppError::conflict(rev));
    }
    let text = body.to_string();
    if text.len() > BYTES_MAX {
        return Err(AppError::invalid("value", format!("At most {BYTES_MAX} bytes of JSON.")));
    }
    let (id, now) = (write.store_id.clone(), write.now_ms());
    write.run(store::SAVE_DOCUMENT, args![id, name, text, rev + 1, now]).await?;
    write.changed(entity, key, rev + 1).await?;
    let said = Audited {
        what: "settings.change",
        subject: name.to_owned(),
        before: small(before),
        after: small(body.clone()),
        ..Audited::default()
    };
    write.audit(said).await?;
    Ok(rev + 1)
}

/// The audit log keeps bodies up to a size, and of larger ones how large they were.
fn small(body: Value) -> Value {
    let bytes = body.to_string().len();
    if bytes > 16_384 { json!({ "bytes": bytes }) } else { body }
}
