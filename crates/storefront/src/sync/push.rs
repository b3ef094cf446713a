//! One pushed edit: merged onto what stands now, by field, and applied once.

use api::error::{ErrorBody, ErrorCode};
use api::store::ProfileChange;
use api::sync::{Entity, Mutation, Outcome, OutcomeKind};
use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::load::load;
use super::merge::{Merged, three_way};
use crate::auth::{Action, StaffCtx};
use crate::db::{args, sync};
use crate::error::{AppError, AppResult};
use crate::http::command::fingerprint;
use crate::routes::store::setting;
use crate::write::{Once, Write};
use crate::{catalog, document, launch, segments};

/// Someone else may win the race between reading and writing this often.
const TRIES: usize = 5;

/// Applies a mutation; whatever happens, the outcome is an answer, not a failure.
pub(crate) async fn apply(ctx: &StaffCtx, mutation: &Mutation) -> AppResult<Outcome> {
    let mut tries = 0;
    loop {
        tries += 1;
        match attempt(ctx, mutation).await {
            Ok(outcome) => return Ok(outcome),
            Err(AppError::Replay { body, .. }) => {
                return serde_json::from_str(&body).map_err(AppError::internal);
            }
            Err(AppError::Refused(error)) if error.code == ErrorCode::Conflict && tries < TRIES => {
            }
            Err(AppError::Refused(error)) => return Ok(refused(mutation, error)),
            Err(error) => return Err(error),
        }
    }
}

fn refused(mutation: &Mutation, error: ErrorBody) -> Outcome {
    let kind = OutcomeKind::Refused { error };
    Outcome { id: mutation.id.clone(), rev: mutation.base_rev, kind }
}

async fn attempt(ctx: &StaffCtx, mutation: &Mutation) -> AppResult<Outcome> {
    ctx.may(needed(mutation.entity)?)?;
    let (theirs, rev) = present(ctx, mutation).await?;
    let up_to_date = rev == mutation.base_rev;
    let merged = three_way(&mutation.patch, &mutation.base, &theirs, up_to_date);
    let once = Once { key: mutation.id.clone(), fingerprint: print(mutation)? };
    let mut write = ctx.write(once).await?;
    let outcome = |rev, kind| Outcome { id: mutation.id.clone(), rev, kind };
    let fields = match merged {
        Merged::Conflict(fields) => {
            let conflict = outcome(rev, OutcomeKind::Conflict { fields });
            return Ok(write.finish(StatusCode::OK, conflict).await?.1.0);
        }
        Merged::Apply(fields) => fields,
    };
    let new_rev = if fields.is_empty() && rev > 0 {
        rev
    } else {
        let mut whole = theirs;
        whole.extend(fields.clone());
        save(&mut write, mutation, whole, &fields, rev).await?
    };
    let kind = if up_to_date { OutcomeKind::Applied } else { OutcomeKind::Merged };
    Ok(write.finish(StatusCode::OK, outcome(new_rev, kind)).await?.1.0)
}

fn needed(entity: Entity) -> AppResult<Action> {
    Ok(match entity {
        Entity::Store | Entity::Segments | Entity::Launch => Action::ChangeStore,
        Entity::Product => Action::ChangeCatalog,
        Entity::RuleSet => Action::DraftRules,
        Entity::Setting => Action::ChangeSettings,
        Entity::Negotiation | Entity::Order => {
            return Err(AppError::invalid("entity", "This is the service's own: it is only read."));
        }
    })
}

/// The document as it is now, as fields, and its revision.
async fn present(ctx: &StaffCtx, mutation: &Mutation) -> AppResult<(Map<String, Value>, i64)> {
    let key = args![&ctx.store_id, mutation.entity.as_str(), &mutation.key];
    let row: Option<(i64, bool)> = ctx.state.db().maybe(sync::REV, key).await?;
    let Some((rev, false)) = row else { return Ok((Map::new(), 0)) };
    let doc = load(&ctx.state, &ctx.store_id, mutation.entity, &mutation.key).await?;
    let mut fields = doc.and_then(|doc| doc.as_object().cloned()).unwrap_or_default();
    if let Some(name) = fields.get("summary").and_then(|s| s.get("name")).cloned() {
        fields.insert("name".into(), name);
    }
    Ok((fields, rev))
}

async fn save(
    write: &mut Write,
    mutation: &Mutation,
    whole: Map<String, Value>,
    fields: &Map<String, Value>,
    rev: i64,
) -> AppResult<i64> {
    let value = || whole.get("value").cloned().unwrap_or(Value::Null);
    match mutation.entity {
        Entity::Store => {
            let change = ProfileChange { profile: read(whole)?, base_rev: rev };
            Ok(crate::routes::store::profile::save(write, change).await?.rev)
        }
        Entity::Segments => {
            let list = segments::parse(value())?;
            segments::check(&list, catalog::save::currency(write).await?.code())?;
            let named = (segments::DOCUMENT, Entity::Segments, "segments");
            document::save(write, named, &json!(list), rev).await
        }
        Entity::Launch => {
            let body: api::store::LaunchConstraints = read(whole)?;
            launch::check(&body, catalog::save::currency(write).await?.code())?;
            document::save(write, (launch::DOCUMENT, Entity::Launch, "launch"), &json!(body), rev)
                .await
        }
        Entity::Setting => {
            let name = setting::document_name(&mutation.key)?;
            setting::check(&mutation.key, &value())?;
            let named = (name.as_str(), Entity::Setting, mutation.key.as_str());
            document::save(write, named, &value(), rev).await
        }
        Entity::Product => product(write, &mutation.key, whole, fields, rev).await,
        Entity::RuleSet => {
            let mut change: api::rules::DraftChange = read(with(whole, "base_rev", json!(rev)))?;
            change.base_rev = rev;
            Ok(crate::rules::save_draft(write, &mutation.key, change).await?.summary.rev)
        }
        Entity::Negotiation | Entity::Order => Err(AppError::invalid("entity", "Only read.")),
    }
}

async fn product(
    write: &mut Write,
    sku: &str,
    whole: Map<String, Value>,
    fields: &Map<String, Value>,
    rev: i64,
) -> AppResult<i64> {
    let mut rev = rev;
    if rev == 0 || fields.keys().any(|field| field != "state") {
        let change = read(with(whole, "base_rev", json!(rev)))?;
        rev = catalog::save::product(write, sku, change).await?.rev;
    }
    if let Some(state) = fields.get("state") {
        let state = serde_json::from_value(state.clone())
            .map_err(|error| AppError::invalid("state", error.to_string()))?;
        rev = catalog::save::state(write, sku, state, rev).await?.rev;
    }
    Ok(rev)
}

fn with(mut fields: Map<String, Value>, name: &str, value: Value) -> Map<String, Value> {
    fields.insert(name.to_owned(), value);
    fields
}

fn read<T: serde::de::DeserializeOwned>(fields: Map<String, Value>) -> AppResult<T> {
    serde_json::from_value(Value::Object(fields))
        .map_err(|error| AppError::invalid("patch", error.to_string()))
}

fn print(mutation: &Mutation) -> AppResult<String> {
    let body = serde_json::to_vec(mutation).map_err(AppError::internal)?;
    Ok(fingerprint("push", &body))
}
