//! One negotiation with all that it is decided from.

use std::sync::Arc;

use jiff::Timestamp;
use negotiation::{Language, Limits, Session, Style, Terms};
use pricing::Decision;

use super::ground::{Decided, Ground, Sale, customer_row, product_row};
use crate::db::customer::CustomerRow;
use crate::db::negotiation::{self as rows, NegotiationRow};
use crate::db::product::ProductRow;
use crate::db::{Reads, args};
use crate::error::{AppError, AppResult};
use crate::rules::watch::Seen;
use crate::rules::{InForce, RuleCache};
use crate::visitor::Shop;

pub(crate) struct Case {
    pub(crate) ground: Ground,
    pub(crate) row: NegotiationRow,
    pub(crate) session: Session,
    pub(crate) product: Option<ProductRow>,
    pub(crate) customer: Option<CustomerRow>,
    pub(crate) rules: Option<Arc<InForce>>,
}

impl Case {
    /// Reads a negotiation by its id.
    pub(crate) async fn load<R: Reads>(
        reads: &mut R,
        cache: &RuleCache,
        shop: Shop,
        id: &str,
    ) -> AppResult<Self> {
        let found = reads.maybe(rows::BY_ID, args![&shop.store_id, id]).await?;
        let row: NegotiationRow = found.ok_or_else(|| AppError::not_found("negotiation"))?;
        let store_id = shop.store_id.clone();
        let ground = Ground::load(reads, cache, shop).await?;
        let rules = ground.pinned(reads, cache, &row.rule_set_id).await?;
        let session = serde_json::from_str(&row.session).map_err(AppError::internal)?;
        let product = product_row(reads, &store_id, &row.sku).await?;
        let customer = customer_row(reads, &store_id, row.customer_id.as_deref()).await?;
        Ok(Self { ground, session, product, customer, rules, row })
    }

    /// What is decided for a quantity now; `None` where nothing may be bargained for.
    pub(crate) fn decided(&self, quantity: i64, at: Timestamp) -> AppResult<Option<Decided>> {
        match self.sale(quantity, at) {
            Some((rules, sale)) => self.ground.decide(rules, &sale),
            None => Ok(None),
        }
    }

    /// What the version that it began with says now, with the reasons, for staff.
    pub(crate) fn explained(&self, at: Timestamp) -> AppResult<Option<Decision>> {
        let sale = self.sale(self.quantity(), at);
        sale.map(|(rules, sale)| self.ground.explain(rules, &sale)).transpose()
    }

    /// The decision on an offer, for a set in shadow.
    pub(crate) fn seen(&self, quantity: i64, offer: Option<i64>, at: Timestamp) -> Option<Seen> {
        let (rules, sale) = self.sale(quantity, at)?;
        let seen = self.ground.seen(rules, &sale, offer)?;
        Some(Seen { negotiation_id: self.row.negotiation_id.clone(), ..seen })
    }

    fn sale(&self, quantity: i64, at: Timestamp) -> Option<(&Arc<InForce>, Sale<'_>)> {
        let (product, rules) = (self.product.as_ref()?, self.rules.as_ref()?);
        let sale = Sale {
            product,
            customer: self.customer.as_ref(),
            country: &self.row.country,
            quantity,
            list_price: self.row.list_price,
            at,
        };
        Some((rules, sale))
    }

    /// As [`Self::decided`], and only while the shop bargains on the product at all.
    pub(crate) fn open_for(&self, quantity: i64, at: Timestamp) -> AppResult<Option<Decided>> {
        match &self.product {
            Some(product) if self.ground.is_open(product, at) => self.decided(quantity, at),
            _ => Ok(None),
        }
    }

    /// Limits for acts that make no price (ending, expiring, taking over): what stands, stands.
    pub(crate) fn frozen(&self) -> AppResult<Limits> {
        let terms = Terms::new(self.session.standing_ask, self.session.list_price);
        Limits::from_terms(&terms).map_err(AppError::internal)
    }

    /// The limits that hold now, or the frozen ones where nothing may be bargained for.
    pub(crate) fn limits(&self, at: Timestamp) -> AppResult<Limits> {
        match self.decided(self.quantity(), at)? {
            Some(decided) => Ok(decided.limits),
            None => self.frozen(),
        }
    }

    pub(crate) fn quantity(&self) -> i64 {
        i64::from(self.session.quantity)
    }

    pub(crate) fn language(&self) -> Language {
        Language::of_tag(&self.row.language).unwrap_or_default()
    }

    pub(crate) fn style(&self) -> Style {
        Style { tone: self.ground.shop.tone(), language: self.language() }
    }
}
