//! Passwords: argon2id, off the async threads, two at a time.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};

use crate::error::{AppError, AppResult};
use crate::state::AppState;

pub(crate) const LENGTH_MIN: usize = 12;
const LENGTH_MAX: usize = 200;

/// Refuses a password that is too short or too long to hash.
pub(crate) fn check(field: &str, password: &str) -> AppResult<()> {
    let length = password.chars().count();
    if (LENGTH_MIN..=LENGTH_MAX).contains(&length) {
        return Ok(());
    }
    let message = format!("The password needs {LENGTH_MIN} to {LENGTH_MAX} characters.");
    Err(AppError::invalid(field, message))
}

/// The password as the table holds it, in PHC form.
pub(crate) async fn hash(state: &AppState, password: &str) -> AppResult<String> {
    let _turn = state.shared.hashing.acquire().await.map_err(AppError::internal)?;
    let password = password.to_owned();
    let hashed = tokio::task::spawn_blocking(move || {
        Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string())
    });
    hashed.await.map_err(AppError::internal)?.map_err(AppError::internal)
}

/// Whether the password is the one. With no hash (no such person) the same work is done, so that
/// the time tells nothing.
pub(crate) async fn verify(
    state: &AppState,
    password: &str,
    known: Option<&str>,
) -> AppResult<bool> {
    let _turn = state.shared.hashing.acquire().await.map_err(AppError::internal)?;
    let (password, known) = (password.to_owned(), known.map(str::to_owned));
    let verified = tokio::task::spawn_blocking(move || {
        let Some(known) = known else {
            let _ = Argon2::default().hash_password(password.as_bytes());
            return false;
        };
        PasswordHash::new(&known)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    });
    verified.await.map_err(AppError::internal)
}
