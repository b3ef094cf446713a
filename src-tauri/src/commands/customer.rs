//! Customers.

use api::Page;
use api::customer::CustomerRow;
use console::customer::{self, CustomerQuery};
use console::{Answer, Console};
use tauri::State;

/// Customers by query, page by page.
#[tauri::command]
#[specta::specta]
pub(crate) async fn customers_list(
    console: State<'_, Console>,
    query: CustomerQuery,
) -> Answer<Page<CustomerRow>> {
    customer::list(&console, query).await
}
