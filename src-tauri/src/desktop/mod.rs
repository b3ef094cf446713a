//! What the operating system lends: window, tray, notifications, dialogs, log. Nothing here knows a merchant's word.

#[allow(dead_code, reason = "called once the import screen lands")]
pub(crate) mod dialog;
pub(crate) mod log;
#[allow(dead_code, reason = "called once the queue lands")]
pub(crate) mod notification;
pub(crate) mod tray;
pub(crate) mod window;
