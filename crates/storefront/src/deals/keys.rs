//! A store's signing keys: PASETO v4.public, the secret half sealed (v4.local) with the service's
//! master key, so that a copy of the database signs nothing.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use pasetors::Public;
use pasetors::keys::{AsymmetricKeyPair, AsymmetricPublicKey, AsymmetricSecretKey, Generate};
use pasetors::token::UntrustedToken;
use pasetors::version4::{PublicToken, V4};

use crate::auth::new_id;
use crate::db::{Tx, args, store};
use crate::error::{AppError, AppResult};
use crate::seal;
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
    let secret = BASE64_STANDARD.encode(pair.secret.as_bytes());
    let sealed = seal::seal(state, store_id, &secret)?;
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
    let wrong = "the signing key cannot be unsealed: this is not the master key that sealed it";
    let secret =
        seal::unseal(state, store_id, &key.secret_key).ok_or_else(|| AppError::internal(wrong))?;
    let secret = BASE64_STANDARD.decode(secret).map_err(AppError::internal)?;
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
