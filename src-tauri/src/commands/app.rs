//! What the application is: its version and platform, for the about box and for reports; and its one way to hand the person a text.

use console::first_screen::{self, FirstScreen};
use console::{Answer, Console, download};
use serde::Serialize;
use specta::Type;
use tauri::{AppHandle, State};

use crate::desktop::{dialog, words};

/// The running console.
#[derive(Debug, Serialize, Type)]
pub(crate) struct About {
    /// "Souk"
    pub(crate) name: String,
    /// Semantic version, as in the package.
    pub(crate) version: String,
    /// "linux", "windows" or "macos".
    pub(crate) platform: String,
}

/// Says what is running.
#[allow(clippy::needless_pass_by_value)] // Tauri hands it over
#[tauri::command]
#[specta::specta]
pub(crate) fn about(app: AppHandle) -> About {
    let package = app.package_info();
    About {
        name: "Souk".to_owned(),
        version: package.version.to_string(),
        platform: std::env::consts::OS.to_owned(),
    }
}

/// All that a window shows first, from this computer's copy.
#[tauri::command]
#[specta::specta]
pub(crate) async fn first_screen(console: State<'_, Console>) -> Answer<FirstScreen> {
    first_screen::get(&console).await
}

/// Writes a text to a file that the person chooses, `name` being the one offered; its path, or nothing when cancelled.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_text(
    app: AppHandle,
    name: String,
    text: String,
) -> Answer<Option<String>> {
    let Some(path) = dialog::save_file(&app, words::SAVE, &name).await else { return Ok(None) };
    download::save_text(&text, &path).await?;
    Ok(Some(path.display().to_string()))
}
