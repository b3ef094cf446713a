//! The log that cannot be changed unseen: entries in a hash chain per store, made by [`append`] and
//! checked by [`verify`] against the heads that consoles witnessed. Pure: no storage, no clock.

pub mod canonical;
pub mod entry;
pub mod verify;

pub use canonical::{CanonicalError, canonical};
pub use entry::{Draft, Entry, EntryError, Hash, Head, append};
pub use verify::{Check, Fault, Report, Verifier, verify, verify_lines};
