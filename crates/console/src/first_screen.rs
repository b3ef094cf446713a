//! What a window shows before anything has answered: this computer's last knowledge, in one reading. It waits for no
//! service and no keychain, and changes nothing that is synced.

use api::Instant;
use api::analytics::Home;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::connection::{self, ConnectionState};
use crate::preference::{self, Preferences};
use crate::recent::{self, Recent};
use crate::{Answer, Console};

/// All that the first screen needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FirstScreen {
    pub preferences: Preferences,
    pub connection: ConnectionState,
    /// Absent until the store's home was read once on this computer.
    pub home: Option<KeptHome>,
    pub recents: Vec<Recent>,
}

/// A home as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct KeptHome {
    pub at: Instant,
    pub home: Home,
}

/// Reads it. Only the cache is asked.
///
/// # Errors
/// `Internal` when the cache cannot be read.
pub async fn get(console: &Console) -> Answer<FirstScreen> {
    let connection = connection::state(console).await?;
    let store = connection.store.as_ref().map(|store| store.id.as_str());
    let (home, recents) = match store {
        Some(store) => {
            (console.remembered(&name(store)).await?, recent::of_store(console, store).await?)
        }
        None => (None, Vec::new()),
    };
    Ok(FirstScreen { preferences: preference::get(console).await?, connection, home, recents })
}

/// Keeps a home for the next start, behind the back of whoever reads it.
pub(crate) fn keep(console: &Console, store: &str, home: &Home) {
    let (console, name) = (console.clone(), name(store));
    let kept = KeptHome { at: jiff::Timestamp::now().into(), home: home.clone() };
    tokio::spawn(async move {
        if console.remember(&name, &kept).await.is_err() {
            tracing::warn!("the home could not be kept for the next start");
        }
    });
}

fn name(store: &str) -> String {
    format!("home/{store}")
}
