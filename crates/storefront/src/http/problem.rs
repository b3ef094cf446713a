//! Every refusal speaks the one language of errors: what axum refuses by itself (another method, an
//! address or a header that cannot be read) is said as our error, or as a page to a browser.

use api::error::ErrorCode;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::error::AppError;
use crate::shop::told;

pub(crate) async fn speak(request: Request, next: Next) -> Response {
    let (method, asked) = (request.method().clone(), request.headers().clone());
    // no name of ours holds a NUL, and PostgreSQL takes none
    let path = request.uri().path();
    if path.starts_with("/v1/") && path.contains("%00") {
        return told(&asked, AppError::not_found("page"));
    }
    let response = next.run(request).await;
    if !response.status().is_client_error() || is_worded(response.headers()) {
        return response;
    }
    let status = response.status();
    let mut answer = told(&asked, error(status, &method));
    *answer.status_mut() = status;
    answer
}

fn is_worded(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/json") || kind.starts_with("text/html"))
}

fn error(status: StatusCode, method: &Method) -> AppError {
    match status {
        StatusCode::NOT_FOUND => AppError::not_found("page"),
        StatusCode::METHOD_NOT_ALLOWED => {
            // which it takes stands in the header Allow
            AppError::invalid("method", format!("This address does not take {method}."))
        }
        StatusCode::PAYLOAD_TOO_LARGE => {
            AppError::refuse(ErrorCode::TooLarge, "The request is too large.")
        }
        StatusCode::UPGRADE_REQUIRED => {
            AppError::invalid("upgrade", "This address is a WebSocket's alone.")
        }
        _ => {
            let message = "The address or the headers of the request cannot be read.";
            AppError::invalid("request", message)
        }
    }
}
