//! Orders.

use api::Page;
use api::order::{OrderDetail, OrderRow, OrderTransition};
use console::order::{self, OrderQuery};
use console::{Answer, Console};
use tauri::State;

/// Orders, newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn orders_list(
    console: State<'_, Console>,
    query: OrderQuery,
) -> Answer<Page<OrderRow>> {
    order::list(&console, query).await
}

/// One order.
#[tauri::command]
#[specta::specta]
pub(crate) async fn order_get(console: State<'_, Console>, id: String) -> Answer<OrderDetail> {
    order::get(&console, &id).await
}

/// Moves an order to its next state.
#[tauri::command]
#[specta::specta]
pub(crate) async fn order_transition(
    console: State<'_, Console>,
    id: String,
    to: OrderTransition,
) -> Answer<OrderDetail> {
    order::transition(&console, &id, to).await
}
