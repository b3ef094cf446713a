//! HTTP as a console, a script or an attacker speaks it.

use reqwest::{Method, RequestBuilder, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Sends requests with a token, if any, and a new idempotency key on each write.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
    headers: Vec<(String, String)>,
}

impl Client {
    pub fn new(base: &str, token: Option<String>) -> Self {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("an HTTP client");
        Self { http, base: base.to_owned(), token, headers: vec![] }
    }

    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    #[must_use]
    pub fn with_token(mut self, token: &str) -> Self {
        self.token = Some(token.to_owned());
        self
    }

    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &impl Serialize) -> Answer {
        self.write(Method::POST, path, body).await
    }

    pub async fn put(&self, path: &str, body: &impl Serialize) -> Answer {
        self.write(Method::PUT, path, body).await
    }

    pub async fn patch(&self, path: &str, body: &impl Serialize) -> Answer {
        self.write(Method::PATCH, path, body).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.write(Method::DELETE, path, &serde_json::Value::Null).await
    }

    async fn write(&self, method: Method, path: &str, body: &impl Serialize) -> Answer {
        let mut request = self.request(method, path).json(body);
        if !self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("idempotency-key")) {
            request = request.header("Idempotency-Key", uuid::Uuid::now_v7().to_string());
        }
        send(request).await
    }

    /// A request to send as one likes.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request
    }
}

async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.expect("the service answers");
    let status = response.status();
    let headers = response.headers().clone();
    let text = response.text().await.expect("a body");
    Answer { status, headers, text }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Answer {
    /// The body, where the status is the one expected.
    pub fn expect<T: DeserializeOwned>(self, status: u16) -> T {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }

    /// The error body, where the status is the one expected.
    pub fn refused(self, status: u16) -> api::ErrorBody {
        self.expect(status)
    }
}
