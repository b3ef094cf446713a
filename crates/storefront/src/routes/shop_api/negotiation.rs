//! The customer's side of a negotiation.

use api::shop::{AcceptAsk, CustomerMessage, HandOver, OpenNegotiation, ShopNegotiation};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::Value;
use utoipa::IntoParams;

use crate::deals;
use crate::error::AppResult;
use crate::http::{Command, Query};
use crate::negotiations;
use crate::state::AppState;
use crate::visitor::Visitor;

/// Opens a negotiation; where the visitor has one on this product that runs, that one is given.
#[utoipa::path(
    post, path = "/v1/shops/{store}/negotiations", tag = "shop", request_body = OpenNegotiation,
    params(("store" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 201, body = ShopNegotiation), (status = 200, body = ShopNegotiation),
        (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn open(
    State(state): State<AppState>,
    visitor: Visitor,
    Command { body, once }: Command<OpenNegotiation>,
) -> AppResult<(StatusCode, Json<ShopNegotiation>)> {
    Box::pin(negotiations::open(&state, &visitor, body, once)).await
}

#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Asked {
    sku: String,
}

/// The visitor's negotiation on a product that still runs, or null.
#[utoipa::path(
    get, path = "/v1/shops/{store}/negotiations", tag = "shop",
    params(("store" = String, Path,), Asked),
    responses((status = 200, body = Option<ShopNegotiation>))
)]
pub(crate) async fn find_open(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> AppResult<Json<Option<ShopNegotiation>>> {
    Ok(Json(negotiations::find_open(&state, &visitor, &asked.sku).await?))
}

/// One of the visitor's own negotiations.
#[utoipa::path(
    get, path = "/v1/shops/{store}/negotiations/{id}", tag = "shop",
    params(("store" = String, Path,), ("id" = String, Path,)),
    responses((status = 200, body = ShopNegotiation), (status = 404, body = api::ErrorBody))
)]
pub(crate) async fn view(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(path): Path<(String, String)>,
) -> AppResult<Json<ShopNegotiation>> {
    Ok(Json(negotiations::view(&state, &visitor, &path.1).await?))
}

/// Says something: an offer, an answer, a question. Longer than 2,000 characters is refused.
#[utoipa::path(
    post, path = "/v1/shops/{store}/negotiations/{id}/messages", tag = "shop",
    request_body = CustomerMessage,
    params(("store" = String, Path,), ("id" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = ShopNegotiation), (status = 413, body = api::ErrorBody),
        (status = 429, body = api::ErrorBody))
)]
pub(crate) async fn say(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(path): Path<(String, String)>,
    Command { body, once }: Command<CustomerMessage>,
) -> AppResult<(StatusCode, Json<ShopNegotiation>)> {
    Box::pin(negotiations::say(&state, &visitor, &path.1, &body.text, once)).await
}

/// Takes the standing ask. With a price, only while it still is that.
#[utoipa::path(
    post, path = "/v1/shops/{store}/negotiations/{id}/accept", tag = "shop",
    request_body = Option<AcceptAsk>,
    params(("store" = String, Path,), ("id" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = ShopNegotiation), (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn accept(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(path): Path<(String, String)>,
    Command { body, once }: Command<Option<AcceptAsk>>,
) -> AppResult<(StatusCode, Json<ShopNegotiation>)> {
    let asked = body.unwrap_or_default();
    Box::pin(negotiations::accept(&state, &visitor, &path.1, asked, once)).await
}

/// Asks for a person.
#[utoipa::path(
    post, path = "/v1/shops/{store}/negotiations/{id}/person", tag = "shop",
    params(("store" = String, Path,), ("id" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = ShopNegotiation))
)]
pub(crate) async fn ask_person(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(path): Path<(String, String)>,
    Command { once, .. }: Command<Value>,
) -> AppResult<(StatusCode, Json<ShopNegotiation>)> {
    Box::pin(negotiations::ask_person(&state, &visitor, &path.1, once)).await
}

/// Leaves the negotiation; an unused deal is given back.
#[utoipa::path(
    post, path = "/v1/shops/{store}/negotiations/{id}/end", tag = "shop",
    params(("store" = String, Path,), ("id" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = ShopNegotiation))
)]
pub(crate) async fn end(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(path): Path<(String, String)>,
    Command { once, .. }: Command<Value>,
) -> AppResult<(StatusCode, Json<ShopNegotiation>)> {
    Box::pin(negotiations::end(&state, &visitor, &path.1, once)).await
}

/// A way to this shop's checkout for a deal that was made on a page of another site.
#[utoipa::path(
    post, path = "/v1/shops/{store}/negotiations/{id}/hand-over", tag = "shop",
    params(("store" = String, Path,), ("id" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 201, body = HandOver), (status = 404, body = api::ErrorBody),
        (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn hand_over(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(path): Path<(String, String)>,
    Command { once, .. }: Command<Value>,
) -> AppResult<(StatusCode, Json<HandOver>)> {
    deals::hand_over::offer(&state, &visitor, &path.1, once).await
}
