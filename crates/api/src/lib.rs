//! The wire: what the storefront service, the console and the shop say to each other.
//!
//! Plain data for HTTP (OpenAPI through `utoipa`) and for the console's IPC (TypeScript through
//! `specta`). No behaviour beyond converting to and from domain types; a domain type that exists is
//! valid, so conversion is where wire values are checked.

pub mod analytics;
pub mod audit_log;
pub mod catalog;
pub mod customer;
pub mod error;
pub mod live;
pub mod negotiation;
pub mod order;
pub mod rules;
pub mod shop;
pub mod staff;
pub mod store;
pub mod sync;
pub mod value;

pub use error::ErrorBody;
pub use value::{Instant, Money, Page};
