//! Named settings of the store, kept as JSON and edited offline like any document.

use api::sync::Entity;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use specta::Type;

use crate::document::{self, Wanted};
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
    value: Value,
    #[serde(default)]
    rev: i64,
}

pub async fn get(console: &Console, name: &str) -> Answer<Setting> {
    let name = checked(name)?;
    let found = match document::find(console, Entity::Setting, name).await? {
        Some(found) => {
            OnWire { value: found.doc.get("value").cloned().unwrap_or(Value::Null), rev: found.rev }
        }
        None if document::is_complete(console).await? => OnWire { value: Value::Null, rev: 0 },
        None => console.service().await?.get(&format!("/settings/{name}"), &[]).await?,
    };
    Ok(Setting { name: name.to_owned(), value: found.value.to_string(), rev: found.rev })
}

/// `value` is JSON text. Works offline.
pub async fn put(console: &Console, name: &str, value: &str, base_rev: i64) -> Answer<Setting> {
    let name = checked(name)?;
    let value: Value = serde_json::from_str(value)
        .map_err(|e| failure::invalid("value", format!("That setting is not JSON: {e}.")))?;
    let mut fields = serde_json::Map::new();
    fields.insert("value".to_owned(), value);
    let wanted = Wanted {
        use_case: "setting_put",
        entity: Entity::Setting,
        key: name.to_owned(),
        base_rev,
        fields,
    };
    document::edit(console, wanted).await?;
    get(console, name).await
}

fn checked(name: &str) -> Answer<&str> {
    let fine = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-';
    if name.is_empty() || name.len() > 60 || !name.bytes().all(fine) {
        let message =
            "A setting's name has 1 to 60 lower-case letters, digits, hyphens and underscores.";
        return Err(failure::invalid("name", message));
    }
    Ok(name)
}
