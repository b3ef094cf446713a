//! Selling over HTTP, on SQLite and on PostgreSQL: haggling, staff, deals, checkout, figures.

mod deals;
mod figures;
mod input;
mod staff;
mod story;
mod time;
