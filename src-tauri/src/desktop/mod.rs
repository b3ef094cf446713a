//! What the operating system lends: window, tray, notifications, dialogs, log. Nothing here knows a merchant's word.

pub(crate) mod art;
pub(crate) mod dialog;
pub(crate) mod log;
pub(crate) mod notification;
pub(crate) mod start_again;
pub(crate) mod tray;
pub(crate) mod window;
