//! Credentials of outside providers, in the keychain. A member of staff's own value overrides the
//! server's configuration; a blank field keeps what is stored; no value ever comes back out to the
//! UI.

mod form;
mod test_call;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

pub use form::{Field, FieldKind, Provider};

use crate::{Answer, Console, failure};

/// One provider, what it asks for, and which of it is set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CredentialStatus {
    pub provider: Provider,
    pub fields: Vec<FieldStatus>,
    /// Every required field is set in this computer's keychain.
    pub set_here: bool,
    /// The server's own configuration has it; absent while that is unknown (offline).
    pub set_on_server: Option<bool>,
    /// Which of the two is used now.
    pub used: CredentialUse,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FieldStatus {
    pub field: Field,
    pub set: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CredentialUse {
    /// The user's own.
    Own,
    /// The server's configuration.
    Server,
    None,
}

/// What came of trying a credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CredentialTest {
    pub ok: bool,
    /// In words; never holds the credential or the provider's raw answer.
    pub message: String,
}

/// The server's side of it. Tolerant: an unknown provider is passed over.
#[derive(Debug, Deserialize)]
struct OnServer {
    name: String,
    configured: bool,
}

pub async fn list(console: &Console) -> Answer<Vec<CredentialStatus>> {
    let server = on_server(console).await;
    let mut all = Vec::with_capacity(Provider::ALL.len());
    for provider in Provider::ALL {
        all.push(status_beside(console, provider, server.as_deref()).await?);
    }
    Ok(all)
}

async fn status(console: &Console, provider: Provider) -> Answer<CredentialStatus> {
    let server = on_server(console).await;
    status_beside(console, provider, server.as_deref()).await
}

/// Stores fields by name. A blank value keeps the stored one.
///
/// # Errors
/// `Invalid` for a field that the provider does not have or a value that cannot be one;
/// `Keychain` when there is none or it is locked. Then nothing was changed.
pub async fn set(
    console: &Console,
    provider: Provider,
    fields: BTreeMap<String, String>,
) -> Answer<CredentialStatus> {
    let mut stored = stored(console, provider).await?;
    for (name, value) in fields {
        let field = provider.fields().into_iter().find(|f| f.name == name).ok_or_else(|| {
            failure::invalid(&name, format!("“{name}” is no field of this provider."))
        })?;
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        field.check(value)?;
        stored.insert(name, value.to_owned());
    }
    let text = serde_json::to_string(&stored)
        .map_err(|e| failure::internal("The credential could not be stored", &e))?;
    console.secrets().set(&entry(provider), &text).await?;
    console.did("credential_set");
    status(console, provider).await
}

/// Tries what is stored against the provider itself.
pub async fn test(console: &Console, provider: Provider) -> Answer<CredentialTest> {
    let stored = stored(console, provider).await?;
    if let Some(missing) =
        provider.fields().iter().find(|f| f.required && !stored.contains_key(&f.name))
    {
        return Ok(CredentialTest {
            ok: false,
            message: format!("“{}” is not set yet.", missing.label),
        });
    }
    Ok(test_call::run(provider, &stored).await)
}

/// Forgets all fields of a provider; the server's configuration is used again.
pub async fn clear(console: &Console, provider: Provider) -> Answer<CredentialStatus> {
    console.secrets().clear(&entry(provider)).await?;
    console.did("credential_clear");
    status(console, provider).await
}

async fn status_beside(
    console: &Console,
    provider: Provider,
    server: Option<&[OnServer]>,
) -> Answer<CredentialStatus> {
    let stored = stored(console, provider).await?;
    let fields: Vec<FieldStatus> = provider
        .fields()
        .into_iter()
        .map(|field| FieldStatus { set: stored.contains_key(&field.name), field })
        .collect();
    let set_here = fields.iter().all(|f| f.set || !f.field.required);
    let set_on_server =
        server.map(|all| all.iter().any(|s| s.name == provider.as_str() && s.configured));
    let used = match (set_here, set_on_server) {
        (true, _) => CredentialUse::Own,
        (false, Some(true)) => CredentialUse::Server,
        (false, _) => CredentialUse::None,
    };
    Ok(CredentialStatus { provider, fields, set_here, set_on_server, used })
}

/// What the keychain holds for a provider, by field name.
async fn stored(console: &Console, provider: Provider) -> Answer<BTreeMap<String, String>> {
    let Some(text) = console.secrets().get(&entry(provider)).await? else {
        return Ok(BTreeMap::new());
    };
    // an entry that another program spoilt reads as none, and can be set again
    Ok(serde_json::from_str(&text).unwrap_or_default())
}

async fn on_server(console: &Console) -> Option<Vec<OnServer>> {
    console.service().await.ok()?.get("/providers", &[]).await.ok()
}

fn entry(provider: Provider) -> String {
    format!("provider/{}", provider.as_str())
}
