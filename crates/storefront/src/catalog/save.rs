//! Creating and changing one product within a write.

use api::catalog::{Product, ProductChange, ProductState};
use api::error::ErrorCode;
use api::sync::Entity;
use commerce::{CategoryPath, Currency, ProductParts, Sku};
use serde_json::json;

use super::{haystack, to_wire};
use crate::db::product::{self, ProductRow};
use crate::db::{args, store};
use crate::error::{AppError, AppResult};
use crate::write::{Audited, Write};

/// The store's currency, within a write.
pub(crate) async fn currency(write: &mut Write) -> AppResult<Currency> {
    let id = write.store_id.clone();
    let row: Option<store::StoreRow> = write.maybe(store::BY_ID, args![&id]).await?;
    let row = row.ok_or_else(|| AppError::not_found("store"))?;
    parse_currency(&row.currency)
}

pub(crate) fn parse_currency(code: &str) -> AppResult<Currency> {
    code.parse().map_err(|_| {
        let message = "The store has no currency yet. Choose it in the store's profile first.";
        AppError::refuse(ErrorCode::NotAllowedNow, message).with("field", "currency")
    })
}

/// Creates (`base_rev` 0) or changes a product; a stale `base_rev` is a conflict.
pub(crate) async fn product(
    write: &mut Write,
    sku: &str,
    change: ProductChange,
) -> AppResult<Product> {
    let currency = currency(write).await?;
    let (store_id, now) = (write.store_id.clone(), write.now_ms());
    let found: Option<ProductRow> = write.maybe(product::BY_SKU, args![&store_id, sku]).await?;
    let state = found.as_ref().map_or("draft", |row| row.state.as_str());
    let parts = check(sku, &change, state, currency)?;
    let tags = serde_json::to_string(&parts.tags).map_err(AppError::internal)?;
    let hay = haystack(&parts.title, sku, parts.category.as_str());
    let (cost, category) = (parts.unit_cost.map(commerce::Money::minor), parts.category.as_str());
    let price = parts.list_price.minor();
    match &found {
        None if change.base_rev != 0 => return Err(AppError::not_found("product")),
        None => {
            let row = args![
                &store_id,
                sku,
                &parts.title,
                &parts.description,
                category,
                price,
                cost,
                parts.stock,
                state,
                tags,
                None::<String>,
                hay,
                now
            ];
            write.run(product::INSERT, row).await?;
        }
        Some(before) => {
            let row = args![
                &store_id,
                sku,
                change.base_rev,
                &parts.title,
                &parts.description,
                category,
                price,
                cost,
                parts.stock,
                tags,
                before.image.as_deref(),
                hay,
                now
            ];
            if write.run(product::UPDATE, row).await? == 0 {
                return Err(AppError::conflict(before.rev));
            }
        }
    }
    let before = found.map(|row| to_wire(row, currency)).transpose()?;
    stored(write, sku, currency, "product.save", before).await
}

/// Moves a product along draft → live ⇄ unpublished → archived.
pub(crate) async fn state(
    write: &mut Write,
    sku: &str,
    to: ProductState,
    base_rev: i64,
) -> AppResult<Product> {
    let currency = currency(write).await?;
    let (store_id, now) = (write.store_id.clone(), write.now_ms());
    let found: Option<ProductRow> = write.maybe(product::BY_SKU, args![&store_id, sku]).await?;
    let row = found.ok_or_else(|| AppError::not_found("product"))?;
    let from: commerce::ProductState = row.state.parse().map_err(AppError::internal)?;
    let wanted = json!(to).as_str().unwrap_or_default().to_owned();
    let reachable = from
        .allowed()
        .into_iter()
        .any(|act| from.after(act).is_ok_and(|state| state.to_string() == wanted));
    if !reachable {
        let message = format!("A product that is {from} cannot become {wanted}.");
        return Err(AppError::refuse(ErrorCode::NotAllowedNow, message).with("state", from));
    }
    if write.run(product::SET_STATE, args![&store_id, sku, base_rev, wanted, now]).await? == 0 {
        return Err(AppError::conflict(row.rev));
    }
    let before = to_wire(row, currency)?;
    stored(write, sku, currency, "product.state", Some(before)).await
}

/// Reads the product back, puts it into the feed and the audit log.
async fn stored(
    write: &mut Write,
    sku: &str,
    currency: Currency,
    what: &'static str,
    before: Option<Product>,
) -> AppResult<Product> {
    let id = write.store_id.clone();
    let row: Option<ProductRow> = write.maybe(product::BY_SKU, args![&id, sku]).await?;
    let after = to_wire(row.ok_or_else(|| AppError::not_found("product"))?, currency)?;
    write.changed(Entity::Product, sku, after.rev).await?;
    let said = Audited {
        what,
        subject: format!("product/{sku}"),
        before: before.map_or(serde_json::Value::Null, |p| brief(&p)),
        after: brief(&after),
        ..Audited::default()
    };
    write.audit(said).await?;
    Ok(after)
}

/// What the audit log keeps of a product: not its prose.
fn brief(product: &Product) -> serde_json::Value {
    json!({
        "title": product.title, "category": product.category, "state": product.state,
        "list_price": product.list_price, "unit_cost": product.unit_cost,
        "stock": product.stock, "rev": product.rev
    })
}

fn check(
    sku: &str,
    change: &ProductChange,
    state: &str,
    currency: Currency,
) -> AppResult<ProductParts> {
    let money = |field: &str, wire: &api::Money| {
        let money = commerce::Money::try_from(wire)
            .map_err(|error| AppError::invalid(field, error.to_string()))?;
        if money.currency() != currency {
            let message = format!("This store sells in {currency}, not {}.", money.currency());
            return Err(AppError::invalid(field, message));
        }
        Ok(money)
    };
    let parts = ProductParts {
        sku: Sku::parse(sku).map_err(|e| AppError::invalid("sku", e.to_string()))?,
        title: change.title.trim().to_owned(),
        description: change.description.clone(),
        category: CategoryPath::parse(&change.category)
            .map_err(|e| AppError::invalid("category", e.to_string()))?,
        list_price: money("list_price", &change.list_price)?,
        unit_cost: change.unit_cost.as_ref().map(|cost| money("unit_cost", cost)).transpose()?,
        stock: change.stock,
        state: state.parse().map_err(AppError::internal)?,
        tags: change.tags.clone(),
        image: None,
    };
    let product = commerce::Product::new(parts)
        .map_err(|error| AppError::invalid(&error.part.replace(" ", "_"), error.to_string()))?;
    Ok(product.into_parts())
}
