//! Putting many products on sale at once.

use api::catalog::Published;
use api::error::ErrorCode;
use api::sync::Entity;
use serde_json::json;

use crate::db::args;
use crate::db::bulk::{self, ROWS};
use crate::db::import::{self, PRODUCTS_AMONG, PUBLISH_AMONG, StandingRow};
use crate::db::product::ProductRow;
use crate::error::{AppError, AppResult};
use crate::write::{Audited, Write};

const SKUS_MAX: usize = 10_000;
/// Products named in the audit log; all are counted.
const NAMED: usize = 100;

/// Publishes the named drafts and unpublished products, or with no name every draft. A name that
/// is unknown or archived refuses the whole; one that is live already is passed over.
pub(crate) async fn publish(write: &mut Write, skus: &[String]) -> AppResult<Published> {
    let waiting = if skus.is_empty() {
        let id = write.store_id.clone();
        write.all::<StandingRow>(import::DRAFTS, args![id]).await?
    } else {
        named(write, skus).await?
    };
    let count = i64::try_from(waiting.len()).unwrap_or(i64::MAX);
    if waiting.is_empty() {
        return Ok(Published { published: 0 });
    }
    for some in waiting.chunks(ROWS) {
        let skus: Vec<&str> = some.iter().map(|row| row.sku.as_str()).collect();
        let keys = bulk::keys(args![&write.store_id, write.now_ms()], &skus);
        write.run(&PUBLISH_AMONG, keys).await?;
    }
    let first: Vec<String> = waiting.iter().take(NAMED).map(|row| row.sku.clone()).collect();
    let changes = waiting.into_iter().map(|row| (row.sku, row.rev + 1)).collect();
    write.changed_many(Entity::Product, changes, false).await?;
    let said = Audited {
        what: "catalog.publish",
        subject: format!("store/{}", write.store_id),
        after: json!({ "published": count, "first": first }),
        ..Audited::default()
    };
    write.audit(said).await?;
    Ok(Published { published: count })
}

/// Those of the named products that are not on sale yet, each once.
async fn named(write: &mut Write, skus: &[String]) -> AppResult<Vec<StandingRow>> {
    if skus.len() > SKUS_MAX {
        return Err(AppError::invalid("skus", format!("At most {SKUS_MAX} SKUs at once.")));
    }
    let mut wanted: Vec<&str> = skus.iter().map(String::as_str).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut waiting = Vec::new();
    for some in wanted.chunks(ROWS) {
        let keys = bulk::keys(args![&write.store_id], some);
        let found: Vec<ProductRow> = write.all(&PRODUCTS_AMONG, keys).await?;
        if let Some(missing) = some.iter().find(|sku| !found.iter().any(|row| row.sku == **sku)) {
            let message = format!("There is no product {missing:?}. Nothing was published.");
            return Err(AppError::invalid("skus", message).with("sku", missing));
        }
        if let Some(row) = found.iter().find(|row| row.state == "archived") {
            let message = format!("{} is archived. Nothing was published.", row.sku);
            return Err(AppError::refuse(ErrorCode::NotAllowedNow, message).with("sku", &row.sku));
        }
        let ready = found.into_iter().filter(|row| row.state != "live");
        waiting.extend(ready.map(|row| StandingRow { sku: row.sku, rev: row.rev }));
    }
    Ok(waiting)
}
