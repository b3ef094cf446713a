//! The engine: pushes and pulls when there is reason to, keeps the live channel, says how it stands.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use api::error::{ErrorBody, ErrorCode};
use api::live::StaffEvent;
use api::negotiation::NegotiationRow;
use api::sync::Entity;
use cache::{Cache, ChangeSet};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::live::Live;
use crate::{Compare, Pulled, Service, backoff, pull, push};

/// With the live channel up, a pull is only a safety net.
const IDLE_LIVE: Duration = Duration::from_secs(60);
/// Without it, changes are asked for.
const IDLE_DARK: Duration = Duration::from_secs(5);
/// A line that is down is tried again at least this often: a person watches for it.
const RETRY_MAX: Duration = Duration::from_secs(8);
/// Comparing digests reads the whole list of what is held.
const COMPARE_EVERY: Duration = Duration::from_secs(60);
/// Pulling afresh moves everything: where it did not end a difference it is not tried again at once,
/// unless a person asks.
const REPAIR_AGAIN: Duration = Duration::from_secs(3600);

/// How the line stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    pub online: bool,
    pub live: bool,
    /// Until it works again.
    pub last_error: Option<ErrorBody>,
    pub digest_differs: bool,
}

/// Who is told. Calls return at once.
pub trait Watcher: Send + Sync + 'static {
    /// Documents or waiting edits are not as they were.
    fn changed(&self, changes: ChangeSet);
    /// The line stands otherwise than before.
    fn status(&self, status: &Status);
    /// A negotiation as it is now.
    fn negotiation(&self, row: NegotiationRow);
    /// Live events were missed: what was read of the service's views is old.
    fn missed(&self);
}

/// A running engine. `stop` ends it; dropping it does, too, at the next step.
pub struct Engine {
    shared: Arc<Shared>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

struct Shared {
    service: Service,
    cache: Cache,
    watcher: Arc<dyn Watcher>,
    wake: Notify,
    status: Mutex<Status>,
    /// One push and pull at a time.
    round: tokio::sync::Mutex<Turn>,
}

/// What a round knows of those before it.
#[derive(Debug, Default)]
struct Turn {
    compared: Option<Instant>,
    repaired: Option<Instant>,
}

impl Turn {
    fn compare(&self, asked: bool) -> Compare {
        let over = |at: Option<Instant>, time| at.is_none_or(|at| at.elapsed() >= time);
        match (asked, over(self.compared, COMPARE_EVERY)) {
            (true, _) => Compare::Repair,
            (false, true) if over(self.repaired, REPAIR_AGAIN) => Compare::Repair,
            (false, true) => Compare::Look,
            (false, false) => Compare::No,
        }
    }

    fn note(&mut self, pulled: &Pulled) {
        if pulled.differing.is_some() {
            self.compared = Some(Instant::now());
        }
        if !pulled.repaired.is_empty() {
            self.repaired = Some(Instant::now());
        }
    }
}

impl Engine {
    /// Starts pushing, pulling and listening.
    pub fn start(service: Service, cache: Cache, watcher: Arc<dyn Watcher>) -> Self {
        let shared = Arc::new(Shared {
            service,
            cache,
            watcher,
            wake: Notify::new(),
            status: Mutex::new(Status::default()),
            round: tokio::sync::Mutex::default(),
        });
        let tasks = vec![
            tokio::spawn(rounds(Arc::clone(&shared))),
            tokio::spawn(listen(Arc::clone(&shared))),
        ];
        Self { shared, tasks: Mutex::new(tasks) }
    }

    /// There is something to push, or reason to look.
    pub fn wake(&self) {
        self.shared.wake.notify_one();
    }

    pub fn status(&self) -> Status {
        self.shared.status().clone()
    }

    /// Pushes and pulls now, edits that were put off included, and waits for it.
    ///
    /// # Errors
    /// The first failure; what could be done was done.
    pub async fn sync_now(&self) -> Result<(), ErrorBody> {
        hurry(&self.shared).await?;
        round(&self.shared, true).await
    }

    /// Pushes what is due and waits for the outcome: so that an edit made online is answered with
    /// what the service made of it.
    ///
    /// # Errors
    /// The line's failure; the edit waits.
    pub async fn push_now(&self) -> Result<(), ErrorBody> {
        let _turn = self.shared.round.lock().await;
        let pushed = push(&self.shared.service, &self.shared.cache).await?;
        self.shared.watcher.changed(ChangeSet { waiting: true, ..ChangeSet::default() });
        self.shared.wake.notify_one();
        pushed.error.map_or(Ok(()), Err)
    }

    /// Ends the engine; a request under way is given up, its edit repeated another day.
    pub async fn stop(&self) {
        let tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        for task in tasks {
            task.abort();
            // an aborted task answers with its cancellation: that is what was asked for
            let _ = task.await;
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        for task in self.tasks.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            task.abort();
        }
    }
}

impl Shared {
    fn status(&self) -> std::sync::MutexGuard<'_, Status> {
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_status(&self, change: impl FnOnce(&mut Status)) {
        let after = {
            let mut status = self.status();
            let before = status.clone();
            change(&mut status);
            if *status == before {
                return;
            }
            status.clone()
        };
        self.watcher.status(&after);
    }
}

async fn rounds(shared: Arc<Shared>) {
    let mut failures: u32 = 0;
    loop {
        match round(&shared, false).await {
            Ok(()) => failures = 0,
            Err(error) if error.code == ErrorCode::Unauthenticated => {
                // nothing will work until someone signs in again
                shared.wake.notified().await;
                continue;
            }
            Err(_) => failures = failures.saturating_add(1),
        }
        let idle = match (failures, shared.status().live) {
            (0, true) => IDLE_LIVE,
            (0, false) => IDLE_DARK,
            (failures, _) => backoff::wait(failures).min(RETRY_MAX),
        };
        // a wake ends the wait early; the clock ending it is no failure
        let _ = tokio::time::timeout(idle, shared.wake.notified()).await;
    }
}

/// Pull goes on while a push fails, and the other way round. `asked`: a person wants both sides compared.
async fn round(shared: &Shared, asked: bool) -> Result<(), ErrorBody> {
    let mut turn = shared.round.lock().await;
    let was_online = shared.status().online;
    let mut pushed = push(&shared.service, &shared.cache).await;
    let pulled = pull(&shared.service, &shared.cache, turn.compare(asked)).await;
    if pulled.is_ok() && !was_online {
        // the line is back: what was put off while it was gone need not wait for its time
        hurry(shared).await?;
        pushed = push(&shared.service, &shared.cache).await;
        shared.wake.notify_one();
    }
    if let Ok(pulled) = &pulled {
        turn.note(pulled);
    }
    drop(turn);
    tell(shared, pushed.as_ref().ok(), pulled.as_ref().ok());
    let error = match (&pushed, &pulled) {
        (_, Err(error)) | (Err(error), _) => Some(error.clone()),
        (Ok(pushed), Ok(_)) => pushed.error.clone(),
    };
    shared.set_status(|s| {
        s.online = !matches!(&error, Some(e) if e.code == ErrorCode::Offline);
        s.last_error.clone_from(&error);
        if let Ok(Pulled { differing: Some(differing), .. }) = &pulled {
            s.digest_differs = !differing.is_empty();
            if s.digest_differs {
                tracing::warn!(?differing, "this console's copy and the service's differ");
            }
        }
    });
    error.map_or(Ok(()), Err)
}

fn tell(shared: &Shared, pushed: Option<&push::Pushed>, pulled: Option<&Pulled>) {
    let mut changes = ChangeSet::default();
    if let Some(pushed) = pushed {
        changes.waiting = pushed.applied + pushed.conflicts > 0 || pushed.error.is_some();
    }
    if let Some(pulled) = pulled {
        changes.entities = pulled.entities.clone();
        if pulled.afresh {
            changes.entities.extend(Entity::ALL);
        }
    }
    if !changes.is_empty() {
        shared.watcher.changed(changes);
    }
}

async fn hurry(shared: &Shared) -> Result<(), ErrorBody> {
    let op = cache::Op { name: "hurry", source: cache::Source::Local };
    let store = shared.service.store_id();
    let done = shared.cache.transact(op, store, |tx| Box::pin(tx.hurry())).await;
    done.map(drop).map_err(|e| crate::cache_failure(&e))
}

async fn listen(shared: Arc<Shared>) {
    let mut failures: u32 = 0;
    loop {
        match Live::open(&shared.service).await {
            Ok(live) => {
                failures = 0;
                follow(&shared, live).await;
            }
            Err(error) if error.code == ErrorCode::Unauthenticated => {
                shared.set_status(|s| s.last_error = Some(error.clone()));
                failures = failures.saturating_add(4);
            }
            Err(_) => failures = failures.saturating_add(1),
        }
        if shared.status().live {
            shared.set_status(|s| s.live = false);
            // is it the channel alone, or the whole line? The next round says so at once
            shared.wake.notify_one();
        }
        tokio::time::sleep(backoff::wait(failures.max(1)).min(RETRY_MAX)).await;
    }
}

async fn follow(shared: &Shared, mut live: Live) {
    // the line is back: what was put off need not wait, and what was missed is read again
    if hurry(shared).await.is_err() {
        tracing::warn!("edits that were put off wait for their time");
    }
    shared.set_status(|s| {
        s.live = true;
        s.online = true;
    });
    shared.wake.notify_one();
    shared.watcher.missed();
    while let Some(event) = live.next().await {
        match event {
            StaffEvent::Advance { .. } => shared.wake.notify_one(),
            StaffEvent::Negotiation { row } => shared.watcher.negotiation(*row),
            StaffEvent::Resync => {
                shared.wake.notify_one();
                shared.watcher.missed();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_that_pulling_afresh_did_not_end_is_tried_again_only_by_a_person() {
        let mut turn = Turn::default();
        assert_eq!(turn.compare(false), Compare::Repair);
        let repaired = vec![Entity::Product];
        let differing = Some(repaired.clone());
        turn.note(&Pulled { repaired, differing, ..Pulled::default() });
        assert_eq!(turn.compare(false), Compare::No, "compared just now");
        turn.compared = None;
        assert_eq!(turn.compare(false), Compare::Look);
        assert_eq!(turn.compare(true), Compare::Repair);
        // a line that failed before anything was compared says nothing
        let mut turn = Turn::default();
        turn.note(&Pulled::default());
        assert_eq!(turn.compare(false), Compare::Repair);
    }
}
