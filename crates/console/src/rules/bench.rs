//! The workbench: rule sets that are looked at or written, kept taken apart in memory, and edits
//! on their way into the cache. Edits that come while one is being written go together with the
//! next; whoever asks sees them at once. It must never answer an edit that is not safe.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use api::error::ErrorBody;
use api::rules::RuleEdit;

use super::sheet::Sheet;

/// Rule sets kept in memory; some 20 MB each where they have 10,000 rules.
const SLOTS_MAX: usize = 8;
/// Failures remembered for who still waits to hear of them.
const FAILURES_KEPT: usize = 64;

/// Of the open store.
#[derive(Default)]
pub(crate) struct Bench {
    slots: Mutex<HashMap<String, Arc<Slot>>>,
    /// Grows with each change of rule sets in the cache.
    changes: AtomicU64,
    uses: AtomicU64,
}

/// One rule set's place on the bench.
#[derive(Default)]
pub(crate) struct Slot {
    state: Mutex<State>,
    used: AtomicU64,
    /// Held while the document is taken apart, or an edit applied: one after the other.
    pub(super) turn: tokio::sync::Mutex<()>,
    /// Held while edits are brought into the cache. Taken before `turn`, never after.
    pub(super) writing: tokio::sync::Mutex<()>,
}

#[derive(Default)]
pub(super) struct State {
    /// With every edit on it, safe or not yet.
    pub(super) sheet: Option<Sheet>,
    /// What the bench's `changes` were when it was read.
    pub(super) read_at: u64,
    /// What the window shows: as it was read last, with the edits made on it since.
    pub(super) shown: Option<Sheet>,
    /// What stands in the cache, as far as is known here.
    pub(super) seen: Option<Seen>,
    /// Edits that are not in the cache yet.
    pub(super) pending: Vec<Pending>,
    /// How many edits were made here, and how many of them are safe.
    pub(super) made: u64,
    pub(super) kept: u64,
    /// Grows with each failure; edits of an older run are decided by it.
    pub(super) run: u64,
    failures: VecDeque<Failure>,
}

/// What ended a run: of its edits those up to `kept` are safe.
struct Failure {
    run: u64,
    kept: u64,
    error: ErrorBody,
}

/// Which edit is waited for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Made {
    pub(super) run: u64,
    pub(super) number: u64,
}

#[derive(Clone)]
pub(super) struct Seen {
    pub(super) name: String,
    pub(super) document: Arc<str>,
}

#[derive(Clone)]
pub(super) struct Pending {
    pub(super) edits: Arc<[RuleEdit]>,
    pub(super) name: Option<String>,
}

impl Bench {
    pub(crate) fn slot(&self, id: &str) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = Arc::clone(slots.entry(id.to_owned()).or_default());
        slot.used.store(self.uses.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
        if slots.len() > SLOTS_MAX {
            // one that is being used is in other hands, too, and stays
            let idle = slots.iter().filter(|(_, slot)| Arc::strong_count(slot) == 1);
            let oldest = idle.min_by_key(|(_, slot)| slot.used.load(Ordering::Relaxed));
            if let Some(id) = oldest.map(|(id, _)| id.clone()) {
                slots.remove(&id);
            }
        }
        slot
    }

    /// Rule sets in the cache are not as they were.
    pub(crate) fn rules_changed(&self) {
        self.changes.fetch_add(1, Ordering::Release);
    }

    pub(super) fn changes(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }

    /// Another store is open now.
    pub(crate) fn clear(&self) {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.rules_changed();
    }
}

impl Slot {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// What can be answered without looking at the cache again.
    pub(super) fn fresh(&self, changes: u64) -> Option<Sheet> {
        // what is not written yet is newer than anything in the cache
        let current = self.read_at == changes || !self.pending.is_empty();
        self.sheet.clone().filter(|_| current)
    }

    /// Takes an edit in; its number is waited for.
    pub(super) fn make(&mut self, sheet: Sheet, edit: Pending) -> Made {
        if self
            .sheet
            .as_ref()
            .zip(self.shown.as_ref())
            .is_some_and(|(now, shown)| now.reads_as(shown))
        {
            self.shown = Some(sheet.clone());
        }
        self.sheet = Some(sheet);
        self.pending.push(edit);
        self.made += 1;
        Made { run: self.run, number: self.made }
    }

    /// What became of an edit; `None` while it is on its way.
    pub(super) fn outcome(&self, made: Made) -> Option<Result<(), ErrorBody>> {
        if made.run == self.run {
            return (self.kept >= made.number).then_some(Ok(()));
        }
        let ended = self.failures.iter().find(|failure| failure.run == made.run)?;
        Some(if ended.kept >= made.number { Ok(()) } else { Err(ended.error.clone()) })
    }

    /// Drops every edit that is not safe: the cache is read anew.
    pub(super) fn fail(&mut self, error: ErrorBody) {
        self.failures.push_back(Failure { run: self.run, kept: self.kept, error });
        if self.failures.len() > FAILURES_KEPT {
            self.failures.pop_front();
        }
        self.run += 1;
        self.pending.clear();
        self.sheet = None;
        self.seen = None;
    }
}
