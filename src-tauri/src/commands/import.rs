//! A catalogue in and out as a file.

use api::catalog::{ImportFormat, ImportReport, ImportRun, Published};
use console::import::{self, ImportFile, ImportSource};
use console::progress::Progress;
use console::{Answer, Console};
use tauri::{AppHandle, State, ipc::Channel};

use super::watched;
use crate::desktop::chosen::Chosen;
use crate::desktop::{dialog, words};

/// What an import would do; nothing is changed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_preview(
    console: State<'_, Console>,
    chosen: State<'_, Chosen>,
    source: ImportSource,
    format: ImportFormat,
) -> Answer<ImportReport> {
    import::preview(&console, given(&chosen, source)?, format).await
}

/// Imports, saying how far it is.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_run(
    console: State<'_, Console>,
    chosen: State<'_, Chosen>,
    source: ImportSource,
    format: ImportFormat,
    progress: Channel<Progress>,
) -> Answer<ImportReport> {
    import::run(&console, given(&chosen, source)?, format, watched(progress)).await
}

/// Cancels the running import; false when none runs.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_cancel(console: State<'_, Console>) -> Answer<bool> {
    Ok(import::cancel(&console))
}

/// Takes an import back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_undo(console: State<'_, Console>, id: String) -> Answer<()> {
    import::undo(&console, &id).await
}

/// Imports of the past, newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn imports_list(console: State<'_, Console>) -> Answer<Vec<ImportRun>> {
    import::runs(&console).await
}

/// Asks for a catalogue file; nothing when the person cancels.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_pick(app: AppHandle) -> Answer<Option<ImportFile>> {
    match dialog::pick_file(&app, words::IMPORT_CATALOGUE, "CSV", &["csv", "txt", "tsv"]).await {
        Some(path) => import::describe(&path).await.map(Some),
        None => Ok(None),
    }
}

/// Writes the catalogue to a file that the person chooses; its path, or nothing when cancelled.
#[tauri::command]
#[specta::specta]
pub(crate) async fn catalog_export(
    app: AppHandle,
    console: State<'_, Console>,
) -> Answer<Option<String>> {
    let Some(path) = dialog::save_file(&app, words::EXPORT_CATALOGUE, "catalogue.csv").await else {
        return Ok(None);
    };
    import::export(&console, &path).await?;
    Ok(Some(path.display().to_string()))
}

/// Puts products on sale; without SKUs every draft.
#[tauri::command]
#[specta::specta]
pub(crate) async fn catalog_publish(
    console: State<'_, Console>,
    skus: Vec<String>,
) -> Answer<Published> {
    import::publish(&console, skus).await
}

/// The source, when the person chose it.
fn given(chosen: &Chosen, source: ImportSource) -> Answer<ImportSource> {
    if let ImportSource::Path { path } = &source {
        chosen.of(words::IMPORT_CATALOGUE, path)?;
    }
    Ok(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_over_the_ipc_is_read_only_when_it_was_chosen() {
        let chosen = Chosen::default();
        let passwords = || ImportSource::Path { path: "/etc/passwd".to_owned() };
        assert!(given(&chosen, passwords()).is_err());
        chosen.in_dialog(words::IMPORT_RULES, std::path::Path::new("/etc/passwd"));
        assert!(given(&chosen, passwords()).is_err(), "chosen for another purpose");
        chosen.in_dialog(words::IMPORT_CATALOGUE, std::path::Path::new("/etc/passwd"));
        assert!(given(&chosen, passwords()).is_ok());
        // what the page holds itself is no file of this computer
        assert!(given(&chosen, ImportSource::Bytes { base64: String::new() }).is_ok());
    }
}
