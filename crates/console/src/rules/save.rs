//! A draft as a whole: made, replaced, deleted.

use api::error::ErrorCode;
use api::rules::{DraftChange, RuleSet};
use api::sync::Entity;
use sync::service::path_part;
use uuid::Uuid;

use crate::document::{self, Wanted};
use crate::{Answer, Console};

/// Saves a draft; without `id` a new one. Works offline.
pub async fn save(console: &Console, id: Option<String>, change: DraftChange) -> Answer<RuleSet> {
    let (id, base_rev) = match id {
        Some(id) => (id, change.base_rev),
        None => (Uuid::now_v7().to_string(), 0),
    };
    if let Some(found) = document::find(console, Entity::RuleSet, &id).await? {
        let set = super::open::read(&found, "")?;
        super::sheet::must_be_draft(set.summary.state)?;
    }
    let wanted = Wanted {
        use_case: "rule_set_save",
        entity: Entity::RuleSet,
        key: id.clone(),
        base_rev,
        fields: document::fields_of(&change, &["name", "document"])?,
    };
    document::edit(console, wanted).await?;
    super::get(console, &id).await
}

/// Deletes a draft, with every edit of it that waits here. One that the service never had is gone
/// without a line, too.
///
/// # Errors
/// `Offline`, `Forbidden`, `NotAllowedNow` out of draft; nothing is deleted then.
pub async fn delete(console: &Console, id: &str) -> Answer<()> {
    let found = document::find(console, Entity::RuleSet, id).await?;
    let only_here = found.as_ref().is_some_and(|found| found.rev == 0);
    if only_here && !console.session().await?.engine.status().online {
        return forget(console, id).await;
    }
    if found.is_some_and(|found| found.edited) {
        // an edit that arrived after the deletion would be in conflict with nothing
        console.session().await?.engine.push_now().await?;
    }
    let gone = console.service().await?.delete(&format!("/rule-sets/{}", path_part(id))).await;
    match gone {
        Err(error) if error.code != ErrorCode::NotFound => return Err(error),
        _ => {}
    }
    forget(console, id).await?;
    document::catch_up(console).await;
    Ok(())
}

async fn forget(console: &Console, id: &str) -> Answer<()> {
    document::drop_edits(console, "rule_set_delete", Entity::RuleSet, id).await?;
    console.did("rule_set_delete");
    Ok(())
}
