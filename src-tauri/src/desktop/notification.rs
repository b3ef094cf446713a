//! OS notifications: raised by the host alone, so the webview cannot speak in the OS's voice.

use tauri::AppHandle;
use tauri_plugin_notification::NotificationExt;

/// Raises a notification. A desktop without a notification service is logged and otherwise ignored: the queue shows the same.
pub(crate) fn raise(app: &AppHandle, title: &str, body: &str) {
    if let Err(error) = app.notification().builder().title(title).body(body).show() {
        tracing::warn!(%error, "no notification could be raised");
    }
}
