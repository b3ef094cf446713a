//! Rule sets: list, draft, ask, activate.

use api::error::ErrorCode;
use api::rules::{
    Activation, DraftChange, FloorAnswer, FloorQuestion, RuleProblem, RuleSet, RuleSetState,
    RuleSetSummary,
};
use api::sync::Entity;
use cache::Document;
use serde_json::{Value, json};
use sync::{Method, service::path_part};
use uuid::Uuid;

use crate::document::{self, Wanted};
use crate::{Answer, Console, failure};

/// Newest change first.
pub async fn list(console: &Console) -> Answer<Vec<RuleSetSummary>> {
    if !document::is_complete(console).await? {
        return console.service().await?.get("/rule-sets", &[]).await;
    }
    let session = console.session().await?;
    let found = cache::documents(console.cache(), session.service.store_id(), Entity::RuleSet)
        .await
        .map_err(|e| failure::cache(&e))?;
    let author = session.staff().name;
    let mut sets = found
        .iter()
        .map(|d| Ok(read(d, &author)?.summary))
        .collect::<Answer<Vec<RuleSetSummary>>>()?;
    sets.sort_by_key(|s| std::cmp::Reverse((s.state == RuleSetState::Active, s.updated_at)));
    Ok(sets)
}

pub async fn get(console: &Console, id: &str) -> Answer<RuleSet> {
    match document::find(console, Entity::RuleSet, id).await? {
        Some(found) => read(&found, &console.session().await?.staff().name),
        None => console.service().await?.get(&format!("/rule-sets/{}", path_part(id)), &[]).await,
    }
}

/// Saves a draft; without `id` a new one. Works offline.
pub async fn save(console: &Console, id: Option<String>, change: DraftChange) -> Answer<RuleSet> {
    let (id, base_rev) = match id {
        Some(id) => (id, change.base_rev),
        None => (Uuid::now_v7().to_string(), 0),
    };
    if let Some(found) = document::find(console, Entity::RuleSet, &id).await? {
        let state = read(&found, "")?.summary.state;
        if state != RuleSetState::Draft {
            return Err(api::ErrorBody::new(
                ErrorCode::NotAllowedNow,
                "This version is fixed: copy it into a new draft to change it.",
            )
            .with("state", json!(state).as_str().unwrap_or_default()));
        }
    }
    let wanted = Wanted {
        use_case: "rule_set_save",
        entity: Entity::RuleSet,
        key: id.clone(),
        base_rev,
        fields: document::fields_of(&change, &["name", "document"])?,
    };
    document::edit(console, wanted).await?;
    get(console, &id).await
}

/// Deletes a draft.
pub async fn delete(console: &Console, id: &str) -> Answer<()> {
    console.service().await?.delete(&format!("/rule-sets/{}", path_part(id))).await?;
    document::catch_up(console).await;
    console.did("rule_set_delete");
    Ok(())
}

/// Puts a draft in force. Edits of it that wait are brought to the service first.
pub async fn activate(console: &Console, id: &str, activation: Activation) -> Answer<RuleSet> {
    let activation = pushed_first(console, id, activation).await?;
    let path = format!("/rule-sets/{}/activate", path_part(id));
    let active: RuleSet = console.service().await?.send(Method::POST, &path, &activation).await?;
    document::keep(console, Entity::RuleSet, id, active.summary.rev, &active).await?;
    document::catch_up(console).await;
    console.did("rule_set_activate");
    Ok(active)
}

async fn pushed_first(console: &Console, id: &str, asked: Activation) -> Answer<Activation> {
    let Some(found) = document::find(console, Entity::RuleSet, id).await? else {
        return Ok(asked);
    };
    if !found.edited {
        return Ok(asked);
    }
    console.session().await?.engine.sync_now().await?;
    let now = document::find(console, Entity::RuleSet, id).await?;
    match now {
        Some(now) if !now.edited && asked.base_rev == found.rev => {
            Ok(Activation { base_rev: now.rev, ..asked })
        }
        Some(now) if now.edited => Err(api::ErrorBody::new(
            ErrorCode::NotAllowedNow,
            "This draft has edits that the service does not have yet: activate it when they have arrived.",
        )
        .with("state", "edits_waiting")),
        _ => Ok(asked),
    }
}

/// "What is the floor of this product for this customer?" `id` may be `active`. Edits of the draft
/// that wait are brought to the service first, so that the answer is of what is seen.
pub async fn floor(console: &Console, id: &str, question: FloorQuestion) -> Answer<FloorAnswer> {
    let edited = match id {
        "active" => false,
        id => document::find(console, Entity::RuleSet, id).await?.is_some_and(|d| d.edited),
    };
    if edited {
        console.session().await?.engine.sync_now().await?;
    }
    let path = format!("/rule-sets/{}/floor", path_part(id));
    console.service().await?.send(Method::POST, &path, &question).await
}

/// `author` stands on drafts that the service does not have yet.
fn read(found: &Document, author: &str) -> Answer<RuleSet> {
    let known = json!({
        "summary": {
            "id": found.key,
            "name": "",
            "version": null,
            "state": "draft",
            "rules": 0,
            "author": author,
            "updated_at": made_at(&found.key),
            "activated_at": null,
            "rev": 0,
        },
        "document": "",
        "problems": [],
    });
    let mut set: RuleSet = document::read_over(&found.doc, known)?;
    set.summary.rev = found.rev;
    if found.edited {
        set.problems = problems(&set.document);
        set.summary.rules = rule_count(&set.document);
    }
    Ok(set)
}

/// When a draft's id was made; ids of other kinds say 1970.
fn made_at(id: &str) -> String {
    let ms = Uuid::parse_str(id)
        .ok()
        .and_then(|id| id.get_timestamp())
        .map_or(0, |t| i64::try_from(t.to_unix().0).unwrap_or(0).saturating_mul(1_000));
    api::Instant::from_ms(ms).0.to_string()
}

fn rule_count(document: &str) -> i64 {
    let parsed: Option<Value> = serde_json::from_str(document).ok();
    let rules = parsed.as_ref().and_then(|d| d.get("rules")).and_then(Value::as_array);
    rules.map_or(0, |r| i64::try_from(r.len()).unwrap_or(i64::MAX))
}

/// The same check that the service makes, on what it has not seen yet.
fn problems(document: &str) -> Vec<RuleProblem> {
    match pricing::RuleSet::parse(document) {
        Ok(_) => Vec::new(),
        Err(found) => found
            .into_iter()
            .map(|p| RuleProblem { pointer: p.pointer, message: p.message, expected: p.expected })
            .collect(),
    }
}
