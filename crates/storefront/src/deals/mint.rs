//! Minting a deal: the stock is held, the day's discount is counted and the price is signed, all in
//! the write that made the agreement, or none of it.

use api::sync::Entity;
use commerce::Money;
use negotiation::session::Agreed;
use negotiation::{Deal, deal::DealNames};

use super::keys;
use crate::auth::new_id;
use crate::cart::out_of_stock;
use crate::db::deal::{self, DealRow};
use crate::db::{args, negotiation as rows, store};
use crate::error::{AppError, AppResult};
use crate::negotiations::{Case, Ground};
use crate::state::AppState;
use crate::write::Write;

/// What a price gives away against list price over a quantity, never below nothing.
pub(crate) fn given_away(list_price: i64, price: i64, quantity: i64) -> i64 {
    list_price.saturating_sub(price).max(0).saturating_mul(quantity)
}

/// The store-zone day of a moment: `2026-11-20`.
pub(crate) fn day_of(ground: &Ground, ms: i64) -> AppResult<String> {
    let at = jiff::Timestamp::from_millisecond(ms).map_err(AppError::internal)?;
    Ok(at.to_zoned(ground.shop.zone()).date().to_string())
}

/// Whether giving away so much more would pass what the launch constraints allow in a day.
pub(crate) async fn over_budget(write: &mut Write, ground: &Ground, more: i64) -> AppResult<bool> {
    let Some(budget) = &ground.launch.daily_discount_budget else { return Ok(false) };
    let day = day_of(ground, write.now_ms())?;
    let key = args![&write.store_id, day];
    let given: Option<(i64,)> = write.maybe(rows::GIVEN_ON, key).await?;
    let given = given.map_or(0, |(given,)| given);
    Ok(more > 0 && given.saturating_add(more) > budget.minor)
}

/// Holds the stock, counts the discount, signs the price.
pub(crate) async fn mint(
    write: &mut Write,
    state: &AppState,
    case: &Case,
    agreed: &Agreed,
) -> AppResult<DealRow> {
    let row = &case.row;
    let quantity = i64::from(agreed.quantity);
    hold(write, &row.sku, quantity, &row.title).await?;
    let more = given_away(row.list_price, agreed.price.minor(), quantity);
    count_given(write, &case.ground, write.now_ms(), more).await?;
    let nonce = new_id();
    let token = sign(write, state, case, &nonce, &row.visitor_id).await?;
    let deal = DealRow {
        deal_id: nonce,
        negotiation_id: row.negotiation_id.clone(),
        visitor_id: row.visitor_id.clone(),
        sku: row.sku.clone(),
        quantity,
        unit_price: Money::minor(agreed.price),
        list_price: row.list_price,
        token,
        state: "held".to_owned(),
        created_at: write.now_ms(),
        expires_at: agreed.expires_at.as_millisecond(),
        order_id: None,
    };
    insert(write, &deal).await?;
    Ok(deal)
}

/// The agreed price as a token that one visitor can use.
pub(super) async fn sign(
    write: &mut Write,
    state: &AppState,
    case: &Case,
    deal_id: &str,
    visitor_id: &str,
) -> AppResult<String> {
    let (store_id, row) = (&case.ground.shop.store_id, &case.row);
    let names = DealNames {
        store: store_id,
        visitor_session: visitor_id,
        negotiation: &row.negotiation_id,
        sku: &row.sku,
        rule_set_version: u64::try_from(row.rule_set_version).unwrap_or(0),
        nonce: deal_id,
    };
    let claims = Deal::of(&case.session, names).map_err(AppError::internal)?;
    let text = serde_json::to_vec(&claims).map_err(AppError::internal)?;
    let keys: Vec<store::SigningKeyRow> = write.all(store::KEYS, args![store_id]).await?;
    let key = keys.iter().find(|key| key.retired_at.is_none());
    let key = key.ok_or_else(|| AppError::internal("the store has no signing key"))?;
    keys::sign(state, store_id, key, &text)
}

async fn insert(write: &mut Write, deal: &DealRow) -> AppResult<()> {
    let values = args![
        &write.store_id,
        &deal.deal_id,
        &deal.negotiation_id,
        &deal.visitor_id,
        &deal.sku,
        deal.quantity,
        deal.unit_price,
        deal.list_price,
        &deal.token,
        deal.created_at,
        deal.expires_at,
    ];
    write.run(deal::INSERT, values).await?;
    Ok(())
}

/// Adds to (or, below zero, takes off) what deals gave away on the day of `at`.
pub(crate) async fn count_given(
    write: &mut Write,
    ground: &Ground,
    at: i64,
    more: i64,
) -> AppResult<()> {
    if more != 0 {
        let day = day_of(ground, at)?;
        write.run(rows::GIVE, args![&write.store_id, day, more]).await?;
    }
    Ok(())
}

/// Takes units off what can be sold, in one conditional write.
pub(crate) async fn hold(
    write: &mut Write,
    sku: &str,
    quantity: i64,
    title: &str,
) -> AppResult<()> {
    let values = args![&write.store_id, sku, quantity, write.now_ms()];
    let held: Option<(i64, Option<i64>)> = write.maybe(deal::HOLD_STOCK, values).await?;
    let Some((rev, _)) = held else {
        let product = crate::negotiations::product_row(write, &write.store_id.clone(), sku).await?;
        let left = product.filter(|row| row.state == "live").and_then(|row| row.stock);
        return Err(out_of_stock(left.unwrap_or(0), title));
    };
    write.changed(Entity::Product, sku, rev).await
}

/// Gives units back that were held and not sold.
pub(crate) async fn give_back(write: &mut Write, sku: &str, quantity: i64) -> AppResult<()> {
    let values = args![&write.store_id, sku, quantity, write.now_ms()];
    let given: Option<(i64, Option<i64>)> = write.maybe(deal::GIVE_BACK_STOCK, values).await?;
    if let Some((rev, _)) = given {
        write.changed(Entity::Product, sku, rev).await?;
    }
    Ok(())
}
