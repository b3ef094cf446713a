//! Reads one negotiation.

use api::negotiation::NegotiationDetail;
use axum::Json;
use axum::extract::Path;

use crate::auth::{Action, StaffCtx};
use crate::error::AppResult;
use crate::negotiations;

/// The transcript with the margin at each price, the edges and why, and what the asking role may do.
#[utoipa::path(
    get, path = "/v1/stores/{store}/negotiations/{id}", tag = "negotiations",
    params(("store" = String, Path,), ("id" = String, Path,)),
    responses((status = 200, body = NegotiationDetail), (status = 404, body = api::ErrorBody))
)]
pub(crate) async fn get_negotiation(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
) -> AppResult<Json<NegotiationDetail>> {
    ctx.may(Action::ReadStore)?;
    Ok(Json(negotiations::detail(&ctx, &path.1).await?))
}
