//! Taking an import back: what it made goes, what it changed returns. All of it or nothing, and
//! never over a later change.

use api::catalog::ImportRun;
use api::error::ErrorCode;
use api::sync::Entity;
use serde_json::json;

use super::import::upsert;
use crate::db::import::{self, ChangedRow, ImportRow};
use crate::db::product::ProductRow;
use crate::db::{Db, args};
use crate::error::{AppError, AppResult};
use crate::write::{Audited, Write};

/// Rows taken back at a time.
const BATCH: usize = 2_000;
/// Products named in a refusal.
const NAMED: usize = 10;

/// The newest imports.
pub(crate) async fn list(db: &Db, store_id: &str) -> AppResult<Vec<ImportRun>> {
    let rows: Vec<ImportRow> = db.all(import::RECENT, args![store_id]).await?;
    let mut runs = Vec::with_capacity(rows.len());
    for row in rows {
        let mut can_undo = row.undone_at.is_none();
        if can_undo {
            let first = args![store_id, &row.import_id, 1];
            can_undo = db.maybe::<(String,)>(import::STANDING_AGAINST, first).await?.is_none();
        }
        runs.push(wire(row, can_undo));
    }
    Ok(runs)
}

fn wire(row: ImportRow, can_undo: bool) -> ImportRun {
    ImportRun {
        id: row.import_id,
        at: api::Instant::from_ms(row.at),
        by: row.by_staff,
        created: row.created,
        updated: row.updated,
        undone_at: row.undone_at.map(api::Instant::from_ms),
        can_undo,
    }
}

/// Undoes one import whose products are all as it left them.
pub(crate) async fn undo(write: &mut Write, import_id: &str) -> AppResult<ImportRun> {
    let (store_id, now) = (write.store_id.clone(), write.now_ms());
    let found: Option<ImportRow> = write.maybe(import::BY_ID, args![&store_id, import_id]).await?;
    let mut row = found.ok_or_else(|| AppError::not_found("import"))?;
    if row.undone_at.is_some() {
        let message = "This import was undone already.";
        return Err(AppError::refuse(ErrorCode::NotAllowedNow, message).with("state", "undone"));
    }
    refuse_over_later_changes(write, import_id).await?;
    let mut after = String::new();
    loop {
        let page = args![&store_id, import_id, &after, i64::try_from(BATCH).unwrap_or(i64::MAX)];
        let rows: Vec<ChangedRow> = write.all(import::ROWS_AFTER, page).await?;
        let Some(last) = rows.last() else { break };
        after.clone_from(&last.sku);
        let whole = rows.len() == BATCH;
        take_back(write, rows).await?;
        if !whole {
            break;
        }
    }
    write.run(import::DELETE_CREATED, args![&store_id, import_id]).await?;
    write.run(import::REBASE_EARLIER, args![&store_id, import_id]).await?;
    write.run(import::SET_UNDONE, args![&store_id, import_id, now]).await?;
    let said = Audited {
        what: "catalog.import_undo",
        subject: format!("import/{import_id}"),
        after: json!({ "deleted": row.created, "restored": row.updated }),
        ..Audited::default()
    };
    write.audit(said).await?;
    row.undone_at = Some(now);
    Ok(wire(row, false))
}

async fn refuse_over_later_changes(write: &mut Write, import_id: &str) -> AppResult<()> {
    let some = args![&write.store_id, import_id, NAMED as i64 + 1];
    let against: Vec<(String,)> = write.all(import::STANDING_AGAINST, some).await?;
    if against.is_empty() {
        return Ok(());
    }
    let more = against.len() > NAMED;
    let named: Vec<&str> = against.iter().map(|(sku,)| sku.as_str()).take(NAMED).collect();
    let named = named.join(", ");
    let rest = if more { " and more" } else { "" };
    let message = format!(
        "This import cannot be undone: {named}{rest} changed since, or were sold or haggled over. \
         Nothing was taken back."
    );
    Err(AppError::refuse(ErrorCode::NotAllowedNow, message).with("skus", named))
}

/// Restores what was changed; of what was made only the tombstones, the rows go all at once.
async fn take_back(write: &mut Write, rows: Vec<ChangedRow>) -> AppResult<()> {
    let (mut products, mut restored, mut gone) = (vec![], vec![], vec![]);
    for row in rows {
        let rev = row.after_rev + 1;
        if row.before_doc.is_empty() {
            gone.push((row.sku, rev));
            continue;
        }
        let mut before: ProductRow =
            serde_json::from_str(&row.before_doc).map_err(AppError::internal)?;
        before.rev = rev;
        products.push(upsert(&before));
        restored.push((row.sku, rev));
    }
    let shared = args![&write.store_id, write.now_ms()];
    write.run_many(&import::UPSERT_PRODUCTS, &shared, products).await?;
    write.changed_many(Entity::Product, restored, false).await?;
    write.changed_many(Entity::Product, gone, true).await
}
