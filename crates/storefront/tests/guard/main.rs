//! What holds under bad rows, hostile callers and long running.

// steps outside of a test function may fail the test, too
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod access;
mod faults;
mod limits;
mod probing;
mod upkeep;
