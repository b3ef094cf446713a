//! What every page of one shop needs (profile, categories, favourites, who may embed the widget),
//! read once and kept until the store's change feed says that something of it changed. One small
//! read a request decides that, so a page is never older than the last commit.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use api::store::StoreProfile;
use commerce::Currency;

use crate::checkout::delivery::Delivery;
use crate::db::product::ProductRow;
use crate::db::shop::{self, HeadRow, ShopRow};
use crate::db::{args, store};
use crate::error::{AppError, AppResult};
use crate::negotiations::{Ground, Sale};
use crate::state::AppState;
use crate::visitor;

/// How long a ranking by sales is kept.
const RANKING_MS: i64 = 300_000;
pub(crate) const PICKS: usize = 12;

/// All shops' shelves of this service.
#[derive(Default)]
pub(crate) struct Shelves {
    known: Mutex<HashMap<String, Arc<Shelf>>>,
    /// One reader fills a shelf; the others wait for it.
    filling: tokio::sync::Mutex<()>,
}

/// A category with all that is under it.
#[derive(Debug, Clone)]
pub(crate) struct Shelved {
    pub(crate) path: String,
    pub(crate) name: String,
    /// Live products in it and under it.
    pub(crate) products: i64,
}

pub(crate) struct Shelf {
    pub(crate) store_id: String,
    pub(crate) slug: String,
    pub(crate) profile: StoreProfile,
    pub(crate) currency: Currency,
    pub(crate) live: bool,
    pub(crate) attribution: Option<String>,
    /// What bargaining is decided from; none while the store has no currency.
    ground: Option<Ground>,
    delivery: Option<Delivery>,
    /// Every level of every category with a live product, by path.
    pub(crate) categories: Vec<Shelved>,
    pub(crate) total: i64,
    pub(crate) picks: Vec<ShopRow>,
    /// The picks are what sold most; otherwise what is newest.
    pub(crate) picks_sold: bool,
    /// Origins of other sites that may embed the widget.
    pub(crate) widget_origins: Vec<String>,
    ranking: Arc<Ranking>,
    rev: i64,
    seen_seq: AtomicI64,
}

#[derive(Default)]
struct Ranking {
    skus: Vec<String>,
    at_ms: i64,
}

impl Shelves {
    /// The shelf of the store at `slug`, as of now.
    pub(crate) async fn of(&self, state: &AppState, slug: &str) -> AppResult<Arc<Shelf>> {
        if slug.contains('\0') {
            return Err(AppError::not_found("store"));
        }
        let head: Option<HeadRow> = state.db().maybe(shop::HEAD, args![slug]).await?;
        let head = head.ok_or_else(|| AppError::not_found("store"))?;
        if let Some(shelf) = self.fresh(state, slug, &head).await? {
            return Ok(shelf);
        }
        let _turn = self.filling.lock().await;
        if let Some(shelf) = self.fresh(state, slug, &head).await? {
            return Ok(shelf);
        }
        let ranking = self.get(slug).map(|old| Arc::clone(&old.ranking)).unwrap_or_default();
        let shelf = Arc::new(fill(state, &head, ranking).await?);
        self.lock().insert(slug.to_owned(), Arc::clone(&shelf));
        Ok(shelf)
    }

    async fn fresh(
        &self,
        state: &AppState,
        slug: &str,
        head: &HeadRow,
    ) -> AppResult<Option<Arc<Shelf>>> {
        let known = self.get(slug).filter(|s| s.store_id == head.store_id && s.rev == head.rev);
        let Some(shelf) = known else { return Ok(None) };
        let seen = shelf.seen_seq.load(Ordering::Acquire);
        if seen >= head.seq {
            return Ok(Some(shelf));
        }
        let since = args![&head.store_id, seen];
        let changed: Option<(i64,)> = state.db().maybe(shop::CHANGED_SINCE, since).await?;
        if changed.is_some() {
            return Ok(None);
        }
        shelf.seen_seq.fetch_max(head.seq, Ordering::AcqRel);
        Ok(Some(shelf))
    }

    fn get(&self, slug: &str) -> Option<Arc<Shelf>> {
        self.lock().get(slug).cloned()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<Shelf>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf {
    /// Whether bargaining is open on this category now, as far as lists say; the product's own page
    /// asks the rules as well.
    pub(crate) fn is_bargaining(&self, category: &str, state: &AppState) -> bool {
        let Some(ground) = self.ground.as_ref().filter(|ground| ground.active.is_some()) else {
            return false;
        };
        ground.is_open_on(category, state.now())
    }

    /// Whether a visitor could open a negotiation on one of this product now.
    pub(crate) fn is_open_on(&self, product: &ProductRow, country: &str, state: &AppState) -> bool {
        let Some(ground) = &self.ground else { return false };
        let Some(rules) = &ground.active else { return false };
        let sale = Sale {
            product,
            customer: None,
            country,
            quantity: 1,
            list_price: product.list_price,
            at: state.now(),
        };
        ground.is_open(product, state.now())
            && product.stock.is_none_or(|units| units > 0)
            && ground.decide(rules, &sale).is_ok_and(|decided| decided.is_some())
    }

    /// The least that delivery of goods worth so much costs, in minor units.
    pub(crate) fn delivery_from(&self, goods_minor: i64) -> Option<i64> {
        let goods = commerce::Money::from_minor(goods_minor, self.currency).ok()?;
        let options = self.delivery.as_ref()?.options(goods);
        options.iter().map(|option| option.price.minor).min()
    }

    pub(crate) fn category(&self, path: &str) -> Option<&Shelved> {
        let at = self.categories.binary_search_by(|known| known.path.as_str().cmp(path));
        at.ok().map(|at| &self.categories[at])
    }

    /// The categories one level under `path`; the outermost for an empty path.
    pub(crate) fn under<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a Shelved> {
        self.categories.iter().filter(move |one| match one.path.rsplit_once('/') {
            Some((parent, _)) => parent == path,
            None => path.is_empty(),
        })
    }
}

async fn fill(state: &AppState, head: &HeadRow, ranking: Arc<Ranking>) -> AppResult<Shelf> {
    let db = state.db();
    let id = &head.store_id;
    let row: store::StoreRow = db.one(store::BY_ID, args![id]).await?;
    let profile: StoreProfile = serde_json::from_str(&row.profile).map_err(AppError::internal)?;
    let counted: Vec<(String, i64)> = db.all(shop::CATEGORIES, args![id]).await?;
    let (ground, delivery) = selling(state, id).await?;
    let (origins, _) = crate::document::read(state, id, "setting/widget_origins").await?;
    let widget_origins = super::cors::origins(&origins).unwrap_or_else(|error| {
        tracing::error!(store_id = id, ?error, "widget_origins cannot be read: no site may embed");
        vec![]
    });
    let ranking = rank(state, id, ranking).await?;
    let (picks, picks_sold) = pick(state, id, &ranking).await?;
    Ok(Shelf {
        // a profile may still lack its currency while the store is set up; nothing has a price then
        currency: row.currency.parse().unwrap_or(Currency::GBP),
        store_id: row.store_id,
        slug: row.slug,
        profile,
        live: row.live,
        attribution: row.attribution,
        ground,
        delivery,
        total: counted.iter().map(|(_, count)| count).sum(),
        categories: levels(&counted),
        picks,
        picks_sold,
        widget_origins,
        ranking,
        rev: head.rev,
        seen_seq: AtomicI64::new(head.seq),
    })
}

/// What selling decides from, where the store can sell yet.
async fn selling(state: &AppState, id: &str) -> AppResult<(Option<Ground>, Option<Delivery>)> {
    let mut db = state.db();
    let Ok(shop) = visitor::Shop::by_id(&mut db, id).await else { return Ok((None, None)) };
    let delivery = Delivery::load(&mut db, &shop).await?;
    let ground = Ground::load(&mut db, &state.shared.rule_sets, shop).await?;
    Ok((Some(ground), Some(delivery)))
}

async fn rank(state: &AppState, id: &str, known: Arc<Ranking>) -> AppResult<Arc<Ranking>> {
    let now = state.now_ms();
    if known.at_ms > 0 && (now - known.at_ms).abs() < RANKING_MS {
        return Ok(known);
    }
    let sold: Vec<(String, i64)> = state.db().all(shop::BEST_SELLERS, args![id]).await?;
    let skus = sold.into_iter().map(|(sku, _)| sku).collect();
    Ok(Arc::new(Ranking { skus, at_ms: now }))
}

async fn pick(state: &AppState, id: &str, ranking: &Ranking) -> AppResult<(Vec<ShopRow>, bool)> {
    let mut picks = Vec::with_capacity(PICKS);
    for sku in &ranking.skus {
        let row: Option<ShopRow> = state.db().maybe(shop::PRODUCT, args![id, sku]).await?;
        picks.extend(row.filter(ShopRow::in_stock));
        if picks.len() == PICKS {
            break;
        }
    }
    if picks.len() >= 4 {
        return Ok((picks, true));
    }
    let count = i64::try_from(PICKS).unwrap_or(0);
    Ok((state.db().all(shop::NEWEST, args![id, count]).await?, false))
}

/// Counts of every level from counts of the categories that products name.
fn levels(counted: &[(String, i64)]) -> Vec<Shelved> {
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    for (path, count) in counted {
        let cuts = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        for cut in cuts {
            *sums.entry(&path[..cut]).or_default() += count;
        }
    }
    let shelved = |(path, products): (&str, i64)| Shelved {
        path: path.to_owned(),
        name: super::words::category_name(path),
        products,
    };
    sums.into_iter().map(shelved).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_counts_all_that_is_under_it() {
        let counted =
            [("home/lights".into(), 3), ("home/lights/led".into(), 2), ("toys".into(), 1)];
        let levels = levels(&counted);
        let got: Vec<(&str, i64)> = levels.iter().map(|l| (l.path.as_str(), l.products)).collect();
        assert_eq!(got, [("home", 5), ("home/lights", 5), ("home/lights/led", 2), ("toys", 1)]);
    }
}
