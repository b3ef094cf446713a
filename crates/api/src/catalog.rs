//! Categories, products, and getting them in and out.

use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

use crate::{Instant, Money};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, Type)]
#[serde(rename_all = "snake_case")]
pub enum ProductState {
    Draft,
    Live,
    Unpublished,
    Archived,
}

/// A product as staff see it: with its cost, which no shop page or customer API ever shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Product {
    pub sku: String,
    pub title: String,
    pub description: String,
    /// Path with `/` between parts: `home/lights`.
    pub category: String,
    pub list_price: Money,
    pub unit_cost: Option<Money>,
    /// Units that can be sold now (holds taken off). Absent: not counted.
    #[specta(type = Option<i32>)]
    pub stock: Option<i64>,
    pub state: ProductState,
    pub tags: Vec<String>,
    /// Address of its picture.
    pub image: Option<String>,
    #[specta(type = i32)]
    pub rev: i64,
    pub updated_at: Instant,
}

/// Create or change one product. `base_rev` 0 creates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ProductChange {
    pub title: String,
    #[serde(default)]
    pub description: String,
    pub category: String,
    pub list_price: Money,
    pub unit_cost: Option<Money>,
    #[specta(type = Option<i32>)]
    pub stock: Option<i64>,
    #[serde(default)]
    pub tags: Vec<String>,
    #[specta(type = i32)]
    pub base_rev: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ProductStateChange {
    pub state: ProductState,
    #[specta(type = i32)]
    pub base_rev: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Category {
    pub path: String,
    pub name: String,
    /// Live products in it and under it.
    #[specta(type = i32)]
    pub products: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
#[serde(rename_all = "snake_case")]
pub enum ImportFormat {
    Souk,
    Shopify,
}

/// What an import did, or with `dry_run` would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ImportReport {
    /// Names the import so that it can be undone; absent on a dry run, and where nothing changed.
    pub import_id: Option<String>,
    pub dry_run: bool,
    #[specta(type = i32)]
    pub rows: i64,
    #[specta(type = i32)]
    pub created: i64,
    #[specta(type = i32)]
    pub updated: i64,
    #[specta(type = i32)]
    pub unchanged: i64,
    #[specta(type = i32)]
    pub skipped: i64,
    pub categories: Vec<String>,
    pub encoding: String,
    /// At most 1,000; `errors_total` counts all.
    pub errors: Vec<ImportProblem>,
    #[specta(type = i32)]
    pub errors_total: i64,
    pub warnings: Vec<ImportProblem>,
    #[specta(type = i32)]
    pub warnings_total: i64,
    /// The first rows as they will be stored.
    pub preview: Vec<ImportPreviewRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ImportProblem {
    /// Counted from 1, the header included.
    #[specta(type = i32)]
    pub line: i64,
    pub column: String,
    /// What stands there, clipped.
    pub value: String,
    pub message: String,
    pub expected: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ImportPreviewRow {
    pub sku: String,
    pub title: String,
    pub category: String,
    pub list_price: Money,
    pub unit_cost: Option<Money>,
    #[specta(type = Option<i32>)]
    pub stock: Option<i64>,
}

/// Products to put on sale; none named: every draft.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Publish {
    #[serde(default)]
    pub skus: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Published {
    /// How many came on sale; those that were already are not counted.
    #[specta(type = i32)]
    pub published: i64,
}

/// An import in the past, newest first in lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ImportRun {
    pub id: String,
    pub at: Instant,
    pub by: String,
    #[specta(type = i32)]
    pub created: i64,
    #[specta(type = i32)]
    pub updated: i64,
    pub undone_at: Option<Instant>,
    /// False where a product was sold or changed since.
    pub can_undo: bool,
}

/// An import that is being applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ImportUnderWay {
    pub id: String,
    pub at: Instant,
    pub by: String,
    #[specta(type = i32)]
    pub rows: i64,
    /// Rows that are in.
    #[specta(type = i32)]
    pub done: i64,
}
