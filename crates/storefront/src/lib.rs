//! The storefront service: the shop, the API that steers it, and the live negotiation behind both.
//! It holds the truth; consoles and browsers hold copies. It must never send a floor, a cost or a
//! target to a customer.

mod analytics;
pub mod audit_check;
mod auth;
mod bootstrap;
mod cart;
mod catalog;
mod checkout;
pub mod db;
mod deals;
mod document;
pub mod error;
mod http;
mod launch;
mod live;
mod negotiations;
pub mod offline;
mod orders;
mod routes;
mod rules;
pub mod sample_store;
mod seal;
mod segments;
mod server;
mod shop;
mod state;
mod sync;
mod upkeep;
mod visitor;
mod write;

pub use ipnet::IpNet;
pub use server::{Running, StartError, openapi_json, start};
pub use state::{AppState, Clock, Config, RateLimit};
