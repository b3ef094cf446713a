//! The console itself: the open store, the cache, the secrets, the host.

use std::collections::HashSet;
use std::path::Path;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use api::audit_log::AuditHead;
use api::error::{ErrorBody, ErrorCode};
use api::sync::Entity;
use cache::{Cache, ChangeSet, Op};
use serde::{Serialize, de::DeserializeOwned};
use sync::Service;
use tokio::sync::{RwLock, watch};

use crate::connection::Session;
use crate::host::{ChangeNotice, Happening, Host, Notice, Source};
use crate::preference::Preferences;
use crate::rules::{Bench, GoodsKept, HistoryKept, Works};
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
    cache: Cache,
    secrets: Arc<dyn SecretStore>,
    host: Arc<dyn Host>,
    session: RwLock<Option<Arc<Session>>>,
    /// Opening and leaving stores takes turns.
    turn: tokio::sync::Mutex<()>,
    /// True while the last store is being resumed.
    opening: watch::Sender<bool>,
    /// Why the last store could not be resumed.
    trouble: Mutex<Option<ErrorBody>>,
    import: Mutex<Option<watch::Sender<bool>>>,
    notify: AtomicBool,
    /// Negotiations that staff were called to, so that each call rises once.
    called: Mutex<HashSet<(String, i32)>>,
    bench: Bench,
    goods: GoodsKept,
    history: HistoryKept,
    works: Works,
}

impl Console {
    /// Opens the cache. The last store is resumed by `connection::resume_last`, apart, so that a
    /// window need not wait for it.
    ///
    /// # Errors
    /// When the data folder cannot be used.
    pub async fn start(
        options: Options,
        secrets: Arc<dyn SecretStore>,
        host: Arc<dyn Host>,
    ) -> Answer<Self> {
        let opened = Cache::open(&options.folder).await.map_err(|e| failure::cache(&e))?;
        let console = Self {
            inner: Arc::new(Inner {
                options,
                cache: opened.cache,
                secrets,
                host,
                session: RwLock::new(None),
                turn: tokio::sync::Mutex::new(()),
                opening: watch::Sender::new(false),
                trouble: Mutex::new(None),
                import: Mutex::new(None),
                notify: AtomicBool::new(true),
                called: Mutex::new(HashSet::new()),
                bench: Bench::default(),
                goods: GoodsKept::default(),
                history: HistoryKept::default(),
                works: Works::default(),
            }),
        };
        if let Some(rescue) = opened.rescue {
            console.notify(Notice {
                what: Happening::CopyDamaged { edits_saved: rescue.edits() },
                link: "/".to_owned(),
            });
        }
        let preferences: Preferences = console.remembered("preferences").await?.unwrap_or_default();
        console.inner.notify.store(preferences.notifications, Ordering::Relaxed);
        Ok(console)
    }

    pub(crate) fn cache(&self) -> &Cache {
        &self.inner.cache
    }

    pub(crate) fn secrets(&self) -> &dyn SecretStore {
        &*self.inner.secrets
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.inner.options.folder
    }

    /// Held while a store is opened or left.
    pub(crate) async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.inner.turn.lock().await
    }

    /// The open store, or `not_allowed_now` with `state: not_connected`. Waits while the last store is being
    /// resumed, so that a window that asks early is answered, not refused.
    pub(crate) async fn session(&self) -> Answer<Arc<Session>> {
        if let Some(session) = self.open_session().await {
            return Ok(session);
        }
        // fails only when the sender is gone, and that is ours
        let _ = self.inner.opening.subscribe().wait_for(|opening| !opening).await;
        self.open_session().await.ok_or_else(failure::not_connected)
    }

    /// From now until the answer is dropped the last store is being resumed.
    pub(crate) fn begin_opening(&self) -> Opening {
        self.inner.opening.send_replace(true);
        Opening(self.clone())
    }

    pub(crate) fn is_opening(&self) -> bool {
        *self.inner.opening.borrow()
    }

    pub(crate) async fn open_session(&self) -> Option<Arc<Session>> {
        self.inner.session.read().await.clone()
    }

    pub(crate) async fn replace_session(
        &self,
        session: Option<Arc<Session>>,
    ) -> Option<Arc<Session>> {
        let before = std::mem::replace(&mut *self.inner.session.write().await, session);
        self.inner.works.stop_all();
        self.inner.bench.clear();
        self.inner.goods.clear();
        self.inner.history.clear();
        before
    }

    pub(crate) fn bench(&self) -> &Bench {
        &self.inner.bench
    }

    pub(crate) fn goods(&self) -> &GoodsKept {
        &self.inner.goods
    }

    pub(crate) fn history(&self) -> &HistoryKept {
        &self.inner.history
    }

    pub(crate) fn works(&self) -> &Works {
        &self.inner.works
    }

    /// What is kept in memory of documents is read anew where these changed.
    pub(crate) fn outdated(&self, changes: &ChangeSet) {
        for entity in &changes.entities {
            match entity {
                Entity::RuleSet => self.inner.bench.rules_changed(),
                Entity::Product => self.inner.goods.changed(),
                Entity::Order => self.inner.history.changed(),
                _ => {}
            }
        }
    }

    pub(crate) async fn service(&self) -> Answer<Service> {
        Ok(self.session().await?.service.clone())
    }

    pub(crate) fn trouble(&self) -> Option<ErrorBody> {
        self.inner.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set_trouble(&self, trouble: Option<ErrorBody>) {
        *self.inner.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
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

    /// Tells the host what a transaction has changed.
    pub(crate) fn changed_documents(&self, changes: &ChangeSet, source: Source) {
        self.outdated(changes);
        let mut tags: Vec<Tag> =
            changes.entities.iter().flat_map(|e| Tag::of_entity(*e)).copied().collect();
        if changes.waiting {
            tags.push(Tag::Sync);
        }
        tags.sort_unstable();
        tags.dedup();
        self.changed(&tags, source);
    }

    pub(crate) fn notify(&self, notice: Notice) {
        if self.inner.notify.load(Ordering::Relaxed) {
            self.inner.host.notify(notice);
        }
    }

    pub(crate) fn set_notifications(&self, on: bool) {
        self.inner.notify.store(on, Ordering::Relaxed);
    }

    /// True the first time that staff are called to a negotiation in this epoch.
    pub(crate) fn first_call(&self, id: &str, epoch: i32) -> bool {
        let mut called = self.inner.called.lock().unwrap_or_else(PoisonError::into_inner);
        called.insert((id.to_owned(), epoch))
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

    /// A small thing by name. One that an older or newer version wrote otherwise reads as none.
    pub(crate) async fn remembered<T: DeserializeOwned>(&self, name: &str) -> Answer<Option<T>> {
        let text = cache::remembered(self.cache(), name).await.map_err(|e| failure::cache(&e))?;
        Ok(text.and_then(|t| serde_json::from_str(&t).ok()))
    }

    pub(crate) async fn remember<T: Serialize>(&self, name: &str, value: &T) -> Answer<()> {
        let value = serde_json::to_string(value)
            .map_err(|e| failure::internal("It could not be kept", &e))?;
        let name = name.to_owned();
        let op = Op { name: "remember", source: cache::Source::Local };
        self.cache()
            .transact(op, "", move |tx| Box::pin(async move { tx.remember(&name, &value).await }))
            .await
            .map_err(|e| failure::cache(&e))?;
        Ok(())
    }

    /// Keeps a head of the audit chain as a witness outside the service.
    pub(crate) async fn witness(&self, head: &AuditHead) -> Answer<()> {
        let store = self.session().await?.service.store_id().to_owned();
        let (head, now) = (head.clone(), now_ms());
        let op = Op { name: "witness", source: cache::Source::Local };
        self.cache()
            .transact(op, &store, move |tx| Box::pin(async move { tx.witness(&head, now).await }))
            .await
            .map_err(|e| failure::cache(&e))?;
        Ok(())
    }

    pub(crate) async fn witnessed(&self) -> Answer<Vec<AuditHead>> {
        let session = self.session().await?;
        cache::heads(self.cache(), session.service.store_id()).await.map_err(|e| failure::cache(&e))
    }
}

/// While it lives, whoever asks for the open store waits for it.
pub(crate) struct Opening(Console);

impl Drop for Opening {
    fn drop(&mut self) {
        self.0.inner.opening.send_replace(false);
    }
}

pub(crate) fn now_ms() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

/// The pairs of a query string that have a value.
pub(crate) fn pairs<const N: usize>(
    all: [(&'static str, Option<String>); N],
) -> Vec<(&'static str, String)> {
    all.into_iter()
        .filter_map(|(name, value)| Some((name, value.filter(|v| !v.is_empty())?)))
        .collect()
}
