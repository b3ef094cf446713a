//! Pull: the change feed from where it was read last, page by page, into the cache; and what is held
//! then beside what the service says should be held.

use std::collections::BTreeSet;

use api::error::ErrorBody;
use api::sync::{Entity, EntityDigest, Pull};
use cache::{Cache, ChangeSet, Feed, Op, Source};

use crate::{Service, cache_failure, digest, now_ms};

/// Changes asked for at once.
const PAGE: i64 = 1_000;
/// Pages in a row before others get their turn; the rest comes with the next pull.
const PAGES_MAX: usize = 1_000;
/// Looks at what is held before a difference is left for another day: things go on changing.
const LOOKS_MAX: usize = 6;

/// Whether both sides are compared once all is pulled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    No,
    /// A difference is reported.
    Look,
    /// A difference is ended: the copies here are forgotten, edits that wait kept, and all is
    /// pulled afresh.
    Repair,
}

/// What a pull brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pulled {
    pub changes: u64,
    pub entities: BTreeSet<Entity>,
    /// The service was restored from a backup, or the two sides differed: everything was pulled
    /// afresh.
    pub afresh: bool,
    /// Kinds that differed, which is why everything was pulled afresh.
    pub repaired: Vec<Entity>,
    /// Kinds in which the two sides differ although all is pulled; `None`: not compared.
    pub differing: Option<Vec<Entity>>,
}

/// Pulls until nothing more is waiting. Each page and its position are kept together: a pull that is
/// cut off goes on from there.
///
/// # Errors
/// The service's, `Offline`, or `Internal` when the cache fails.
pub async fn pull(service: &Service, cache: &Cache, compare: Compare) -> Result<Pulled, ErrorBody> {
    let store = service.store_id();
    let mut pulled = Pulled::default();
    for look in 0..LOOKS_MAX {
        let before = pulled.changes;
        let Some(digests) = to_the_end(service, cache, &mut pulled).await? else { break };
        if compare == Compare::No {
            break;
        }
        let held = cache::held(cache, store).await.map_err(|e| cache_failure(&e))?;
        let differing = digest::differing(&held, &digests);
        let settled = look > 0 && pulled.changes == before;
        pulled.differing = Some(differing);
        let Some(differing) = pulled.differing.as_ref().filter(|d| !d.is_empty()) else { break };
        if !settled {
            // what was answered to a request between the two may be newer than both: look again
            continue;
        }
        if compare == Compare::Look || !pulled.repaired.is_empty() {
            break;
        }
        tracing::warn!(?differing, "this console's copy and the service's differ: pulling afresh");
        pulled.repaired.clone_from(differing);
        start_afresh(cache, store).await?;
        pulled.afresh = true;
    }
    Ok(pulled)
}

/// Pulls all that waits; answers what should be held then, or `None` where there is still more.
async fn to_the_end(
    service: &Service,
    cache: &Cache,
    pulled: &mut Pulled,
) -> Result<Option<Vec<EntityDigest>>, ErrorBody> {
    let store = service.store_id();
    let mut feed = cache::feed(cache, store).await.map_err(|e| cache_failure(&e))?;
    for _ in 0..PAGES_MAX {
        let after = feed.as_ref().map_or(0, |f| f.cursor);
        let query = [("after", after.to_string()), ("limit", PAGE.to_string())];
        let page: Pull = service.get("/sync/pull", &query).await?;
        // a feed that is shorter than what was read of it is another one, too
        if feed.as_ref().is_some_and(|f| f.epoch != page.epoch || page.next < f.cursor) {
            tracing::warn!("the service was restored from a backup: pulling afresh");
            start_afresh(cache, store).await?;
            pulled.afresh = true;
            feed = None;
            continue;
        }
        let (more, digests) = (page.more, page.digests.clone());
        pulled.changes += page.changes.len() as u64;
        pulled.entities.extend(page.changes.iter().map(|c| c.entity));
        let before = feed.map_or(0, |f| f.pulled_at);
        feed = Some(take(cache, store, page, before).await?);
        if !more {
            return Ok(Some(digests));
        }
    }
    Ok(None)
}

async fn start_afresh(cache: &Cache, store: &str) -> Result<ChangeSet, ErrorBody> {
    let op = Op { name: "pull_afresh", source: Source::Sync };
    let done = cache
        .transact(op, store, |tx| {
            Box::pin(async move {
                tx.forget_documents().await?;
                tx.hurry().await
            })
        })
        .await;
    done.map(|((), changes)| changes).map_err(|e| cache_failure(&e))
}

/// `before` is when all was pulled last; it stands until the last page is in.
async fn take(cache: &Cache, store: &str, page: Pull, before: i64) -> Result<Feed, ErrorBody> {
    let pulled_at = if page.more { before } else { now_ms() };
    let feed = Feed { epoch: page.epoch, cursor: page.next, pulled_at };
    let op = Op { name: "pull", source: Source::Sync };
    let (changes, kept) = (page.changes, feed.clone());
    cache
        .transact(op, store, move |tx| {
            Box::pin(async move {
                for change in &changes {
                    tx.put_change(change).await?;
                }
                tx.set_feed(&kept).await
            })
        })
        .await
        .map_err(|e| cache_failure(&e))?;
    Ok(feed)
}
