//! The operating system's keychain: Secret Service, macOS Keychain, Windows Credential Manager.
//!
//! Its calls block, and may wait for a person to unlock it: they run on a thread of their own with a
//! time limit. A long secret is split, for Windows keeps at most some 2.5 kB under one name.

use std::time::Duration;

use api::error::{ErrorBody, ErrorCode};

use super::{Answering, SecretStore};

/// Long enough to type a password into the keychain's own prompt.
const WAIT_MAX: Duration = Duration::from_secs(90);
/// Bytes under one name; Windows stores two for each character and takes 2,560.
const PART_BYTES_MAX: usize = 1_200;
/// First line of an entry that stands for several: `souk.parts N`.
const PARTS_MARK: &str = "souk.parts ";

/// The keychain, under one service name.
#[derive(Debug, Clone)]
pub struct Keychain {
    service: String,
}

impl Keychain {
    /// `service` is what the keychain's own window shows beside each secret: `Souk`.
    pub fn new(service: impl Into<String>) -> Self {
        Self { service: service.into() }
    }

    async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&str) -> keyring::Result<T> + Send + 'static,
    ) -> Result<T, ErrorBody> {
        let service = self.service.clone();
        let call = tokio::task::spawn_blocking(move || work(&service));
        match tokio::time::timeout(WAIT_MAX, call).await {
            Ok(Ok(Ok(value))) => Ok(value),
            Ok(Ok(Err(error))) => Err(in_words(&error)),
            Ok(Err(error)) => {
                tracing::error!(%error, "the keychain's thread ended");
                Err(failure("The keychain failed to answer. Try again."))
            }
            Err(_) => Err(failure(
                "The keychain did not answer. It may wait for you to unlock it: look for its prompt, then try again.",
            )),
        }
    }
}

impl SecretStore for Keychain {
    fn get<'a>(&'a self, name: &'a str) -> Answering<'a, Option<String>> {
        let name = name.to_owned();
        Box::pin(self.call(move |service| {
            let Some(first) = read(service, &name)? else { return Ok(None) };
            let Some(count) = parts_of(&first) else { return Ok(Some(first)) };
            let mut whole = String::new();
            for part in 0..count {
                // a part that is missing makes the whole missing: half a secret is none
                let Some(text) = read(service, &part_name(&name, part))? else { return Ok(None) };
                whole.push_str(&text);
            }
            Ok(Some(whole))
        }))
    }

    fn set<'a>(&'a self, name: &'a str, secret: &'a str) -> Answering<'a, ()> {
        let (name, secret) = (name.to_owned(), secret.to_owned());
        Box::pin(self.call(move |service| {
            let old = read(service, &name)?.as_deref().and_then(parts_of).unwrap_or(0);
            let parts = split(&secret);
            if parts.len() == 1 {
                keyring::Entry::new(service, &name)?.set_password(&secret)?;
                return drop_parts(service, &name, 0, old);
            }
            for (i, part) in parts.iter().enumerate() {
                keyring::Entry::new(service, &part_name(&name, i))?.set_password(part)?;
            }
            keyring::Entry::new(service, &name)?
                .set_password(&format!("{PARTS_MARK}{}", parts.len()))?;
            drop_parts(service, &name, parts.len(), old)
        }))
    }

    fn clear<'a>(&'a self, name: &'a str) -> Answering<'a, ()> {
        let name = name.to_owned();
        Box::pin(self.call(move |service| {
            let parts = read(service, &name)?.as_deref().and_then(parts_of).unwrap_or(0);
            remove(service, &name)?;
            drop_parts(service, &name, 0, parts)
        }))
    }
}

fn read(service: &str, name: &str) -> keyring::Result<Option<String>> {
    match keyring::Entry::new(service, name)?.get_password() {
        Ok(secret) => Ok(Some(secret)),
        Err(keyring::Error::NoEntry) => Ok(None),
        Err(error) => Err(error),
    }
}

fn remove(service: &str, name: &str) -> keyring::Result<()> {
    match keyring::Entry::new(service, name)?.delete_credential() {
        Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
        Err(error) => Err(error),
    }
}

fn drop_parts(service: &str, name: &str, from: usize, until: usize) -> keyring::Result<()> {
    (from..until).try_for_each(|part| remove(service, &part_name(name, part)))
}

fn part_name(name: &str, part: usize) -> String {
    format!("{name}#{part}")
}

fn parts_of(text: &str) -> Option<usize> {
    text.strip_prefix(PARTS_MARK)?.parse().ok()
}

/// At least one part, each within the limit, cut between characters.
fn split(secret: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for c in secret.chars() {
        let full = parts.last().is_some_and(|p| p.len() + c.len_utf8() > PART_BYTES_MAX);
        if full {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts
}

fn failure(message: &str) -> ErrorBody {
    ErrorBody::new(ErrorCode::Keychain, message)
}

/// The keychain's own texts may quote what was stored: they go nowhere.
fn in_words(error: &keyring::Error) -> ErrorBody {
    use keyring::Error as E;
    let (kind, message) = match error {
        E::NoDefaultStore => (
            "absent",
            "This computer has no keychain running, so no password or key can be kept. On Linux, install and start one (gnome-keyring or KWallet), then try again.",
        ),
        E::NoStorageAccess(_) => {
            ("locked", "The keychain is locked, or did not let Souk in. Unlock it, then try again.")
        }
        E::TooLong(_, _) => ("too_long", "That is longer than the keychain can keep."),
        E::BadEncoding(_) | E::BadDataFormat(_, _) | E::BadStoreFormat(_) => {
            ("unreadable", "What the keychain holds under this name cannot be read. Set it again.")
        }
        _ => ("failed", "The keychain refused. Try again; if it stays so, restart the keychain."),
    };
    tracing::warn!(kind, "the keychain said no");
    failure(message).with("kind", kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_split_between_characters() {
        let check = |text: String, parts: usize| {
            let split = split(&text);
            assert_eq!(split.len(), parts);
            assert!(split.iter().all(|p| p.len() <= PART_BYTES_MAX));
            assert_eq!(split.concat(), text);
        };
        check(String::new(), 1);
        check("a".repeat(PART_BYTES_MAX), 1);
        check("a".repeat(PART_BYTES_MAX + 1), 2);
        check("€".repeat(PART_BYTES_MAX), 3);
    }
}
