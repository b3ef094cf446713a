//! The service's HTTP routes: a folder per noun, a file per verb.

pub(crate) mod analytics;
pub(crate) mod audit;
pub(crate) mod catalog;
pub(crate) mod customer;
pub(crate) mod docs;
pub(crate) mod health;
pub(crate) mod negotiation;
pub(crate) mod order;
pub(crate) mod product;
pub(crate) mod rule_set;
pub(crate) mod security;
pub(crate) mod session;
pub(crate) mod setup;
pub(crate) mod shop_api;
pub(crate) mod shop_catalog;
pub(crate) mod staff;
pub(crate) mod store;
pub(crate) mod sync;

use axum::extract::DefaultBodyLimit;
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
    components(schemas(api::ErrorBody, api::Money, api::catalog::ImportFormat))
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
        .routes(routes!(staff::password::change_own))
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
        .merge(catalog_file())
        .routes(routes!(catalog::undo::list_imports))
        .routes(routes!(catalog::undo::import_under_way))
        .routes(routes!(catalog::undo::undo_import))
        .routes(routes!(catalog::export::export_catalog))
        .routes(routes!(catalog::publish::publish_catalog))
        .routes(routes!(customer::list_customers))
        .routes(routes!(customer::get_customer))
        .routes(routes!(rule_set::list_rule_sets, rule_set::create_draft))
        .routes(routes!(rule_set::get_rule_set, rule_set::save_draft, rule_set::delete_draft))
        .routes(routes!(rule_set::ask_floor))
        .routes(routes!(rule_set::life::submit))
        .routes(routes!(rule_set::life::get_review, rule_set::life::decide_review))
        .routes(routes!(rule_set::life::acknowledge))
        .routes(routes!(rule_set::life::put_in_shadow))
        .routes(routes!(rule_set::life::activate))
        .routes(routes!(rule_set::life::unschedule))
        .routes(routes!(rule_set::life::roll_back))
        .routes(routes!(rule_set::life::get_shadow_report))
        .routes(routes!(staff::people::list_staff, staff::people::add_staff))
        .routes(routes!(staff::people::change_staff))
        .routes(routes!(staff::sessions::list_sessions))
        .routes(routes!(staff::sessions::revoke_session))
        .routes(routes!(staff::api_keys::list_keys, staff::api_keys::create_key))
        .routes(routes!(staff::api_keys::revoke_key))
        .routes(routes!(audit::list_audit))
        .routes(routes!(audit::verify_audit))
        .routes(routes!(audit::export_audit))
        .routes(routes!(sync::push_mutations))
        .routes(routes!(sync::pull_changes))
        .merge(for_shops())
        .routes(routes!(negotiation::list::list_negotiations))
        .routes(routes!(negotiation::get::get_negotiation))
        .routes(routes!(negotiation::act::act))
        .routes(routes!(order::list_orders))
        .routes(routes!(order::lines::list_order_lines))
        .routes(routes!(order::get_order))
        .routes(routes!(order::transition))
        .routes(routes!(analytics::get_dashboard))
        .routes(routes!(analytics::get_home))
}

/// What customers ask.
fn for_shops() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(shop_catalog::products::list))
        .routes(routes!(shop_catalog::categories::list))
        .routes(routes!(shop_api::negotiation::open, shop_api::negotiation::find_open))
        .routes(routes!(shop_api::negotiation::view))
        .routes(routes!(shop_api::negotiation::say))
        .routes(routes!(shop_api::negotiation::accept))
        .routes(routes!(shop_api::negotiation::ask_person))
        .routes(routes!(shop_api::negotiation::end))
        .routes(routes!(shop_api::negotiation::hand_over))
        .routes(routes!(shop_api::basket::get_cart, shop_api::basket::change_cart))
        .routes(routes!(shop_api::basket::check_out))
        .routes(routes!(shop_api::basket::get_order))
}

/// The one route that takes a file, with a body limit of its own.
fn catalog_file() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(catalog::import::import_catalog))
        .layer(DefaultBodyLimit::max(commerce::catalog_file::BYTES_MAX))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    /// Every value of `key` in the document.
    fn all<'a>(key: &str, value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get(key).and_then(Value::as_str));
                fields.values().for_each(|value| all(key, value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| all(key, value, found)),
            _ => {}
        }
    }

    #[test]
    fn a_client_can_be_made_from_the_document() {
        let document: Value = serde_json::from_str(&crate::server::openapi_json()).unwrap();
        let mut references = Vec::new();
        all("$ref", &document, &mut references);
        assert!(references.len() > 100);
        for reference in references {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{reference} is not in the document");
        }
        let mut names = Vec::new();
        all("operationId", &document["paths"], &mut names);
        let mut seen = BTreeSet::new();
        for name in names {
            assert!(seen.insert(name), "two endpoints are called {name}");
        }
    }
}
