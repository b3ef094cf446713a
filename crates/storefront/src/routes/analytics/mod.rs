//! The dashboard and home, for staff.

use api::Instant;
use api::analytics::{Dashboard, Home};
use axum::Json;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::analytics;
use crate::auth::{Action, StaffCtx};
use crate::error::AppResult;
use crate::http::Query;

#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Asked {
    /// The first moment of the stretch.
    #[param(value_type = String)]
    from: Instant,
    /// The first moment after it.
    #[param(value_type = String)]
    until: Instant,
}

/// Figures of a stretch, day by day in the store's zone, beside as long a stretch before it. The
/// lists of negotiations and orders take the same `from` and `until` and give each figure's rows.
#[utoipa::path(
    get, path = "/v1/stores/{store}/dashboard", tag = "analytics",
    params(("store" = String, Path,), Asked), responses((status = 200, body = Dashboard))
)]
pub(crate) async fn get_dashboard(
    ctx: StaffCtx,
    Query(asked): Query<Asked>,
) -> AppResult<Json<Dashboard>> {
    ctx.may(Action::ReadAnalytics)?;
    Ok(Json(analytics::dashboard(&ctx, asked.from, asked.until).await?))
}

/// What needs a person now, and today beside the same weekday last week.
#[utoipa::path(
    get, path = "/v1/stores/{store}/home", tag = "analytics", params(("store" = String, Path,)),
    responses((status = 200, body = Home))
)]
pub(crate) async fn get_home(ctx: StaffCtx) -> AppResult<Json<Home>> {
    ctx.may(Action::ReadStore)?;
    Ok(Json(analytics::home(&ctx).await?))
}
