//! A finding as sentences for merchants, with product names and figures.

use super::found::Found;
use super::ground::Ground;

pub(super) fn sentence(ground: &Ground<'_>, found: &Found) -> String {
    let names: Vec<&str> =
        found.rules.iter().map(|&rule| ground.entries[rule].rule.title()).collect();
    format!("{}: {}", found.kind.as_str(), names.join(", "))
}
