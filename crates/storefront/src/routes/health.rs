//! Is the process alive, and can it serve?

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::db::{staff, store};
use crate::error::AppResult;
use crate::state::AppState;

#[derive(Serialize, ToSchema)]
pub(crate) struct Health {
    pub(crate) status: String,
    pub(crate) version: String,
}

/// The process answers.
#[utoipa::path(get, path = "/healthz", tag = "service", responses((status = 200, body = Health)))]
pub(crate) async fn healthz() -> Json<Health> {
    Json(Health { status: "ok".into(), version: env!("CARGO_PKG_VERSION").into() })
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Ready {
    pub(crate) status: String,
    pub(crate) version: String,
    /// Changes when a client shows that the service was restored from a backup.
    pub(crate) epoch: String,
    pub(crate) stores: i64,
}

/// The database answers too.
#[utoipa::path(get, path = "/readyz", tag = "service", responses((status = 200, body = Ready)))]
pub(crate) async fn readyz(State(state): State<AppState>) -> AppResult<Json<Ready>> {
    let (epoch,): (String,) = state.db().one(store::EPOCH, vec![]).await?;
    let (stores,): (i64,) = state.db().one(staff::COUNT_STORES, vec![]).await?;
    let version = env!("CARGO_PKG_VERSION").into();
    Ok(Json(Ready { status: "ready".into(), version, epoch, stores }))
}
