//! Which providers this service has credentials for, in its own configuration: never the values.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::{Action, StaffCtx};
use crate::error::AppResult;

/// Providers, and the environment variable that configures each at the service.
const PROVIDERS: [(&str, &str); 5] = [
    ("smtp", "SOUK_SMTP_URL"),
    ("jira", "SOUK_JIRA_TOKEN"),
    ("confluence", "SOUK_CONFLUENCE_TOKEN"),
    ("ai", "SOUK_AI_KEY"),
    ("packet", "SOUK_PACKET_TOKEN"),
];

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProviderStatus {
    name: String,
    /// The service's own configuration has it; a member of staff's own value overrides that.
    configured: bool,
}

/// What the service has configured.
#[utoipa::path(
    get, path = "/v1/stores/{store}/providers", tag = "store", params(("store" = String, Path,)),
    responses((status = 200, body = Vec<ProviderStatus>))
)]
pub(crate) async fn get_providers(ctx: StaffCtx) -> AppResult<Json<Vec<ProviderStatus>>> {
    ctx.may(Action::ReadStore)?;
    let set = |variable: &str| std::env::var_os(variable).is_some_and(|value| !value.is_empty());
    let status = |(name, variable): (&str, &str)| ProviderStatus {
        name: name.to_owned(),
        configured: set(variable),
    };
    Ok(Json(PROVIDERS.into_iter().map(status).collect()))
}
