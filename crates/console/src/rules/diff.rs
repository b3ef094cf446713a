//! What changed between two versions, in words. Works offline.

use api::rules::VersionDiff;

use super::open;
use crate::{Answer, Console};

/// `old` and `newer` are ids of rule sets; each may be `active`.
///
/// # Errors
/// `NotAllowedNow` with `state: faults` while either has faults.
pub async fn diff(console: &Console, old: &str, newer: &str) -> Answer<VersionDiff> {
    let old = open::ready(console, old).await?;
    let newer = open::ready(console, newer).await?;
    open::blocking(move || VersionDiff::from(pricing::diff(&old.rules, &newer.rules))).await
}
