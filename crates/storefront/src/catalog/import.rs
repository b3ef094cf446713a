//! A catalogue file into the store: read whole, compared with what stands, written a part at a time
//! ([`super::run`]). What is right comes in even where other rows are wrong. Never deletes a product.

use std::collections::{BTreeSet, HashMap};

use api::catalog::{ImportFormat, ImportPreviewRow, ImportProblem, ImportReport};
use api::error::ErrorCode;
use api::sync::Entity;
use axum::body::Bytes;
use commerce::catalog_file::{self, CatalogRow, FileError, Format, Issue, Options, Preview};
use commerce::{Currency, Product, ProductState};
use serde_json::json;

use super::haystack;
use crate::db::bulk::{self, ROWS};
use crate::db::import::{self, PRODUCTS_AMONG};
use crate::db::product::ProductRow;
use crate::db::{Args, Db, Reads, args};
use crate::error::{AppError, AppResult};
use crate::write::{Audited, Write};

/// Rows compared and written at a time: other writers wait for one such part, not for the file.
pub(super) const BATCH: usize = 10 * ROWS;
/// Errors, and warnings, in a report; more are only counted.
const PROBLEMS_MAX: usize = 1_000;
const PREVIEW_ROWS: usize = 20;

/// Reads a file off the request threads; `publish` lets products come in live.
pub(crate) async fn read(
    bytes: Bytes,
    format: Option<ImportFormat>,
    currency: Currency,
    publish: bool,
) -> AppResult<Preview> {
    let format = format.map(|format| match format {
        ImportFormat::Souk => Format::Souk,
        ImportFormat::Shopify => Format::Shopify,
    });
    let state = if publish { ProductState::Live } else { ProductState::Draft };
    let options = Options { format, currency, state };
    let reading =
        tokio::task::spawn_blocking(move || catalog_file::parse_all(&bytes, &options)).await;
    reading.map_err(AppError::internal)?.map_err(|error| unreadable(&error))
}

fn unreadable(error: &FileError) -> AppError {
    let code = match error {
        FileError::TooLarge { .. } | FileError::TooManyRows => ErrorCode::TooLarge,
        _ => ErrorCode::Invalid,
    };
    let message = format!("The file cannot be imported: {error}. Nothing was changed.");
    AppError::refuse(code, message).with("field", "file")
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(super) created: i64,
    pub(super) updated: i64,
    pub(super) unchanged: i64,
}

/// Counts what the file would do. Nothing is changed.
pub(crate) async fn survey(
    db: &Db,
    store_id: &str,
    preview: &Preview,
    publish: bool,
) -> AppResult<ImportReport> {
    let mut tally = Tally::default();
    for rows in preview.rows.chunks(BATCH) {
        let standing = standing(&mut &*db, store_id, rows).await?;
        for row in rows {
            let before = standing.get(row.product.sku.as_str());
            tally.count(before, becomes(&row.product, before, publish)?.is_some());
        }
    }
    Ok(report(preview, tally, None, true))
}

/// Brings some of the rows in, with what undoing takes, and counts them.
pub(super) async fn apply(
    write: &mut Write,
    import_id: &str,
    rows: &[CatalogRow],
    publish: bool,
    tally: &mut Tally,
) -> AppResult<()> {
    let store_id = write.store_id.clone();
    let mut standing = standing(write, &store_id, rows).await?;
    let mut batch = Batch::default();
    for row in rows {
        let before = standing.remove(row.product.sku.as_str());
        let after = becomes(&row.product, before.as_ref(), publish)?;
        tally.count(before.as_ref(), after.is_some());
        if let Some(after) = after {
            batch.add(before.as_ref(), after)?;
        }
    }
    batch.write(write, import_id).await
}

/// Once every row is in: the import as a whole, which can be undone from now on, and one audit entry
/// for all of it. An import that changed nothing leaves nothing.
pub(super) async fn conclude(
    write: &mut Write,
    import_id: &str,
    preview: &Preview,
    publish: bool,
    tally: Tally,
) -> AppResult<ImportReport> {
    if tally.created + tally.updated == 0 {
        return Ok(report(preview, tally, None, false));
    }
    let (store_id, by) = (write.store_id.clone(), write.actor.name.clone());
    let row = args![&store_id, import_id, write.now_ms(), by, tally.created, tally.updated];
    write.run(import::INSERT, row).await?;
    let said = Audited {
        what: "catalog.import",
        subject: format!("import/{import_id}"),
        after: json!({
            "created": tally.created, "updated": tally.updated, "unchanged": tally.unchanged,
            "refused": preview.counts.rows_refused, "published": publish
        }),
        ..Audited::default()
    };
    write.audit(said).await?;
    Ok(report(preview, tally, Some(import_id.to_owned()), false))
}

impl Tally {
    fn count(&mut self, before: Option<&ProductRow>, changes: bool) {
        match (before, changes) {
            (None, _) => self.created += 1,
            (Some(_), true) => self.updated += 1,
            (Some(_), false) => self.unchanged += 1,
        }
    }
}

/// The stored products that have the SKUs of these rows.
async fn standing<R: Reads>(
    reads: &mut R,
    store_id: &str,
    rows: &[CatalogRow],
) -> AppResult<HashMap<String, ProductRow>> {
    let mut found = HashMap::new();
    for some in rows.chunks(ROWS) {
        let skus: Vec<&str> = some.iter().map(|row| row.product.sku.as_str()).collect();
        let keys = bulk::keys(args![store_id], &skus);
        let stored: Vec<ProductRow> = reads.all(&PRODUCTS_AMONG, keys).await?;
        found.extend(stored.into_iter().map(|row| (row.sku.clone(), row)));
    }
    Ok(found)
}

/// The row that the file's product makes of the stored one; none where it stays as it is. A file
/// without descriptions, tags or pictures takes none away; a state only ever goes to live.
fn becomes(
    product: &Product,
    before: Option<&ProductRow>,
    publish: bool,
) -> AppResult<Option<ProductRow>> {
    let mut after = ProductRow {
        sku: product.sku.as_str().to_owned(),
        title: product.title.clone(),
        description: product.description.clone(),
        category: product.category.as_str().to_owned(),
        list_price: product.list_price.minor(),
        unit_cost: product.unit_cost.map(commerce::Money::minor),
        stock: product.stock,
        state: product.state.to_string(),
        tags: serde_json::to_string(&product.tags).map_err(AppError::internal)?,
        image: product.image.clone(),
        rev: 1,
        updated_at: 0,
    };
    let Some(before) = before else { return Ok(Some(after)) };
    let waits = matches!(before.state.as_str(), "draft" | "unpublished");
    if !(publish && product.state == ProductState::Live && waits) {
        after.state.clone_from(&before.state);
    }
    if product.description.is_empty() {
        after.description.clone_from(&before.description);
    }
    if product.tags.is_empty() {
        after.tags.clone_from(&before.tags);
    }
    after.image = after.image.or_else(|| before.image.clone());
    (after.rev, after.updated_at) = (before.rev, before.updated_at);
    let same = after == *before;
    after.rev += 1;
    Ok((!same).then_some(after))
}

/// The arguments of [`import::UPSERT_PRODUCTS`] for one product.
pub(super) fn upsert(row: &ProductRow) -> Args {
    args![
        &row.sku,
        &row.title,
        &row.description,
        &row.category,
        row.list_price,
        row.unit_cost,
        row.stock,
        &row.state,
        &row.tags,
        &row.image,
        haystack(&row.title, &row.sku, &row.category),
        row.rev
    ]
}

/// What one batch of rows writes.
#[derive(Default)]
struct Batch {
    products: Vec<Args>,
    undo: Vec<Args>,
    changes: Vec<(String, i64)>,
}

impl Batch {
    fn add(&mut self, before: Option<&ProductRow>, after: ProductRow) -> AppResult<()> {
        let kept = before.map(serde_json::to_string).transpose().map_err(AppError::internal)?;
        self.undo.push(args![&after.sku, kept.unwrap_or_default(), after.rev]);
        self.products.push(upsert(&after));
        self.changes.push((after.sku, after.rev));
        Ok(())
    }

    async fn write(self, write: &mut Write, import_id: &str) -> AppResult<()> {
        let store_id = write.store_id.clone();
        let shared = args![&store_id, write.now_ms()];
        write.run_many(&import::UPSERT_PRODUCTS, &shared, self.products).await?;
        let shared = args![&store_id, import_id];
        write.run_many(&import::INSERT_ROWS, &shared, self.undo).await?;
        write.changed_many(Entity::Product, self.changes, false).await
    }
}

fn report(
    preview: &Preview,
    tally: Tally,
    import_id: Option<String>,
    dry_run: bool,
) -> ImportReport {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let categories: BTreeSet<&str> =
        preview.rows.iter().map(|row| row.product.category.as_str()).collect();
    let problems =
        |issues: &[Issue]| issues.iter().take(PROBLEMS_MAX).map(problem).collect::<Vec<_>>();
    let shown = |row: &CatalogRow| ImportPreviewRow {
        sku: row.product.sku.as_str().to_owned(),
        title: row.product.title.clone(),
        category: row.product.category.as_str().to_owned(),
        list_price: row.product.list_price.into(),
        unit_cost: row.product.unit_cost.map(Into::into),
        stock: row.product.stock,
    };
    ImportReport {
        import_id,
        dry_run,
        rows: number(preview.counts.rows),
        created: tally.created,
        updated: tally.updated,
        unchanged: tally.unchanged,
        skipped: number(preview.counts.rows_refused),
        categories: categories.into_iter().map(str::to_owned).collect(),
        encoding: encoding(preview.encoding).to_owned(),
        errors: problems(&preview.errors),
        errors_total: number(preview.counts.errors),
        warnings: problems(&preview.warnings),
        warnings_total: number(preview.counts.warnings),
        preview: preview.rows.iter().take(PREVIEW_ROWS).map(shown).collect(),
    }
}

fn problem(issue: &Issue) -> ImportProblem {
    ImportProblem {
        line: i64::try_from(issue.line).unwrap_or(i64::MAX),
        column: issue.column.clone().unwrap_or_default(),
        value: issue.value.clone(),
        message: issue.message.clone(),
        expected: issue.expected.clone(),
    }
}

fn encoding(found: catalog_file::TextEncoding) -> &'static str {
    use catalog_file::TextEncoding::{
        Utf8, Utf8WithMark, Utf16BigEndian, Utf16LittleEndian, Windows1252,
    };
    match found {
        Utf8 | Utf8WithMark => "UTF-8",
        Utf16LittleEndian => "UTF-16LE",
        Utf16BigEndian => "UTF-16BE",
        Windows1252 => "Windows-1252",
    }
}
