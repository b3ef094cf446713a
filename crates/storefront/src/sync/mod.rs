//! The service's side of sync: what changed since, and edits that were made away from us.

pub(crate) mod digest;
pub(crate) mod load;
pub(crate) mod merge;
pub(crate) mod push;
