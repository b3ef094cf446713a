//! Long work on rules that a newer question, or the person, may end.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use api::error::{ErrorBody, ErrorCode};

use crate::Console;
use crate::progress::{OnProgress, Progress};

/// What runs: one of a kind for a rule set.
#[derive(Default)]
pub(crate) struct Works {
    running: Mutex<HashMap<String, Arc<AtomicBool>>>,
}

/// Work under way. Its end takes it off the list.
pub(super) struct Work<'c> {
    works: &'c Works,
    name: String,
    stopped: Arc<AtomicBool>,
}

/// Stops checks and replays that run; each answers `cancelled`.
pub fn cancel_work(console: &Console) {
    console.works().stop_all();
}

impl Works {
    /// Begins work; what runs under the same name is stopped.
    pub(super) fn begin(&self, name: String) -> Work<'_> {
        let stopped = Arc::new(AtomicBool::new(false));
        let before = self.running().insert(name.clone(), Arc::clone(&stopped));
        if let Some(before) = before {
            before.store(true, Ordering::Relaxed);
        }
        Work { works: self, name, stopped }
    }

    pub(crate) fn stop_all(&self) {
        for (_, stopped) in self.running().drain() {
            stopped.store(true, Ordering::Relaxed);
        }
    }

    fn running(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<AtomicBool>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Work<'_> {
    /// For the thread that does it: tells how far it is, and hears whether to go on.
    pub(super) fn watch(&self, progress: OnProgress) -> Watch {
        Watch { stopped: Arc::clone(&self.stopped), progress }
    }
}

impl Drop for Work<'_> {
    fn drop(&mut self) {
        // who asked has gone: nobody wants the answer any more
        self.stopped.store(true, Ordering::Relaxed);
        let mut running = self.works.running();
        if running.get(&self.name).is_some_and(|now| Arc::ptr_eq(now, &self.stopped)) {
            running.remove(&self.name);
        }
    }
}

#[derive(Clone)]
pub(super) struct Watch {
    stopped: Arc<AtomicBool>,
    progress: OnProgress,
}

impl Watch {
    /// Whether anyone still wants the answer.
    pub(super) fn go_on(&self) -> ControlFlow<()> {
        if self.stopped.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    pub(super) fn tell(&self, phase: &str, done: usize, total: usize) -> ControlFlow<()> {
        self.go_on()?;
        let count = |number| i64::try_from(number).unwrap_or(i64::MAX);
        (self.progress)(Progress {
            phase: phase.to_owned(),
            done: count(done),
            total: count(total),
        });
        ControlFlow::Continue(())
    }
}

pub(super) fn cancelled() -> ErrorBody {
    ErrorBody::new(ErrorCode::Cancelled, "This was ended before it was done.")
}
