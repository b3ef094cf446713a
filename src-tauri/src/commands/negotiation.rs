//! The live queue.

use api::Page;
use api::negotiation::{NegotiationDetail, NegotiationRow, StaffAct};
use console::negotiation::{self, NegotiationQuery};
use console::{Answer, Console};
use tauri::State;

/// Negotiations in the queue's order.
#[tauri::command]
#[specta::specta]
pub(crate) async fn negotiations_list(
    console: State<'_, Console>,
    query: NegotiationQuery,
) -> Answer<Page<NegotiationRow>> {
    negotiation::list(&console, query).await
}

/// One negotiation: transcript, margins, trace, what may be done.
#[tauri::command]
#[specta::specta]
pub(crate) async fn negotiation_get(
    console: State<'_, Console>,
    id: String,
) -> Answer<NegotiationDetail> {
    negotiation::get(&console, &id).await
}

/// Approve, decline, counter, take over, release, message.
#[tauri::command]
#[specta::specta]
pub(crate) async fn negotiation_act(
    console: State<'_, Console>,
    id: String,
    act: StaffAct,
) -> Answer<NegotiationDetail> {
    negotiation::act(&console, &id, act).await
}
