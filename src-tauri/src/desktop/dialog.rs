//! File dialogs, opened by the host in the person's language: the webview learns only what the person chose.

use std::path::PathBuf;

use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::DialogExt;
use tokio::sync::oneshot;

use super::chosen::Chosen;
use super::words::Words;

/// Asks for one file to read, by `title` (a word of `words`), what such files are and their extensions (without dots).
/// `None` when the person cancels. What was chosen may be read by its path afterwards, for the same purpose.
pub(crate) async fn pick_file(
    app: &AppHandle,
    title: &'static str,
    kind: &str,
    extensions: &[&str],
) -> Option<PathBuf> {
    let (answer, answered) = oneshot::channel();
    let words = app.state::<Words>();
    let dialog = app.dialog().file().set_title(words.say(title, &[]));
    dialog.add_filter(words.say(kind, &[]), extensions).pick_file(move |file| {
        // nobody waits any more when the command was cancelled
        let _ = answer.send(file);
    });
    let path = answered.await.ok().flatten()?.into_path().ok()?;
    app.state::<Chosen>().in_dialog(title, &path);
    Some(path)
}

/// Asks where to save a file, by `title` (a word of `words`). `None` when the person cancels.
pub(crate) async fn save_file(app: &AppHandle, title: &str, name: &str) -> Option<PathBuf> {
    let (answer, answered) = oneshot::channel();
    let title = app.state::<Words>().say(title, &[]);
    app.dialog().file().set_title(title).set_file_name(name).save_file(move |file| {
        let _ = answer.send(file);
    });
    answered.await.ok().flatten()?.into_path().ok()
}
