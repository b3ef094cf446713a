//! Reads one product.

use api::catalog::Product;
use axum::Json;
use axum::extract::Path;

use crate::auth::{Action, StaffCtx};
use crate::catalog::save::parse_currency;
use crate::catalog::to_wire;
use crate::db::product::{self, ProductRow};
use crate::db::{args, store};
use crate::error::{AppError, AppResult};

/// One product with its cost.
#[utoipa::path(
    get, path = "/v1/stores/{store}/products/{sku}", tag = "catalogue",
    params(("store" = String, Path,), ("sku" = String, Path,)),
    responses((status = 200, body = Product), (status = 404, body = api::ErrorBody))
)]
pub(crate) async fn get_product(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
) -> AppResult<Json<Product>> {
    ctx.may(Action::ReadStore)?;
    let db = ctx.state.db();
    let store: store::StoreRow = db.one(store::BY_ID, args![&ctx.store_id]).await?;
    let row: Option<ProductRow> = db.maybe(product::BY_SKU, args![&ctx.store_id, path.1]).await?;
    let row = row.ok_or_else(|| AppError::not_found("product"))?;
    Ok(Json(to_wire(row, parse_currency(&store.currency)?)?))
}
