//! The service's HTTP routes: a folder per noun, a file per verb.

pub(crate) mod health;
pub(crate) mod session;
pub(crate) mod setup;
pub(crate) mod store;

use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::AppState;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Souk storefront API",
        description = "Staff endpoints need `Authorization: Bearer TOKEN` (a session of \
            `POST /v1/sessions`, or an API key). Every write needs `Idempotency-Key`: the same key \
            with the same request gives the first answer again. Money is whole minor units with its \
            ISO 4217 code. Errors are `{code, message, context}`."
    ),
    components(schemas(api::ErrorBody, api::Money))
)]
struct Document;

/// Everything that stands in the OpenAPI document.
pub(crate) fn documented() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(setup::set_up))
        .routes(routes!(session::sign_in))
        .routes(routes!(session::sign_out))
        .routes(routes!(session::me))
        .routes(routes!(store::get::get_store))
        .routes(routes!(store::profile::change_profile))
}
