//! The basket, the checkout, the order after it.

use api::shop::{CartChange, CartView, Checkout, PlacedOrder, ShopOrder};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;

use crate::error::AppResult;
use crate::http::Command;
use crate::state::AppState;
use crate::visitor::Visitor;
use crate::{cart, checkout, orders};

/// What is in the visitor's basket, at today's prices.
#[utoipa::path(
    get, path = "/v1/shops/{store}/cart", tag = "shop", params(("store" = String, Path,)),
    responses((status = 200, body = CartView))
)]
pub(crate) async fn get_cart(
    State(state): State<AppState>,
    visitor: Visitor,
) -> AppResult<Json<CartView>> {
    Ok(Json(cart::read(&state, &visitor).await?))
}

/// Sets how many of a product are in the basket; 0 removes it.
#[utoipa::path(
    post, path = "/v1/shops/{store}/cart", tag = "shop", request_body = CartChange,
    params(("store" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = CartView), (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn change_cart(
    State(state): State<AppState>,
    visitor: Visitor,
    Command { body, once }: Command<CartChange>,
) -> AppResult<(StatusCode, Json<CartView>)> {
    cart::change(&state, &visitor, body, once).await
}

/// Buys the deal that is named, else the basket, and pays by the test provider.
#[utoipa::path(
    post, path = "/v1/shops/{store}/checkout", tag = "shop", request_body = Checkout,
    params(("store" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 201, body = PlacedOrder), (status = 402, body = api::ErrorBody),
        (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn check_out(
    State(state): State<AppState>,
    visitor: Visitor,
    Command { body, once }: Command<Checkout>,
) -> AppResult<(StatusCode, Json<PlacedOrder>)> {
    Box::pin(checkout::place(&state, &visitor, body, once)).await
}

/// An order that this visitor placed.
#[utoipa::path(
    get, operation_id = "get_shop_order", path = "/v1/shops/{store}/orders/{id}", tag = "shop",
    params(("store" = String, Path,), ("id" = String, Path,)),
    responses((status = 200, body = ShopOrder), (status = 404, body = api::ErrorBody))
)]
pub(crate) async fn get_order(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(path): Path<(String, String)>,
) -> AppResult<Json<ShopOrder>> {
    Ok(Json(orders::of_visitor(&state, &visitor, &path.1).await?))
}
