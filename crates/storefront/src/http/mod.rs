//! How requests come in: from where, bodies with their idempotency key, limits, headers, metrics.

pub(crate) mod address;
pub(crate) mod command;
pub(crate) mod fault;
pub(crate) mod headers;
pub(crate) mod listing;
pub(crate) mod metrics;
pub(crate) mod problem;
pub(crate) mod query;
pub(crate) mod rate;

pub(crate) use address::ClientAddress;
pub(crate) use command::{Command, Question};
pub(crate) use query::Query;
