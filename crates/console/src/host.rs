//! What the console tells whoever hosts it: a window, or a test without one.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::tag::Tag;

/// Something is not as it was last read: the UI reads again what carries one of these tags.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ChangeNotice {
    pub tags: Vec<Tag>,
    pub source: Source,
}

/// Where a change came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// This console's own doing.
    Local,
    /// The service's change feed.
    Sync,
    /// The live channel.
    Live,
}

/// A notice for the operating system to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub title: String,
    pub body: String,
    /// Place in the console that it leads to: `/negotiations/ID`.
    pub link: String,
}

/// The console's way out. Both calls return at once.
pub trait Host: Send + Sync + 'static {
    fn changed(&self, change: ChangeNotice);
    fn notify(&self, notice: Notice);
}

/// A host that shows nothing.
#[derive(Debug, Default)]
pub struct NoHost;

impl Host for NoHost {
    fn changed(&self, _change: ChangeNotice) {}
    fn notify(&self, _notice: Notice) {}
}
