//! Writing an export to a file that the person chose: whole, or not at all. It must never choose the place itself.

use std::path::Path;

use api::error::{ErrorBody, ErrorCode};
use tokio::io::AsyncWriteExt as _;

use crate::{Answer, failure};

/// Writes a download beside its place and moves it there when whole.
pub(crate) async fn save(mut response: reqwest::Response, path: &Path) -> Answer<()> {
    let part = path.with_extension("part");
    let written = pieces(&mut response, &part).await;
    moved(written, &part, path).await
}

/// Writes `text`, as UTF-8, to a file that the person chose.
///
/// # Errors
/// `invalid` at `path` when it cannot be written there; what stood there before is kept.
pub async fn save_text(text: &str, path: &Path) -> Answer<()> {
    save_bytes(text.as_bytes(), path).await
}

/// Writes `bytes` to a file that the person chose.
///
/// # Errors
/// As [`save_text`].
pub async fn save_bytes(bytes: &[u8], path: &Path) -> Answer<()> {
    let part = path.with_extension("part");
    let written = tokio::fs::write(&part, bytes).await.map_err(|e| unwritable(&e));
    moved(written, &part, path).await
}

async fn moved(written: Answer<()>, part: &Path, path: &Path) -> Answer<()> {
    let result = match written {
        Ok(()) => tokio::fs::rename(part, path).await.map_err(|e| unwritable(&e)),
        Err(error) => Err(error),
    };
    if result.is_err() {
        // the person sees the failure itself; a leftover part harms nothing
        let _ = tokio::fs::remove_file(part).await;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_text_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("figures.csv");
        save_text("Day,Orders\r\n", &place).await.unwrap();
        save_text("Tag,Käufe\r\n", &place).await.unwrap();
        assert_eq!(std::fs::read_to_string(&place).unwrap(), "Tag,Käufe\r\n");
        let nowhere = folder.path().join("gone").join("figures.csv");
        let error = save_text("Day", &nowhere).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::Invalid);
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(left.len(), 1, "{left:?}");
    }
}
