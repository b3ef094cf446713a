//! Pull: the change feed from where it was read last, page by page, into the cache.

use std::collections::BTreeSet;

use api::error::ErrorBody;
use api::sync::{Entity, Pull};
use cache::{Cache, ChangeSet, Feed, Op, Source};

use crate::{Service, cache_failure, digest, now_ms};

/// Changes asked for at once.
const PAGE: i64 = 1_000;
/// Pages in a row before others get their turn; the rest comes with the next pull.
const PAGES_MAX: usize = 1_000;

/// What a pull brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pulled {
    pub changes: u64,
    pub entities: BTreeSet<Entity>,
    /// The service was restored from a backup: everything was pulled afresh.
    pub afresh: bool,
    /// Kinds in which the two sides differ although all is pulled; `None`: not compared.
    pub differing: Option<Vec<Entity>>,
}

/// Pulls until nothing more is waiting. Each page and its position are kept together: a pull that is
/// cut off goes on from there.
///
/// # Errors
/// The service's, `Offline`, or `Internal` when the cache fails.
pub async fn pull(service: &Service, cache: &Cache, compare: bool) -> Result<Pulled, ErrorBody> {
    let store = service.store_id();
    let mut pulled = Pulled::default();
    let mut feed = cache::feed(cache, store).await.map_err(|e| cache_failure(&e))?;
    for _ in 0..PAGES_MAX {
        let after = feed.as_ref().map_or(0, |f| f.cursor);
        let query = [("after", after.to_string()), ("limit", PAGE.to_string())];
        let page: Pull = service.get("/sync/pull", &query).await?;
        if feed.as_ref().is_some_and(|f| f.epoch != page.epoch) {
            tracing::warn!("the service has another epoch: pulling afresh");
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
            if compare {
                let held = cache::held(cache, store).await.map_err(|e| cache_failure(&e))?;
                pulled.differing = Some(digest::differing(&held, &digests));
            }
            return Ok(pulled);
        }
    }
    Ok(pulled)
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
