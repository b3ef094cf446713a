//! The shop's pages: rendered here, whole without scripts, and the widget's file. Pages show what
//! [`crate::db::shop`] reads, so never a draft and never a cost.

mod address;
mod assets;
mod browse;
mod cart;
mod checkout;
mod cors;
mod countries;
mod form;
mod frame;
mod hand_over;
mod listing;
mod money;
mod offer;
mod order;
mod outside;
mod product;
mod shelf;
mod structured;
mod words;

pub(crate) use address::product as product_address;
pub(crate) use cors::{NAME as WIDGET_ORIGINS, foreign_origin, may_embed, origins, other_sites};
pub(crate) use listing::{patterns, picture as product_picture, under};
pub(crate) use shelf::{Shelf, Shelves};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use crate::db::{args, shop};
use crate::error::AppError;
use crate::state::AppState;
use frame::Shop;

/// The pages of every shop, and the files that they load.
pub(crate) fn pages() -> Router<AppState> {
    Router::new()
        .route("/", get(street))
        .route("/assets/{file}", get(assets::file))
        .route("/widget.js", get(assets::widget))
        .route("/robots.txt", get(outside::robots))
        .route("/s/{store}", get(to_front_door))
        .route("/s/{store}/", get(browse::home))
        .route("/s/{store}/c/{*path}", get(browse::category))
        .route("/s/{store}/search", get(browse::search))
        .route("/s/{store}/p/{sku}", get(product::show))
        .route("/s/{store}/p/{sku}/offer", post(offer::open))
        .route("/s/{store}/offers/{id}", get(offer::show))
        .route("/s/{store}/offers/{id}/{act}", post(offer::act))
        .route("/s/{store}/cart", get(cart::show).post(cart::change))
        .route("/s/{store}/checkout", get(checkout::show).post(checkout::place))
        .route("/s/{store}/hand-over", post(hand_over::ask))
        .route("/s/{store}/hand-over/take", post(hand_over::take))
        .route("/s/{store}/orders/{id}", get(order::show))
        .route("/s/{store}/art/{file}", get(outside::art))
        .route("/s/{store}/sitemap.xml", get(outside::sitemap))
        .route("/s/{store}/{*rest}", get(lost))
}

async fn to_front_door(Path(store): Path<String>) -> Redirect {
    Redirect::permanent(&address::home(&store))
}

/// The service's own front: the shop, where there is one; the choice, where there are more.
async fn street(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let slugs: Vec<(String,)> = match state.db().all(shop::SLUGS, args![]).await {
        Ok(slugs) => slugs,
        Err(error) => return AppError::from(error).into_response(),
    };
    match slugs.as_slice() {
        [(only,)] => frame::see_other(&address::home(only)),
        _ => frame::street(&headers, slugs.into_iter().map(|(slug,)| slug)),
    }
}

async fn lost(shop: Shop) -> Response {
    shop.answer(Err(AppError::not_found("page"))).await
}

/// What answers an address that is nowhere.
pub(crate) async fn nowhere(headers: HeaderMap) -> Response {
    told(&headers, AppError::not_found("page"))
}

/// An error outside of any shop: a page for a browser, our error for the rest.
pub(crate) fn told(headers: &HeaderMap, error: AppError) -> Response {
    let accepts = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or("");
    if accepts.contains("text/html") {
        frame::bare_error(headers, error)
    } else {
        error.into_response()
    }
}
