//! What may stand in the database but not be read from it: sealed (PASETO v4.local) with the service's
//! master key and bound to its place, so that a sealed text moved elsewhere does not open.

use pasetors::Local;
use pasetors::keys::SymmetricKey;
use pasetors::token::UntrustedToken;
use pasetors::version4::{LocalToken, V4};

use crate::error::{AppError, AppResult};
use crate::state::AppState;

/// How every sealed text begins; no JSON does.
const BEGINS: &str = "v4.local.";

/// Seals `text` for the place that `bound_to` names.
pub(crate) fn seal(state: &AppState, bound_to: &str, text: &str) -> AppResult<String> {
    LocalToken::encrypt(&master(state)?, text.as_bytes(), None, Some(bound_to.as_bytes()))
        .map_err(AppError::internal)
}

/// The text, where this master key sealed it for this place.
pub(crate) fn unseal(state: &AppState, bound_to: &str, sealed: &str) -> Option<String> {
    let token = UntrustedToken::<Local, V4>::try_from(sealed).ok()?;
    let key = master(state).ok()?;
    let opened = LocalToken::decrypt(&key, &token, None, Some(bound_to.as_bytes())).ok()?;
    Some(opened.payload().to_owned())
}

pub(crate) fn is_sealed(text: &str) -> bool {
    text.starts_with(BEGINS)
}

fn master(state: &AppState) -> AppResult<SymmetricKey<V4>> {
    SymmetricKey::from(&state.shared.config.master_key).map_err(AppError::internal)
}
