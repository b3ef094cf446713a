//! The part of an address after `?`, read into fields; what cannot be read is told by its name. Pages
//! of the shop read theirs as axum does: nobody who follows a link can mend its address.

use axum::extract::{FromRequestParts, Query as Read};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::fault;
use crate::error::{AppError, AppResult};

pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> AppResult<Self> {
        // no text of ours holds a NUL, and PostgreSQL takes none
        let mut pairs = parts.uri.query().into_iter().flat_map(|query| query.split('&'));
        if let Some(pair) = pairs.find(|pair| pair.contains("%00")) {
            let name = pair.split('=').next().unwrap_or(pair);
            return Err(AppError::invalid(name, "The text holds a NUL character."));
        }
        let read = Read::<T>::try_from_uri(&parts.uri);
        read.map(|Read(asked)| Self(asked)).map_err(|refused| fault::of_query(&refused))
    }
}
