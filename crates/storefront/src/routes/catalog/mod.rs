//! The whole catalogue at once: files in and out, and what goes on sale.

pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod publish;
pub(crate) mod undo;
