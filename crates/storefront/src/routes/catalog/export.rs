//! The catalogue as a file.

use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::auth::{Action, StaffCtx};
use crate::catalog::export;
use crate::error::AppResult;

/// Every product but the archived ones as CSV in Souk's own layout, with unit costs.
#[utoipa::path(
    get, path = "/v1/stores/{store}/catalog/export", tag = "catalogue",
    params(("store" = String, Path,)),
    responses((status = 200, body = String, content_type = "text/csv"))
)]
pub(crate) async fn export_catalog(ctx: StaffCtx) -> AppResult<Response> {
    ctx.may(Action::ReadStore)?;
    let text = export::csv(ctx.state.db(), &ctx.store_id).await?;
    let name = format!("attachment; filename=\"{}-catalogue.csv\"", ctx.slug);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, text).into_response())
}
