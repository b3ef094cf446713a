//! Getting a rule set onto the bench: from this computer's copy, else from the service.

use std::sync::Arc;

use api::error::{ErrorBody, ErrorCode};
use api::rules::{RuleSet, RuleSetState};
use api::sync::Entity;
use cache::Document;
use serde_json::json;
use sync::service::path_part;
use uuid::Uuid;

use super::bench::{Seen, Slot};
use super::sheet::{Ready, Sheet};
use crate::{Answer, Console, document, failure};

/// The rule set as it stands here, with every edit of this console on it. `id` may be `active`.
pub(crate) async fn sheet(console: &Console, id: &str) -> Answer<Sheet> {
    let id = resolve(console, id).await?;
    let slot = console.bench().slot(&id);
    fresh(console, &slot, &id).await
}

/// Ready to decide.
///
/// # Errors
/// `NotAllowedNow` with `state: faults` while the document has faults.
pub(crate) async fn ready(console: &Console, id: &str) -> Answer<Arc<Ready>> {
    let sheet = sheet(console, id).await?;
    blocking(move || sheet.ready()).await?
}

/// From here on the window shows this.
pub(super) fn shows(console: &Console, sheet: &Sheet) {
    console.bench().slot(&sheet.summary.id).state().shown = Some(sheet.clone());
}

async fn resolve(console: &Console, id: &str) -> Answer<String> {
    if id != "active" {
        return Ok(id.to_owned());
    }
    let sets = super::list(console).await?;
    let active = sets.into_iter().find(|set| set.state == RuleSetState::Active);
    active.map(|set| set.id).ok_or_else(|| {
        let message = "No rules are in force yet: activate a rule set first.";
        ErrorBody::new(ErrorCode::NotFound, message).with("state", "none_active")
    })
}

pub(super) async fn fresh(console: &Console, slot: &Slot, id: &str) -> Answer<Sheet> {
    if let Some(sheet) = slot.state().fresh(console.bench().changes()) {
        return Ok(sheet);
    }
    let _turn = slot.turn.lock().await;
    fresh_in_turn(console, slot, id).await
}

/// As `fresh`, for who holds the slot's turn.
pub(super) async fn fresh_in_turn(console: &Console, slot: &Slot, id: &str) -> Answer<Sheet> {
    let changes = console.bench().changes();
    let known = {
        let state = slot.state();
        if let Some(sheet) = state.fresh(changes) {
            return Ok(sheet);
        }
        state.sheet.clone().zip(state.seen.clone())
    };
    let read = match stored(console, id).await {
        Ok(read) => read,
        Err(error) => {
            slot.state().sheet = None;
            return Err(error);
        }
    };
    let sheet = apart(read, known).await?;
    let mut state = slot.state();
    state.read_at = changes;
    state.seen = Some(Seen { name: sheet.summary.name.clone(), document: sheet.text() });
    state.sheet = Some(sheet.clone());
    Ok(sheet)
}

/// Takes a document apart, unless it is the one that is known already.
async fn apart(read: RuleSet, known: Option<(Sheet, Seen)>) -> Answer<Sheet> {
    let RuleSet { summary, document, .. } = read;
    match known {
        Some((sheet, seen)) if *seen.document == *document && *sheet.text() == *document => {
            Ok(sheet.with_summary(summary))
        }
        _ => blocking(move || Sheet::read(summary, document.into())).await,
    }
}

/// What the cache has; what it does not have yet comes from the service and is kept.
pub(super) async fn stored(console: &Console, id: &str) -> Answer<RuleSet> {
    let session = console.session().await?;
    if let Some(found) = document::find(console, Entity::RuleSet, id).await? {
        return read(&found, &session.staff().name);
    }
    if document::is_complete(console).await? {
        return Err(ErrorBody::new(ErrorCode::NotFound, "There is no such rule set."));
    }
    let set: RuleSet = session.service.get(&format!("/rule-sets/{}", path_part(id)), &[]).await?;
    document::keep(console, Entity::RuleSet, id, set.summary.rev, &set).await?;
    Ok(set)
}

/// Work for a thread of its own, so that nothing else waits for it.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Answer<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| failure::internal("The work on these rules broke off", &e))
}

/// A document as its wire type. `author` stands on drafts that the service does not have yet.
pub(super) fn read(found: &Document, author: &str) -> Answer<RuleSet> {
    let mut set: RuleSet = document::read_over(&found.doc, known(&found.key, author))?;
    set.summary.rev = found.rev;
    Ok(set)
}

/// What is known of a draft that was made here.
pub(super) fn known(id: &str, author: &str) -> serde_json::Value {
    json!({
        "summary": {
            "id": id,
            "name": "",
            "version": null,
            "state": "draft",
            "rules": 0,
            "author": author,
            "updated_at": made_at(id),
            "activated_at": null,
            "rev": 0,
        },
        "document": "",
        "problems": [],
    })
}

/// When a draft's id was made; ids of other kinds say 1970.
fn made_at(id: &str) -> String {
    let ms = Uuid::parse_str(id)
        .ok()
        .and_then(|id| id.get_timestamp())
        .map_or(0, |t| i64::try_from(t.to_unix().0).unwrap_or(0).saturating_mul(1_000));
    api::Instant::from_ms(ms).0.to_string()
}
