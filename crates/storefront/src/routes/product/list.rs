//! Lists products and categories.

use std::collections::BTreeMap;

use api::Page;
use api::catalog::{Category, Product, ProductState};
use axum::Json;
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;

use crate::auth::{Action, StaffCtx};
use crate::catalog::save::parse_currency;
use crate::catalog::{like, to_wire};
use crate::db::product::{self, ProductRow};
use crate::db::{args, store};
use crate::error::{AppError, AppResult};
use crate::http::Query;

#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Asked {
    /// Words in title, SKU or category.
    q: Option<String>,
    /// This category and all under it.
    category: Option<String>,
    state: Option<ProductState>,
    /// `next` of the page before.
    after: Option<String>,
    /// 1 to 500; 100 when absent.
    limit: Option<i64>,
}

/// Products by SKU.
#[utoipa::path(
    get, path = "/v1/stores/{store}/products", tag = "catalogue",
    params(("store" = String, Path,), Asked), responses((status = 200, body = Page<Product>))
)]
pub(crate) async fn list_products(
    ctx: StaffCtx,
    Query(asked): Query<Asked>,
) -> AppResult<Json<Page<Product>>> {
    ctx.may(Action::ReadStore)?;
    let limit = asked.limit.unwrap_or(100);
    if !(1..=500).contains(&limit) {
        return Err(AppError::invalid("limit", "Expected 1 to 500."));
    }
    let db = ctx.state.db();
    let store: store::StoreRow = db.one(store::BY_ID, args![&ctx.store_id]).await?;
    let currency = parse_currency(&store.currency)?;
    let under = asked.category.as_ref().map(|path| format!("{path}/%"));
    let state = asked.state.and_then(|state| json!(state).as_str().map(str::to_owned));
    let words = asked.q.as_deref().filter(|q| !q.trim().is_empty()).map(like);
    let mut filter = args![&ctx.store_id, &asked.category, under, state, words];
    let (total,): (i64,) = db.one(product::COUNT, filter.clone()).await?;
    filter.extend(args![asked.after.unwrap_or_default(), limit]);
    let rows: Vec<ProductRow> = db.all(product::PAGE, filter).await?;
    let full = i64::try_from(rows.len()).is_ok_and(|n| n == limit);
    let next = rows.last().filter(|_| full).map(|row| row.sku.clone());
    let items = rows.into_iter().map(|row| to_wire(row, currency)).collect::<AppResult<_>>()?;
    Ok(Json(Page { items, next, total: Some(total) }))
}

/// Every category that holds a product, and those above them.
#[utoipa::path(
    get, path = "/v1/stores/{store}/categories", tag = "catalogue",
    params(("store" = String, Path,)), responses((status = 200, body = Vec<Category>))
)]
pub(crate) async fn list_categories(ctx: StaffCtx) -> AppResult<Json<Vec<Category>>> {
    ctx.may(Action::ReadStore)?;
    let rows: Vec<(String, i64)> =
        ctx.state.db().all(product::CATEGORIES, args![&ctx.store_id]).await?;
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    for (path, products) in rows {
        for (at, _) in path.match_indices('/') {
            *counts.entry(path[..at].to_owned()).or_default() += products;
        }
        *counts.entry(path).or_default() += products;
    }
    let named = |(path, products): (String, i64)| Category { name: name_of(&path), path, products };
    Ok(Json(counts.into_iter().map(named).collect()))
}

/// `home/tea-lights` → `Tea lights`
pub(crate) fn name_of(path: &str) -> String {
    let last = path.rsplit('/').next().unwrap_or(path).replace('-', " ");
    let mut letters = last.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
