//! The catalogue of one store: what makes and changes products, for routes, imports and sync alike.

pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod publish;
pub(crate) mod run;
pub(crate) mod save;
pub(crate) mod undo;

use api::catalog::{Product, ProductState};
use commerce::Currency;

use crate::db::product::ProductRow;
use crate::error::{AppError, AppResult};

/// A stored product as staff see it.
pub(crate) fn to_wire(row: ProductRow, currency: Currency) -> AppResult<Product> {
    let money = |minor: i64| api::Money { minor, currency: currency.code().to_owned() };
    Ok(Product {
        state: read_state(&row.state)?,
        tags: serde_json::from_str(&row.tags).map_err(AppError::internal)?,
        list_price: money(row.list_price),
        unit_cost: row.unit_cost.map(money),
        sku: row.sku,
        title: row.title,
        description: row.description,
        category: row.category,
        stock: row.stock,
        image: row.image,
        rev: row.rev,
        updated_at: api::Instant::from_ms(row.updated_at),
    })
}

pub(crate) fn read_state(text: &str) -> AppResult<ProductState> {
    serde_json::from_value(text.into()).map_err(AppError::internal)
}

/// What search looks in: lower-cased title, SKU and category.
pub(crate) fn haystack(title: &str, sku: &str, category: &str) -> String {
    format!("{title} {sku} {category}").to_lowercase()
}

/// A `LIKE` pattern that finds `text` anywhere; its own wildcards mean themselves nowhere, since
/// they are left out.
pub(crate) fn like(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !matches!(c, '%' | '_' | '\\')).take(100).collect();
    format!("%{}%", plain.trim().to_lowercase())
}
