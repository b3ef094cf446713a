//! Categories and products.

use api::Page;
use api::catalog::{Category, Product, ProductChange, ProductStateChange};
use console::catalog::{self, ProductQuery};
use console::{Answer, Console};
use tauri::State;

/// All categories, with how many live products each holds.
#[tauri::command]
#[specta::specta]
pub(crate) async fn categories_list(console: State<'_, Console>) -> Answer<Vec<Category>> {
    catalog::categories(&console).await
}

/// Products by query, page by page.
#[tauri::command]
#[specta::specta]
pub(crate) async fn products_list(
    console: State<'_, Console>,
    query: ProductQuery,
) -> Answer<Page<Product>> {
    catalog::products(&console, query).await
}

/// One product.
#[tauri::command]
#[specta::specta]
pub(crate) async fn product_get(console: State<'_, Console>, sku: String) -> Answer<Product> {
    catalog::product(&console, &sku).await
}

/// Creates (`base_rev` 0) or changes a product.
#[tauri::command]
#[specta::specta]
pub(crate) async fn product_save(
    console: State<'_, Console>,
    sku: String,
    change: ProductChange,
) -> Answer<Product> {
    catalog::save_product(&console, &sku, change).await
}

/// Publishes, unpublishes or archives a product.
#[tauri::command]
#[specta::specta]
pub(crate) async fn product_set_state(
    console: State<'_, Console>,
    sku: String,
    change: ProductStateChange,
) -> Answer<Product> {
    catalog::set_product_state(&console, &sku, change).await
}
