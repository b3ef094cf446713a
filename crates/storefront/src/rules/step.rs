//! One step in a rule set's life, fenced by its revision, and the conditions that steps share: who
//! may say the second word, and what the findings forbid.

use api::error::ErrorCode;
use api::rules::{Acknowledged, FindingName, Findings, Severity};
use api::sync::Entity;
use serde_json::{Value, json};

use super::table::{self, Act};
use crate::db::rule_set::{self, RuleSetRow};
use crate::db::{Reads, args};
use crate::error::{AppError, AppResult};
use crate::write::{Actor, Audited, Write};

/// The most characters of a reason.
pub(super) const REASON_CHARS_MAX: usize = 500;

/// The rule set as it stands in this write.
pub(super) async fn find(write: &mut Write, id: &str) -> AppResult<RuleSetRow> {
    let store_id = write.store_id.clone();
    let found = write.maybe(rule_set::BY_ID, args![store_id, id]).await?;
    found.ok_or_else(|| AppError::not_found("rule set"))
}

/// Refuses whoever looked at an older revision.
pub(super) fn fence(row: &RuleSetRow, base_rev: i64) -> AppResult<()> {
    if row.rev == base_rev { Ok(()) } else { Err(AppError::conflict(row.rev)) }
}

/// Takes the step where the table allows it, with what else changes of the row, and puts it into
/// the change feed.
pub(super) async fn step(
    write: &mut Write,
    before: &RuleSetRow,
    act: Act,
    change: impl FnOnce(&mut RuleSetRow),
) -> AppResult<RuleSetRow> {
    let to = table::after(before, act)?.ok_or_else(|| AppError::internal("the set is gone"))?;
    let mut row = before.clone();
    table::word(to).clone_into(&mut row.state);
    row.rev += 1;
    row.updated_at = write.now_ms();
    change(&mut row);
    let values = args![
        &write.store_id,
        &row.rule_set_id,
        before.rev,
        &before.state,
        &row.state,
        row.version,
        row.activated_at,
        &row.replaces,
        row.updated_at,
    ];
    if write.run(rule_set::MOVE, values).await? == 0 {
        return Err(AppError::conflict(before.rev));
    }
    write.changed(Entity::RuleSet, &row.rule_set_id, row.rev).await?;
    Ok(row)
}

/// Seals a step into the audit log.
pub(super) async fn said(
    write: &mut Write,
    what: &str,
    (before, after): (&RuleSetRow, &RuleSetRow),
    more: Value,
    why: &str,
) -> AppResult<()> {
    let mut now = json!({ "state": after.state, "version": after.version, "name": after.name });
    if let (Some(fields), Value::Object(more)) = (now.as_object_mut(), more) {
        fields.extend(more);
    }
    let entry = Audited {
        what,
        subject: format!("rule_set/{}", after.rule_set_id),
        before: json!({ "state": before.state, "version": before.version }),
        after: now,
        why: Some(why.trim().to_owned()).filter(|why| !why.is_empty()),
        rule_set_version: after.version,
        epoch: None,
    };
    write.audit(entry).await
}

/// What someone wrote, without the space around it; refused where it is too long or holds control
/// characters other than line breaks.
pub(super) fn written(field: &str, text: &str, chars_max: usize) -> AppResult<String> {
    let text = text.trim();
    if text.chars().nth(chars_max).is_some() {
        return Err(AppError::invalid(field, format!("At most {chars_max} characters.")));
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(AppError::invalid(field, "No control characters."));
    }
    Ok(text.to_owned())
}

/// What a rule set must be before it may leave draft: right, and in the store's currency.
pub(super) fn sound(document: &str, currency: commerce::Currency) -> AppResult<()> {
    let refuse = |message: String, pointer: &str| {
        AppError::refuse(ErrorCode::NotAllowedNow, message).with("pointer", pointer)
    };
    match pricing::RuleSet::parse(document) {
        Err(faults) => {
            let first = faults.first().ok_or_else(|| AppError::internal("no fault"))?;
            let (at, what) = (&first.pointer, &first.message);
            let message = format!("The rules have faults, the first at {at}: {what}.");
            Err(refuse(message, at).with("problems", faults.len()))
        }
        Ok(rules) if rules.currency() != currency => {
            let message =
                format!("The rules are in {}, the store sells in {currency}.", rules.currency());
            Err(refuse(message, "/currency"))
        }
        Ok(_) => Ok(()),
    }
}

/// Why this caller cannot give the second word on rules of this author: they wrote them and others
/// may decide, or no person speaks. `None` where they can.
pub(super) async fn no_second_person<R: Reads>(
    reads: &mut R,
    store_id: &str,
    row: &RuleSetRow,
    actor: &Actor,
) -> AppResult<Option<String>> {
    if !is_person(reads, store_id, actor).await? {
        return Ok(Some("An API key cannot decide this: a person has to.".to_owned()));
    }
    if row.author_id != actor.id || is_alone(reads, store_id, actor).await? {
        return Ok(None);
    }
    let message = "Who wrote the rules cannot decide on them. Ask another manager or owner.";
    Ok(Some(message.to_owned()))
}

/// Refuses whoever cannot give the second word. Whoever alone may decide in this store says why.
pub(super) async fn second_person(
    write: &mut Write,
    row: &RuleSetRow,
    reason: &str,
) -> AppResult<()> {
    let (store_id, actor) = (write.store_id.clone(), write.actor.clone());
    if let Some(message) = no_second_person(write, &store_id, row, &actor).await? {
        return Err(AppError::refuse(ErrorCode::NotAllowedNow, message).with("second_person", true));
    }
    if row.author_id == actor.id && reason.is_empty() {
        let message = "You wrote these rules and nobody else here may activate them. \
            Say why they should go live; the audit log keeps it.";
        return Err(AppError::invalid("reason", message));
    }
    Ok(())
}

/// Whether it is someone of the staff, and no API key.
pub(crate) async fn is_person<R: Reads>(
    reads: &mut R,
    store_id: &str,
    actor: &Actor,
) -> AppResult<bool> {
    let found: Option<(String, String)> =
        reads.maybe(rule_set::ROLE_OF, args![store_id, &actor.id]).await?;
    Ok(found.is_some_and(|(_, kind)| kind == "person"))
}

async fn is_alone<R: Reads>(reads: &mut R, store_id: &str, actor: &Actor) -> AppResult<bool> {
    let others: Option<(i64,)> =
        reads.maybe(rule_set::OTHER_ACTIVATORS, args![store_id, &actor.id]).await?;
    Ok(others.is_none_or(|(count,)| count == 0))
}

/// Warnings that nobody has acknowledged.
pub(super) fn open_warnings(findings: &Findings, done: &[Acknowledged]) -> Vec<FindingName> {
    let warnings = findings.findings.iter().filter(|f| f.severity == Severity::Warning);
    let open = |name: &FindingName| !done.iter().any(|one| one.finding == *name);
    warnings.map(api::rules::Finding::name).filter(open).collect()
}

/// What the findings forbid, in words; empty where nothing.
pub(super) fn forbidden(findings: &Findings, done: &[Acknowledged]) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(message) = errors(findings) {
        words.push(message);
    }
    let open = open_warnings(findings, done).len();
    if open > 0 {
        words.push(format!("{} must be acknowledged by name first.", count(open, "warning")));
    }
    let listed = findings.findings.iter().filter(|f| f.severity == Severity::Warning).count();
    if i64::try_from(listed).unwrap_or(i64::MAX) < findings.warnings {
        words.push(format!(
            "{} warnings are more than can be acknowledged one by one: mend some, \
             then ask for a review again.",
            findings.warnings
        ));
    }
    words
}

pub(super) fn errors(findings: &Findings) -> Option<String> {
    let errors = usize::try_from(findings.errors).unwrap_or(usize::MAX);
    (errors > 0).then(|| format!("{} must be mended first.", count(errors, "error")))
}

/// Refuses with the first thing that stands against it.
pub(super) fn refuse_forbidden(words: &[String], findings: &Findings) -> AppResult<()> {
    let Some(first) = words.first() else { return Ok(()) };
    Err(AppError::refuse(ErrorCode::NotAllowedNow, first)
        .with("errors", findings.errors)
        .with("warnings", findings.warnings))
}

fn count(many: usize, thing: &str) -> String {
    if many == 1 { format!("1 {thing}") } else { format!("{many} {thing}s") }
}
