//! Who may ask what, as the OpenAPI document says it: each operation names what it needs, or nothing
//! on purpose. A test asks each of them without a sign-in and holds this to the answers.

use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, ResponseBuilder};

const SESSION: &str = "session";
const API_KEY: &str = "api_key";
const VISITOR: &str = "visitor";
const VISITOR_COOKIE: &str = "visitor_cookie";
const SETUP_CODE: &str = "setup_code";

/// What an operation needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// A member of staff's session, or an API key.
    Staff,
    /// Whose basket or negotiation it is; who brings no token is a new visitor.
    Visitor,
    SetupCode,
    Nothing,
}

fn needs(method: &str, path: &str) -> Needs {
    match (method, path) {
        (_, "/healthz" | "/readyz")
        | ("post", "/v1/sessions")
        | ("get", "/v1/shops/{store}/products" | "/v1/shops/{store}/categories") => Needs::Nothing,
        (_, "/v1/setup") => Needs::SetupCode,
        (_, path) if path.starts_with("/v1/shops/") => Needs::Visitor,
        _ => Needs::Staff,
    }
}

/// The document with its security.
pub(crate) fn told(mut document: OpenApi) -> OpenApi {
    let components = document.components.get_or_insert_default();
    for (name, scheme) in schemes() {
        components.security_schemes.insert(name.to_owned(), scheme.into());
    }
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            say(operation, needs(method, path));
        }
    }
    document
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let methods = [
        ("get", &mut item.get),
        ("put", &mut item.put),
        ("post", &mut item.post),
        ("patch", &mut item.patch),
        ("delete", &mut item.delete),
    ];
    methods.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

fn schemes() -> [(&'static str, SecurityScheme); 5] {
    let bearer = |told: &str| {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(told));
        SecurityScheme::Http(bearer.build())
    };
    let header = |name: &str, told: &str| {
        SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::with_description(name, told)))
    };
    let cookie = "On the shop's own pages; a page of another site sends X-Souk-Visitor.";
    let cookie = ApiKey::Cookie(ApiKeyValue::with_description("souk_visitor", cookie));
    [
        (SESSION, bearer("The token of POST /v1/sessions, `ss_…`, of a member of staff.")),
        (API_KEY, bearer("A key of POST /v1/stores/{store}/api-keys, `sk_…`, with a role.")),
        (VISITOR, header("X-Souk-Visitor", "A visitor's own token, or `new` to be given one.")),
        (VISITOR_COOKIE, SecurityScheme::ApiKey(cookie)),
        (SETUP_CODE, header("X-Setup-Code", "Printed by the service at its start.")),
    ]
}

fn say(operation: &mut Operation, needs: Needs) {
    let by = |name: &str| SecurityRequirement::new(name, Vec::<String>::new());
    let (security, refusals): (Vec<SecurityRequirement>, &[(&str, &str)]) = match needs {
        Needs::Staff => (
            vec![by(SESSION), by(API_KEY)],
            &[
                ("401", "Nobody is signed in, or no longer."),
                ("403", "The role may not, or the sign-in is of another store."),
            ],
        ),
        Needs::Visitor => (
            vec![SecurityRequirement::default(), by(VISITOR), by(VISITOR_COOKIE)],
            &[("403", "A page of another site that the store does not let call it.")],
        ),
        Needs::SetupCode => (vec![by(SETUP_CODE)], &[("403", "Not the code.")]),
        Needs::Nothing => (vec![], &[]),
    };
    operation.security = Some(security);
    for (status, told) in refusals {
        let body = ContentBuilder::new().schema(Some(Ref::from_schema_name("ErrorBody"))).build();
        let answer = ResponseBuilder::new().description(*told).content("application/json", body);
        let answers = &mut operation.responses.responses;
        answers.entry((*status).to_owned()).or_insert_with(|| answer.build().into());
    }
}
