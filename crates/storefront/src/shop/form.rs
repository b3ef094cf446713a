//! Forms without scripts: where they came from, what makes them happen once, and what is read of
//! them. A form that cannot be read is an answer with a page, like any other.

use axum::Form;
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

use crate::auth::new_id;
use crate::error::{AppError, AppResult};
use crate::http::command::fingerprint;
use crate::state::AppState;
use crate::write::Once;

/// Bytes of a form at most.
const FORM_BYTES_MAX: usize = 64 * 1024;
const KEY_CHARS_MAX: usize = 80;

/// A form of the shop's own pages, or why it is none.
pub(crate) struct Sent<T>(pub(crate) AppResult<T>);

impl<T: DeserializeOwned + Send> FromRequest<AppState> for Sent<T> {
    type Rejection = std::convert::Infallible;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Self::Rejection> {
        let long = request.headers().get("content-length").and_then(|v| v.to_str().ok());
        if long.and_then(|n| n.parse::<usize>().ok()).is_some_and(|n| n > FORM_BYTES_MAX) {
            return Ok(Self(Err(AppError::invalid("form", "The form is too long."))));
        }
        let form = Form::<T>::from_request(request, state).await;
        Ok(Self(
            form.map(|Form(read)| read).map_err(|_| {
                AppError::invalid("form", "The form lacks a part, or cannot be read.")
            }),
        ))
    }
}

/// Makes what a form asks happen once: `key` was written into the form with the page.
pub(crate) fn once(key: &str, act: &str, asked: &str) -> Once {
    let fits = !key.is_empty() && key.len() <= KEY_CHARS_MAX && key.is_ascii();
    let key = if fits { format!("{key}/{act}") } else { new_id() };
    Once { key, fingerprint: fingerprint(act, asked.as_bytes()) }
}

/// The answer to a form, or to the same form sent before.
pub(crate) fn first_answer<T, S>(result: AppResult<(S, axum::Json<T>)>) -> AppResult<T>
where
    T: DeserializeOwned,
{
    match result {
        Ok((_, axum::Json(answer))) => Ok(answer),
        Err(AppError::Replay { body, .. }) => {
            serde_json::from_str(&body).map_err(AppError::internal)
        }
        Err(other) => Err(other),
    }
}
