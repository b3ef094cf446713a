//! One service, one store, one session: every request of the console goes through here.
//!
//! Requests carry time limits; every write carries an idempotency key made before the first try and
//! is repeated once under it when the answer was lost, so that it is applied once. The token never reaches a log: its `Debug` is blank.

use std::time::Duration;

use api::error::{ErrorBody, ErrorCode};
pub use reqwest::Method;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue, RETRY_AFTER};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

/// A service that does not answer the connection within this is not there.
const CONNECT_WAIT_MAX: Duration = Duration::from_secs(5);
/// Longest wait for an ordinary answer.
const ANSWER_WAIT_MAX: Duration = Duration::from_secs(30);
/// Longest wait for work that the service does in one request: an import, a verification.
const LONG_WAIT_MAX: Duration = Duration::from_secs(15 * 60);

/// A session's secret. Printed, it is blank.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// The secret itself: for a header or the keychain, nowhere else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// A service's address with a client for it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Service {
    http: reqwest::Client,
    /// `http://127.0.0.1:4711`, no slash at the end.
    base: String,
    /// Store id; empty until signed in.
    store: String,
    token: Option<Token>,
}

impl Service {
    /// For an address as a person types it: without a scheme, `https` is meant, but `http` on this
    /// computer.
    ///
    /// # Errors
    /// `Invalid` on `address` when it is no web address, or would send a password unencrypted to
    /// another computer.
    pub fn at(address: &str) -> Result<Self, ErrorBody> {
        let base = base_address(address)?;
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT_WAIT_MAX)
            // an API has no business sending a signed request elsewhere
            .redirect(reqwest::redirect::Policy::none())
            // one protocol for requests and for the live channel, which is an upgrade of HTTP/1.1
            .http1_only()
            .user_agent(concat!("souk-console/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|e| {
                tracing::error!(error = %e, "no HTTP client");
                ErrorBody::new(ErrorCode::Internal, "The network could not be set up.")
            })?;
        Ok(Self { http, base, store: String::new(), token: None })
    }

    /// The same service, as a signed-in session on one store.
    #[must_use]
    pub fn signed_in(mut self, store_id: &str, token: Token) -> Self {
        store_id.clone_into(&mut self.store);
        self.token = Some(token);
        self
    }

    pub fn base(&self) -> &str {
        &self.base
    }

    pub fn store_id(&self) -> &str {
        &self.store
    }

    pub fn token(&self) -> Option<&Token> {
        self.token.as_ref()
    }

    /// Reads `/v1/stores/{store}{path}`.
    ///
    /// # Errors
    /// The service's own error, or `Offline`.
    pub async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, String)],
    ) -> Result<T, ErrorBody> {
        let response = self.get_raw(path, query).await?;
        read(response).await
    }

    /// Reads `/v1/stores/{store}{path}` as it comes: for exports.
    ///
    /// # Errors
    /// As `get`.
    pub async fn get_raw(
        &self,
        path: &str,
        query: &[(&str, String)],
    ) -> Result<reqwest::Response, ErrorBody> {
        let request =
            self.request(Method::GET, &self.store_path(path)).timeout(LONG_WAIT_MAX).query(query);
        self.answer(request).await
    }

    /// Writes to `/v1/stores/{store}{path}`.
    ///
    /// # Errors
    /// The service's own error, or `Offline`: then it is unknown whether the write arrived, and
    /// asking once more did not tell.
    pub async fn send<B: Serialize + Sync, T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &B,
    ) -> Result<T, ErrorBody> {
        parse(&self.write(method, &self.store_path(path), Some(body), &[]).await?)
    }

    /// As `send`, where the answer's body does not matter.
    ///
    /// # Errors
    /// As `send`.
    pub async fn send_quiet<B: Serialize + Sync>(
        &self,
        method: Method,
        path: &str,
        body: &B,
    ) -> Result<(), ErrorBody> {
        self.write(method, &self.store_path(path), Some(body), &[]).await.map(drop)
    }

    /// Writes to a path outside any store (`/v1/sessions`, `/v1/setup`), with extra headers.
    ///
    /// # Errors
    /// As `send`.
    pub async fn send_to_service<B: Serialize + Sync, T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &B,
        headers: &[(&'static str, &str)],
    ) -> Result<T, ErrorBody> {
        parse(&self.write(method, path, Some(body), headers).await?)
    }

    /// Reads a path outside any store: `/v1/me`, `/healthz`.
    ///
    /// # Errors
    /// As `get`.
    pub async fn get_from_service<T: DeserializeOwned>(&self, path: &str) -> Result<T, ErrorBody> {
        let request = self.request(Method::GET, path).timeout(ANSWER_WAIT_MAX);
        read(self.answer(request).await?).await
    }

    /// Deletes `/v1/stores/{store}{path}`.
    ///
    /// # Errors
    /// As `send`.
    pub async fn delete(&self, path: &str) -> Result<(), ErrorBody> {
        let path = self.store_path(path);
        self.write::<()>(Method::DELETE, &path, None, &[]).await.map(drop)
    }

    /// As `delete`, where the answer says what stands now.
    ///
    /// # Errors
    /// As `send`.
    pub async fn delete_for<T: DeserializeOwned>(&self, path: &str) -> Result<T, ErrorBody> {
        let path = self.store_path(path);
        parse(&self.write::<()>(Method::DELETE, &path, None, &[]).await?)
    }

    /// Ends the session itself.
    ///
    /// # Errors
    /// As `send`.
    pub async fn sign_out(&self) -> Result<(), ErrorBody> {
        self.write::<()>(Method::DELETE, "/v1/sessions/current", None, &[]).await.map(drop)
    }

    /// Asks `/v1/stores/{store}{path}` for a WebSocket; the token goes in the protocol list.
    ///
    /// # Errors
    /// As `get`.
    pub(crate) async fn upgrade(
        &self,
        path: &str,
        protocol: &str,
        key: &str,
    ) -> Result<reqwest::Response, ErrorBody> {
        let token = self.token.as_ref().map(Token::reveal).unwrap_or_default();
        let mut protocols =
            HeaderValue::from_str(&format!("{protocol}, {token}")).map_err(|_| {
                ErrorBody::new(
                    ErrorCode::Unauthenticated,
                    "The session cannot be used: sign in again.",
                )
            })?;
        protocols.set_sensitive(true);
        // no time limit for the whole: the channel stays open; the answer's first line is waited for
        let request = self
            .request(Method::GET, &self.store_path(path))
            .header("Connection", "Upgrade")
            .header("Upgrade", "websocket")
            .header("Sec-WebSocket-Version", "13")
            .header("Sec-WebSocket-Key", key)
            .header("Sec-WebSocket-Protocol", protocols);
        match tokio::time::timeout(ANSWER_WAIT_MAX, request.send()).await {
            Ok(Ok(response)) if response.status().as_u16() == 101 => Ok(response),
            Ok(Ok(response)) => Err(refusal(response).await),
            Ok(Err(error)) => Err(unreachable_service(&error)),
            Err(_) => Err(ErrorBody::new(
                ErrorCode::Offline,
                "The store's service did not answer in time.",
            )),
        }
    }

    /// Sends a file's bytes; `body` makes them, perhaps as a stream that counts what has gone, and
    /// makes them anew for a repetition.
    ///
    /// # Errors
    /// As `send`.
    pub async fn send_file<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, String)],
        body: impl Fn() -> reqwest::Body + Send + Sync,
    ) -> Result<T, ErrorBody> {
        let make = || {
            self.request(Method::POST, &self.store_path(path))
                .timeout(LONG_WAIT_MAX)
                .query(query)
                .header("Content-Type", "text/csv")
                .body(body())
        };
        parse(&once(make).await?)
    }

    fn store_path(&self, path: &str) -> String {
        format!("/v1/stores/{}{path}", self.store)
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let mut headers = HeaderMap::new();
        if let Some(token) = &self.token
            && let Ok(mut value) = HeaderValue::from_str(&format!("Bearer {}", token.reveal()))
        {
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        self.http.request(method, format!("{}{path}", self.base)).headers(headers)
    }

    async fn write<B: Serialize + Sync>(
        &self,
        method: Method,
        path: &str,
        body: Option<&B>,
        headers: &[(&'static str, &str)],
    ) -> Result<Vec<u8>, ErrorBody> {
        once(|| {
            let mut request = self.request(method.clone(), path).timeout(ANSWER_WAIT_MAX);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            match body {
                Some(body) => request.json(body),
                None => request,
            }
        })
        .await
    }

    async fn answer(
        &self,
        request: reqwest::RequestBuilder,
    ) -> Result<reqwest::Response, ErrorBody> {
        let response = request.send().await.map_err(|e| unreachable_service(&e))?;
        if response.status().is_success() {
            return Ok(response);
        }
        Err(refusal(response).await)
    }
}

/// Sends one write under one idempotency key. When the service was reached but its answer was lost
/// the same request goes out once more: only the service knows whether the first was done, and under
/// the same key it is done once.
async fn once(
    make: impl Fn() -> reqwest::RequestBuilder + Send + Sync,
) -> Result<Vec<u8>, ErrorBody> {
    let key = Uuid::now_v7().to_string();
    match whole(make().header("Idempotency-Key", &key)).await {
        // it never left: a repetition would only wait twice
        Err(error) if error.is_connect() => return Err(unreachable_service(&error)),
        Err(error) => tracing::info!(%error, "an answer was lost: the request is repeated"),
        Ok(Err(error)) if error.code == ErrorCode::Offline => {
            tracing::info!("a gateway lost the answer: the request is repeated");
        }
        Ok(answer) => return answer,
    }
    whole(make().header("Idempotency-Key", &key))
        .await
        .unwrap_or_else(|e| Err(unreachable_service(&e)))
}

/// The answer to its last byte; the outer error when there is none.
async fn whole(
    request: reqwest::RequestBuilder,
) -> Result<Result<Vec<u8>, ErrorBody>, reqwest::Error> {
    let response = request.send().await?;
    if !response.status().is_success() {
        return Ok(Err(refusal(response).await));
    }
    Ok(Ok(response.bytes().await?.into()))
}

/// Percent-encodes one part of a path: a SKU may hold a slash.
pub fn path_part(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

async fn read<T: DeserializeOwned>(response: reqwest::Response) -> Result<T, ErrorBody> {
    parse(&response.bytes().await.map_err(|e| unreachable_service(&e))?)
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ErrorBody> {
    // an empty answer reads as `null`: `()` and `Option` take it
    let text: &[u8] = if bytes.is_empty() { b"null" } else { bytes };
    serde_json::from_slice(text).map_err(|e| {
        tracing::warn!(error = %e, "an answer that this console cannot read");
        ErrorBody::new(
            ErrorCode::UpgradeRequired,
            "The store's service answered in a way that this console does not know. One of the two needs an update; nothing was lost.",
        )
    })
}

fn unreachable_service(error: &reqwest::Error) -> ErrorBody {
    tracing::debug!(%error, "no answer from the service");
    let message = if error.is_timeout() {
        "The store's service did not answer in time."
    } else {
        "The store's service cannot be reached."
    };
    ErrorBody::new(ErrorCode::Offline, message)
}

async fn refusal(response: reqwest::Response) -> ErrorBody {
    let status = response.status().as_u16();
    let retry_after =
        response.headers().get(RETRY_AFTER).and_then(|v| v.to_str().ok()).map(str::to_owned);
    let bytes = response.bytes().await.unwrap_or_default();
    let mut error =
        serde_json::from_slice::<ErrorBody>(&bytes).unwrap_or_else(|_| by_status(status));
    if let Some(seconds) = retry_after {
        error.context.entry("retry_after_s".to_owned()).or_insert(seconds);
    }
    error
}

/// For an answer that is not ours: a proxy's page, another program on the port.
fn by_status(status: u16) -> ErrorBody {
    let (code, message) = match status {
        401 => (ErrorCode::Unauthenticated, "The session has ended: sign in again."),
        403 => (ErrorCode::Forbidden, "Your role does not allow this."),
        404 => (ErrorCode::NotFound, "There is no such thing at this address."),
        413 => (ErrorCode::TooLarge, "That is more than the service takes at once."),
        426 => (ErrorCode::UpgradeRequired, "The service asks for a newer console."),
        429 => (ErrorCode::RateLimited, "Too many requests: wait a moment."),
        502..=504 => (ErrorCode::Offline, "The store's service cannot be reached."),
        _ => (ErrorCode::Internal, "The service failed to answer; nothing was changed here."),
    };
    ErrorBody::new(code, message).with("status", status)
}

fn base_address(address: &str) -> Result<String, ErrorBody> {
    let wrong =
        |message: &str| Err(ErrorBody::new(ErrorCode::Invalid, message).with("field", "address"));
    let address = address.trim().trim_end_matches('/');
    if address.is_empty() || address.ends_with(':') {
        return wrong("Give the address of the store's service, such as shop.example.com.");
    }
    let full = if address.contains("://") {
        address.to_owned()
    } else if is_this_computer(address.split([':', '/']).next().unwrap_or_default()) {
        format!("http://{address}")
    } else {
        format!("https://{address}")
    };
    let Ok(url) = reqwest::Url::parse(&full) else {
        return wrong("That is not a web address: expected something like shop.example.com.");
    };
    let Some(host) = url.host_str() else {
        return wrong("That address names no computer.");
    };
    match url.scheme() {
        "https" => {}
        "http" if is_this_computer(host.trim_matches(['[', ']'])) => {}
        "http" => return wrong("That address is not encrypted: a hosted store needs https."),
        _ => return wrong("A service's address begins with https."),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return wrong("Leave the user name and password out of the address.");
    }
    Ok(full)
}

fn is_this_computer(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let check = |typed: &str, expected: Option<&str>| {
            assert_eq!(base_address(typed).ok().as_deref(), expected, "{typed}");
        };
        check("shop.example.com", Some("https://shop.example.com"));
        check(" https://shop.example.com/ ", Some("https://shop.example.com"));
        check("127.0.0.1:8080", Some("http://127.0.0.1:8080"));
        check("localhost:8080/", Some("http://localhost:8080"));
        check("http://shop.example.com", None);
        check("ftp://shop.example.com", None);
        check("https://me:secret@shop.example.com", None);
        check("", None);
        check("https://", None);
    }

    #[test]
    fn path_parts() {
        assert_eq!(path_part("85123A"), "85123A");
        assert_eq!(path_part("a/b c?é"), "a%2Fb%20c%3F%C3%A9");
    }

    #[test]
    fn token_is_blank_in_debug() {
        assert_eq!(format!("{:?}", Token::new("secret")), "Token(…)");
    }
}
