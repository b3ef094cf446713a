//! Imports of the catalogue: what each changed, so that it can be taken back; and the statements
//! that change many products at once.

use std::sync::LazyLock;

use sqlx::FromRow;

use super::bulk::{Bulk, among};
use super::statements;

statements! {
    INSERT = "INSERT INTO imports (store_id, import_id, at, by_staff, created, updated, undone_at) \
        VALUES ($1, $2, $3, $4, $5, $6, NULL)";
    BY_ID = "SELECT import_id, at, by_staff, created, updated, undone_at FROM imports \
        WHERE store_id = $1 AND import_id = $2";
    /// The newest fifty.
    RECENT = "SELECT import_id, at, by_staff, created, updated, undone_at FROM imports \
        WHERE store_id = $1 ORDER BY import_id DESC LIMIT 50";
    SET_UNDONE = "UPDATE imports SET undone_at = $3 WHERE store_id = $1 AND import_id = $2";
    /// Products of an import that are no longer as it left them, and those it made that were sold
    /// or are haggled over since: taking them back would lose something.
    STANDING_AGAINST = "SELECT r.sku FROM import_rows r \
        LEFT JOIN products p ON p.store_id = r.store_id AND p.sku = r.sku \
        WHERE r.store_id = $1 AND r.import_id = $2 AND (p.rev IS NULL OR p.rev <> r.after_rev \
        OR (r.before_doc = '' AND (r.sku IN (SELECT l.sku FROM order_lines l WHERE l.store_id = $1) \
        OR r.sku IN (SELECT n.sku FROM negotiations n WHERE n.store_id = $1)))) \
        ORDER BY r.sku LIMIT $3";
    /// A page of what an import changed, by SKU.
    ROWS_AFTER = "SELECT sku, before_doc, after_rev FROM import_rows \
        WHERE store_id = $1 AND import_id = $2 AND sku > $3 ORDER BY sku LIMIT $4";
    DELETE_CREATED = "DELETE FROM products WHERE store_id = $1 AND sku IN \
        (SELECT r.sku FROM import_rows r \
        WHERE r.store_id = $1 AND r.import_id = $2 AND r.before_doc = '')";
    /// What earlier imports say of the products that this one changed.
    EARLIER_ROWS = "SELECT r.import_id, r.sku, r.after_rev FROM import_rows r \
        JOIN import_rows u ON u.store_id = r.store_id AND u.import_id = $2 AND u.sku = r.sku \
        WHERE r.store_id = $1 AND r.import_id < $2 AND u.before_doc <> ''";
    DRAFTS = "SELECT sku, rev FROM products \
        WHERE store_id = $1 AND state = 'draft' ORDER BY sku";
    /// A page by SKU; archived products stay out.
    EXPORT_AFTER = "SELECT sku, title, description, category, list_price, unit_cost, stock, state, \
        tags, image, rev, updated_at FROM products \
        WHERE store_id = $1 AND state <> 'archived' AND sku > $2 ORDER BY sku LIMIT $3";
}

/// `$1` store, `$2` now; each row: sku, title, description, category, list price, unit cost, stock,
/// state, tags, image, haystack, rev.
pub(crate) static UPSERT_PRODUCTS: LazyLock<Bulk> = LazyLock::new(|| {
    Bulk::new(
        "INSERT INTO products (store_id, sku, title, description, category, list_price, \
         unit_cost, stock, state, tags, image, haystack, rev, created_at, updated_at) VALUES",
        "($1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, $2, $2)",
        "ON CONFLICT (store_id, sku) DO UPDATE SET title = excluded.title, \
         description = excluded.description, category = excluded.category, \
         list_price = excluded.list_price, unit_cost = excluded.unit_cost, \
         stock = excluded.stock, state = excluded.state, tags = excluded.tags, \
         image = excluded.image, haystack = excluded.haystack, rev = excluded.rev, \
         updated_at = excluded.updated_at",
        2,
    )
});

/// `$1` store, `$2` import; each row: sku, before, rev after.
pub(crate) static INSERT_ROWS: LazyLock<Bulk> = LazyLock::new(|| {
    Bulk::new(
        "INSERT INTO import_rows (store_id, import_id, sku, before_doc, after_rev) VALUES",
        "($1, $2, ?, ?, ?)",
        "",
        2,
    )
});

/// An undone import leaves products as an earlier one had left them, at a newer revision: `$1`
/// store, `$2` that earlier import; each row: sku, the new revision. Every row is there already.
pub(crate) static REBASE_ROWS: LazyLock<Bulk> = LazyLock::new(|| {
    Bulk::new(
        "INSERT INTO import_rows (store_id, import_id, sku, before_doc, after_rev) VALUES",
        "($1, $2, ?, '', ?)",
        "ON CONFLICT (store_id, import_id, sku) DO UPDATE SET after_rev = excluded.after_rev",
        2,
    )
});

/// `$1` store, then SKUs.
pub(crate) static PRODUCTS_AMONG: LazyLock<String> = LazyLock::new(|| {
    among(
        "SELECT sku, title, description, category, list_price, unit_cost, stock, state, \
         tags, image, rev, updated_at FROM products WHERE store_id = $1 AND sku IN",
        "",
        1,
    )
});

/// `$1` store, `$2` now, then SKUs.
pub(crate) static PUBLISH_AMONG: LazyLock<String> = LazyLock::new(|| {
    among(
        "UPDATE products SET state = 'live', rev = rev + 1, updated_at = $2 \
         WHERE store_id = $1 AND sku IN",
        "AND state IN ('draft', 'unpublished')",
        2,
    )
});

/// The built ones, for the test that prepares each on both engines.
#[cfg(test)]
pub(crate) fn built() -> Vec<&'static str> {
    let [upsert, rows, rebase]: [&'static Bulk; 3] = [&UPSERT_PRODUCTS, &INSERT_ROWS, &REBASE_ROWS];
    vec![
        &rebase.one,
        &rebase.hundred,
        &upsert.one,
        &upsert.hundred,
        &rows.one,
        &rows.hundred,
        &PRODUCTS_AMONG,
        &PUBLISH_AMONG,
    ]
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct ImportRow {
    pub(crate) import_id: String,
    pub(crate) at: i64,
    pub(crate) by_staff: String,
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) undone_at: Option<i64>,
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct ChangedRow {
    pub(crate) sku: String,
    /// The product before, as JSON; empty: there was none.
    pub(crate) before_doc: String,
    pub(crate) after_rev: i64,
}

/// A product's revision alone.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct StandingRow {
    pub(crate) sku: String,
    pub(crate) rev: i64,
}
