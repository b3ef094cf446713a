//! The widget on other sites: which origins may call a store's customer API from a page. The list
//! is the setting `widget_origins`. Cookies are never sent for them; their visitor's token travels
//! in `X-Souk-Visitor`.

use api::error::ErrorCode;
use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::address;
use crate::error::{AppError, AppResult};
use crate::http::fault::read_value;
use crate::state::AppState;

/// Its name among the settings.
pub(crate) const NAME: &str = "widget_origins";
/// Sites that one store names at most.
const ORIGINS_MAX: usize = 100;
const PREFIX: &str = "/v1/shops/";
const HEADERS: &str = "content-type, idempotency-key, x-souk-visitor, accept-language";

pub(crate) async fn other_sites(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let Some((store, origin)) = foreign(&request) else { return next.run(request).await };
    let allowed = may_embed(&state, &store, &origin).await;
    let (reads, asks) = (
        matches!(*request.method(), Method::GET | Method::HEAD),
        request.method() == Method::OPTIONS,
    );
    if !allowed {
        if reads {
            // without our headers a browser shows the answer to nobody
            return next.run(request).await;
        }
        let message = "This store does not let pages of that site call it.";
        return AppError::refuse(ErrorCode::Forbidden, message).into_response();
    }
    let mut response = match asks {
        true => StatusCode::NO_CONTENT.into_response(),
        false => next.run(request).await,
    };
    allow(response.headers_mut(), &origin, asks);
    response
}

/// Reads the setting `widget_origins`; `null` is none.
///
/// # Errors
/// Which of them is no origin.
pub(crate) fn origins(value: &Value) -> AppResult<Vec<String>> {
    if value.is_null() {
        return Ok(vec![]);
    }
    let origins: Vec<String> = read_value("value", value)?;
    if origins.len() > ORIGINS_MAX {
        return Err(AppError::invalid("value", format!("At most {ORIGINS_MAX} origins.")));
    }
    match origins.iter().position(|origin| !is_origin(origin)) {
        None => Ok(origins),
        Some(at) => {
            let message =
                format!("{}: expected an origin such as https://blog.example.", origins[at]);
            Err(AppError::invalid(&format!("value[{at}]"), message))
        }
    }
}

/// As a browser writes it: scheme and host in lower case, a port where it is not the scheme's own.
/// Anything else would be kept and never match.
fn is_origin(text: &str) -> bool {
    let Some((scheme, authority)) = text.split_once("://") else { return false };
    let usual = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return false,
    };
    let Ok(read) = authority.parse::<Authority>() else { return false };
    let plain =
        !authority.contains(['@', '*']) && !authority.bytes().any(|b| b.is_ascii_uppercase());
    plain && !read.host().is_empty() && !authority.ends_with(usual) && !authority.ends_with(':')
}

/// Whether the store lets pages of this origin call it.
pub(crate) async fn may_embed(state: &AppState, store: &str, origin: &str) -> bool {
    let shelf = state.shared.shelves.of(state, store).await.ok();
    shelf.is_some_and(|shelf| shelf.widget_origins.iter().any(|one| one == origin))
}

/// The store and the origin of a request that a page of another site made.
fn foreign(request: &Request) -> Option<(String, String)> {
    let store = request.uri().path().strip_prefix(PREFIX)?.split('/').next()?;
    Some((store.to_owned(), foreign_origin(request.headers())?))
}

/// The origin that a browser names, where it is not the shop's own.
pub(crate) fn foreign_origin(headers: &HeaderMap) -> Option<String> {
    let origin = headers.get(header::ORIGIN)?;
    // what is no text is no origin of ours
    let origin = origin.to_str().unwrap_or("null");
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    (!host.eq_ignore_ascii_case(address::host(headers))).then(|| origin.to_owned())
}

fn allow(headers: &mut HeaderMap, origin: &str, asks: bool) {
    if let Ok(origin) = HeaderValue::from_str(origin) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    let exposed = HeaderValue::from_static("x-souk-visitor, date");
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    if asks {
        let methods = HeaderValue::from_static("GET, POST");
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(HEADERS));
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_as_browsers_write_it() {
        for (text, expected) in [
            ("https://blog.example", true),
            ("http://localhost:5173", true),
            ("https://[::1]:8443", true),
            ("https://blog.example/", false),
            ("https://blog.example/page", false),
            ("https://Blog.example", false),
            ("https://blog.example:443", false),
            ("https://blog.example:", false),
            ("https://sam@blog.example", false),
            ("https://*.example", false),
            ("ftp://blog.example", false),
            ("blog.example", false),
            ("https://", false),
            ("null", false),
            ("*", false),
        ] {
            assert_eq!(is_origin(text), expected, "{text}");
        }
    }
}
