//! Reads a store.

use api::store::Store;
use axum::Json;

use crate::auth::{Action, StaffCtx};
use crate::error::AppResult;

/// The store with its profile.
#[utoipa::path(
    get, path = "/v1/stores/{store}", tag = "store", params(("store" = String, Path,)),
    responses((status = 200, body = Store))
)]
pub(crate) async fn get_store(ctx: StaffCtx) -> AppResult<Json<Store>> {
    ctx.may(Action::ReadStore)?;
    Ok(Json(super::read(&mut ctx.state.db(), &ctx.store_id).await?))
}
