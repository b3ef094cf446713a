//! The service's HTTP routes: a folder per noun, a file per verb.

pub(crate) mod health;
pub(crate) mod product;
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
        .routes(routes!(store::segments::get_segments, store::segments::put_segments))
        .routes(routes!(store::launch::get_launch, store::launch::put_launch))
        .routes(routes!(store::launch::get_checklist))
        .routes(routes!(store::launch::go_live))
        .routes(routes!(store::launch::pause))
        .routes(routes!(store::setting::get_setting, store::setting::put_setting))
        .routes(routes!(store::providers::get_providers))
        .routes(routes!(product::list::list_products))
        .routes(routes!(product::list::list_categories))
        .routes(routes!(product::get::get_product, product::save::save_product))
        .routes(routes!(product::save::change_state))
}
