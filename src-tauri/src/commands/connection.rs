//! Opening, leaving and watching a store.

use api::staff::SignIn;
use console::connection::{
    self, ConnectionState, ForgetOutcome, HostedSetup, KnownStore, LocalSetup, SignOutOutcome,
    SyncStatus, WaitingConflict, WaitingEdit,
};
use console::progress::Progress;
use console::{Answer, Console};
use tauri::{AppHandle, State, ipc::Channel};

use super::watched;
use crate::desktop::{dialog, words};

/// Which store is open, who is signed in, how the line holds.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connection_state(console: State<'_, Console>) -> Answer<ConnectionState> {
    connection::state(&console).await
}

/// Starts a store on this computer: the service in this process.
#[tauri::command]
#[specta::specta]
pub(crate) async fn start_local_store(
    console: State<'_, Console>,
    setup: LocalSetup,
) -> Answer<ConnectionState> {
    connection::start_local(&console, setup).await
}

/// Starts a store on this computer from the sample data.
#[tauri::command]
#[specta::specta]
pub(crate) async fn start_sample_store(
    console: State<'_, Console>,
    progress: Channel<Progress>,
) -> Answer<ConnectionState> {
    connection::start_sample(&console, watched(progress)).await
}

/// Signs in to a hosted store.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connect_hosted(
    console: State<'_, Console>,
    address: String,
    sign_in: SignIn,
) -> Answer<ConnectionState> {
    connection::connect_hosted(&console, &address, sign_in).await
}

/// Makes the first store of a hosted service, and opens it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_up_hosted(
    console: State<'_, Console>,
    address: String,
    setup: HostedSetup,
) -> Answer<ConnectionState> {
    connection::set_up_hosted(&console, &address, setup).await
}

/// Signs out; warns instead while edits wait and `force` is not given.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sign_out(console: State<'_, Console>, force: bool) -> Answer<SignOutOutcome> {
    connection::sign_out(&console, force).await
}

/// Stores that this computer has opened before.
#[tauri::command]
#[specta::specta]
pub(crate) async fn known_stores(console: State<'_, Console>) -> Answer<Vec<KnownStore>> {
    connection::known(&console).await
}

/// Opens one of them again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reopen_store(
    console: State<'_, Console>,
    id: String,
) -> Answer<ConnectionState> {
    connection::reopen(&console, &id).await
}

/// Takes one off the list, with what was read of it; the store itself stays. While edits wait, only with `force`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn forget_store(
    console: State<'_, Console>,
    id: String,
    force: bool,
) -> Answer<ForgetOutcome> {
    connection::forget(&console, &id, force).await
}

/// Pushes and pulls now.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sync_now(console: State<'_, Console>) -> Answer<SyncStatus> {
    connection::sync_now(&console).await
}

/// Edits that have not reached the service yet.
#[tauri::command]
#[specta::specta]
pub(crate) async fn waiting_edits(console: State<'_, Console>) -> Answer<Vec<WaitingEdit>> {
    connection::waiting_edits(&console).await
}

/// Edits that a person must decide on.
#[tauri::command]
#[specta::specta]
pub(crate) async fn conflicts_list(console: State<'_, Console>) -> Answer<Vec<WaitingConflict>> {
    connection::conflicts(&console).await
}

/// Writes the waiting edits to a file that the person chooses; its path, or nothing when cancelled.
#[tauri::command]
#[specta::specta]
pub(crate) async fn waiting_edits_export(
    app: AppHandle,
    console: State<'_, Console>,
) -> Answer<Option<String>> {
    let Some(path) = dialog::save_file(&app, words::EXPORT_EDITS, "souk-edits.json").await else {
        return Ok(None);
    };
    connection::export_waiting(&console, &path).await?;
    Ok(Some(path.display().to_string()))
}

/// Takes waiting edits from such a file; how many were new, or nothing when cancelled.
#[tauri::command]
#[specta::specta]
pub(crate) async fn waiting_edits_import(
    app: AppHandle,
    console: State<'_, Console>,
) -> Answer<Option<i32>> {
    let Some(path) =
        dialog::pick_file(&app, words::IMPORT_EDITS, words::EDITS_FILE, &["json"]).await
    else {
        return Ok(None);
    };
    let count = connection::import_waiting(&console, &path).await?;
    Ok(Some(i32::try_from(count).unwrap_or(i32::MAX)))
}
