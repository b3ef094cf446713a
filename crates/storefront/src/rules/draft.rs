//! Saving and deleting drafts. A draft may hold faults; it keeps them, named, until it is right.

use api::error::ErrorCode;
use api::rules::{DOCUMENT_BYTES_MAX, DraftChange, RuleSet};
use api::sync::Entity;
use serde_json::json;

use super::table::{self, Act};
use super::whole;
use crate::db::args;
use crate::db::rule_set::{self, RuleSetRow};
use crate::error::{AppError, AppResult};
use crate::write::{Audited, Write};

/// Creates (`base_rev` 0) or changes a draft; a stale `base_rev` is a conflict, a set that is out
/// of draft never changes.
pub(crate) async fn save_draft(
    write: &mut Write,
    id: &str,
    change: DraftChange,
) -> AppResult<RuleSet> {
    check(id, &change)?;
    let (store_id, now, actor) = (write.store_id.clone(), write.now_ms(), write.actor.clone());
    let name = change.name.trim();
    let rules = count_rules(&change.document);
    let before: Option<RuleSetRow> = write.maybe(rule_set::BY_ID, args![&store_id, id]).await?;
    match &before {
        None if change.base_rev != 0 => return Err(AppError::not_found("rule set")),
        None => {
            let row =
                args![&store_id, id, name, &change.document, rules, &actor.id, &actor.name, now];
            write.run(rule_set::INSERT, row).await?;
        }
        Some(row) => {
            table::after(row, Act::Edit)?;
            let values = args![
                &store_id,
                id,
                change.base_rev,
                name,
                &change.document,
                rules,
                &actor.id,
                &actor.name,
                now
            ];
            if write.run(rule_set::UPDATE, values).await? == 0 {
                return Err(AppError::conflict(row.rev));
            }
        }
    }
    let saved: Option<RuleSetRow> = write.maybe(rule_set::BY_ID, args![&store_id, id]).await?;
    let saved = whole(saved.ok_or_else(|| AppError::not_found("rule set"))?)?;
    write.changed(Entity::RuleSet, id, saved.summary.rev).await?;
    let said = Audited {
        what: "rules.draft",
        subject: format!("rule_set/{id}"),
        before: before.map_or(
            serde_json::Value::Null,
            |row| json!({ "name": row.name, "rules": row.rules, "rev": row.rev }),
        ),
        after: json!({ "name": name, "rules": rules, "rev": saved.summary.rev }),
        ..Audited::default()
    };
    write.audit(said).await?;
    Ok(saved)
}

fn check(id: &str, change: &DraftChange) -> AppResult<()> {
    if uuid::Uuid::parse_str(id).is_err() {
        return Err(AppError::invalid("id", "A rule set's id is a UUID."));
    }
    let length = change.name.trim().chars().count();
    if length == 0 || length > 120 || change.name.chars().any(char::is_control) {
        return Err(AppError::invalid("name", "1 to 120 characters, no control characters."));
    }
    if change.document.len() > DOCUMENT_BYTES_MAX {
        let message = format!("The document is larger than {DOCUMENT_BYTES_MAX} bytes.");
        return Err(AppError::refuse(ErrorCode::TooLarge, message));
    }
    serde_json::from_str::<serde::de::IgnoredAny>(&change.document).map(drop).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        AppError::invalid("document", format!("This is not JSON: {error}")).with("place", place)
    })
}

fn count_rules(document: &str) -> i64 {
    let value: serde_json::Value = serde_json::from_str(document).unwrap_or_default();
    let rules = value["rules"].as_array().map_or(0, Vec::len);
    i64::try_from(rules).unwrap_or(i64::MAX)
}

/// Deletes a draft; what has a version stays.
pub(crate) async fn delete_draft(write: &mut Write, id: &str) -> AppResult<()> {
    let store_id = write.store_id.clone();
    let before: Option<RuleSetRow> = write.maybe(rule_set::BY_ID, args![&store_id, id]).await?;
    let before = before.ok_or_else(|| AppError::not_found("rule set"))?;
    table::after(&before, Act::Delete)?;
    if write.run(rule_set::DELETE, args![&store_id, id]).await? == 0 {
        return Err(AppError::conflict(before.rev));
    }
    write.deleted(Entity::RuleSet, id, before.rev + 1).await?;
    let subject = format!("rule_set/{id}");
    let gone = json!({ "name": before.name, "rules": before.rules });
    write.audit(Audited { what: "rules.delete", subject, before: gone, ..Audited::default() }).await
}
