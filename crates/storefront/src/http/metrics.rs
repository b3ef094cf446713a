//! Counts and durations of requests, in Prometheus' text form. Labels are routes, never addresses
//! or names of people.

use std::sync::OnceLock;
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

fn recorder() -> Option<&'static PrometheusHandle> {
    RECORDER.get_or_init(|| PrometheusBuilder::new().install_recorder().ok()).as_ref()
}

pub(crate) fn install() {
    recorder();
}

/// `GET /metrics`
pub(crate) async fn render() -> String {
    recorder().map(PrometheusHandle::render).unwrap_or_default()
}

/// Takes in what was measured since: without it every duration is kept until someone looks.
pub(crate) fn keep_up() {
    if let Some(recorder) = recorder() {
        recorder.run_upkeep();
    }
}

/// A client may send any word as its method; a label of its making would be kept for ever.
fn label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

pub(crate) async fn measure(request: Request, next: Next) -> Response {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unmatched".to_owned(), |path| path.as_str().to_owned());
    let method = label(request.method()).to_owned();
    let began = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    let labels = [("method", method), ("route", route), ("status", status)];
    metrics::counter!("souk_http_requests_total", &labels).increment(1);
    metrics::histogram!("souk_http_request_seconds", &labels).record(began.elapsed().as_secs_f64());
    response
}
