//! What the application is: its version and platform, for the about box and for reports.

use serde::Serialize;
use specta::Type;

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
#[tauri::command]
#[specta::specta]
pub(crate) fn about(app: tauri::AppHandle) -> About {
    let package = app.package_info();
    About {
        name: "Souk".to_owned(),
        version: package.version.to_string(),
        platform: std::env::consts::OS.to_owned(),
    }
}
