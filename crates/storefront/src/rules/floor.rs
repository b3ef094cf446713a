//! "What is the floor of this product for this customer?", answered with the trace.

use api::rules::{FloorAnswer, FloorQuestion};
use pricing::{CustomerKind, Facts, RuleSet};

use crate::catalog::save::parse_currency;
use crate::db::{args, customer, product, store};
use crate::error::{AppError, AppResult};
use crate::segments;
use crate::state::AppState;

/// The decision for one product and one customer, now.
pub(crate) async fn answer(
    state: &AppState,
    store_id: &str,
    rules: &RuleSet,
    asked: &FloorQuestion,
) -> AppResult<FloorAnswer> {
    if !(1..=1_000_000).contains(&asked.quantity) {
        return Err(AppError::invalid("quantity", "Expected 1 to 1,000,000."));
    }
    let db = state.db();
    let store: store::StoreRow = db.one(store::BY_ID, args![store_id]).await?;
    let currency = parse_currency(&store.currency)?;
    let found: Option<product::ProductRow> =
        db.maybe(product::BY_SKU, args![store_id, &asked.sku]).await?;
    let row = found.ok_or_else(|| AppError::not_found("product"))?;
    let title = row.title.clone();
    let known = who(state, store_id, asked, &store).await?;
    let mut facts = facts_of(&row, currency, "web", &known.country, state.now())?;
    facts.segments = known.segments.into_iter().collect();
    facts.customer = if known.returning { CustomerKind::Returning } else { CustomerKind::New };
    facts.quantity = asked.quantity;
    let decision = pricing::decide(rules, &facts);
    Ok(FloorAnswer::of(&title, &facts, &decision))
}

struct Known {
    segments: Vec<String>,
    country: String,
    returning: bool,
}

async fn who(
    state: &AppState,
    store_id: &str,
    asked: &FloorQuestion,
    store: &store::StoreRow,
) -> AppResult<Known> {
    let profile: api::store::StoreProfile =
        serde_json::from_str(&store.profile).map_err(AppError::internal)?;
    let home = if profile.country.is_empty() { "ZZ".to_owned() } else { profile.country };
    let mut known = Known { segments: vec![], country: home, returning: false };
    if let Some(id) = asked.customer_id.as_deref().filter(|id| !id.is_empty()) {
        let found: Option<customer::CustomerRow> =
            state.db().maybe(customer::BY_ID, args![store_id, id]).await?;
        let row = found.ok_or_else(|| AppError::not_found("customer"))?;
        let (list, _) = segments::read(state, store_id).await?;
        known.segments = segments::of(&row, &list);
        known.country.clone_from(&row.country);
        known.returning = row.orders > 0;
    }
    if let Some(segments) = &asked.segments {
        known.segments.clone_from(segments);
    }
    if let Some(country) = asked.country.as_ref().filter(|c| !c.is_empty()) {
        country
            .parse::<commerce::Country>()
            .map_err(|error| AppError::invalid("country", error.to_string()))?;
        known.country.clone_from(country);
    }
    Ok(known)
}

/// What the rules need to know of a stored product, for a new customer and one unit.
pub(crate) fn facts_of(
    row: &product::ProductRow,
    currency: commerce::Currency,
    channel: &str,
    country: &str,
    at: jiff::Timestamp,
) -> AppResult<Facts> {
    Ok(Facts::of(&product_of(row, currency)?, channel, country, at))
}

/// A stored product as rules see it.
pub(crate) fn product_of(
    row: &product::ProductRow,
    currency: commerce::Currency,
) -> AppResult<pricing::Product> {
    let money =
        |minor: i64| commerce::Money::from_minor(minor, currency).map_err(AppError::internal);
    Ok(pricing::Product {
        sku: row.sku.clone(),
        title: row.title.clone(),
        category: row.category.clone(),
        list_price: money(row.list_price)?,
        unit_cost: row.unit_cost.map(money).transpose()?,
        stock: row.stock,
    })
}
