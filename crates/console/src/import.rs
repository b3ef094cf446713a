//! Getting a catalogue in and out as a file. The service reads the file; the console carries it,
//! says how far it is, and takes an import back when it is cancelled too late to stop.

use std::path::{Path, PathBuf};

use api::catalog::{ImportFormat, ImportReport, ImportRun, Publish, Published};
use api::error::{ErrorBody, ErrorCode};
use base64::Engine as _;
use serde::{Deserialize, Serialize};
use specta::Type;
use sync::Method;

use crate::progress::{OnProgress, Progress};
use crate::{Answer, Console, document, store};

/// The service takes no larger file.
pub const FILE_BYTES_MAX: u64 = 50 * 1024 * 1024;

/// A file that the person chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ImportFile {
    pub path: String,
    pub name: String,
    #[specta(type = i32)]
    pub bytes: i64,
}

/// Where the file's bytes are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum ImportSource {
    /// Chosen in a dialog or dropped on the window: the host checks that it was.
    Path { path: String },
    /// Dropped where only the page saw it: the bytes in Base64, unread and undecoded.
    Bytes { base64: String },
}

/// Names a file that was picked or dropped.
///
/// # Errors
/// `Invalid` when it cannot be read, is a folder, or is too large.
pub async fn describe(path: &Path) -> Answer<ImportFile> {
    let meta = tokio::fs::metadata(path).await.map_err(|e| unreadable(path, &e))?;
    if !meta.is_file() {
        return Err(ErrorBody::new(ErrorCode::Invalid, "That is not a file: choose a CSV file.")
            .with("field", "path"));
    }
    within_limit(meta.len())?;
    Ok(ImportFile {
        path: path.display().to_string(),
        name: path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(),
        bytes: i64::try_from(meta.len()).unwrap_or(i64::MAX),
    })
}

/// What an import would do, with errors by line; nothing is changed.
pub async fn preview(
    console: &Console,
    source: ImportSource,
    format: ImportFormat,
) -> Answer<ImportReport> {
    let bytes = read(source).await?;
    let query = query(format, true, publishes(console).await?);
    let service = console.service().await?;
    service.send_file("/catalog/import", &query, || bytes.clone().into()).await
}

/// Imports. One at a time; `cancel` stops it before the service has begun, or undoes it after.
pub async fn run(
    console: &Console,
    source: ImportSource,
    format: ImportFormat,
    progress: OnProgress,
) -> Answer<ImportReport> {
    let cancelled = console.begin_import()?;
    let result = run_until(console, source, format, progress, cancelled).await;
    console.end_import();
    if result.is_ok() {
        document::catch_up(console).await;
        console.did("import_run");
    }
    result
}

async fn run_until(
    console: &Console,
    source: ImportSource,
    format: ImportFormat,
    progress: OnProgress,
    mut cancelled: tokio::sync::watch::Receiver<bool>,
) -> Answer<ImportReport> {
    let stage = |phase: &str, done: usize, total: usize| {
        progress(Progress {
            phase: phase.to_owned(),
            done: i64::try_from(done).unwrap_or(i64::MAX),
            total: i64::try_from(total).unwrap_or(i64::MAX),
        });
    };
    stage("reading", 0, 0);
    let bytes = read(source).await?;
    let total = bytes.len();
    if *cancelled.borrow() {
        return Err(stopped());
    }
    let service = console.service().await?;
    stage("sending", 0, total);
    let body = || counted(&bytes, progress.clone());
    let query = query(format, false, publishes(console).await?);
    let sending = service.send_file("/catalog/import", &query, body);
    tokio::pin!(sending);
    let report: ImportReport = tokio::select! {
        report = &mut sending => report?,
        () = async { drop(cancelled.wait_for(|c| *c).await) } => {
            // the service may have everything already: only its answer says what there is to undo
            let report: ImportReport = sending.await?;
            if let Some(id) = &report.import_id {
                stage("undoing", 0, 0);
                undo_on_service(console, id).await?;
            }
            return Err(stopped());
        }
    };
    stage("done", total, total);
    Ok(report)
}

/// Stops the running import; false when none runs.
pub fn cancel(console: &Console) -> bool {
    console.cancel_import()
}

/// Takes an import back: what it created goes, what it changed returns.
pub async fn undo(console: &Console, id: &str) -> Answer<()> {
    undo_on_service(console, id).await?;
    document::catch_up(console).await;
    console.did("import_undo");
    Ok(())
}

async fn undo_on_service(console: &Console, id: &str) -> Answer<()> {
    let path = format!("/catalog/imports/{}/undo", sync::service::path_part(id));
    console.service().await?.send_quiet(Method::POST, &path, &()).await
}

pub async fn runs(console: &Console) -> Answer<Vec<ImportRun>> {
    console.service().await?.get("/catalog/imports", &[]).await
}

/// Writes the whole catalogue to a file in Souk's own format.
pub async fn export(console: &Console, path: &Path) -> Answer<()> {
    let response = console.service().await?.get_raw("/catalog/export", &[]).await?;
    crate::download::save(response, path).await
}

/// Before the store goes live an import puts products on sale: they can be looked at, but nobody
/// can buy yet, and it is what onboarding is for. Afterwards new ones are drafts until `publish`.
async fn publishes(console: &Console) -> Answer<bool> {
    Ok(!store::get(console).await?.live)
}

/// Puts products on sale; without SKUs every draft.
pub async fn publish(console: &Console, skus: Vec<String>) -> Answer<Published> {
    let service = console.service().await?;
    let published = service.send(Method::POST, "/catalog/publish", &Publish { skus }).await?;
    document::catch_up(console).await;
    console.did("catalog_publish");
    Ok(published)
}

fn query(format: ImportFormat, dry_run: bool, publish: bool) -> Vec<(&'static str, String)> {
    let format = match format {
        ImportFormat::Souk => "souk",
        ImportFormat::Shopify => "shopify",
    };
    vec![
        ("format", format.to_owned()),
        ("dry_run", dry_run.to_string()),
        ("publish", publish.to_string()),
    ]
}

async fn read(source: ImportSource) -> Answer<Vec<u8>> {
    match source {
        ImportSource::Path { path } => {
            let path = PathBuf::from(path);
            describe(&path).await?;
            tokio::fs::read(&path).await.map_err(|e| unreadable(&path, &e))
        }
        ImportSource::Bytes { base64 } => {
            let bytes = base64::engine::general_purpose::STANDARD
                .decode(base64.as_bytes())
                .map_err(|_| {
                    ErrorBody::new(ErrorCode::Invalid, "The dropped file could not be read.")
                        .with("field", "base64")
                })?;
            within_limit(bytes.len() as u64)?;
            Ok(bytes)
        }
    }
}

fn within_limit(bytes: u64) -> Answer<()> {
    if bytes > FILE_BYTES_MAX {
        let message = format!(
            "The file is {} MB; at most {} MB can be imported at once. Split it in parts.",
            bytes / 1_048_576,
            FILE_BYTES_MAX / 1_048_576
        );
        return Err(ErrorBody::new(ErrorCode::TooLarge, message).with("field", "path"));
    }
    Ok(())
}

fn unreadable(path: &Path, error: &std::io::Error) -> ErrorBody {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let why = match error.kind() {
        std::io::ErrorKind::NotFound => "it is not there any more",
        std::io::ErrorKind::PermissionDenied => "this account may not read it",
        _ => "the computer could not read it",
    };
    ErrorBody::new(ErrorCode::Invalid, format!("“{name}” cannot be imported: {why}."))
        .with("field", "path")
}

fn stopped() -> ErrorBody {
    ErrorBody::new(ErrorCode::NotAllowedNow, "The import was cancelled; nothing was changed.")
        .with("state", "cancelled")
}

/// The bytes as a stream that reports what has left for the service.
fn counted(bytes: &[u8], progress: OnProgress) -> reqwest::Body {
    const PIECE: usize = 64 * 1024;
    let total = bytes.len();
    let mut sent = 0;
    let pieces: Vec<Vec<u8>> = bytes.chunks(PIECE).map(<[u8]>::to_vec).collect();
    reqwest::Body::wrap_stream(futures_util::stream::iter(pieces.into_iter().map(move |piece| {
        sent += piece.len();
        // how far the service is with what it has, only its answer says
        let (phase, done, total) =
            if sent == total { ("working", 0, 0) } else { ("sending", sent, total) };
        progress(Progress {
            phase: phase.to_owned(),
            done: i64::try_from(done).unwrap_or(i64::MAX),
            total: i64::try_from(total).unwrap_or(i64::MAX),
        });
        Ok::<_, std::io::Error>(piece)
    })))
}
