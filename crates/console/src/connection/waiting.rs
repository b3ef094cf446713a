//! What waits to reach the service: shown, hurried, exported, imported.

use std::path::Path;

use api::Instant;
use api::sync::Mutation;
use cache::{Op, Waiting};
use serde::{Deserialize, Serialize};

use super::{SyncStatus, WaitingConflict, WaitingConflictField, WaitingEdit, state};
use crate::host::Source;
use crate::{Answer, Console, download, failure};

/// Names the file's format; another one is refused.
const FORMAT: &str = "souk.edits/1";
/// No honest export is larger.
const FILE_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Waiting edits outside the cache.
#[derive(Serialize, Deserialize)]
struct File {
    format: String,
    store_id: String,
    edits: Vec<FileEdit>,
}

#[derive(Serialize, Deserialize)]
struct FileEdit {
    made_at: Instant,
    mutation: Mutation,
}

/// Pushes and pulls now. A line that is down is in the answer, not an error.
pub async fn sync_now(console: &Console) -> Answer<SyncStatus> {
    let session = console.session().await?;
    if let Err(error) = session.engine.sync_now().await {
        tracing::info!(code = ?error.code, "not everything could be synchronised");
    }
    console.did("sync_now");
    state::sync_status(console, &session).await
}

/// Oldest first.
pub async fn waiting_edits(console: &Console) -> Answer<Vec<WaitingEdit>> {
    let session = console.session().await?;
    let all = cache::waiting(console.cache(), session.service.store_id())
        .await
        .map_err(|e| failure::cache(&e))?;
    Ok(all
        .into_iter()
        .map(|w| WaitingEdit {
            id: w.mutation.id,
            entity: w.mutation.entity,
            key: w.mutation.key,
            fields: w.mutation.patch.keys().cloned().collect(),
            made_at: Instant::from_ms(w.made_at),
            attempts: w.attempts,
            next_try_at: (w.next_at > 0).then(|| Instant::from_ms(w.next_at)),
            error: w.error,
        })
        .collect())
}

/// Edits that a person must decide on, oldest first.
pub async fn conflicts(console: &Console) -> Answer<Vec<WaitingConflict>> {
    let session = console.session().await?;
    let all = cache::conflicts(console.cache(), session.service.store_id())
        .await
        .map_err(|e| failure::cache(&e))?;
    Ok(all
        .into_iter()
        .map(|c| WaitingConflict {
            id: c.mutation.id,
            entity: c.mutation.entity,
            key: c.mutation.key,
            fields: c
                .fields
                .into_iter()
                .map(|f| WaitingConflictField {
                    field: f.field,
                    base: f.base.to_string(),
                    mine: f.mine.to_string(),
                    theirs: f.theirs.to_string(),
                })
                .collect(),
            refused: c.refused,
            at: Instant::from_ms(c.at),
        })
        .collect())
}

/// Writes every edit that waits or is in conflict to a file that `import_waiting` takes.
pub async fn export_waiting(console: &Console, path: &Path) -> Answer<()> {
    let session = console.session().await?;
    let store_id = session.service.store_id().to_owned();
    let waiting =
        cache::waiting(console.cache(), &store_id).await.map_err(|e| failure::cache(&e))?;
    let conflicts =
        cache::conflicts(console.cache(), &store_id).await.map_err(|e| failure::cache(&e))?;
    let edits = conflicts
        .into_iter()
        .map(|c| (c.made_at, c.mutation))
        .chain(waiting.into_iter().map(|w| (w.made_at, w.mutation)))
        .map(|(made_at, mutation)| FileEdit { made_at: Instant::from_ms(made_at), mutation })
        .collect();
    let file = File { format: FORMAT.to_owned(), store_id, edits };
    let text = serde_json::to_vec_pretty(&file)
        .map_err(|e| failure::internal("The edits could not be written", &e))?;
    tokio::fs::write(path, text).await.map_err(|e| download::unwritable(&e))
}

/// Takes edits from such a file, by their ids: what is here already, or was applied, is not doubled.
/// Answers how many were new here.
///
/// # Errors
/// `Invalid` for a file of another format or another store; then nothing was taken.
pub async fn import_waiting(console: &Console, path: &Path) -> Answer<i64> {
    let session = console.session().await?;
    let file = read(path).await?;
    if file.store_id != session.service.store_id() {
        return Err(failure::invalid("path", "Those edits belong to another store."));
    }
    let op = Op { name: "waiting_edits_import", source: cache::Source::Local };
    let (taken, changes) = console
        .cache()
        .transact(op, session.service.store_id(), move |tx| {
            Box::pin(async move {
                let mut taken = 0;
                for edit in file.edits {
                    let waiting = Waiting {
                        mutation: edit.mutation,
                        made_at: edit.made_at.as_ms(),
                        // never joined with a newer edit: it may have been applied already
                        attempts: 1,
                        next_at: 0,
                        error: None,
                    };
                    taken += i64::from(tx.take_in(&waiting).await?);
                }
                Ok(taken)
            })
        })
        .await
        .map_err(|e| failure::cache(&e))?;
    console.changed_documents(&changes, Source::Local);
    console.did("waiting_edits_import");
    session.engine.wake();
    Ok(taken)
}

async fn read(path: &Path) -> Answer<File> {
    let wrong = || failure::invalid("path", "That file does not hold edits exported by Souk.");
    let meta = tokio::fs::metadata(path).await.map_err(|_| wrong())?;
    if meta.len() > FILE_BYTES_MAX {
        return Err(wrong());
    }
    let text = tokio::fs::read(path).await.map_err(|_| wrong())?;
    let file: File = serde_json::from_slice(&text).map_err(|_| wrong())?;
    if file.format != FORMAT {
        return Err(wrong());
    }
    Ok(file)
}
