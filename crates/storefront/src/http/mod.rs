//! How requests come in: bodies with their idempotency key, limits, headers, metrics.

pub(crate) mod command;
pub(crate) mod headers;
pub(crate) mod listing;
pub(crate) mod metrics;
pub(crate) mod rate;

pub(crate) use command::Command;
