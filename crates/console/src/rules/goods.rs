//! The store's products as rules see them, parsed once and kept until one changes.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use api::error::{ErrorBody, ErrorCode};
use api::sync::Entity;
use commerce::Money;

use super::open::blocking;
use crate::{Answer, Console, document, failure};

/// Whoever opens rules right after a store was connected need not ask twice.
const FIRST_PULL_WAIT_MAX: Duration = Duration::from_secs(30);

/// All products that are not archived, in the order of their SKU.
pub(crate) struct Goods {
    pub(crate) catalog: pricing::Catalog,
}

/// What is kept of the open store's products.
#[derive(Default)]
pub(crate) struct GoodsKept {
    /// Grows with each change of products in the cache.
    changes: AtomicU64,
    kept: Mutex<Option<(u64, Arc<Goods>)>>,
    turn: tokio::sync::Mutex<()>,
}

impl GoodsKept {
    pub(crate) fn changed(&self) {
        self.changes.fetch_add(1, Ordering::Release);
    }

    pub(crate) fn clear(&self) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.changed();
    }

    fn fresh(&self) -> Option<Arc<Goods>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let changes = self.changes.load(Ordering::Acquire);
        kept.as_ref().filter(|(at, _)| *at == changes).map(|(_, goods)| Arc::clone(goods))
    }
}

/// Waits for the first synchronisation where it is under way.
///
/// # Errors
/// `NotAllowedNow` with `state: not_pulled` while the products are not here.
pub(crate) async fn all(console: &Console) -> Answer<Arc<Goods>> {
    let kept = console.goods();
    if let Some(goods) = kept.fresh() {
        return Ok(goods);
    }
    let _turn = kept.turn.lock().await;
    if let Some(goods) = kept.fresh() {
        return Ok(goods);
    }
    if !document::is_complete(console).await? {
        let engine = &console.session().await?.engine;
        let _ = tokio::time::timeout(FIRST_PULL_WAIT_MAX, engine.sync_now()).await;
    }
    if !document::is_complete(console).await? {
        let message = "The store's products are not all on this computer yet: wait for the first \
            synchronisation.";
        return Err(ErrorBody::new(ErrorCode::NotAllowedNow, message).with("state", "not_pulled"));
    }
    let changes = kept.changes.load(Ordering::Acquire);
    let session = console.session().await?;
    let found = cache::documents(console.cache(), session.service.store_id(), Entity::Product)
        .await
        .map_err(|e| failure::cache(&e))?;
    let goods = blocking(move || read(&found)).await??;
    let goods = Arc::new(goods);
    let mut kept = kept.kept.lock().unwrap_or_else(PoisonError::into_inner);
    *kept = Some((changes, Arc::clone(&goods)));
    Ok(goods)
}

fn read(found: &[cache::Document]) -> Answer<Goods> {
    let mut products = Vec::with_capacity(found.len());
    for document in found {
        let product = crate::catalog::read(document)?;
        if product.state == api::catalog::ProductState::Archived {
            continue;
        }
        // a half-filled product has no price to decide on
        let Ok(list_price) = Money::try_from(&product.list_price) else { continue };
        let unit_cost = product.unit_cost.as_ref().and_then(|cost| Money::try_from(cost).ok());
        products.push(pricing::Product {
            sku: product.sku,
            title: product.title,
            category: product.category,
            list_price,
            unit_cost,
            stock: product.stock,
        });
    }
    Ok(Goods { catalog: pricing::Catalog::from_products(products) })
}
