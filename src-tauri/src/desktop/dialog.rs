//! File dialogs, opened by the host: the webview learns only what the person chose.

use std::path::PathBuf;

use tauri::AppHandle;
use tauri_plugin_dialog::DialogExt;
use tokio::sync::oneshot;

/// Asks for one file to read, by `title` and the extensions offered (without dots). `None` when the person cancels.
pub(crate) async fn pick_file(
    app: &AppHandle,
    title: &str,
    kind: &str,
    extensions: &[&str],
) -> Option<PathBuf> {
    let (answer, answered) = oneshot::channel();
    app.dialog().file().set_title(title).add_filter(kind, extensions).pick_file(move |file| {
        // nobody waits any more when the command was cancelled
        let _ = answer.send(file);
    });
    answered.await.ok().flatten()?.into_path().ok()
}

/// Asks where to save a file. `None` when the person cancels.
pub(crate) async fn save_file(app: &AppHandle, title: &str, name: &str) -> Option<PathBuf> {
    let (answer, answered) = oneshot::channel();
    app.dialog().file().set_title(title).set_file_name(name).save_file(move |file| {
        let _ = answer.send(file);
    });
    answered.await.ok().flatten()?.into_path().ok()
}
