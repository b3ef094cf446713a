//! Products and categories, for staff.

pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod save;
