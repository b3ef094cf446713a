//! Signing in to a hosted store.

use api::staff::{SignIn, SignedIn};
use sync::{Method, Service};

use super::{ConnectionKind, ConnectionState, session};
use crate::{Answer, Console, failure};

/// Signs in and opens the store; the token goes to the keychain, the password nowhere.
///
/// # Errors
/// `Invalid` for an address that is none, `Unauthenticated` for a wrong password, `RateLimited`,
/// `Offline`, `Keychain`.
pub async fn connect_hosted(
    console: &Console,
    address: &str,
    mut sign_in: SignIn,
) -> Answer<ConnectionState> {
    let _turn = console.turn().await;
    for (field, value) in
        [("store", &sign_in.store), ("email", &sign_in.email), ("password", &sign_in.password)]
    {
        if value.trim().is_empty() {
            return Err(failure::invalid(field, format!("Fill in the {field}.")));
        }
    }
    if sign_in.device.trim().is_empty() {
        sign_in.device = format!("Souk on {}", std::env::consts::OS);
    }
    let service = Service::at(address)?;
    let signed_in: SignedIn =
        service.send_to_service(Method::POST, "/v1/sessions", &sign_in, &[]).await?;
    session::begin(console, ConnectionKind::Hosted, service, signed_in, None).await?;
    super::state(console).await
}
