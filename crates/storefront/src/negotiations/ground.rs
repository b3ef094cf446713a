//! What a negotiation is decided from: the launch constraints, the segments, the merchant's
//! settings, the rule set, the product and the customer. All of it is read through one connection,
//! so that inside a write nothing can change between reading and deciding.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use api::store::{LaunchConstraints, Segment};
use jiff::Timestamp;
use negotiation::{Limits, Sweetener, Terms};
use pricing::{CustomerKind, Decision};
use serde_json::Value;

use super::settings::Settings;
use crate::checkout::delivery::Delivery;
use crate::db::customer::{self, CustomerRow};
use crate::db::product::{self, ProductRow};
use crate::db::store::{self, DocumentRow};
use crate::db::{Reads, args, negotiation as rows};
use crate::error::{AppError, AppResult};
use crate::rules::{InForce, floor};
use crate::visitor::Shop;

/// Parsed rule sets. A version never changes, so an entry is right for ever.
#[derive(Default)]
pub(crate) struct RuleCache(Mutex<HashMap<(String, String), Arc<InForce>>>);

/// Rule sets kept parsed at most, over all stores.
const CACHED_MAX: usize = 64;

impl RuleCache {
    async fn get<R: Reads>(
        &self,
        reads: &mut R,
        store_id: &str,
        id: &str,
    ) -> AppResult<Option<Arc<InForce>>> {
        let key = (store_id.to_owned(), id.to_owned());
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if kept.is_some() {
            return Ok(kept);
        }
        let found: Option<(String, Option<i64>)> =
            reads.maybe(rows::RULES, args![store_id, id]).await?;
        let Some((document, Some(version))) = found else { return Ok(None) };
        let Ok(rules) = pricing::RuleSet::parse(&document) else { return Ok(None) };
        let parsed = Arc::new(InForce { id: id.to_owned(), version, rules });
        let mut cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.len() >= CACHED_MAX {
            cache.clear();
        }
        cache.insert(key, Arc::clone(&parsed));
        Ok(Some(parsed))
    }
}

/// What decisions of one store are made from.
pub(crate) struct Ground {
    pub(crate) shop: Shop,
    pub(crate) launch: LaunchConstraints,
    pub(crate) settings: Settings,
    segments: Vec<Segment>,
    delivery: Delivery,
    /// The rule set in force now.
    pub(crate) active: Option<Arc<InForce>>,
}

/// One product, one customer, one quantity: what is decided about.
pub(crate) struct Sale<'a> {
    pub(crate) product: &'a ProductRow,
    pub(crate) customer: Option<&'a CustomerRow>,
    pub(crate) country: &'a str,
    pub(crate) quantity: i64,
    /// The list price that the negotiation began with.
    pub(crate) list_price: i64,
    pub(crate) at: Timestamp,
}

/// A decision that allows bargaining, and what the bot may do under it.
pub(crate) struct Decided {
    pub(crate) decision: Decision,
    pub(crate) limits: Limits,
}

impl Ground {
    pub(crate) async fn load<R: Reads>(
        reads: &mut R,
        cache: &RuleCache,
        shop: Shop,
    ) -> AppResult<Self> {
        let id = shop.store_id.clone();
        let (launch, rev) = document(reads, &id, crate::launch::DOCUMENT).await?;
        let (segments, _) = document(reads, &id, crate::segments::DOCUMENT).await?;
        let in_force: Option<(String, Option<i64>)> =
            reads.maybe(rows::ACTIVE_RULES, args![&id]).await?;
        let active = match in_force {
            Some((rule_set, _)) => cache.get(reads, &id, &rule_set).await?,
            None => None,
        };
        Ok(Self {
            launch: crate::launch::parse(launch, rev)?,
            segments: crate::segments::parse(segments)?,
            settings: Settings::load(reads, &id).await?,
            delivery: Delivery::load(reads, &shop).await?,
            active,
            shop,
        })
    }

    /// The rule set that a negotiation began with.
    pub(crate) async fn pinned<R: Reads>(
        &self,
        reads: &mut R,
        cache: &RuleCache,
        id: &str,
    ) -> AppResult<Option<Arc<InForce>>> {
        match self.active.as_ref().filter(|active| active.id == id) {
            Some(active) => Ok(Some(Arc::clone(active))),
            None => cache.get(reads, &self.shop.store_id, id).await,
        }
    }

    /// Whether bargaining is open on a product at all: the store's state, its launch constraints,
    /// the product's own state. Rules are not asked yet.
    pub(crate) fn is_open(&self, product: &ProductRow, at: Timestamp) -> bool {
        product.state == "live" && self.is_open_on(&product.category, at)
    }

    /// The same for all live products of a category.
    pub(crate) fn is_open_on(&self, category: &str, at: Timestamp) -> bool {
        self.shop.live
            && !self.shop.paused
            && self.has_begun(at)
            && self.launch.categories.iter().any(|above| is_under(category, above))
    }

    fn has_begun(&self, at: Timestamp) -> bool {
        let Some(day) = &self.launch.go_live_on else { return true };
        let today = at.to_zoned(self.shop.zone()).date();
        day.parse::<jiff::civil::Date>().is_ok_and(|day| today >= day)
    }

    /// The segments that a customer is in.
    pub(crate) fn segments_of(&self, customer: Option<&CustomerRow>) -> Vec<String> {
        customer.map(|row| crate::segments::of(row, &self.segments)).unwrap_or_default()
    }

    /// Decides by `rules`. Where a newer rule set is in force its floor counts too: a negotiation
    /// keeps the version that it began with unless the new one forbids its price.
    pub(crate) fn decide(&self, rules: &InForce, sale: &Sale<'_>) -> AppResult<Option<Decided>> {
        let facts = self.facts(sale)?;
        let decision = pricing::decide(&rules.rules, &facts);
        let Some(mut limits) = self.limits(&decision, sale)? else { return Ok(None) };
        if let Some(active) = self.active.as_ref().filter(|active| active.id != rules.id) {
            let newer = pricing::decide(&active.rules, &facts);
            let Some(floor) = newer.floor else { return Ok(None) };
            if floor.minor() > limits.floor.minor() {
                limits.floor = floor;
            }
        }
        Ok(Some(Decided { decision, limits }))
    }

    fn facts(&self, sale: &Sale<'_>) -> AppResult<pricing::Facts> {
        let country = if sale.country.is_empty() { "ZZ" } else { sale.country };
        let mut facts = floor::facts_of(sale.product, self.shop.currency, "web", country, sale.at)?;
        facts.list_price = self.shop.money(sale.list_price)?;
        facts.quantity = sale.quantity;
        facts.segments = self.segments_of(sale.customer).into_iter().collect();
        if sale.customer.is_some_and(|row| row.orders > 0) {
            facts.customer = CustomerKind::Returning;
        }
        Ok(facts)
    }

    fn limits(&self, decision: &Decision, sale: &Sale<'_>) -> AppResult<Option<Limits>> {
        let (Some(floor), Some(policy)) = (decision.floor, &decision.policy) else {
            return Ok(None);
        };
        let cost = sale.product.unit_cost.map(|cost| self.shop.money(cost)).transpose()?;
        let terms = Terms {
            floor,
            list_price: self.shop.money(sale.list_price)?,
            ceiling: decision.ceiling,
            target: policy.target,
            accept_at: policy.accept_at,
            decline_below: policy.decline_below,
            escalate_at: policy.escalate_at,
            max_rounds: policy.max_rounds,
            concession: policy.concession.map(concession),
            unit_cost: cost,
            deal_valid: policy.deal_valid.as_ref().map(pricing::DealValid::duration),
        };
        let mut limits = Limits::from_terms(&terms).map_err(AppError::internal)?;
        limits.ending = self.settings.price_ending;
        limits.escalate_below_decline =
            self.settings.low_offers_to_staff.unwrap_or(policy.decline_below.is_none());
        let names = policy.sweeteners.as_deref().unwrap_or_default();
        limits.sweeteners = names.iter().filter_map(|name| self.sweetener(name)).collect();
        Ok(Some(limits))
    }

    /// Free delivery is what checkout can honour today; other sweeteners are not offered.
    fn sweetener(&self, name: &str) -> Option<Sweetener> {
        (name == FREE_SHIPPING).then(|| Sweetener {
            id: name.to_owned(),
            label: match self.shop.profile.language.as_str() {
                "de" => "kostenloser Standardversand".to_owned(),
                _ => "free standard delivery".to_owned(),
            },
            cost: self.delivery.standard_price(),
        })
    }
}

/// The sweetener that takes the standard delivery off a deal's order.
pub(crate) const FREE_SHIPPING: &str = "free-shipping";

fn concession(written: pricing::Concession) -> negotiation::Concession {
    match written {
        pricing::Concession::Boulware => negotiation::Concession::Boulware,
        pricing::Concession::Linear => negotiation::Concession::Linear,
        pricing::Concession::Conceder => negotiation::Concession::Conceder,
    }
}

/// A category is under itself and under every path that it begins with.
fn is_under(category: &str, above: &str) -> bool {
    category.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

async fn document<R: Reads>(reads: &mut R, store_id: &str, name: &str) -> AppResult<(Value, i64)> {
    let kept: Option<DocumentRow> = reads.maybe(store::DOCUMENT, args![store_id, name]).await?;
    let Some(row) = kept else { return Ok((Value::Null, 0)) };
    Ok((serde_json::from_str(&row.body).map_err(AppError::internal)?, row.rev))
}

pub(crate) async fn product_row<R: Reads>(
    reads: &mut R,
    store_id: &str,
    sku: &str,
) -> AppResult<Option<ProductRow>> {
    Ok(reads.maybe(product::BY_SKU, args![store_id, sku]).await?)
}

pub(crate) async fn customer_row<R: Reads>(
    reads: &mut R,
    store_id: &str,
    id: Option<&str>,
) -> AppResult<Option<CustomerRow>> {
    match id {
        Some(id) => Ok(reads.maybe(customer::BY_ID, args![store_id, id]).await?),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::is_under;

    #[test]
    fn a_category_is_under_itself_and_its_parents_and_no_namesake() {
        for (category, above, expected) in [
            ("home/lights", "home/lights", true),
            ("home/lights/led", "home/lights", true),
            ("home/lightshades", "home/lights", false),
            ("home", "home/lights", false),
        ] {
            assert_eq!(is_under(category, above), expected, "{category} {above}");
        }
    }
}
