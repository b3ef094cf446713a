//! Builders for tests: a real service on a real database of its own, a clock that tests move, a
//! client that speaks HTTP as a console or a script would. For tests alone, so it may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod client;
mod market;
mod service;

pub use client::{Answer, Client};
pub use market::{Market, RULES, checkout, gbp};
pub use service::{Engine, Service, TestClock, on_each_engine};
