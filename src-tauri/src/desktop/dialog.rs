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

/// Asks where to save a file, by `title` (a word of `words`); `name` is what is offered, without any folder that it may
/// name. `None` when the person cancels.
pub(crate) async fn save_file(app: &AppHandle, title: &str, name: &str) -> Option<PathBuf> {
    let (answer, answered) = oneshot::channel();
    let title = app.state::<Words>().say(title, &[]);
    app.dialog().file().set_title(title).set_file_name(file_name(name)).save_file(move |file| {
        let _ = answer.send(file);
    });
    answered.await.ok().flatten()?.into_path().ok()
}

/// What would lead into another folder, or is no part of a file's name on some system.
const NO_NAME: &[char] = &['/', '\\', ':', '*', '?', '"', '<', '>', '|'];

/// A file's name and nothing else: a page that was taken over, or a rule set that somebody named so, offers no other
/// folder and no hidden file.
fn file_name(asked: &str) -> String {
    let plain = |c: char| if c.is_control() || NO_NAME.contains(&c) { '-' } else { c };
    let name: String = asked.chars().map(plain).collect();
    let name = name.trim_start_matches(['.', '-', ' ']).trim_end_matches(['.', ' ']);
    if name.is_empty() { "souk".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_was_taken_over_offers_no_folder_to_save_in() {
        for (asked, offered) in [
            ("orders 2026-11.csv", "orders 2026-11.csv"),
            ("Café “Winter”.json", "Café “Winter”.json"),
            ("../../.ssh/authorized_keys", "ssh-authorized_keys"),
            ("/etc/cron.d/souk", "etc-cron.d-souk"),
            ("..\\..\\Startup\\run.bat", "Startup-run.bat"),
            ("C:\\Windows\\win.ini", "C--Windows-win.ini"),
            (".bashrc", "bashrc"),
            ("..", "souk"),
            ("", "souk"),
            ("a\0b\nc.csv", "a-b-c.csv"),
        ] {
            assert_eq!(file_name(asked), offered, "{asked}");
        }
    }
}
