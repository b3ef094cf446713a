//! Orders, for staff.

pub(crate) mod lines;

use api::Page;
use api::order::{OrderDetail, OrderRow, OrderTransition};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::auth::{Action, StaffCtx};
use crate::db::args;
use crate::db::order::{self, OrderRow as Stored};
use crate::error::{AppError, AppResult};
use crate::http::listing::Listed;
use crate::http::{Command, Query};
use crate::orders;
use crate::visitor::Shop;

#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Asked {
    /// Whether it counts as sold: paid for and not cancelled.
    sold: Option<bool>,
    /// Whether it is a return of an imported history: an order below zero, which lowers revenue
    /// and margin and is not counted among the orders.
    returns: Option<bool>,
}

/// Orders, newest first.
#[utoipa::path(
    get, path = "/v1/stores/{store}/orders", tag = "orders",
    params(("store" = String, Path,), Listed, Asked), responses((status = 200, body = Page<OrderRow>))
)]
pub(crate) async fn list_orders(
    ctx: StaffCtx,
    Query(list): Query<Listed>,
    Query(asked): Query<Asked>,
) -> AppResult<Json<Page<OrderRow>>> {
    ctx.may(Action::ReadStore)?;
    let limit = list.limit()?;
    let mut db = ctx.state.db();
    let shop = Shop::by_id(&mut db, &ctx.store_id).await?;
    let mut filter = list.filter(&ctx.store_id, is_state)?;
    filter.extend([asked.sold, asked.returns].map(crate::db::Arg::Bool));
    filter.extend(args![ctx.allows(Action::ReadCustomers)]);
    let (total,): (i64,) = db.one(order::COUNT, filter.clone()).await?;
    let (at, id) = match &list.after {
        Some(after) => cursor(after)?,
        None => (i64::MAX, String::new()),
    };
    filter.extend(args![at, id, limit]);
    let found: Vec<Stored> = db.all(order::PAGE, filter).await?;
    let full = i64::try_from(found.len()).is_ok_and(|n| n == limit);
    let next = found.last().filter(|_| full).map(|o| format!("{}.{}", o.placed_at, o.order_id));
    let items =
        found.iter().map(|stored| orders::row_for(&ctx, orders::row(&shop, stored))).collect();
    Ok(Json(Page { items, next, total: Some(total) }))
}

fn is_state(word: &str) -> Result<(), String> {
    word.parse::<commerce::OrderState>().map(drop).map_err(|error| error.to_string())
}

fn cursor(text: &str) -> AppResult<(i64, String)> {
    text.split_once('.')
        .and_then(|(at, id)| Some((at.parse().ok()?, id.to_owned())))
        .ok_or_else(|| AppError::invalid("after", "Expected `next` of the page before."))
}

/// One order with its lines and history.
#[utoipa::path(
    get, path = "/v1/stores/{store}/orders/{id}", tag = "orders",
    params(("store" = String, Path,), ("id" = String, Path,)),
    responses((status = 200, body = OrderDetail), (status = 404, body = api::ErrorBody))
)]
pub(crate) async fn get_order(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
) -> AppResult<Json<OrderDetail>> {
    ctx.may(Action::ReadStore)?;
    let mut db = ctx.state.db();
    let shop = Shop::by_id(&mut db, &ctx.store_id).await?;
    let detail = orders::detail(&mut db, &shop, &path.1).await?;
    Ok(Json(orders::detail_for(&ctx, detail)))
}

/// Moves an order on: `to` is one of the detail's `next`.
#[utoipa::path(
    post, path = "/v1/stores/{store}/orders/{id}/transition", tag = "orders",
    request_body = OrderTransition,
    params(("store" = String, Path,), ("id" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = OrderDetail), (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn transition(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
    Command { body, once }: Command<OrderTransition>,
) -> AppResult<(StatusCode, Json<OrderDetail>)> {
    ctx.may(Action::ChangeOrder)?;
    Box::pin(orders::transition(&ctx, &path.1, body, once)).await
}
