//! Puts many products on sale.

use api::catalog::{Publish, Published};
use axum::Json;
use axum::http::StatusCode;

use crate::auth::{Action, StaffCtx};
use crate::catalog::publish;
use crate::error::AppResult;
use crate::http::Command;

/// Publishes the named products, or every draft where none is named.
#[utoipa::path(
    post, path = "/v1/stores/{store}/catalog/publish", tag = "catalogue", request_body = Publish,
    params(("store" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = Published), (status = 400, body = api::ErrorBody))
)]
pub(crate) async fn publish_catalog(
    ctx: StaffCtx,
    Command { body, once }: Command<Publish>,
) -> AppResult<(StatusCode, Json<Published>)> {
    ctx.may(Action::ChangeCatalog)?;
    let mut write = ctx.write(once).await?;
    let published = publish::publish(&mut write, &body.skus).await?;
    write.finish(StatusCode::OK, published).await
}
