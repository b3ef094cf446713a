//! Taking an import back: what it made goes, what it changed returns. All of it or nothing, and
//! never over a later change.

use std::collections::HashMap;

use api::catalog::ImportRun;
use api::error::ErrorCode;
use api::sync::Entity;
use serde_json::json;

use super::import::upsert;
use crate::db::import::{self, ChangedRow, ImportRow};
use crate::db::product::ProductRow;
use crate::db::{Args, Db, args};
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
    let mut moved = HashMap::new();
    loop {
        let page = args![&store_id, import_id, &after, i64::try_from(BATCH).unwrap_or(i64::MAX)];
        let rows: Vec<ChangedRow> = write.all(import::ROWS_AFTER, page).await?;
        let Some(last) = rows.last() else { break };
        after.clone_from(&last.sku);
        let whole = rows.len() == BATCH;
        take_back(write, rows, &mut moved).await?;
        if !whole {
            break;
        }
    }
    write.run(import::DELETE_CREATED, args![&store_id, import_id]).await?;
    rebase_earlier(write, import_id, &moved).await?;
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
/// `moved` learns each restored product's revision before the import, and now.
async fn take_back(
    write: &mut Write,
    rows: Vec<ChangedRow>,
    moved: &mut HashMap<String, (i64, i64)>,
) -> AppResult<()> {
    let (mut products, mut restored, mut gone) = (vec![], vec![], vec![]);
    for row in rows {
        let rev = row.after_rev + 1;
        if row.before_doc.is_empty() {
            gone.push((row.sku, rev));
            continue;
        }
        let mut before: ProductRow =
            serde_json::from_str(&row.before_doc).map_err(AppError::internal)?;
        moved.insert(row.sku.clone(), (before.rev, rev));
        before.rev = rev;
        products.push(upsert(&before));
        restored.push((row.sku, rev));
    }
    let shared = args![&write.store_id, write.now_ms()];
    write.run_many(&import::UPSERT_PRODUCTS, &shared, products).await?;
    write.changed_many(Entity::Product, restored, false).await?;
    write.changed_many(Entity::Product, gone, true).await
}

/// Lets earlier imports that had left these products so be undone too: revisions only go up.
async fn rebase_earlier(
    write: &mut Write,
    import_id: &str,
    moved: &HashMap<String, (i64, i64)>,
) -> AppResult<()> {
    let store_id = write.store_id.clone();
    let key = args![&store_id, import_id];
    let rows: Vec<(String, String, i64)> = write.all(import::EARLIER_ROWS, key).await?;
    let mut by_import: HashMap<String, Vec<Args>> = HashMap::new();
    for (earlier, sku, left_at) in rows {
        if let Some((before, now)) = moved.get(&sku)
            && *before == left_at
        {
            by_import.entry(earlier).or_default().push(args![sku, *now]);
        }
    }
    for (earlier, rows) in by_import {
        let shared = args![&store_id, earlier];
        write.run_many(&import::REBASE_ROWS, &shared, rows).await?;
    }
    Ok(())
}
