//! The first store of an empty service, with its owner.

use api::error::ErrorCode;
use api::staff::SignedIn;
use api::store::Setup;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};

use crate::error::{AppError, AppResult};
use crate::http::command::idempotency_key;
use crate::state::AppState;

/// Makes a store and its owner. Needs the setup code that the service printed at its start.
#[utoipa::path(
    post, path = "/v1/setup", tag = "store", request_body = Setup,
    params(("X-Setup-Code" = String, Header, description = "printed by the service at its start")),
    responses((status = 201, body = SignedIn), (status = 403, body = api::ErrorBody))
)]
pub(crate) async fn set_up(
    State(state): State<AppState>,
    headers: HeaderMap,
    Json(setup): Json<Setup>,
) -> AppResult<(StatusCode, Json<SignedIn>)> {
    idempotency_key(&headers)?;
    let code = headers.get("x-setup-code").and_then(|v| v.to_str().ok()).unwrap_or("");
    // Compared as hashes, so that the time taken says nothing of how much was right.
    if crate::auth::token_hash(code) != crate::auth::token_hash(&state.shared.setup_code) {
        let message = "The setup code is not the one that this service printed at its start.";
        return Err(AppError::refuse(ErrorCode::Forbidden, message));
    }
    let signed_in = crate::bootstrap::create_store(&state, setup, None).await?;
    Ok((StatusCode::CREATED, Json(signed_in)))
}
