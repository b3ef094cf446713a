//! Staff, sessions, API keys.

use api::staff::{
    ApiKey, CreatedApiKey, NewApiKey, NewStaff, PasswordChange, Staff, StaffChange, StaffSession,
};
use console::{Answer, Console, staff as team};
use tauri::State;

/// Everyone on the staff.
#[tauri::command]
#[specta::specta]
pub(crate) async fn staff_list(console: State<'_, Console>) -> Answer<Vec<Staff>> {
    team::list(&console).await
}

/// Adds someone.
#[tauri::command]
#[specta::specta]
pub(crate) async fn staff_add(console: State<'_, Console>, staff: NewStaff) -> Answer<Staff> {
    team::add(&console, staff).await
}

/// Changes name, role, password, or whether they may sign in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn staff_change(
    console: State<'_, Console>,
    id: String,
    change: StaffChange,
) -> Answer<Staff> {
    team::change(&console, &id, change).await
}

/// Changes one's own password.
#[tauri::command]
#[specta::specta]
pub(crate) async fn password_change(
    console: State<'_, Console>,
    change: PasswordChange,
) -> Answer<()> {
    team::change_password(&console, change).await
}

/// Signed-in sessions.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sessions_list(console: State<'_, Console>) -> Answer<Vec<StaffSession>> {
    team::sessions(&console).await
}

/// Ends a session.
#[tauri::command]
#[specta::specta]
pub(crate) async fn session_revoke(console: State<'_, Console>, id: String) -> Answer<()> {
    team::revoke_session(&console, &id).await
}

/// API keys, without their secrets.
#[tauri::command]
#[specta::specta]
pub(crate) async fn api_keys_list(console: State<'_, Console>) -> Answer<Vec<ApiKey>> {
    team::api_keys(&console).await
}

/// Makes an API key; its secret is in the answer this once.
#[tauri::command]
#[specta::specta]
pub(crate) async fn api_key_create(
    console: State<'_, Console>,
    key: NewApiKey,
) -> Answer<CreatedApiKey> {
    team::create_api_key(&console, key).await
}

/// Revokes an API key.
#[tauri::command]
#[specta::specta]
pub(crate) async fn api_key_revoke(console: State<'_, Console>, id: String) -> Answer<()> {
    team::revoke_api_key(&console, &id).await
}
