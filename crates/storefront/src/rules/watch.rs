//! Shadow: on every live decision the set in shadow decides beside the one in force, and both are
//! written down for staff. All of it happens after the customer was answered, on a queue that drops
//! what it cannot hold: nothing here can hinder, delay or change a negotiation.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pricing::{Facts, Quote, Scratch};
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio_util::sync::CancellationToken;

use super::InForce;
use super::settle::settle;
use crate::auth::new_id;
use crate::db::{Args, args, shadow};
use crate::error::{AppError, AppResult};
use crate::state::AppState;

/// Decisions that wait to be written down, over all stores.
const WAITING_MAX: usize = 4_096;
/// Written down in one transaction.
const BATCH: usize = 200;
/// How long a first one waits for others.
const GATHER: Duration = Duration::from_millis(100);
/// Decisions kept of one set.
pub(crate) const KEPT: i64 = 20_000;
/// How long decisions are kept.
pub(crate) const KEPT_MS: i64 = 90 * 24 * 3_600_000;
/// After so many of one set the oldest are taken off.
const PRUNE_EVERY: usize = 500;

/// A live decision that a set in shadow is to make as well.
pub(crate) struct Seen {
    pub(crate) store_id: String,
    /// The set in shadow.
    pub(crate) shadow_id: String,
    pub(crate) at_ms: i64,
    /// Empty where the rules let no negotiation begin.
    pub(crate) negotiation_id: String,
    pub(crate) title: String,
    /// The customer's price for a unit, in minor units.
    pub(crate) offer: Option<i64>,
    pub(crate) facts: Facts,
    /// What it was decided by.
    pub(crate) began: Arc<InForce>,
    pub(crate) newer: Option<Arc<InForce>>,
}

/// The queue.
pub(crate) struct Watch {
    sender: Sender<Seen>,
    receiver: Mutex<Option<Receiver<Seen>>>,
}

impl Default for Watch {
    fn default() -> Self {
        let (sender, receiver) = mpsc::channel(WAITING_MAX);
        Self { sender, receiver: Mutex::new(Some(receiver)) }
    }
}

impl Watch {
    /// Takes a decision up, or drops it where too many wait; never waits itself.
    pub(crate) fn see(&self, seen: Option<Seen>) {
        if let Some(seen) = seen
            && self.sender.try_send(seen).is_err()
        {
            metrics::counter!("souk_shadow_decisions_dropped_total").increment(1);
        }
    }

    fn take(&self) -> Option<Receiver<Seen>> {
        self.receiver.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Writes down what was seen until told to stop, and then what still waits.
pub(crate) async fn run(state: AppState, stop: CancellationToken) {
    let Some(mut waiting) = state.shared.watch.take() else { return };
    let (mut batch, mut since_prune) = (Vec::new(), 0);
    loop {
        tokio::select! {
            biased;
            () = stop.cancelled(), if !waiting.is_closed() => {
                waiting.close();
                continue;
            }
            taken = waiting.recv_many(&mut batch, BATCH) => if taken == 0 { return },
        }
        if !waiting.is_closed() && batch.len() < BATCH {
            tokio::time::sleep(GATHER).await;
            while batch.len() < BATCH {
                let Ok(seen) = waiting.try_recv() else { break };
                batch.push(seen);
            }
        }
        since_prune += batch.len();
        let prune = since_prune >= PRUNE_EVERY;
        if prune {
            since_prune = 0;
        }
        if let Err(error) = write_down(&state, std::mem::take(&mut batch), prune).await {
            tracing::warn!(?error, "shadow decisions were not written down");
        }
    }
}

async fn write_down(state: &AppState, batch: Vec<Seen>, prune: bool) -> AppResult<()> {
    let mut beside = Vec::with_capacity(batch.len());
    for seen in batch {
        let cache = &state.shared.rule_sets;
        let found = cache.get(&mut state.db(), &seen.store_id, &seen.shadow_id).await?;
        beside.extend(found.map(|set| (seen, set)));
    }
    let sets: std::collections::BTreeSet<(String, String)> =
        beside.iter().map(|(seen, _)| (seen.store_id.clone(), seen.shadow_id.clone())).collect();
    let decide = move || beside.iter().map(|(seen, set)| row(seen, set)).collect::<Vec<Args>>();
    let rows = tokio::task::spawn_blocking(decide).await.map_err(AppError::internal)?;
    let mut tx = state.db().begin().await?;
    for row in rows {
        tx.run(shadow::INSERT, row).await?;
    }
    for (store, set) in sets.iter().filter(|_| prune) {
        tx.run(shadow::PRUNE, args![store, set, KEPT]).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// One side of a comparison, in minor units.
#[derive(Debug, PartialEq, Eq)]
struct Side {
    reason: Option<&'static str>,
    floor: Option<i64>,
    ceiling: Option<i64>,
    target: Option<i64>,
    accept: Option<i64>,
}

impl Side {
    /// The acceptance price with its default: the target, else the list price, within the limits.
    fn of(quote: &Quote, list_price: i64) -> Self {
        let minor = |money: Option<commerce::Money>| money.map(commerce::Money::minor);
        let (floor, ceiling) = (minor(quote.floor), minor(quote.ceiling));
        let accept = minor(quote.accept_at.or(quote.target)).unwrap_or(list_price);
        let accept = accept.max(floor.unwrap_or(0)).min(ceiling.unwrap_or(i64::MAX));
        Self {
            reason: quote.reason.map(|reason| reason.as_str()),
            floor,
            ceiling,
            target: minor(quote.target),
            accept: quote.reason.is_none().then_some(accept),
        }
    }
}

fn row(seen: &Seen, set: &InForce) -> Args {
    let facts = &seen.facts;
    let list = facts.list_price.minor();
    let active = Side::of(&settle(&seen.began, seen.newer.as_deref(), facts), list);
    let shadow = Side::of(&set.index.decide(facts, &mut Scratch::default()), list);
    let differs = active != shadow;
    args![
        &seen.store_id,
        &seen.shadow_id,
        new_id(),
        seen.at_ms,
        &seen.negotiation_id,
        &facts.product,
        &seen.title,
        facts.quantity,
        seen.offer,
        active.reason,
        active.floor,
        active.ceiling,
        active.target,
        active.accept,
        shadow.reason,
        shadow.floor,
        shadow.ceiling,
        shadow.target,
        shadow.accept,
        differs,
    ]
}
