//! What a negotiation is decided from: the launch constraints, the segments, the merchant's
//! settings, the rule set, the product and the customer. All of it is read through one connection,
//! so that inside a write nothing can change between reading and deciding.

use std::sync::Arc;

use api::store::{LaunchConstraints, Segment};
use jiff::Timestamp;
use negotiation::{Limits, Sweetener, Terms};
use pricing::{CustomerKind, Decision, PolicyKey, Quote};
use serde_json::Value;

use super::settings::Settings;
use crate::checkout::delivery::Delivery;
use crate::db::customer::{self, CustomerRow};
use crate::db::product::{self, ProductRow};
use crate::db::store::{self, DocumentRow};
use crate::db::{Reads, args, rule_set};
use crate::error::{AppError, AppResult};
use crate::rules::watch::Seen;
use crate::rules::{InForce, RuleCache, floor, settle};
use crate::visitor::Shop;

/// What decisions of one store are made from.
pub(crate) struct Ground {
    pub(crate) shop: Shop,
    pub(crate) launch: LaunchConstraints,
    pub(crate) settings: Settings,
    segments: Vec<Segment>,
    delivery: Delivery,
    /// The rule set in force now.
    pub(crate) active: Option<Arc<InForce>>,
    /// The id of the one in shadow.
    shadow: Option<String>,
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
    pub(crate) quote: Quote,
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
        let deciding: Vec<(String, String)> = reads.all(rule_set::DECIDING, args![&id]).await?;
        let one = |state: &str| deciding.iter().find(|(_, is)| is == state).map(|(id, _)| id);
        let active = match one("active") {
            Some(rule_set) => cache.get(reads, &id, rule_set).await?,
            None => None,
        };
        Ok(Self {
            launch: crate::launch::parse(launch, rev)?,
            segments: crate::segments::parse(segments)?,
            settings: Settings::load(reads, &id).await?,
            delivery: Delivery::load(reads, &shop).await?,
            active,
            shadow: one("shadow").cloned(),
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
            && !self.settings.unreadable
            && !self.delivery.unreadable
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

    /// Decides by `rules`, within the limits of the version in force where that is another.
    pub(crate) fn decide(&self, rules: &InForce, sale: &Sale<'_>) -> AppResult<Option<Decided>> {
        let quote = settle(rules, self.active.as_deref(), &self.facts(sale)?);
        let limits = self.limits(rules, &quote, sale)?;
        Ok(limits.map(|limits| Decided { quote, limits }))
    }

    /// What `rules` alone say, with the reasons, for staff.
    pub(crate) fn explain(&self, rules: &InForce, sale: &Sale<'_>) -> AppResult<Decision> {
        Ok(pricing::decide(&rules.rules, &self.facts(sale)?))
    }

    /// The decision for a set in shadow to make as well; `None` where there is none. Never an
    /// error: the customer's answer does not depend on it.
    pub(crate) fn seen(
        &self,
        rules: &Arc<InForce>,
        sale: &Sale<'_>,
        offer: Option<i64>,
    ) -> Option<Seen> {
        let shadow_id = self.shadow.clone()?;
        Some(Seen {
            store_id: self.shop.store_id.clone(),
            shadow_id,
            at_ms: sale.at.as_millisecond(),
            negotiation_id: String::new(),
            title: sale.product.title.clone(),
            offer,
            facts: self.facts(sale).ok()?,
            began: Arc::clone(rules),
            newer: self.active.clone(),
        })
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

    fn limits(&self, rules: &InForce, quote: &Quote, sale: &Sale<'_>) -> AppResult<Option<Limits>> {
        let Some(floor) = quote.floor else { return Ok(None) };
        let said = |key| rules.winner(quote, key).map(|rule| &rule.policy);
        let cost = sale.product.unit_cost.map(|cost| self.shop.money(cost)).transpose()?;
        let valid = said(PolicyKey::DealValid).and_then(|policy| policy.deal_valid.as_ref());
        let terms = Terms {
            floor,
            list_price: self.shop.money(sale.list_price)?,
            ceiling: quote.ceiling,
            target: quote.target,
            accept_at: quote.accept_at,
            decline_below: quote.decline_below,
            escalate_at: quote.escalate_at,
            max_rounds: said(PolicyKey::MaxRounds).and_then(|policy| policy.max_rounds),
            concession: said(PolicyKey::Concession)
                .and_then(|policy| policy.concession)
                .map(concession),
            unit_cost: cost,
            deal_valid: valid.map(pricing::DealValid::duration),
        };
        let mut limits = Limits::from_terms(&terms).map_err(AppError::internal)?;
        limits.ending = self.settings.price_ending;
        limits.escalate_below_decline =
            self.settings.low_offers_to_staff.unwrap_or(quote.decline_below.is_none());
        let names = said(PolicyKey::Sweeteners).and_then(|policy| policy.sweeteners.as_deref());
        let names = names.unwrap_or_default();
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
