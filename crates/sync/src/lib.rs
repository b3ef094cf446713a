//! Keeps a console's cache and its store's service the same: push, pull, live notice.
//!
//! A file per phase. Talks HTTP and WebSocket to one service with one session; writes nothing but
//! through `cache::transact`. It never shows anything and never decides a conflict: that is for a
//! person.

pub mod service;

pub use service::{Method, Service, Token};
