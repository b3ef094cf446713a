//! What this computer remembers about its user's taste. Never sent anywhere.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Answer, Console};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct Preferences {
    pub theme: Theme,
    pub density: Density,
    /// `en` or `de`; empty: the system's.
    pub language: String,
    /// OS notifications for negotiations that wait for staff.
    pub notifications: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            density: Density::Comfortable,
            language: String::new(),
            notifications: true,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    System,
    Light,
    Dark,
    Contrast,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    Comfortable,
    Compact,
}

const NAME: &str = "preferences";

pub async fn get(console: &Console) -> Answer<Preferences> {
    Ok(console.remembered(NAME).await?.unwrap_or_default())
}

pub async fn set(console: &Console, preferences: Preferences) -> Answer<Preferences> {
    console.remember(NAME, &preferences).await?;
    console.set_notifications(preferences.notifications);
    console.did("preferences_set");
    Ok(preferences)
}
