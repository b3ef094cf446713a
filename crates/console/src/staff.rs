//! Staff, their sessions, and API keys.

use api::error::{ErrorBody, ErrorCode};
use api::staff::{
    ApiKey, CreatedApiKey, NewApiKey, NewStaff, PasswordChange, Staff, StaffChange, StaffSession,
};
use sync::{Method, service::path_part};

use crate::connection::ConnectionKind;
use crate::{Answer, Console};

pub async fn list(console: &Console) -> Answer<Vec<Staff>> {
    console.service().await?.get("/staff", &[]).await
}

pub async fn add(console: &Console, new: NewStaff) -> Answer<Staff> {
    let staff = console.service().await?.send(Method::POST, "/staff", &new).await?;
    console.did("staff_add");
    Ok(staff)
}

pub async fn change(console: &Console, id: &str, change: StaffChange) -> Answer<Staff> {
    let path = format!("/staff/{}", path_part(id));
    let staff = console.service().await?.send(Method::PATCH, &path, &change).await?;
    console.did("staff_change");
    Ok(staff)
}

/// Changes the password of whoever is signed in; their other sessions end.
///
/// # Errors
/// `NotAllowedNow` on a store of this computer: its owner's password was made by the console and is
/// kept in the keychain, and another one would lock the person out.
pub async fn change_password(console: &Console, change: PasswordChange) -> Answer<()> {
    let session = console.session().await?;
    if session.kind == ConnectionKind::Local {
        let message = "A store on this computer asks for no password: there is none to change.";
        return Err(ErrorBody::new(ErrorCode::NotAllowedNow, message).with("state", "local"));
    }
    let path = "/v1/me/password";
    let _: serde_json::Value =
        session.service.send_to_service(Method::POST, path, &change, &[]).await?;
    console.did("password_change");
    Ok(())
}

pub async fn sessions(console: &Console) -> Answer<Vec<StaffSession>> {
    console.service().await?.get("/staff/sessions", &[]).await
}

pub async fn revoke_session(console: &Console, id: &str) -> Answer<()> {
    console.service().await?.delete(&format!("/staff/sessions/{}", path_part(id))).await?;
    console.did("session_revoke");
    Ok(())
}

pub async fn api_keys(console: &Console) -> Answer<Vec<ApiKey>> {
    console.service().await?.get("/api-keys", &[]).await
}

/// The key itself is in the answer this once.
pub async fn create_api_key(console: &Console, new: NewApiKey) -> Answer<CreatedApiKey> {
    let created = console.service().await?.send(Method::POST, "/api-keys", &new).await?;
    console.did("api_key_create");
    Ok(created)
}

pub async fn revoke_api_key(console: &Console, id: &str) -> Answer<()> {
    console.service().await?.delete(&format!("/api-keys/{}", path_part(id))).await?;
    console.did("api_key_revoke");
    Ok(())
}
