//! Past order lines in bulk.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;

use crate::auth::{Action, StaffCtx};
use crate::error::{AppError, AppResult};
use crate::http::Query;
use crate::orders::lines::{Cursor, PAGE_MAX, csv};
use crate::visitor::Shop;
use crate::write::{Audited, Write};

#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Asked {
    /// `X-Souk-Next` of the page before.
    after: Option<String>,
    /// Lines a page, 1 to 20,000; 10,000 when absent.
    limit: Option<i64>,
}

/// Past order lines, oldest first, as `ORDERS.csv` (`docs/reference/rules.md`): what was sold and
/// not cancelled, and returns of an imported history below zero. Segments are the customer's of
/// today. `X-Souk-Next` is where the page ended; a page without lines has none and is the end.
/// Asking for the first page is audited.
#[utoipa::path(
    get, path = "/v1/stores/{store}/order-lines", tag = "orders",
    params(("store" = String, Path,), Asked),
    responses((status = 200, body = String, content_type = "text/csv",
        headers(("X-Souk-Next" = String))), (status = 403, body = api::ErrorBody))
)]
pub(crate) async fn list_order_lines(
    ctx: StaffCtx,
    Query(asked): Query<Asked>,
) -> AppResult<Response> {
    ctx.may(Action::ExportOrders)?;
    let limit = asked.limit.unwrap_or(PAGE_MAX / 2);
    if !(1..=PAGE_MAX).contains(&limit) {
        return Err(AppError::invalid("limit", "Expected 1 to 20,000."));
    }
    let after = asked.after.as_deref().map(Cursor::parse).transpose()?;
    let shop = Shop::by_id(&mut ctx.state.db(), &ctx.store_id).await?;
    if after.is_none() {
        audit(&ctx).await?;
    }
    let (text, next) = csv(&ctx.state, &ctx.store_id, shop.currency, after.clone(), limit).await?;
    let mut response = ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], text).into_response();
    if let Some(next) = next.filter(|next| after.as_ref() != Some(next)) {
        let next = HeaderValue::from_str(&next.text()).map_err(AppError::internal)?;
        response.headers_mut().insert("x-souk-next", next);
    }
    Ok(response)
}

async fn audit(ctx: &StaffCtx) -> AppResult<()> {
    let mut write = Write::begin(&ctx.state, &ctx.store_id, ctx.actor.clone(), None).await?;
    let subject = format!("store/{}", ctx.store_id);
    let after = json!({ "format": "csv", "what": "order lines" });
    write.audit(Audited { what: "orders.export", subject, after, ..Audited::default() }).await?;
    write.commit().await
}
