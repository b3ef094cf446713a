//! What the operating system lends: window, tray, notifications, dialogs, log. Nothing here knows a merchant's word.

pub(crate) mod art;
pub(crate) mod chosen;
pub(crate) mod dialog;
pub(crate) mod log;
pub(crate) mod notification;
pub(crate) mod start_again;
pub(crate) mod tray;
pub(crate) mod window;
pub(crate) mod words;

use std::time::Duration;

use tauri::AppHandle;

/// How long after the first page the rest of the desktop begins.
const BEHIND: Duration = Duration::from_millis(700);

/// Starts what a first picture does not need: the tray, and pressed notifications. Behind that picture, so that it does not wait.
pub(crate) fn begin_behind(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(BEHIND).await;
        notification::open_when_pressed(&app);
        let tray_of = app.clone();
        if let Err(error) = app.run_on_main_thread(move || tray::start(&tray_of)) {
            tracing::warn!(%error, "no tray icon");
        }
    });
}
