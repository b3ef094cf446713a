//! The confirmation of an order, for the visitor who placed it and nobody else.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::cart::Line;
use super::frame::{Frame, Shop, page};
use super::{address, listing};
use crate::error::AppResult;
use crate::orders;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "order.html")]
struct OrderPage {
    frame: Frame,
    number: String,
    placed_at: String,
    lines: Vec<Line>,
    goods: String,
    delivery: String,
    total: String,
    saved: String,
    paid: bool,
}

/// `GET /s/{store}/orders/{id}`
pub(crate) async fn show(
    shop: Shop,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Response {
    let result = order_page(&shop, &visitor, &id).await;
    shop.answer(result).await
}

async fn order_page(shop: &Shop, visitor: &Visitor, id: &str) -> AppResult<Response> {
    let found = orders::of_visitor(&shop.state, visitor, id).await?;
    let slug = &shop.shelf.slug;
    let lines = found.lines.into_iter().map(|line| Line {
        url: address::product(slug, &line.sku),
        picture: listing::own_picture(slug, &line.sku, None),
        sku: line.sku,
        title: line.title,
        quantity: line.quantity,
        unit_price: shop.money(line.unit_price.minor),
        total: shop.money(line.total.minor),
        buyable: true,
    });
    let saved = if found.saved.minor > 0 { shop.money(found.saved.minor) } else { String::new() };
    Ok(page(&OrderPage {
        frame: shop.frame(shop.words.order_number).await?,
        number: found.order.number,
        placed_at: shop.moment(found.placed_at),
        lines: lines.collect(),
        goods: shop.money(found.goods.minor),
        delivery: shop.money(found.delivery.minor),
        total: shop.money(found.order.total.minor),
        saved,
        paid: found.order.state != "placed" && found.order.state != "cancelled",
    }))
}
