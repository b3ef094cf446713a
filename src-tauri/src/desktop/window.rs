//! The one window: brought to the front, hidden.

use tauri::{AppHandle, Manager};

/// The window's label in `tauri.conf.json`.
const MAIN: &str = "main";

/// Brings the window back: from the tray, from minimised, from behind.
pub(crate) fn show(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    for step in [window.show(), window.unminimize(), window.set_focus()] {
        if let Err(error) = step {
            tracing::warn!(%error, "the window could not be brought to the front");
        }
    }
}

/// Hides the window; the tray and a second start bring it back.
pub(crate) fn hide(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    if let Err(error) = window.hide() {
        tracing::warn!(%error, "the window could not be hidden");
    }
}
