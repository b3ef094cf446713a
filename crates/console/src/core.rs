//! The console itself: the open store, the cache, the secrets, the host.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use api::audit_log::AuditHead;
use api::error::{ErrorBody, ErrorCode};
use serde::{Serialize, de::DeserializeOwned};
use sync::Service;
use tokio::sync::{RwLock, watch};

use crate::host::{ChangeNotice, Host, Source};
use crate::secrets::SecretStore;
use crate::tag::{self, Tag};
use crate::{Answer, failure};

/// Where the console keeps its things.
#[derive(Debug, Clone)]
pub struct Options {
    /// Folder under the user's data folder: the cache, and the stores on this computer.
    pub folder: PathBuf,
}

/// Cheap to clone; every clone is the same console.
#[derive(Clone)]
pub struct Console {
    inner: Arc<Inner>,
}

struct Inner {
    options: Options,
    secrets: Arc<dyn SecretStore>,
    host: Arc<dyn Host>,
    session: RwLock<Option<Arc<Session>>>,
    import: Mutex<Option<watch::Sender<bool>>>,
}

/// The open store.
pub(crate) struct Session {
    pub(crate) service: Service,
    pub(crate) slug: String,
}

impl Console {
    pub async fn start(
        options: Options,
        secrets: Arc<dyn SecretStore>,
        host: Arc<dyn Host>,
    ) -> Answer<Self> {
        Ok(Self {
            inner: Arc::new(Inner {
                options,
                secrets,
                host,
                session: RwLock::new(None),
                import: Mutex::new(None),
            }),
        })
    }

    pub(crate) fn secrets(&self) -> &dyn SecretStore {
        &*self.inner.secrets
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.inner.options.folder
    }

    /// The open store, or `not_allowed_now` with `state: not_connected`.
    pub(crate) async fn session(&self) -> Answer<Arc<Session>> {
        self.inner.session.read().await.clone().ok_or_else(failure::not_connected)
    }

    pub(crate) async fn service(&self) -> Answer<Service> {
        Ok(self.session().await?.service.clone())
    }

    /// Tells the host what a use case has spoilt.
    pub(crate) fn did(&self, use_case: &str) {
        self.changed(tag::invalidated_by(use_case), Source::Local);
    }

    pub(crate) fn changed(&self, tags: &[Tag], source: Source) {
        if !tags.is_empty() {
            self.inner.host.changed(ChangeNotice { tags: tags.to_vec(), source });
        }
    }

    pub(crate) fn begin_import(&self) -> Answer<watch::Receiver<bool>> {
        let mut running = self.inner.import.lock().unwrap_or_else(PoisonError::into_inner);
        if running.is_some() {
            return Err(ErrorBody::new(
                ErrorCode::NotAllowedNow,
                "Another import is running: wait for it, or cancel it.",
            )
            .with("state", "importing"));
        }
        let (cancel, cancelled) = watch::channel(false);
        *running = Some(cancel);
        Ok(cancelled)
    }

    pub(crate) fn end_import(&self) {
        self.inner.import.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    pub(crate) fn cancel_import(&self) -> bool {
        let running = self.inner.import.lock().unwrap_or_else(PoisonError::into_inner);
        running.as_ref().is_some_and(|cancel| cancel.send(true).is_ok())
    }

    pub(crate) async fn remembered<T: DeserializeOwned>(&self, _name: &str) -> Answer<Option<T>> {
        Ok(None)
    }

    pub(crate) async fn remember<T: Serialize>(&self, _name: &str, _value: &T) -> Answer<()> {
        Ok(())
    }

    pub(crate) async fn witness(&self, _head: &AuditHead) -> Answer<()> {
        Ok(())
    }

    pub(crate) async fn witnessed(&self) -> Answer<Vec<AuditHead>> {
        Ok(Vec::new())
    }
}

/// The pairs of a query string that have a value.
pub(crate) fn pairs<const N: usize>(
    all: [(&'static str, Option<String>); N],
) -> Vec<(&'static str, String)> {
    all.into_iter()
        .filter_map(|(name, value)| Some((name, value.filter(|v| !v.is_empty())?)))
        .collect()
}

/// Writes a download beside its place and moves it there when whole.
pub(crate) async fn save_download(mut response: reqwest::Response, path: &Path) -> Answer<()> {
    let part = path.with_extension("part");
    let result = write_pieces(&mut response, &part).await;
    let result = match result {
        Ok(()) => tokio::fs::rename(&part, path).await.map_err(|e| unwritable(&e)),
        Err(error) => Err(error),
    };
    if result.is_err() {
        // the person sees the failure itself; a leftover part harms nothing
        let _ = tokio::fs::remove_file(&part).await;
    }
    result
}

async fn write_pieces(response: &mut reqwest::Response, part: &Path) -> Answer<()> {
    use tokio::io::AsyncWriteExt as _;
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
