//! Lists imports, says how far one is, takes one back.

use api::catalog::{ImportRun, ImportUnderWay};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;

use crate::auth::{Action, StaffCtx};
use crate::catalog::{run, undo};
use crate::error::AppResult;
use crate::http::Command;

/// The newest 50 imports, newest first.
#[utoipa::path(
    get, path = "/v1/stores/{store}/catalog/imports", tag = "catalogue",
    params(("store" = String, Path,)), responses((status = 200, body = Vec<ImportRun>))
)]
pub(crate) async fn list_imports(ctx: StaffCtx) -> AppResult<Json<Vec<ImportRun>>> {
    ctx.may(Action::ReadStore)?;
    Ok(Json(undo::list(ctx.state.db(), &ctx.store_id).await?))
}

/// The import that is being applied, or null.
#[utoipa::path(
    get, path = "/v1/stores/{store}/catalog/imports/under-way", tag = "catalogue",
    params(("store" = String, Path,)),
    responses((status = 200, body = Option<ImportUnderWay>))
)]
pub(crate) async fn import_under_way(ctx: StaffCtx) -> AppResult<Json<Option<ImportUnderWay>>> {
    ctx.may(Action::ReadStore)?;
    Ok(Json(run::under_way(ctx.state.db(), &ctx.store_id).await?))
}

/// Takes an import back: what it made goes, what it changed returns. Refused, naming them, where
/// products changed since.
#[utoipa::path(
    post, path = "/v1/stores/{store}/catalog/imports/{id}/undo", tag = "catalogue",
    params(("store" = String, Path,), ("id" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses(
        (status = 200, body = ImportRun), (status = 404, body = api::ErrorBody),
        (status = 409, body = api::ErrorBody)
    )
)]
pub(crate) async fn undo_import(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
    Command { body: (), once }: Command<()>,
) -> AppResult<(StatusCode, Json<ImportRun>)> {
    ctx.may(Action::ChangeCatalog)?;
    let mut write = ctx.write(once).await?;
    let run = undo::undo(&mut write, &path.1).await?;
    write.finish(StatusCode::OK, run).await
}
