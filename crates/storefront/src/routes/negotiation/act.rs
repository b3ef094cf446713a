//! What staff do with a negotiation.

use api::negotiation::{NegotiationDetail, StaffAct};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;

use crate::auth::{Action, StaffCtx};
use crate::error::AppResult;
use crate::http::Command;
use crate::negotiations;

/// Takes over, releases, counters, writes, declines or approves. Made on an older epoch: `conflict`.
/// Below the floor an approval needs a reason and evidence; what the role may not approve alone is
/// asked of someone who may, and waits (200, with the row unchanged).
#[utoipa::path(
    post, path = "/v1/stores/{store}/negotiations/{id}/acts", tag = "negotiations",
    request_body = StaffAct,
    params(("store" = String, Path,), ("id" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = NegotiationDetail), (status = 403, body = api::ErrorBody),
        (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn act(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
    Command { body, once }: Command<StaffAct>,
) -> AppResult<(StatusCode, Json<NegotiationDetail>)> {
    ctx.may(Action::ServeNegotiation)?;
    Box::pin(negotiations::act(&ctx, &path.1, body, once)).await
}
