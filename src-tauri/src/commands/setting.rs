//! What this computer remembers.

use console::preference::{self, Preferences};
use console::recent::{self, Recent};
use console::{Answer, Console};
use tauri::{AppHandle, State};

use crate::desktop::{tray, words::Words};

/// Appearance, language, notifications: of this computer alone.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preferences_get(console: State<'_, Console>) -> Answer<Preferences> {
    preference::get(&console).await
}

/// Changes them.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preferences_set(
    app: AppHandle,
    console: State<'_, Console>,
    words: State<'_, Words>,
    preferences: Preferences,
) -> Answer<Preferences> {
    let preferences = preference::set(&console, preferences).await?;
    words.choose(&preferences.language);
    tray::speak(&app);
    Ok(preferences)
}

/// Places of this store that were open last.
#[tauri::command]
#[specta::specta]
pub(crate) async fn recents_list(console: State<'_, Console>) -> Answer<Vec<Recent>> {
    recent::list(&console).await
}

/// Notes that a place was opened.
#[tauri::command]
#[specta::specta]
pub(crate) async fn recent_opened(
    console: State<'_, Console>,
    link: String,
    title: String,
) -> Answer<()> {
    recent::opened(&console, link, title).await
}
