//! Named settings of the store, kept as JSON and edited offline like any document.

use serde::{Deserialize, Serialize};
use specta::Type;
use sync::{Method, service::path_part};

use crate::{Answer, Console, failure};

/// A setting with the revision that an edit of it begins from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Setting {
    pub name: String,
    /// JSON text; `null` where it was never set.
    pub value: String,
    #[specta(type = i32)]
    pub rev: i64,
}

#[derive(Deserialize)]
struct OnWire {
    #[serde(default)]
    value: serde_json::Value,
    #[serde(default)]
    rev: i64,
}

pub async fn get(console: &Console, name: &str) -> Answer<Setting> {
    let found: OnWire =
        console.service().await?.get(&format!("/settings/{}", path_part(name)), &[]).await?;
    Ok(Setting { name: name.to_owned(), value: found.value.to_string(), rev: found.rev })
}

/// `value` is JSON text.
pub async fn put(console: &Console, name: &str, value: &str, base_rev: i64) -> Answer<Setting> {
    let value: serde_json::Value = serde_json::from_str(value)
        .map_err(|e| failure::invalid("value", format!("That setting is not JSON: {e}.")))?;
    let body = serde_json::json!({ "value": value, "base_rev": base_rev });
    let path = format!("/settings/{}", path_part(name));
    let found: OnWire = console.service().await?.send(Method::PUT, &path, &body).await?;
    console.did("setting_put");
    Ok(Setting { name: name.to_owned(), value: found.value.to_string(), rev: found.rev })
}
