//! The providers and the fields that each asks for.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Answer, failure};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// Mail server for order mails and digests.
    Smtp,
    /// Ticketing system.
    Jira,
    /// Information radiator.
    Confluence,
    /// Language model that may word messages.
    Ai,
    /// Where implementation packets are launched.
    PacketTarget,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Field {
    pub name: String,
    /// English; the UI translates by `name`.
    pub label: String,
    pub kind: FieldKind,
    pub required: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    Text,
    Url,
    Port,
    Email,
    Secret,
}

/// Longer than any key in use.
const VALUE_CHARS_MAX: usize = 8_192;

impl Provider {
    pub const ALL: [Self; 5] =
        [Self::Smtp, Self::Jira, Self::Confluence, Self::Ai, Self::PacketTarget];

    /// The service's name for it, and the keychain entry's.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Smtp => "smtp",
            Self::Jira => "jira",
            Self::Confluence => "confluence",
            Self::Ai => "ai",
            Self::PacketTarget => "packet",
        }
    }

    /// In the order of the form.
    pub fn fields(self) -> Vec<Field> {
        use FieldKind::{Email, Port, Secret, Text, Url};
        let rows: &[(&str, &str, FieldKind, bool)] = match self {
            Self::Smtp => &[
                ("host", "Mail server", Text, true),
                ("port", "Port", Port, true),
                ("username", "User name", Text, false),
                ("password", "Password", Secret, false),
                ("from", "Sender address", Email, true),
            ],
            Self::Jira => &[
                ("url", "Site address", Url, true),
                ("email", "Account e-mail", Email, true),
                ("token", "API token", Secret, true),
                ("project", "Project key", Text, true),
            ],
            Self::Confluence => &[
                ("url", "Site address", Url, true),
                ("email", "Account e-mail", Email, true),
                ("token", "API token", Secret, true),
                ("space", "Space key", Text, true),
            ],
            Self::Ai => &[
                ("url", "Endpoint", Url, false),
                ("model", "Model", Text, true),
                ("key", "API key", Secret, true),
            ],
            Self::PacketTarget => {
                &[("url", "Target address", Url, true), ("token", "Access token", Secret, false)]
            }
        };
        rows.iter()
            .map(|&(name, label, kind, required)| Field {
                name: name.to_owned(),
                label: label.to_owned(),
                kind,
                required,
            })
            .collect()
    }
}

impl Field {
    /// Refuses what cannot be a value of this kind.
    pub(crate) fn check(&self, value: &str) -> Answer<()> {
        let wrong = |expected: &str| {
            Err(failure::invalid(&self.name, format!("{}: expected {expected}.", self.label)))
        };
        if value.chars().count() > VALUE_CHARS_MAX || value.chars().any(char::is_control) {
            return wrong("one line of at most 8,192 characters");
        }
        match self.kind {
            FieldKind::Text | FieldKind::Secret => Ok(()),
            FieldKind::Port => match value.parse::<u16>() {
                Ok(1..) => Ok(()),
                _ => wrong("a port from 1 to 65535"),
            },
            FieldKind::Email => match value.split_once('@') {
                Some((name, host)) if !name.is_empty() && host.contains('.') => Ok(()),
                _ => wrong("an e-mail address"),
            },
            FieldKind::Url => match reqwest::Url::parse(value) {
                Ok(url)
                    if matches!(url.scheme(), "https" | "http")
                        && url.host_str().is_some()
                        && url.password().is_none() =>
                {
                    Ok(())
                }
                _ => wrong("a web address such as https://example.com, without a password in it"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_values() {
        let check = |kind, value: &str, ok: bool| {
            let field = Field { name: "f".into(), label: "F".into(), kind, required: true };
            assert_eq!(field.check(value).is_ok(), ok, "{kind:?} {value}");
        };
        check(FieldKind::Port, "587", true);
        check(FieldKind::Port, "0", false);
        check(FieldKind::Port, "70000", false);
        check(FieldKind::Email, "a@b.example", true);
        check(FieldKind::Email, "a", false);
        check(FieldKind::Url, "https://x.example/y", true);
        check(FieldKind::Url, "javascript:alert(1)", false);
        check(FieldKind::Url, "https://a:b@x.example", false);
        check(FieldKind::Secret, "two\nlines", false);
        check(FieldKind::Secret, &"x".repeat(9_000), false);
    }
}
