//! Staff, their sessions, and API keys.

pub(crate) mod api_keys;
pub(crate) mod password;
pub(crate) mod people;
pub(crate) mod sessions;
