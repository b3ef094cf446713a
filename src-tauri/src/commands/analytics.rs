//! Figures.

use api::Instant;
use api::analytics::{Dashboard, Home};
use console::{Answer, Console, analytics};
use tauri::State;

/// What needs a person now.
#[tauri::command]
#[specta::specta]
pub(crate) async fn home_get(console: State<'_, Console>) -> Answer<Home> {
    analytics::home(&console).await
}

/// Figures of `[from, until)`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn dashboard_get(
    console: State<'_, Console>,
    from: Instant,
    until: Instant,
) -> Answer<Dashboard> {
    analytics::dashboard(&console, from, until).await
}
