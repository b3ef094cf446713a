//! A visitor's basket at catalogue prices. Never makes a price: what was bargained for is bought by
//! its deal, not through the basket.

use api::error::ErrorCode;
use api::shop::{CartChange, CartLineView, CartView};
use axum::Json;
use axum::http::StatusCode;
use commerce::cart::{LINES_MAX, QUANTITY_MAX};

use crate::checkout::delivery::Delivery;
use crate::db::cart::{self, CartLineRow};
use crate::db::product::{self, ProductRow};
use crate::db::{Reads, args};
use crate::error::{AppError, AppResult};
use crate::state::AppState;
use crate::visitor::{Shop, Visitor};
use crate::write::Once;

/// What is in the basket, with today's prices.
pub(crate) async fn read(state: &AppState, visitor: &Visitor) -> AppResult<CartView> {
    view(&mut state.db(), visitor).await
}

/// Sets how many of a product are in the basket; 0 removes it.
pub(crate) async fn change(
    state: &AppState,
    visitor: &Visitor,
    change: CartChange,
    once: Once,
) -> AppResult<(StatusCode, Json<CartView>)> {
    let CartChange { sku, quantity } = change;
    if !(0..=i64::from(QUANTITY_MAX)).contains(&quantity) {
        let message = format!("The quantity is {quantity}: expected 0 to {QUANTITY_MAX}.");
        return Err(AppError::invalid("quantity", message));
    }
    if quantity > 0 {
        visitor.shop.refuse_unless_live()?;
    }
    let mut write = visitor.write(state, once).await?;
    let (store_id, now) = (&visitor.shop.store_id, write.now_ms());
    if quantity == 0 {
        write.run(cart::REMOVE, args![store_id, &visitor.id, &sku]).await?;
    } else {
        let found: Option<ProductRow> = write.maybe(product::BY_SKU, args![store_id, &sku]).await?;
        let product = found
            .filter(|product| product.state == "live")
            .ok_or_else(|| AppError::not_found("product"))?;
        available(product.stock, quantity, &product.title)?;
        let held = lines(&mut write, visitor).await?;
        if held.len() >= LINES_MAX && !held.iter().any(|line| line.sku == sku) {
            let message = format!("A basket holds at most {LINES_MAX} products.");
            return Err(AppError::invalid("sku", message));
        }
        let row = args![store_id, &visitor.id, &sku, quantity, now];
        write.run(cart::SET, row).await?;
    }
    let view = view(&mut write, visitor).await?;
    write.finish(StatusCode::OK, view).await
}

/// Refuses where fewer are left than wanted.
pub(crate) fn available(stock: Option<i64>, wanted: i64, title: &str) -> AppResult<()> {
    match stock {
        Some(stock) if stock < wanted => Err(out_of_stock(stock, title)),
        _ => Ok(()),
    }
}

pub(crate) fn out_of_stock(stock: i64, title: &str) -> AppError {
    let left = stock.max(0);
    let message = match left {
        0 => format!("{title} has just sold out."),
        1 => format!("Only one of {title} is left."),
        left => format!("Only {left} of {title} are left."),
    };
    AppError::refuse(ErrorCode::OutOfStock, message).with("available", left)
}

pub(crate) async fn lines<R: Reads>(
    reads: &mut R,
    visitor: &Visitor,
) -> AppResult<Vec<CartLineRow>> {
    let key = args![&visitor.shop.store_id, &visitor.id];
    Ok(reads.all(cart::LINES, key).await?)
}

async fn view<R: Reads>(reads: &mut R, visitor: &Visitor) -> AppResult<CartView> {
    let rows = lines(reads, visitor).await?;
    let delivery = Delivery::load(reads, &visitor.shop).await?;
    let (shop, mut goods, mut lines) = (&visitor.shop, 0_i64, Vec::with_capacity(rows.len()));
    for row in rows {
        let line = line_view(shop, row)?;
        if line.buyable {
            goods = goods.saturating_add(line.total.minor);
        }
        lines.push(line);
    }
    let goods = shop.money(goods)?;
    Ok(CartView { lines, goods: goods.into(), delivery: delivery.options(goods) })
}

fn line_view(shop: &Shop, row: CartLineRow) -> AppResult<CartLineView> {
    let total = shop
        .money(row.list_price)?
        .checked_mul(row.quantity)
        .map_err(|error| AppError::invalid("quantity", error.to_string()))?;
    Ok(CartLineView {
        buyable: row.state == "live" && row.stock.is_none_or(|stock| stock >= row.quantity),
        unit_price: shop.wire(row.list_price),
        total: total.into(),
        sku: row.sku,
        title: row.title,
        quantity: row.quantity,
        available: row.stock.map(|stock| stock.max(0)),
        image: row.image,
    })
}
