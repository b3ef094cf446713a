//! What a review is made from: the rules checked over the store's catalogue and replayed over its
//! past orders. Heavy work: never under the store's lock, never on the threads that answer
//! customers, and only a few at a time.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use api::error::ErrorCode;
use api::rules::{Findings, ReplayReport};
use commerce::Currency;
use pricing::{Catalog, CheckOptions, OrderColumns, ReplayOptions, RuleSet};

use crate::catalog::export::priced;
use crate::db::args;
use crate::db::rule_set::{self, RuleSetRow};
use crate::db::store::{self, StoreRow};
use crate::error::{AppError, AppResult};
use crate::orders::lines;
use crate::segments;
use crate::state::AppState;

/// Studies at once, over all stores.
pub(crate) const AT_ONCE: usize = 2;
/// How long one waits for its turn.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is attached to a version.
pub(crate) struct Studied {
    pub(super) findings: Findings,
    /// Against the set in force; `None` where the store has sold nothing yet.
    pub(super) replay: Option<ReplayReport>,
}

/// Checks and replays a document, which must be right, and in the store's currency.
pub(crate) async fn study(state: &AppState, store_id: &str, document: &str) -> AppResult<Studied> {
    let currency = currency_of(state, store_id).await?;
    super::step::sound(document, currency)?;
    let _turn = turn(state).await?;
    let products = priced(state.db(), store_id, currency).await?;
    let past = lines::columns(state, store_id, currency).await?;
    let active: Option<RuleSetRow> = state.db().maybe(rule_set::ACTIVE, args![store_id]).await?;
    let (document, options) = (document.to_owned(), options(state, store_id).await?);
    let work = move || {
        let set = parse(&document)?;
        let catalog = Catalog::from_products(products);
        let findings = checked(&set, &catalog, &options)?;
        let baseline = active.and_then(|row| RuleSet::parse(&row.document).ok());
        let replay = replayed(&set, baseline.as_ref(), &catalog, &past)?;
        Ok(Studied { findings, replay })
    };
    tokio::task::spawn_blocking(work).await.map_err(AppError::internal)?
}

/// Checks a version over the catalogue as it is now.
pub(super) async fn check_again(
    state: &AppState,
    store_id: &str,
    document: &str,
) -> AppResult<Findings> {
    let currency = currency_of(state, store_id).await?;
    super::step::sound(document, currency)?;
    let _turn = turn(state).await?;
    let products = priced(state.db(), store_id, currency).await?;
    let (document, options) = (document.to_owned(), options(state, store_id).await?);
    let work = move || checked(&parse(&document)?, &Catalog::from_products(products), &options);
    tokio::task::spawn_blocking(work).await.map_err(AppError::internal)?
}

async fn turn(state: &AppState) -> AppResult<tokio::sync::SemaphorePermit<'_>> {
    let waited = tokio::time::timeout(PATIENCE, state.shared.studies.acquire()).await;
    let Ok(permit) = waited else {
        let message = "Other rule sets are being checked right now. Try again in a moment.";
        return Err(AppError::refuse(ErrorCode::RateLimited, message).with("retry_after_s", 10));
    };
    permit.map_err(AppError::internal)
}

async fn currency_of(state: &AppState, store_id: &str) -> AppResult<Currency> {
    let row: StoreRow = state.db().one(store::BY_ID, args![store_id]).await?;
    crate::catalog::save::parse_currency(&row.currency)
}

fn parse(document: &str) -> AppResult<RuleSet> {
    RuleSet::parse(document).map_err(|_| AppError::internal("the document has faults"))
}

/// From now on, with the segments that the store has.
async fn options(state: &AppState, store_id: &str) -> AppResult<CheckOptions> {
    let (segments, _) = segments::read(state, store_id).await?;
    let segments = Some(segments.into_iter().map(|segment| segment.name).collect());
    Ok(CheckOptions { segments, ..CheckOptions::at(state.now()) })
}

fn checked(set: &RuleSet, catalog: &Catalog, options: &CheckOptions) -> AppResult<Findings> {
    let began = Instant::now();
    let go_on = &mut |_: usize, _: usize| ControlFlow::Continue(());
    let found = pricing::check(set, Some(catalog), options, go_on)
        .ok_or_else(|| AppError::internal("the check broke off"))?;
    Ok(Findings::of(&found, elapsed_ms(began)))
}

fn replayed(
    set: &RuleSet,
    baseline: Option<&RuleSet>,
    catalog: &Catalog,
    past: &OrderColumns,
) -> AppResult<Option<ReplayReport>> {
    if past.is_empty() {
        return Ok(None);
    }
    let began = Instant::now();
    // the other core is for those who buy meanwhile
    let options = ReplayOptions { threads: Some(NonZeroUsize::MIN), ..ReplayOptions::default() };
    let baseline = baseline.filter(|old| old.currency() == set.currency());
    let go_on = |_| ControlFlow::Continue(());
    let replay = pricing::replay(set, baseline, catalog, past, &options, &go_on)
        .map_err(AppError::internal)?;
    Ok(Some(ReplayReport::of(&replay, set.currency(), elapsed_ms(began))))
}

fn elapsed_ms(began: Instant) -> i64 {
    i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX)
}
