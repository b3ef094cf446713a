//! Creates and changes one product.

use api::catalog::{Product, ProductChange, ProductStateChange};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;

use crate::auth::{Action, StaffCtx};
use crate::catalog::save;
use crate::error::AppResult;
use crate::http::Command;

/// Creates (`base_rev` 0, as a draft) or changes a product.
#[utoipa::path(
    put, path = "/v1/stores/{store}/products/{sku}", tag = "catalogue",
    request_body = ProductChange,
    params(("store" = String, Path,), ("sku" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = Product), (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn save_product(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
    Command { body, once }: Command<ProductChange>,
) -> AppResult<(StatusCode, Json<Product>)> {
    ctx.may(Action::ChangeCatalog)?;
    let mut write = ctx.write(once).await?;
    let saved = save::product(&mut write, &path.1, body).await?;
    write.finish(StatusCode::OK, saved).await
}

/// Publishes, unpublishes or archives.
#[utoipa::path(
    post, path = "/v1/stores/{store}/products/{sku}/state", tag = "catalogue",
    request_body = ProductStateChange,
    params(("store" = String, Path,), ("sku" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = Product), (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn change_state(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
    Command { body, once }: Command<ProductStateChange>,
) -> AppResult<(StatusCode, Json<Product>)> {
    ctx.may(Action::ChangeCatalog)?;
    let mut write = ctx.write(once).await?;
    let saved = save::state(&mut write, &path.1, body.state, body.base_rev).await?;
    write.finish(StatusCode::OK, saved).await
}
