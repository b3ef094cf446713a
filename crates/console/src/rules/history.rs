//! The store's past order lines: fetched once, kept in the cache, gone on from where they ended.
//! Segments are those of the day they were fetched, so that once a day all is fetched anew.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use api::error::{ErrorBody, ErrorCode};
use cache::{HistoryPage, Op, Source};
use commerce::Currency;
use pricing::{ORDERS_COLUMNS, OrderColumns};

use super::open::blocking;
use super::work::{Watch, cancelled};
use crate::{Answer, Console, failure, store};

/// After this long the pages are fetched anew.
const AGE_MS_MAX: i64 = 24 * 60 * 60 * 1_000;
/// Lines a page.
const PAGE_LINES: usize = 20_000;
/// Pages of one history: as many lines as a replay takes.
const PAGES_MAX: i64 = 1_000;

/// What is kept of the open store's history.
#[derive(Default)]
pub(crate) struct HistoryKept {
    /// Grows with each change of orders.
    changes: AtomicU64,
    kept: Mutex<Option<Kept>>,
    turn: tokio::sync::Mutex<()>,
}

#[derive(Clone)]
struct Kept {
    changes: u64,
    fetched_at: i64,
    /// How many pages these are, and where the last one ended.
    pages: i64,
    next: String,
    orders: Arc<OrderColumns>,
}

impl HistoryKept {
    pub(crate) fn changed(&self) {
        self.changes.fetch_add(1, Ordering::Release);
    }

    pub(crate) fn clear(&self) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.changed();
    }

    fn known(&self) -> Option<Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, kept: Kept) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
    }
}

/// All past lines. Offline: those that are here.
///
/// # Errors
/// `Cancelled`; what the service says where none are here yet.
pub(super) async fn orders(console: &Console, watch: &Watch) -> Answer<Arc<OrderColumns>> {
    let kept = console.history();
    let now = jiff::Timestamp::now().as_millisecond();
    let young = |known: &Kept| now.saturating_sub(known.fetched_at) < AGE_MS_MAX;
    let fresh =
        |known: &Kept| known.changes == kept.changes.load(Ordering::Acquire) && young(known);
    if let Some(known) = kept.known().filter(fresh) {
        return Ok(known.orders);
    }
    let _turn = kept.turn.lock().await;
    if let Some(known) = kept.known().filter(fresh) {
        return Ok(known.orders);
    }
    let changes = kept.changes.load(Ordering::Acquire);
    let asked = refreshed(console, watch, now).await;
    match (&asked, kept.known()) {
        (Err(error), Some(known)) if error.code == ErrorCode::Offline => return Ok(known.orders),
        (Err(error), _) if error.code != ErrorCode::Offline => return Err(error.clone()),
        _ => {}
    }
    let session = console.session().await?;
    let pages = cache::order_history(console.cache(), session.service.store_id())
        .await
        .map_err(|e| failure::cache(&e))?;
    let currency = store::get(console).await?.profile.currency;
    let Some(last) = pages.last() else {
        if asked.is_ok() {
            // nothing was ever sold
            return Ok(Arc::new(read(&pages, &currency)?));
        }
        let message = "The past orders are not on this computer yet, and the service cannot be \
            reached. Try again when the line is back.";
        return Err(ErrorBody::new(ErrorCode::Offline, message).with("state", "no_history"));
    };
    let (count, next) = (last.ordinal + 1, last.next.clone());
    let fetched_at = pages.first().map_or(now, |page| page.fetched_at);
    if let Some(known) = kept.known()
        && (known.fetched_at, known.pages, &known.next) == (fetched_at, count, &next)
    {
        kept.keep(Kept { changes, ..known.clone() });
        return Ok(known.orders);
    }
    let orders = Arc::new(blocking(move || read(&pages, &currency)).await??);
    let orders_kept = Arc::clone(&orders);
    kept.keep(Kept { changes, fetched_at, pages: count, next, orders: orders_kept });
    Ok(orders)
}

/// Brings the cache up to the service's last line.
async fn refreshed(console: &Console, watch: &Watch, now: i64) -> Answer<()> {
    let session = console.session().await?;
    let store_id = session.service.store_id().to_owned();
    let pages =
        cache::order_history(console.cache(), &store_id).await.map_err(|e| failure::cache(&e))?;
    let old = |page: &HistoryPage| now.saturating_sub(page.fetched_at) >= AGE_MS_MAX;
    let anew = pages.first().is_some_and(old);
    let last = pages.last().filter(|_| !anew);
    let mut ordinal = last.map_or(0, |page| page.ordinal + 1);
    let mut after = last.map(|page| page.next.clone());
    let op = Op { name: "order_history", source: Source::Sync };
    let mut fetched = Vec::new();
    while ordinal < PAGES_MAX {
        let done = fetched.len() * PAGE_LINES;
        if watch.tell("reading orders", done, 0).is_break() {
            return Err(cancelled());
        }
        let Some(page) = page(console, ordinal, after.take(), now).await? else { break };
        after = Some(page.next.clone());
        ordinal += 1;
        fetched.push(page);
    }
    if fetched.is_empty() {
        return Ok(());
    }
    // all of what was fetched, or the pages before
    let first = fetched.first().map_or(0, |page| page.ordinal);
    let write = console.cache().transact(op, &store_id, move |tx| {
        Box::pin(async move {
            tx.cut_history(first).await?;
            for page in &fetched {
                tx.put_history(page).await?;
            }
            Ok(())
        })
    });
    write.await.map_err(|e| failure::cache(&e))?;
    Ok(())
}

/// The page after `after`; `None` at the end.
async fn page(
    console: &Console,
    ordinal: i64,
    after: Option<String>,
    now: i64,
) -> Answer<Option<HistoryPage>> {
    let mut query = vec![("limit", PAGE_LINES.to_string())];
    query.extend(after.map(|after| ("after", after)));
    let response = console.service().await?.get_raw("/order-lines", &query).await?;
    let next = response.headers().get("x-souk-next").and_then(|next| next.to_str().ok());
    let Some(next) = next.map(str::to_owned) else { return Ok(None) };
    let text = response.text().await.map_err(|_| {
        ErrorBody::new(ErrorCode::Offline, "The past orders broke off; none of them were kept.")
    })?;
    let lines = text.split_once('\n').map_or("", |(_, lines)| lines).to_owned();
    Ok(Some(HistoryPage { ordinal, next, lines, fetched_at: now }))
}

fn read(pages: &[HistoryPage], currency: &str) -> Answer<OrderColumns> {
    let currency: Currency =
        currency.parse().map_err(|e| failure::internal("The store's currency is not known", &e))?;
    let mut text = ORDERS_COLUMNS.join(",");
    text.push('\n');
    for page in pages {
        text.push_str(&page.lines);
    }
    OrderColumns::parse(text.as_bytes(), currency).map_err(|faults| {
        let first = faults.first().map(ToString::to_string).unwrap_or_default();
        failure::internal("The past orders here cannot be read", &first)
    })
}
