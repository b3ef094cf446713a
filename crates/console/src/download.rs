//! Writing an export to a file that the person chose: whole, or not at all.

use std::path::Path;

use api::error::{ErrorBody, ErrorCode};
use tokio::io::AsyncWriteExt as _;

use crate::{Answer, failure};

/// Writes a download beside its place and moves it there when whole.
pub(crate) async fn save(mut response: reqwest::Response, path: &Path) -> Answer<()> {
    let part = path.with_extension("part");
    let result = match pieces(&mut response, &part).await {
        Ok(()) => tokio::fs::rename(&part, path).await.map_err(|e| unwritable(&e)),
        Err(error) => Err(error),
    };
    if result.is_err() {
        // the person sees the failure itself; a leftover part harms nothing
        let _ = tokio::fs::remove_file(&part).await;
    }
    result
}

async fn pieces(response: &mut reqwest::Response, part: &Path) -> Answer<()> {
    let mut file = tokio::fs::File::create(part).await.map_err(|e| unwritable(&e))?;
    loop {
        let piece = response.chunk().await.map_err(|_| {
            ErrorBody::new(ErrorCode::Offline, "The download broke off; no file was written.")
        })?;
        let Some(piece) = piece else { break };
        file.write_all(&piece).await.map_err(|e| unwritable(&e))?;
    }
    file.sync_all().await.map_err(|e| unwritable(&e))
}

pub(crate) fn unwritable(error: &std::io::Error) -> ErrorBody {
    tracing::warn!(%error, "a file could not be written");
    failure::invalid("path", "The file could not be written there: choose another place.")
}
