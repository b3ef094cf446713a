//! Push: edits that wait, in order per thing, until each has its outcome.
//!
//! An edit is marked as sent before it leaves, and from then on only ever repeated with the same id
//! and the same content: however often it arrives, the service applies it once.

use api::error::{ErrorBody, ErrorCode};
use api::sync::{Outcome, OutcomeKind, Push, PushReply};
use cache::{Cache, Op, Source, Waiting};

use crate::{Method, Service, backoff, cache_failure, now_ms};

/// Edits in one request; the service takes at most 500.
const BATCH: i64 = 200;
/// Outcomes expected in one run before others get their turn.
const BATCHES_MAX: usize = 1_000;

/// What a push brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pushed {
    pub applied: u64,
    pub conflicts: u64,
    /// The last failure; what it hit waits for its next try.
    pub error: Option<ErrorBody>,
}

/// Sends what is due. A failure of the line puts edits off and is in the answer; it never loses one.
///
/// # Errors
/// `Internal` when the cache fails.
pub async fn push(service: &Service, cache: &Cache) -> Result<Pushed, ErrorBody> {
    let store = service.store_id();
    let mut pushed = Pushed::default();
    for _ in 0..BATCHES_MAX {
        let due = take_due(cache, store).await?;
        if due.is_empty() {
            break;
        }
        if !send(service, cache, due, &mut pushed).await? {
            break;
        }
    }
    Ok(pushed)
}

/// False when the line failed, so that going on makes no sense now.
async fn send(
    service: &Service,
    cache: &Cache,
    due: Vec<Waiting>,
    pushed: &mut Pushed,
) -> Result<bool, ErrorBody> {
    match ask(service, &due).await {
        Ok(outcomes) => {
            settle(cache, service.store_id(), &due, outcomes, pushed).await?;
            Ok(true)
        }
        // the request as a whole was refused: find the edit that it was for
        Err(error) if is_about_an_edit(error.code) && due.len() > 1 => {
            for one in due {
                if !Box::pin(send(service, cache, vec![one], pushed)).await? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        Err(error) if is_about_an_edit(error.code) => {
            let outcomes = due
                .iter()
                .map(|w| Outcome {
                    id: w.mutation.id.clone(),
                    rev: w.mutation.base_rev,
                    kind: OutcomeKind::Refused { error: error.clone() },
                })
                .collect();
            settle(cache, service.store_id(), &due, outcomes, pushed).await?;
            Ok(true)
        }
        Err(error) => {
            put_off(cache, service.store_id(), &due, &error).await?;
            pushed.error = Some(error);
            Ok(false)
        }
    }
}

async fn ask(service: &Service, due: &[Waiting]) -> Result<Vec<Outcome>, ErrorBody> {
    let push = Push { mutations: due.iter().map(|w| w.mutation.clone()).collect() };
    let reply: PushReply = service.send(Method::POST, "/sync/push", &push).await?;
    Ok(reply.outcomes)
}

fn is_about_an_edit(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::Invalid | ErrorCode::TooLarge)
}

async fn take_due(cache: &Cache, store: &str) -> Result<Vec<Waiting>, ErrorBody> {
    let now = now_ms();
    let op = Op { name: "push_take", source: Source::Sync };
    let done = cache.transact(op, store, move |tx| Box::pin(tx.take_due(now, BATCH))).await;
    done.map(|(due, _)| due).map_err(|e| cache_failure(&e))
}

async fn settle(
    cache: &Cache,
    store: &str,
    due: &[Waiting],
    outcomes: Vec<Outcome>,
    pushed: &mut Pushed,
) -> Result<(), ErrorBody> {
    let now = now_ms();
    let mut pairs = Vec::with_capacity(due.len());
    for sent in due {
        if let Some(outcome) = outcomes.iter().find(|o| o.id == sent.mutation.id) {
            match outcome.kind {
                OutcomeKind::Applied | OutcomeKind::Merged => pushed.applied += 1,
                OutcomeKind::Conflict { .. } | OutcomeKind::Refused { .. } => pushed.conflicts += 1,
            }
            pairs.push((sent.clone(), outcome.clone()));
        }
    }
    // an edit without an outcome waits for its next try, or it would be asked for without end
    let unanswered: Vec<Waiting> =
        due.iter().filter(|w| !outcomes.iter().any(|o| o.id == w.mutation.id)).cloned().collect();
    let op = Op { name: "push", source: Source::Sync };
    cache
        .transact(op, store, move |tx| {
            Box::pin(async move {
                for (sent, outcome) in &pairs {
                    tx.acknowledge(sent, outcome, now).await?;
                }
                Ok(())
            })
        })
        .await
        .map_err(|e| cache_failure(&e))?;
    if !unanswered.is_empty() {
        let error =
            ErrorBody::new(ErrorCode::Internal, "The service gave no outcome for this edit.");
        put_off(cache, store, &unanswered, &error).await?;
    }
    Ok(())
}

async fn put_off(
    cache: &Cache,
    store: &str,
    due: &[Waiting],
    error: &ErrorBody,
) -> Result<(), ErrorBody> {
    let now = now_ms();
    let asked_to_wait_ms = error
        .context
        .get("retry_after_s")
        .and_then(|s| s.parse::<i64>().ok())
        .map_or(0, |s| s.saturating_mul(1_000));
    let rows: Vec<(String, i64)> = due
        .iter()
        .map(|w| {
            let tries = u32::try_from(w.attempts).unwrap_or(u32::MAX);
            let wait = i64::try_from(backoff::wait(tries).as_millis()).unwrap_or(i64::MAX);
            (w.mutation.id.clone(), now.saturating_add(wait.max(asked_to_wait_ms)))
        })
        .collect();
    let error = error.clone();
    let op = Op { name: "push_put_off", source: Source::Sync };
    let done = cache
        .transact(op, store, move |tx| {
            Box::pin(async move {
                for (id, next_at) in &rows {
                    tx.put_off(id, *next_at, &error).await?;
                }
                Ok(())
            })
        })
        .await;
    done.map(drop).map_err(|e| cache_failure(&e))
}
