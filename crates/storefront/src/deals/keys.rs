//! A store's signing keys: PASETO v4.public, the secret half sealed (v4.local) with the service's
//! master key, so that a copy of the database signs nothing.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use pasetors::keys::{
    AsymmetricKeyPair, AsymmetricPublicKey, AsymmetricSecretKey, Generate, SymmetricKey,
};
use pasetors::token::UntrustedToken;
use pasetors::version4::{LocalToken, PublicToken, V4};
use pasetors::{Local, Public};

use crate::auth::new_id;
use crate::db::{Tx, args, store};
use crate::error::{AppError, AppResult};
use crate::state::AppState;

/// Makes a key pair for a new store, or a fresh one to rotate to.
pub(crate) async fn create(
    tx: &mut Tx,
    state: &AppState,
    store_id: &str,
    now: i64,
) -> AppResult<()> {
    let pair = AsymmetricKeyPair::<V4>::generate().map_err(AppError::internal)?;
    let key_id = new_id();
    let sealed = seal(state, store_id, pair.secret.as_bytes())?;
    let public = BASE64_STANDARD.encode(pair.public.as_bytes());
    tx.run(store::INSERT_KEY, args![store_id, key_id, sealed, public, now]).await?;
    Ok(())
}

/// Signs `claims` with the store's newest key; the footer names the key, the implicit assertion
/// the store, so a token of another store never verifies.
pub(crate) fn sign(
    state: &AppState,
    store_id: &str,
    key: &store::SigningKeyRow,
    claims: &[u8],
) -> AppResult<String> {
    let secret = unseal(state, store_id, &key.secret_key)?;
    let secret = AsymmetricSecretKey::<V4>::from(&secret).map_err(AppError::internal)?;
    PublicToken::sign(&secret, claims, Some(key.key_id.as_bytes()), Some(store_id.as_bytes()))
        .map_err(AppError::internal)
}

/// The claims of a token that one of the store's keys signed; `None` for anything else.
pub(crate) fn verify(
    store_id: &str,
    keys: &[store::SigningKeyRow],
    token: &str,
) -> Option<Vec<u8>> {
    let untrusted = UntrustedToken::<Public, V4>::try_from(token).ok()?;
    let key_id = std::str::from_utf8(untrusted.untrusted_footer()).ok()?;
    let key = keys.iter().find(|key| key.key_id == key_id)?;
    let public = BASE64_STANDARD.decode(&key.public_key).ok()?;
    let public = AsymmetricPublicKey::<V4>::from(&public).ok()?;
    let trusted = PublicToken::verify(
        &public,
        &untrusted,
        Some(key_id.as_bytes()),
        Some(store_id.as_bytes()),
    );
    Some(trusted.ok()?.payload().as_bytes().to_vec())
}

fn seal(state: &AppState, store_id: &str, secret: &[u8]) -> AppResult<String> {
    let text = BASE64_STANDARD.encode(secret);
    LocalToken::encrypt(&master(state)?, text.as_bytes(), None, Some(store_id.as_bytes()))
        .map_err(AppError::internal)
}

fn unseal(state: &AppState, store_id: &str, sealed: &str) -> AppResult<Vec<u8>> {
    let wrong = "the signing key cannot be unsealed: this is not the master key that sealed it";
    let token = UntrustedToken::<Local, V4>::try_from(sealed).map_err(AppError::internal)?;
    let opened = LocalToken::decrypt(&master(state)?, &token, None, Some(store_id.as_bytes()))
        .map_err(|_| AppError::internal(wrong))?;
    BASE64_STANDARD.decode(opened.payload()).map_err(AppError::internal)
}

fn master(state: &AppState) -> AppResult<SymmetricKey<V4>> {
    SymmetricKey::from(&state.shared.config.master_key).map_err(AppError::internal)
}
