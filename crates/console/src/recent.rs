//! Saved work: the places of this store that were open last, so that they can be reopened.

use api::Instant;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Answer, Console};

/// As many as Home shows.
const KEPT_MAX: usize = 12;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Recent {
    /// Place in the console: `/pricing/0193…`.
    pub link: String,
    pub title: String,
    pub at: Instant,
}

/// Newest first.
pub async fn list(console: &Console) -> Answer<Vec<Recent>> {
    of_store(console, console.session().await?.service.store_id()).await
}

pub(crate) async fn of_store(console: &Console, store: &str) -> Answer<Vec<Recent>> {
    Ok(console.remembered(&name(store)).await?.unwrap_or_default())
}

/// Notes that a place was opened.
pub async fn opened(console: &Console, link: String, title: String) -> Answer<()> {
    let name = name(console.session().await?.service.store_id());
    let mut recents: Vec<Recent> = console.remembered(&name).await?.unwrap_or_default();
    recents.retain(|r| r.link != link);
    recents.insert(0, Recent { link, title, at: jiff::Timestamp::now().into() });
    recents.truncate(KEPT_MAX);
    console.remember(&name, &recents).await?;
    console.did("recent_opened");
    Ok(())
}

fn name(store: &str) -> String {
    format!("recents/{store}")
}
