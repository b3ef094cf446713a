//! The store, its onboarding, going live.

use api::error::{ErrorBody, ErrorCode};
use api::store::{Checklist, LaunchConstraints, ProfileChange, Segments, Store};
use console::{Answer, Console, store};
use tauri::{AppHandle, State};
use tauri_plugin_opener::OpenerExt;

/// The open store.
#[tauri::command]
#[specta::specta]
pub(crate) async fn store_get(console: State<'_, Console>) -> Answer<Store> {
    store::get(&console).await
}

/// Saves the profile, half-filled too.
#[tauri::command]
#[specta::specta]
pub(crate) async fn store_save_profile(
    console: State<'_, Console>,
    change: ProfileChange,
) -> Answer<Store> {
    store::save_profile(&console, change).await
}

/// The customer segments.
#[tauri::command]
#[specta::specta]
pub(crate) async fn segments_get(console: State<'_, Console>) -> Answer<Segments> {
    store::segments(&console).await
}

/// Saves the customer segments as a whole.
#[tauri::command]
#[specta::specta]
pub(crate) async fn segments_save(
    console: State<'_, Console>,
    segments: Segments,
) -> Answer<Segments> {
    store::save_segments(&console, segments).await
}

/// The launch constraints.
#[tauri::command]
#[specta::specta]
pub(crate) async fn launch_get(console: State<'_, Console>) -> Answer<LaunchConstraints> {
    store::launch(&console).await
}

/// Saves the launch constraints.
#[tauri::command]
#[specta::specta]
pub(crate) async fn launch_save(
    console: State<'_, Console>,
    launch: LaunchConstraints,
) -> Answer<LaunchConstraints> {
    store::save_launch(&console, launch).await
}

/// What stands between the store and going live.
#[tauri::command]
#[specta::specta]
pub(crate) async fn checklist_get(console: State<'_, Console>) -> Answer<Checklist> {
    store::checklist(&console).await
}

/// Opens the shop.
#[tauri::command]
#[specta::specta]
pub(crate) async fn go_live(console: State<'_, Console>) -> Answer<Store> {
    store::go_live(&console).await
}

/// Pauses or resumes bargaining.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_paused(console: State<'_, Console>, paused: bool) -> Answer<Store> {
    store::set_paused(&console, paused).await
}

/// Opens the shop in the person's browser; the answer is its address.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_shop(app: AppHandle, console: State<'_, Console>) -> Answer<String> {
    let address = store::shop_address(&console).await?;
    app.opener().open_url(&address, None::<&str>).map_err(|error| {
        tracing::warn!(%error, "no browser could be opened");
        ErrorBody::new(
            ErrorCode::NotAllowedNow,
            format!("No browser could be opened. The shop is at {address}"),
        )
        .with("address", &address)
    })?;
    Ok(address)
}
