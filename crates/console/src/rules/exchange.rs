//! A rule set out as a file and in from one. A file with faults comes in all the same, as a draft
//! that names them.

use std::path::Path;

use api::error::{ErrorBody, ErrorCode};
use api::rules::{DOCUMENT_BYTES_MAX, DraftChange, RuleSet};

use super::{open, save};
use crate::{Answer, Console, failure};

/// A document on its way to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Offered for the file.
    pub name: String,
    pub text: String,
}

/// The canonical document; one with faults as it is written. `id` may be `active`.
pub async fn exported(console: &Console, id: &str) -> Answer<Exported> {
    let sheet = open::sheet(console, id).await?;
    open::blocking(move || {
        let text = match sheet.ready() {
            Ok(ready) => ready.rules.to_json(),
            Err(_) => sheet.text().to_string(),
        };
        Exported { name: file_name(&sheet.summary.name, sheet.summary.version, "json"), text }
    })
    .await
}

/// `Winter lights`, version 3 → `winter-lights-v3.json`.
pub(super) fn file_name(name: &str, version: Option<i64>, extension: &str) -> String {
    let spoken = |c: char| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let letters: String = name.chars().take(60).map(spoken).collect();
    let parts: Vec<&str> = letters.split('-').filter(|part| !part.is_empty()).collect();
    let stem = if parts.is_empty() { "rules".to_owned() } else { parts.join("-") };
    match version {
        Some(version) => format!("{stem}-v{version}.{extension}"),
        None => format!("{stem}.{extension}"),
    }
}

/// A file's content as a new draft. An empty `name` is taken from the file's.
///
/// # Errors
/// `Invalid` on `path` when it cannot be read, else as [`import`].
pub async fn import_file(console: &Console, path: &Path, name: &str) -> Answer<RuleSet> {
    let file = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let unreadable =
        || failure::invalid("path", format!("“{file}” cannot be read. Nothing was imported."));
    let meta = tokio::fs::metadata(path).await.map_err(|_| unreadable())?;
    if meta.len() > DOCUMENT_BYTES_MAX as u64 {
        return Err(too_large());
    }
    let bytes = tokio::fs::read(path).await.map_err(|_| unreadable())?;
    let text = String::from_utf8(bytes).map_err(|_| {
        let message = format!("“{file}” is not text in UTF-8. Nothing was imported.");
        failure::invalid("path", message)
    })?;
    let stem = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let name = if name.trim().is_empty() { stem.as_str() } else { name };
    import(console, text, name).await
}

/// A text as a new draft. Works offline.
///
/// # Errors
/// `Invalid` on `text` with `line` and `column` when it is no JSON; `TooLarge`.
pub async fn import(console: &Console, text: String, name: &str) -> Answer<RuleSet> {
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    if text.len() > DOCUMENT_BYTES_MAX {
        return Err(too_large());
    }
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&text) {
        let message = format!("This is not JSON: {error}. Nothing was imported.");
        return Err(failure::invalid("text", message)
            .with("line", error.line())
            .with("column", error.column()));
    }
    let name: String = name.trim().chars().filter(|c| !c.is_control()).take(120).collect();
    let name = if name.is_empty() { "Imported rules".to_owned() } else { name };
    save(console, None, DraftChange { name, document: text, base_rev: 0 }).await
}

fn too_large() -> ErrorBody {
    let message = format!("The document is larger than {DOCUMENT_BYTES_MAX} bytes.");
    ErrorBody::new(ErrorCode::TooLarge, message)
}
