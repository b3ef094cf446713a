//! The basket.

use api::shop::{CartChange, CartView};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::form::{Sent, first_answer, once};
use super::frame::{Frame, Shop, page, see_other};
use super::{address, listing};
use crate::auth::new_id;
use crate::cart;
use crate::error::{AppError, AppResult};
use crate::state::AppState;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "cart.html")]
struct CartPage {
    frame: Frame,
    lines: Vec<Line>,
    goods: String,
    delivery: String,
    /// Everything in it can be bought.
    ready: bool,
    once: String,
}

pub(crate) struct Line {
    pub(crate) sku: String,
    pub(crate) url: String,
    pub(crate) picture: String,
    pub(crate) title: String,
    pub(crate) quantity: i64,
    pub(crate) unit_price: String,
    pub(crate) total: String,
    pub(crate) buyable: bool,
}

/// `GET /s/{store}/cart`
pub(crate) async fn show(shop: Shop) -> Response {
    let result = cart_page(&shop).await;
    shop.answer(result).await
}

async fn cart_page(shop: &Shop) -> AppResult<Response> {
    let mut frame = shop.frame(shop.words.basket).await?;
    let view = match &shop.visitor {
        Some(visitor) => Some(cart::read(&shop.state, visitor).await?),
        None => None,
    };
    let lines = view.as_ref().map(|view| lines(shop, view)).unwrap_or_default();
    frame.basket = lines.iter().map(|line| line.quantity).sum();
    let cheapest = view.as_ref().and_then(|view| view.delivery.iter().map(|d| d.price.minor).min());
    Ok(page(&CartPage {
        frame,
        ready: lines.iter().all(|line| line.buyable),
        lines,
        goods: shop.money(view.map_or(0, |view| view.goods.minor)),
        delivery: cheapest
            .map(|minor| shop.words.delivery_from(&shop.money(minor)))
            .unwrap_or_default(),
        once: new_id(),
    }))
}

pub(crate) fn lines(shop: &Shop, view: &CartView) -> Vec<Line> {
    let slug = &shop.shelf.slug;
    let line = |line: &api::shop::CartLineView| Line {
        sku: line.sku.clone(),
        url: address::product(slug, &line.sku),
        picture: listing::own_picture(slug, &line.sku, line.image.as_deref()),
        title: line.title.clone(),
        quantity: line.quantity,
        unit_price: shop.money(line.unit_price.minor),
        total: shop.money(line.total.minor),
        buyable: line.buyable,
    };
    view.lines.iter().map(line).collect()
}

#[derive(Debug, Deserialize)]
pub(crate) struct Change {
    sku: String,
    #[serde(default)]
    quantity: String,
    /// `set` replaces the quantity, `remove` takes the line out; else it is added.
    #[serde(default)]
    act: String,
    #[serde(default)]
    once: String,
}

/// `POST /s/{store}/cart`
pub(crate) async fn change(
    shop: Shop,
    State(state): State<AppState>,
    visitor: Visitor,
    sent: Sent<Change>,
) -> Response {
    let result = async {
        shop.own_form()?;
        apply(&state, &visitor, sent.0?).await?;
        Ok(see_other(&shop.url("cart")))
    };
    let result = result.await;
    shop.answer(result).await
}

async fn apply(state: &AppState, visitor: &Visitor, asked: Change) -> AppResult<()> {
    let said = format!("{} {} {}", asked.sku, asked.quantity, asked.act);
    let once = once(&asked.once, "cart", &said);
    let quantity = match asked.act.as_str() {
        "remove" => 0,
        "set" => read_quantity(&asked.quantity, 0)?,
        _ => {
            let held = cart::lines(&mut state.db(), visitor).await?;
            let held = held.iter().find(|line| line.sku == asked.sku).map_or(0, |l| l.quantity);
            held.saturating_add(read_quantity(&asked.quantity, 1)?)
        }
    };
    let change = CartChange { sku: asked.sku, quantity };
    first_answer(cart::change(state, visitor, change, once).await).map(drop)
}

/// A whole number of units, at least `least`.
pub(crate) fn read_quantity(text: &str, least: i64) -> AppResult<i64> {
    let quantity = text.trim().parse().ok().filter(|quantity| *quantity >= least);
    quantity.ok_or_else(|| AppError::invalid("quantity", "A whole number of units."))
}
