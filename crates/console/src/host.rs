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

/// A notice for the operating system to show, in the host's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub what: Happening,
    /// Place in the console that it leads to: `/negotiations/ID`.
    pub link: String,
}

/// What a notice is about. It stands on a screen for all to read: never a floor or a cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// A negotiation waits for staff; `offer` is for one unit.
    CustomerWaits { customer: String, quantity: i64, title: String, offer: Option<api::Money> },
    /// This computer's copy was damaged and set aside; so many waiting edits were saved from it.
    CopyDamaged { edits_saved: u64 },
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
