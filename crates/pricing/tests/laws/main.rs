//! Laws that hold for every rule set and every sale, tried on random ones.

// a test tells what is wrong by panicking, its own functions too
#![allow(clippy::unwrap_used, clippy::panic)]

mod index;
mod replay;
mod rules;
mod world;
