//! The audit log.

use api::Page;
use api::audit_log::{AuditEntry, AuditReport};
use console::audit_log::{self, AuditQuery};
use console::{Answer, Console};
use tauri::{AppHandle, State};

use crate::desktop::{dialog, words};

/// Entries, newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn audit_list(
    console: State<'_, Console>,
    query: AuditQuery,
) -> Answer<Page<AuditEntry>> {
    audit_log::list(&console, query).await
}

/// Walks the whole chain and holds it to the heads seen here.
#[tauri::command]
#[specta::specta]
pub(crate) async fn audit_verify(console: State<'_, Console>) -> Answer<AuditReport> {
    audit_log::verify(&console).await
}

/// Writes the log to a file that the person chooses; its path, or nothing when cancelled.
#[tauri::command]
#[specta::specta]
pub(crate) async fn audit_export(
    app: AppHandle,
    console: State<'_, Console>,
) -> Answer<Option<String>> {
    let Some(path) = dialog::save_file(&app, words::EXPORT_AUDIT, "audit.jsonl").await else {
        return Ok(None);
    };
    audit_log::export(&console, &path).await?;
    Ok(Some(path.display().to_string()))
}
