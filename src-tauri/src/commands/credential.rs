//! Providers' credentials in the keychain. No value comes back through here.

use std::collections::BTreeMap;

use console::credential::{self, CredentialStatus, CredentialTest, Provider};
use console::{Answer, Console};
use tauri::State;

/// Every provider, its fields, and which are set.
#[tauri::command]
#[specta::specta]
pub(crate) async fn credentials_list(console: State<'_, Console>) -> Answer<Vec<CredentialStatus>> {
    credential::list(&console).await
}

/// Stores fields by name; a blank one keeps what is stored.
#[tauri::command]
#[specta::specta]
pub(crate) async fn credential_set(
    console: State<'_, Console>,
    provider: Provider,
    fields: BTreeMap<String, String>,
) -> Answer<CredentialStatus> {
    credential::set(&console, provider, fields).await
}

/// Tries what is stored.
#[tauri::command]
#[specta::specta]
pub(crate) async fn credential_test(
    console: State<'_, Console>,
    provider: Provider,
) -> Answer<CredentialTest> {
    credential::test(&console, provider).await
}

/// Forgets it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn credential_clear(
    console: State<'_, Console>,
    provider: Provider,
) -> Answer<CredentialStatus> {
    credential::clear(&console, provider).await
}
