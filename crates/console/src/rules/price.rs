//! One priced example, with its trace, on the rules as they stand here: what the ladder is drawn
//! from. Works offline.

use api::error::{ErrorBody, ErrorCode};
use api::rules::{FloorAnswer, SaleFacts};

use super::goods::{self, Goods};
use super::open;
use crate::{Answer, Console, store};

/// Decides one sale. `id` may be `active`.
///
/// # Errors
/// `Invalid` with `field` for facts that are none; `NotAllowedNow` with `state: faults` and the
/// first fault's `pointer` while the document has any.
pub async fn price(console: &Console, id: &str, facts: SaleFacts) -> Answer<FloorAnswer> {
    let ready = open::ready(console, id).await?;
    let goods = goods::all(console).await?;
    let facts = facts.facts(ready.rules.currency())?;
    open::blocking(move || {
        let decision = pricing::decide(&ready.rules, &facts);
        let title = goods.catalog.get(&facts.product).map_or(&facts.product, |p| &p.title);
        FloorAnswer::of(title, &facts, &decision)
    })
    .await
}

/// One unit of a product for a new customer of the store's country, now: what a rule set's first
/// example starts from.
pub async fn example(console: &Console, id: &str, sku: &str) -> Answer<SaleFacts> {
    open::sheet(console, id).await?;
    let goods = goods::all(console).await?;
    let product = known(&goods, sku)?;
    let country = store::get(console).await?.profile.country;
    // as the service has it for a store that has not said where it is
    let country = if country.is_empty() { "ZZ" } else { &country };
    let facts = pricing::Facts::of(product, "web", country, jiff::Timestamp::now());
    Ok(SaleFacts::from(&facts))
}

/// The rules that can match a product, by what is known of it alone, in the document's order.
pub async fn touching(console: &Console, id: &str, sku: &str) -> Answer<Vec<String>> {
    let sheet = open::sheet(console, id).await?;
    let goods = goods::all(console).await?;
    let product = known(&goods, sku)?.clone();
    open::blocking(move || {
        let draft = sheet.draft()?;
        Ok(draft.rules().filter(|r| r.may_match(&product)).map(|r| r.id.clone()).collect())
    })
    .await?
}

pub(super) fn known<'g>(goods: &'g Goods, sku: &str) -> Answer<&'g pricing::Product> {
    goods.catalog.get(sku).ok_or_else(|| {
        let message = "The catalogue here has no such product.";
        ErrorBody::new(ErrorCode::NotFound, message).with("sku", sku)
    })
}
