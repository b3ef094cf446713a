//! Signing in to a hosted store, and setting up the first store of a hosted service.

use api::error::{ErrorBody, ErrorCode};
use api::staff::{SignIn, SignedIn};
use api::store::Setup;
use sync::{Method, Service};

use super::{ConnectionKind, ConnectionState, HostedSetup, local, session};
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

/// Makes the first store of a service that runs elsewhere, and opens it as its owner.
///
/// # Errors
/// `Invalid` with the `field` that is not right: `address`, `code` (not the one that the service
/// printed), `name`, `owner_email`, `owner_password`; `Conflict` on `slug` when that store is already
/// there; `Offline`, `Keychain`.
pub async fn set_up_hosted(
    console: &Console,
    address: &str,
    setup: HostedSetup,
) -> Answer<ConnectionState> {
    let _turn = console.turn().await;
    if setup.profile.name.trim().is_empty() {
        return Err(failure::invalid("name", "Give the store a name."));
    }
    let service = Service::at(address)?;
    let code = setup.code.trim().to_owned();
    let slug = match setup.slug.trim() {
        "" => local::slug_of(&setup.profile.name),
        slug => slug.to_owned(),
    };
    let body = Setup {
        slug,
        profile: setup.profile,
        owner_name: setup.owner_name,
        owner_email: setup.owner_email,
        owner_password: setup.owner_password,
    };
    let code = [("X-Setup-Code", code.as_str())];
    let signed_in: SignedIn =
        service.send_to_service(Method::POST, "/v1/setup", &body, &code).await.map_err(told)?;
    session::begin(console, ConnectionKind::Hosted, service, signed_in, None).await?;
    super::state(console).await
}

/// Only a wrong code is forbidden here: the person mends it in its field.
fn told(error: ErrorBody) -> ErrorBody {
    if error.code == ErrorCode::Forbidden {
        return failure::invalid("code", error.message);
    }
    error
}
