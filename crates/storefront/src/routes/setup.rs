//! The first store of an empty service, with its owner.

use api::error::ErrorCode;
use api::staff::SignedIn;
use api::store::Setup;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};

use crate::error::{AppError, AppResult};
use crate::http::Command;
use crate::state::AppState;

/// Makes a store and its owner. Needs the setup code that the service printed at its start. A repeat
/// gives the first answer for ten minutes.
#[utoipa::path(
    post, path = "/v1/setup", tag = "store", request_body = Setup,
    params(("Idempotency-Key" = String, Header,), ("X-Setup-Code" = String, Header, description = "printed by the service at its start")),
    responses((status = 201, body = SignedIn), (status = 403, body = api::ErrorBody))
)]
pub(crate) async fn set_up(
    State(state): State<AppState>,
    headers: HeaderMap,
    Command { body, once }: Command<Setup>,
) -> AppResult<(StatusCode, Json<SignedIn>)> {
    let code = headers.get("x-setup-code").and_then(|v| v.to_str().ok()).unwrap_or("");
    // Compared as hashes, so that the time taken says nothing of how much was right.
    if crate::auth::token_hash(code) != crate::auth::token_hash(&state.shared.setup_code) {
        let message = "The setup code is not the one that this service printed at its start.";
        return Err(AppError::refuse(ErrorCode::Forbidden, message));
    }
    crate::bootstrap::create_store(&state, body, None, Some(once)).await
}
