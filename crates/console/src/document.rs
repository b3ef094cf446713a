//! Reading and editing documents: from the cache at once, through the outbox to the service.

use std::time::Duration;

use api::error::{ErrorBody, ErrorCode};
use api::sync::Entity;
use cache::{Document, Edit, Edited, Op};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::host::Source;
use crate::{Answer, Console, failure};

/// With a line, an edit is answered with what the service made of it; after this long the person
/// need not wait: it is safe in the outbox.
const OUTCOME_WAIT_MAX: Duration = Duration::from_secs(4);

/// An edit as a use case makes it.
pub(crate) struct Wanted {
    pub(crate) use_case: &'static str,
    pub(crate) entity: Entity,
    pub(crate) key: String,
    pub(crate) base_rev: i64,
    pub(crate) fields: Map<String, Value>,
}

impl Wanted {
    fn edit(self) -> Edit {
        Edit {
            id: Uuid::now_v7(),
            entity: self.entity,
            key: self.key,
            base_rev: self.base_rev,
            fields: self.fields,
            made_at: crate::core::now_ms(),
        }
    }
}

/// True once the store's documents are here, so that what is not here does not exist.
pub(crate) async fn is_complete(console: &Console) -> Answer<bool> {
    let session = console.session().await?;
    let feed = cache::feed(console.cache(), session.service.store_id()).await;
    Ok(feed.map_err(|e| failure::cache(&e))?.is_some_and(|f| f.pulled_at > 0))
}

pub(crate) async fn find(console: &Console, entity: Entity, key: &str) -> Answer<Option<Document>> {
    let session = console.session().await?;
    cache::document(console.cache(), session.service.store_id(), entity, key)
        .await
        .map_err(|e| failure::cache(&e))
}

/// Keeps an edit here, then tries to bring it to the service at once.
///
/// # Errors
/// `Conflict` with `rev` when someone else changed the same first; the service's own refusal, and
/// then the edit is not kept. Without a line there is no error: the edit waits.
pub(crate) async fn edit(console: &Console, wanted: Wanted) -> Answer<()> {
    let session = console.session().await?;
    let use_case = wanted.use_case;
    let edit = wanted.edit();
    let op = Op { name: use_case, source: cache::Source::Local };
    let (edited, changes) = console
        .cache()
        .transact(op, session.service.store_id(), move |tx| {
            Box::pin(async move { tx.edit(&edit).await })
        })
        .await
        .map_err(|e| failure::cache(&e))?;
    let id = match edited {
        Edited::Unchanged => return Ok(()),
        Edited::Stale { rev } => return Err(changed_elsewhere(rev)),
        Edited::Waits { id } => id,
    };
    console.changed_documents(&changes, Source::Local);
    console.did(use_case);
    if !session.engine.status().online {
        session.engine.wake();
        return Ok(());
    }
    // a line that fails now puts the edit off: it is kept, and that is what was asked
    let _ = tokio::time::timeout(OUTCOME_WAIT_MAX, session.engine.push_now()).await;
    let outcome = outcome_of(console, session.service.store_id(), &id).await;
    console.did(use_case);
    outcome
}

/// Keeps an edit of exactly what was `seen`; the service gets it behind the person's back, as one
/// that was made without a line. Answers the document's revision, or `None` where something else
/// stands there now and nothing was kept.
pub(crate) async fn edit_seen(
    console: &Console,
    wanted: Wanted,
    seen: Map<String, Value>,
) -> Answer<Option<i64>> {
    let session = console.session().await?;
    let use_case = wanted.use_case;
    let edit = wanted.edit();
    let op = Op { name: use_case, source: cache::Source::Local };
    let ((edited, rev), changes) = console
        .cache()
        .transact(op, session.service.store_id(), move |tx| {
            Box::pin(async move { tx.edit_seen(&edit, &seen).await })
        })
        .await
        .map_err(|e| failure::cache(&e))?;
    if let Edited::Stale { .. } = edited {
        return Ok(None);
    }
    if let Edited::Waits { .. } = edited {
        console.changed_documents(&changes, Source::Local);
        console.did(use_case);
    }
    Ok(Some(rev))
}

/// What the service said of an edit, where it said no.
async fn outcome_of(console: &Console, store: &str, id: &str) -> Answer<()> {
    let conflicts =
        cache::conflicts(console.cache(), store).await.map_err(|e| failure::cache(&e))?;
    let Some(found) = conflicts.into_iter().find(|c| c.mutation.id == id) else { return Ok(()) };
    let Some(refused) = found.refused else {
        let fields: Vec<&str> = found.fields.iter().map(|f| f.field.as_str()).collect();
        return Err(changed_elsewhere(found.rev).with("fields", fields.join(", ")));
    };
    let id = id.to_owned();
    let op = Op { name: "refused", source: cache::Source::Sync };
    let (_, changes) = console
        .cache()
        .transact(op, store, move |tx| Box::pin(async move { tx.discard_refused(&id).await }))
        .await
        .map_err(|e| failure::cache(&e))?;
    console.outdated(&changes);
    Err(refused)
}

fn changed_elsewhere(rev: i64) -> ErrorBody {
    ErrorBody::new(
        ErrorCode::Conflict,
        "Someone else changed this in the meantime. Your version is kept; look at theirs before you save again.",
    )
    .with("rev", rev)
}

/// Drops every edit of a thing that waits or is in conflict.
pub(crate) async fn drop_edits(
    console: &Console,
    use_case: &'static str,
    entity: Entity,
    key: &str,
) -> Answer<()> {
    let session = console.session().await?;
    let op = Op { name: use_case, source: cache::Source::Local };
    let key = key.to_owned();
    let (_, changes) = console
        .cache()
        .transact(op, session.service.store_id(), move |tx| {
            Box::pin(async move { tx.drop_edits(entity, &key).await })
        })
        .await
        .map_err(|e| failure::cache(&e))?;
    console.changed_documents(&changes, Source::Local);
    Ok(())
}

/// Brings the cache up to what a request has just changed at the service.
pub(crate) async fn catch_up(console: &Console) {
    if let Ok(session) = console.session().await {
        // a line that is slow or gone catches up later
        let _ = tokio::time::timeout(OUTCOME_WAIT_MAX, session.engine.sync_now()).await;
    }
}

/// Keeps what a request answered, so that it is seen at once.
pub(crate) async fn keep<T: Serialize>(
    console: &Console,
    entity: Entity,
    key: &str,
    rev: i64,
    doc: &T,
) -> Answer<()> {
    let session = console.session().await?;
    let doc = serde_json::to_value(doc)
        .map_err(|e| failure::internal("The service's answer could not be kept", &e))?;
    let key = key.to_owned();
    let op = Op { name: "keep", source: cache::Source::Sync };
    let (_, changes) = console
        .cache()
        .transact(op, session.service.store_id(), move |tx| {
            Box::pin(async move { tx.put_document(entity, &key, rev, doc).await })
        })
        .await
        .map_err(|e| failure::cache(&e))?;
    console.outdated(&changes);
    Ok(())
}

/// A document as its wire type, with `known` under what a document made here does not have yet.
pub(crate) fn read_over<T: DeserializeOwned>(doc: &Value, known: Value) -> Answer<T> {
    let mut whole = known;
    overlay(&mut whole, doc);
    serde_json::from_value(whole)
        .map_err(|e| failure::internal("A document in this computer's copy cannot be read", &e))
}

fn overlay(under: &mut Value, over: &Value) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => {
            for (field, value) in over {
                overlay(under.entry(field.clone()).or_insert(Value::Null), value);
            }
        }
        (under, over) => under.clone_from(over),
    }
}

/// The fields of a form.
pub(crate) fn fields_of<T: Serialize>(form: &T, names: &[&str]) -> Answer<Map<String, Value>> {
    let whole = serde_json::to_value(form)
        .map_err(|e| failure::internal("The form could not be read", &e))?;
    Ok(names
        .iter()
        .map(|name| ((*name).to_owned(), whole.get(*name).cloned().unwrap_or(Value::Null)))
        .collect())
}
