//! A draft as a whole: made, replaced, deleted.

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

/// Deletes a draft.
pub async fn delete(console: &Console, id: &str) -> Answer<()> {
    console.service().await?.delete(&format!("/rule-sets/{}", path_part(id))).await?;
    document::catch_up(console).await;
    console.did("rule_set_delete");
    Ok(())
}
