//! Customers, for staff who serve them.

use api::Page;
use api::customer::CustomerRow as Customer;
use axum::Json;
use axum::extract::Path;
use commerce::Currency;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::auth::{Action, StaffCtx};
use crate::catalog::like;
use crate::catalog::save::parse_currency;
use crate::db::customer::{self, CustomerRow};
use crate::db::{args, store};
use crate::error::{AppError, AppResult};
use crate::http::Query;
use crate::segments;

/// Customers read at a time while looking for those of a segment.
const BATCH: i64 = 500;

#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Asked {
    /// Words in name or e-mail.
    q: Option<String>,
    /// A segment's name.
    segment: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// 1 to 500; 100 when absent.
    limit: Option<i64>,
}

/// Customers by spend, greatest first.
#[utoipa::path(
    get, path = "/v1/stores/{store}/customers", tag = "customers",
    params(("store" = String, Path,), Asked), responses((status = 200, body = Page<Customer>))
)]
pub(crate) async fn list_customers(
    ctx: StaffCtx,
    Query(asked): Query<Asked>,
) -> AppResult<Json<Page<Customer>>> {
    ctx.may(Action::ReadCustomers)?;
    let limit = asked.limit.unwrap_or(100);
    if !(1..=500).contains(&limit) {
        return Err(AppError::invalid("limit", "Expected 1 to 500."));
    }
    let limit = usize::try_from(limit).unwrap_or(100);
    let mut place = asked.after.as_deref().map(read_place).transpose()?;
    let (db, currency) = (ctx.state.db(), currency(&ctx).await?);
    let (segments, _) = segments::read(&ctx.state, &ctx.store_id).await?;
    let words = asked.q.as_deref().filter(|q| !q.trim().is_empty()).map(like);
    let mut items = Vec::new();
    let mut next = None;
    'pages: loop {
        let (spend, id) = place.take().unzip();
        let page = args![&ctx.store_id, words.clone(), spend, id, BATCH];
        let rows: Vec<CustomerRow> = db.all(customer::PAGE, page).await?;
        let last = i64::try_from(rows.len()).is_ok_and(|n| n < BATCH);
        for row in rows {
            let within = segments::of(&row, &segments);
            let here = format!("{}:{}", row.spend, row.customer_id);
            place = Some((row.spend, row.customer_id.clone()));
            if asked.segment.as_ref().is_none_or(|wanted| within.contains(wanted)) {
                if items.len() == limit {
                    break 'pages;
                }
                items.push(wire(row, within, currency)?);
                next = Some(here);
            }
        }
        if last {
            next = None;
            break;
        }
    }
    let total = match asked.segment {
        Some(_) => None,
        None => Some(db.one::<(i64,)>(customer::COUNT, args![&ctx.store_id, words]).await?.0),
    };
    Ok(Json(Page { items, next, total }))
}

/// `SPEND:ID`, the customer that a page ended with.
fn read_place(text: &str) -> AppResult<(i64, String)> {
    let parts = text.split_once(':').and_then(|(spend, id)| Some((spend.parse().ok()?, id)));
    let (spend, id) =
        parts.ok_or_else(|| AppError::invalid("after", "Expected `next` of the page before."))?;
    Ok((spend, id.to_owned()))
}

/// One customer.
#[utoipa::path(
    get, path = "/v1/stores/{store}/customers/{id}", tag = "customers",
    params(("store" = String, Path,), ("id" = String, Path,)),
    responses((status = 200, body = Customer), (status = 404, body = api::ErrorBody))
)]
pub(crate) async fn get_customer(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
) -> AppResult<Json<Customer>> {
    ctx.may(Action::ReadCustomers)?;
    let key = args![&ctx.store_id, path.1];
    let row: Option<CustomerRow> = ctx.state.db().maybe(customer::BY_ID, key).await?;
    let row = row.ok_or_else(|| AppError::not_found("customer"))?;
    let (segments, _) = segments::read(&ctx.state, &ctx.store_id).await?;
    let within = segments::of(&row, &segments);
    Ok(Json(wire(row, within, currency(&ctx).await?)?))
}

async fn currency(ctx: &StaffCtx) -> AppResult<Currency> {
    let store: store::StoreRow = ctx.state.db().one(store::BY_ID, args![&ctx.store_id]).await?;
    parse_currency(&store.currency)
}

fn wire(row: CustomerRow, segments: Vec<String>, currency: Currency) -> AppResult<Customer> {
    Ok(Customer {
        tags: serde_json::from_str(&row.tags).map_err(AppError::internal)?,
        id: row.customer_id,
        name: row.name,
        country: row.country,
        segments,
        orders: row.orders,
        spend: api::Money { minor: row.spend, currency: currency.code().to_owned() },
        first_order_at: row.first_order_at.map(api::Instant::from_ms),
        last_order_at: row.last_order_at.map(api::Instant::from_ms),
    })
}
