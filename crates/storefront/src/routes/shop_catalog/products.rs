//! Live products, by page.

use std::collections::HashMap;

use api::Page;
use api::shop::ShopProduct;
use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;

use crate::db::args;
use crate::db::shop::{self, ShopRow};
use crate::error::{AppError, AppResult};
use crate::http::Query;
use crate::shop::{Shelf, patterns, product_address, product_picture, under};
use crate::state::AppState;

const LIMIT: i64 = 50;
const LIMIT_MAX: i64 = 200;
const QUERY_CHARS_MAX: usize = 200;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    q: Option<String>,
    category: Option<String>,
    after: Option<String>,
    limit: Option<String>,
}

/// Live products in SKU order. `total` is given where nothing narrows the list.
#[utoipa::path(
    get, operation_id = "list_shop_products",
    path = "/v1/shops/{store}/products", tag = "shop",
    params(
        ("store" = String, Path, description = "the store's slug"),
        ("q" = Option<String>, Query, description = "words of title or SKU; the first four count"),
        ("category" = Option<String>, Query, description = "a category, with all under it"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
        ("limit" = Option<i64>, Query, description = "1 to 200, else 50"),
    ),
    responses((status = 200, body = Page<ShopProduct>), (status = 400, body = api::ErrorBody),
        (status = 404, body = api::ErrorBody))
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    Path(store): Path<String>,
    Query(asked): Query<Asked>,
) -> AppResult<Json<Page<ShopProduct>>> {
    let limit = read_limit(asked.limit.as_deref())?;
    let shelf = state.shared.shelves.of(&state, &store).await?;
    let rows = read(&state, &shelf, &asked, limit + 1).await?;
    let whole = asked.q.is_none() && asked.category.is_none();
    Ok(Json(page(&state, &shelf, rows, limit, whole)))
}

fn read_limit(text: Option<&str>) -> AppResult<i64> {
    let Some(text) = text else { return Ok(LIMIT) };
    let limit = text.parse().ok().filter(|limit| (1..=LIMIT_MAX).contains(limit));
    limit.ok_or_else(|| AppError::invalid("limit", format!("A whole number, 1 to {LIMIT_MAX}.")))
}

async fn read(
    state: &AppState,
    shelf: &Shelf,
    asked: &Asked,
    limit: i64,
) -> AppResult<Vec<ShopRow>> {
    let (db, id) = (state.db(), &shelf.store_id);
    let after = asked.after.as_deref().unwrap_or("");
    let query = asked.q.as_deref().unwrap_or("").trim();
    if query.chars().count() > QUERY_CHARS_MAX || query.contains('\0') || after.contains('\0') {
        let message = format!("At most {QUERY_CHARS_MAX} characters of text.");
        return Err(AppError::invalid("q", message));
    }
    let (category, below) = match asked.category.as_deref() {
        None | Some("") => (String::new(), "%".to_owned()),
        Some(path) => {
            let path = commerce::CategoryPath::parse(path)
                .map_err(|error| AppError::invalid("category", error.to_string()))?;
            (path.to_string(), under(path.as_str()))
        }
    };
    if query.is_empty() && category.is_empty() {
        return Ok(db.all(shop::AFTER, args![id, after, limit]).await?);
    }
    let [a, b, c, d] = patterns(query);
    Ok(db.all(shop::AFTER_FOUND, args![id, after, a, b, c, d, category, below, limit]).await?)
}

fn page(
    state: &AppState,
    shelf: &Shelf,
    mut rows: Vec<ShopRow>,
    limit: i64,
    whole: bool,
) -> Page<ShopProduct> {
    let limit = usize::try_from(limit).unwrap_or(0);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| row.sku.clone());
    let mut open: HashMap<String, bool> = HashMap::new();
    let items = rows.into_iter().map(|row| {
        let bargaining = row.in_stock()
            && *open
                .entry(row.category.clone())
                .or_insert_with(|| shelf.is_bargaining(&row.category, state));
        to_wire(shelf, row, bargaining)
    });
    Page { items: items.collect(), next, total: whole.then_some(shelf.total) }
}

fn to_wire(shelf: &Shelf, row: ShopRow, bargaining: bool) -> ShopProduct {
    ShopProduct {
        url: product_address(&shelf.slug, &row.sku),
        image: Some(product_picture(&shelf.slug, &row)),
        in_stock: row.in_stock(),
        available: row.stock.map(|units| units.max(0)),
        list_price: api::Money {
            minor: row.list_price,
            currency: shelf.currency.code().to_owned(),
        },
        bargaining,
        sku: row.sku,
        title: row.title,
        description: row.description,
        category: row.category,
    }
}
