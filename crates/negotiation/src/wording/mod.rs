//! What the customer reads, made from a [`Message`] alone.

use serde::{Deserialize, Serialize};

use crate::answer::Message;

/// A language that the bot speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    #[default]
    En,
    De,
}

/// How the bot speaks; the merchant's choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    Warm,
    #[default]
    Plain,
    Brief,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Style {
    pub tone: Tone,
    pub language: Language,
}

/// The text of a message.
pub fn word(_message: &Message, _style: Style) -> String {
    String::new()
}
