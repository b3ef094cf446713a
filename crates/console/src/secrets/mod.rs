//! Where secrets live: the operating system's keychain, and nowhere else. There is no fallback to
//! memory or a file; without a keychain the console says so.

mod keychain;
mod memory;

use std::pin::Pin;

use api::ErrorBody;

pub use keychain::Keychain;
pub use memory::InMemory;

/// A future that a `SecretStore` answers with.
pub type Answering<'a, T> = Pin<Box<dyn Future<Output = Result<T, ErrorBody>> + Send + 'a>>;

/// Keeps secrets by name. Errors are `keychain`, with what to do in the message.
pub trait SecretStore: Send + Sync + 'static {
    /// `None` when nothing is kept under that name.
    fn get<'a>(&'a self, name: &'a str) -> Answering<'a, Option<String>>;
    fn set<'a>(&'a self, name: &'a str, secret: &'a str) -> Answering<'a, ()>;
    /// Clearing what is not there is no failure.
    fn clear<'a>(&'a self, name: &'a str) -> Answering<'a, ()>;
}
