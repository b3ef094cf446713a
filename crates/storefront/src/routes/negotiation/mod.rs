//! Negotiations, for staff.

pub(crate) mod act;
pub(crate) mod get;
pub(crate) mod list;
