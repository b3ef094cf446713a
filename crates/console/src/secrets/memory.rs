//! Secrets in memory: for tests, which have no keychain. The desktop never uses it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::{Answering, SecretStore};

#[derive(Default)]
pub struct InMemory(Mutex<HashMap<String, String>>);

impl InMemory {
    fn map(&self) -> std::sync::MutexGuard<'_, HashMap<String, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SecretStore for InMemory {
    fn get<'a>(&'a self, name: &'a str) -> Answering<'a, Option<String>> {
        let found = self.map().get(name).cloned();
        Box::pin(async move { Ok(found) })
    }

    fn set<'a>(&'a self, name: &'a str, secret: &'a str) -> Answering<'a, ()> {
        self.map().insert(name.to_owned(), secret.to_owned());
        Box::pin(async { Ok(()) })
    }

    fn clear<'a>(&'a self, name: &'a str) -> Answering<'a, ()> {
        self.map().remove(name);
        Box::pin(async { Ok(()) })
    }
}
