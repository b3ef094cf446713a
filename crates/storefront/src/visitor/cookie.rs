//! Where the visitor's token travels: an HttpOnly cookie, or for programs a header of the same.

use std::sync::{Arc, OnceLock};

use axum::extract::Request;
use axum::http::header::{COOKIE, SEC_WEBSOCKET_PROTOCOL, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::auth::new_token;

pub(crate) const COOKIE_NAME: &str = "souk_visitor";
/// A program sends its token here; `new` asks for one, which comes back in the same header.
const HEADER: HeaderName = HeaderName::from_static("x-souk-visitor");
const PREFIX: &str = "vs_";
/// 32 bytes in URL-safe base64.
const SECRET_CHARS: usize = 43;
const MAX_AGE_S: i64 = 365 * 24 * 3600;

/// A token made during this request, to be handed to the client with the answer.
#[derive(Clone, Default)]
struct Made(Arc<OnceLock<String>>);

/// The token of the request, or a new one that the answer will carry.
pub(super) fn token_of(parts: &Parts) -> String {
    let header = parts.headers.get(HEADER).and_then(|v| v.to_str().ok());
    let own = header.filter(|t| well_formed(t)).or_else(|| from_protocol(&parts.headers));
    if let Some(token) = own.or_else(|| from_cookie(&parts.headers)) {
        return token.to_owned();
    }
    match parts.extensions.get::<Made>() {
        Some(made) => made.0.get_or_init(|| new_token(PREFIX)).clone(),
        None => new_token(PREFIX),
    }
}

/// A WebSocket of another site's page cannot send headers: its token is among the subprotocols.
pub(crate) fn from_protocol(headers: &HeaderMap) -> Option<&str> {
    let offered = headers.get(SEC_WEBSOCKET_PROTOCOL)?.to_str().ok()?;
    offered.split(',').map(str::trim).find(|item| well_formed(item))
}

fn from_cookie(headers: &HeaderMap) -> Option<&str> {
    headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).find_map(|line| {
        line.split(';')
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, value)| *name == COOKIE_NAME && well_formed(value))
            .map(|(_, value)| value)
    })
}

/// Only tokens of our making: nobody gets a session by a short or chosen word.
fn well_formed(token: &str) -> bool {
    token.strip_prefix(PREFIX).is_some_and(|secret| {
        secret.len() == SECRET_CHARS
            && secret.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    })
}

/// Hands a token that was made during the request to the client.
pub(crate) async fn keep_token(mut request: Request, next: Next) -> Response {
    let made = Made::default();
    let by_header = request.headers().contains_key(HEADER);
    let secure = request.headers().get("x-forwarded-proto").is_some_and(|v| v == "https");
    request.extensions_mut().insert(made.clone());
    let mut response = next.run(request).await;
    let Some(token) = made.0.get() else { return response };
    if by_header {
        if let Ok(value) = HeaderValue::from_str(token) {
            response.headers_mut().insert(HEADER, value);
        }
        return response;
    }
    let secure = if secure { "; Secure" } else { "" };
    let cookie = format!(
        "{COOKIE_NAME}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={MAX_AGE_S}{secure}"
    );
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
    response
}
