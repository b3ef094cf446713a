//! The console's use cases: what a member of staff can do, each a function that the IPC, a test or
//! another host can call. Knows no window, no Tauri and no SQL; prices nothing itself.
//!
//! Reads of documents come from the cache, so they work offline; edits of documents go through the
//! cache's outbox; requests (activate, approve, go live …) go straight to the service and say
//! `offline` when it cannot be reached.

pub mod analytics;
pub mod audit_log;
pub mod catalog;
pub mod connection;
mod core;
pub mod credential;
pub mod customer;
mod document;
pub mod download;
mod failure;
pub mod first_screen;
pub mod host;
pub mod import;
pub mod negotiation;
pub mod order;
pub mod preference;
pub mod progress;
pub mod recent;
pub mod rules;
pub mod secrets;
pub mod staff;
pub mod store;
pub mod tag;

pub use api::ErrorBody;

pub use crate::core::{Console, Options};

/// What every use case answers.
pub type Answer<T> = Result<T, ErrorBody>;
