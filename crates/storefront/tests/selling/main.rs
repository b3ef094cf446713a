//! Selling over HTTP, on SQLite and on PostgreSQL: haggling, staff, deals, checkout, figures.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod deals;
mod figures;
mod hand_over;
mod input;
mod kept_figures;
mod opening;
mod staff;
mod story;
mod time;
mod wary;
mod who_bought;
