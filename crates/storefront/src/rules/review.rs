//! Review: a draft becomes a numbered version that never changes, with what checking and replaying
//! it found; its warnings are acknowledged by name; someone other than its author approves it or
//! sends it back.

use api::Instant;
use api::error::ErrorCode;
use api::rules::{Acknowledge, Acknowledged, FindingName, Review, ReviewRequest, ReviewVerdict};
use axum::http::StatusCode;
use serde_json::json;

use super::step::{
    REASON_CHARS_MAX, fence, find, forbidden, no_second_person, open_warnings, refuse_forbidden,
    said, second_person, sound, step, written,
};
use super::study::{Studied, study};
use super::table::{self, Act};
use super::{Answer, whole};
use crate::auth::{Action, StaffCtx, new_id, token_hash};
use crate::db::rule_set::{self, AcknowledgedRow, ReviewRow, RuleSetRow};
use crate::db::{Reads, args};
use crate::error::{AppError, AppResult};
use crate::write::{Once, Write};

const NOTE_CHARS_MAX: usize = 2_000;

/// A review with what was acknowledged in it.
pub(super) struct Standing {
    row: ReviewRow,
    pub(super) findings: api::rules::Findings,
    pub(super) acknowledged: Vec<Acknowledged>,
}

impl Standing {
    /// What is attached to a version; `not_found` where it never left draft this way.
    pub(super) async fn load<R: Reads>(reads: &mut R, store_id: &str, id: &str) -> AppResult<Self> {
        let key = args![store_id, id];
        let row: Option<ReviewRow> = reads.maybe(rule_set::REVIEW, key.clone()).await?;
        let row = row.ok_or_else(|| AppError::not_found("review"))?;
        let rows: Vec<AcknowledgedRow> = reads.all(rule_set::ACKNOWLEDGED, key).await?;
        let acknowledged = rows.into_iter().map(acknowledged).collect::<AppResult<_>>()?;
        let findings = serde_json::from_str(&row.findings).map_err(AppError::internal)?;
        Ok(Self { row, findings, acknowledged })
    }

    pub(super) fn is_approved(&self) -> bool {
        self.row.approved == Some(true)
    }
}

fn acknowledged(row: AcknowledgedRow) -> AppResult<Acknowledged> {
    Ok(Acknowledged {
        finding: serde_json::from_str(&row.finding).map_err(AppError::internal)?,
        reason: row.reason,
        by: row.by_name,
        at: Instant::from_ms(row.at),
    })
}

/// Draft → in review. Checked and replayed first, outside of the store's lock.
pub(crate) async fn submit(
    ctx: &StaffCtx,
    id: &str,
    asked: ReviewRequest,
    once: Once,
) -> AppResult<Answer> {
    ctx.answered(&once).await?;
    let note = written("note", &asked.note, NOTE_CHARS_MAX)?;
    let draft = super::row(&ctx.state, &ctx.store_id, id).await?;
    fence(&draft, asked.base_rev)?;
    table::after(&draft, Act::Submit)?;
    let studied = study(&ctx.state, &ctx.store_id, &draft.document).await?;
    let mut write = ctx.write(once).await?;
    let now = find(&mut write, id).await?;
    fence(&now, asked.base_rev)?;
    let saved = freeze(&mut write, &now, &note, &studied).await?;
    write.finish(StatusCode::OK, whole(saved)?).await
}

/// Gives the draft its number and attaches what was found. From here on its content stands.
pub(super) async fn freeze(
    write: &mut Write,
    draft: &RuleSetRow,
    note: &str,
    studied: &Studied,
) -> AppResult<RuleSetRow> {
    let currency = crate::catalog::save::currency(write).await?;
    table::after(draft, Act::Submit)?;
    sound(&draft.document, currency)?;
    let version = write.take_version();
    let row = step(write, draft, Act::Submit, |row| row.version = Some(version)).await?;
    let text = |value: &_| serde_json::to_string(value).map_err(AppError::internal);
    let findings = text(&studied.findings)?;
    let replay = studied.replay.as_ref().map(serde_json::to_string).transpose();
    let values = args![
        &write.store_id,
        &row.rule_set_id,
        note,
        &write.actor.name,
        write.now_ms(),
        findings,
        replay.map_err(AppError::internal)?,
    ];
    write.run(rule_set::ASK_REVIEW, values).await?;
    let more = json!({
        "rules": row.rules, "document_sha256": token_hash(&row.document),
        "errors": studied.findings.errors, "warnings": studied.findings.warnings,
    });
    said(write, "rules.submit", (draft, &row), more, note).await?;
    Ok(row)
}

/// Says of one warning of this version that it is known and wanted.
pub(crate) async fn acknowledge(
    ctx: &StaffCtx,
    id: &str,
    asked: Acknowledge,
    once: Once,
) -> AppResult<(StatusCode, axum::Json<Review>)> {
    let reason = written("reason", &asked.reason, REASON_CHARS_MAX)?;
    if reason.is_empty() {
        let message = "Say why this is wanted; the version keeps it.";
        return Err(AppError::invalid("reason", message));
    }
    let mut write = ctx.write(once).await?;
    let row = find(&mut write, id).await?;
    table::after(&row, Act::Acknowledge)?;
    let store_id = write.store_id.clone();
    let standing = Standing::load(&mut write, &store_id, id).await?;
    if let Some(earlier) = standing.acknowledged.iter().find(|one| one.finding == asked.finding) {
        let message = format!("{} acknowledged this first.", earlier.by);
        return Err(AppError::refuse(ErrorCode::Conflict, message).with("rev", row.rev));
    }
    if !open_warnings(&standing.findings, &standing.acknowledged).contains(&asked.finding) {
        let message = "This version has no such warning. Errors cannot be acknowledged.";
        return Err(AppError::invalid("finding", message));
    }
    keep_acknowledged(&mut write, &row, &asked.finding, &reason).await?;
    let review = read_in(&mut write, ctx, &row).await?;
    write.finish(StatusCode::OK, review).await
}

pub(super) async fn keep_acknowledged(
    write: &mut Write,
    row: &RuleSetRow,
    finding: &FindingName,
    reason: &str,
) -> AppResult<()> {
    let text = serde_json::to_string(finding).map_err(AppError::internal)?;
    let values = args![
        &write.store_id,
        &row.rule_set_id,
        token_hash(&text),
        &text,
        reason,
        &write.actor.name,
        write.now_ms(),
    ];
    write.run(rule_set::ACKNOWLEDGE, values).await?;
    let more = json!({ "finding": finding });
    said(write, "rules.acknowledge", (row, row), more, reason).await
}

/// A reviewer's word: approve, or send back.
pub(crate) async fn decide(
    ctx: &StaffCtx,
    id: &str,
    asked: ReviewVerdict,
    once: Once,
) -> AppResult<Answer> {
    let reason = written("reason", &asked.reason, REASON_CHARS_MAX)?;
    let mut write = ctx.write(once).await?;
    let row = find(&mut write, id).await?;
    fence(&row, asked.base_rev)?;
    let saved = if asked.approve {
        approve(&mut write, &row, &reason).await?
    } else {
        send_back(&mut write, &row, &reason).await?
    };
    write.finish(StatusCode::OK, whole(saved)?).await
}

/// Approves a version whose findings allow it, by a second person.
pub(super) async fn approve(
    write: &mut Write,
    row: &RuleSetRow,
    reason: &str,
) -> AppResult<RuleSetRow> {
    table::after(row, Act::Approve)?;
    let store_id = write.store_id.clone();
    let standing = Standing::load(write, &store_id, &row.rule_set_id).await?;
    if standing.is_approved() {
        let by = standing.row.decided_by.unwrap_or_default();
        let message = format!("{by} approved this version already.");
        return Err(AppError::refuse(ErrorCode::NotAllowedNow, message).with("state", &row.state));
    }
    let findings = &standing.findings;
    refuse_forbidden(&forbidden(findings, &standing.acknowledged), findings)?;
    second_person(write, row, reason).await?;
    let after = step(write, row, Act::Approve, |_| ()).await?;
    decided(write, &after, true, reason).await?;
    let more = json!({ "approved": true, "acknowledged": standing.acknowledged.len() });
    said(write, "rules.approve", (row, &after), more, reason).await?;
    Ok(after)
}

async fn decided(
    write: &mut Write,
    row: &RuleSetRow,
    approved: bool,
    reason: &str,
) -> AppResult<()> {
    let reason = Some(reason).filter(|reason| !reason.is_empty());
    let values = args![
        &write.store_id,
        &row.rule_set_id,
        approved,
        &write.actor.id,
        &write.actor.name,
        write.now_ms(),
        reason,
    ];
    write.run(rule_set::DECIDE_REVIEW, values).await?;
    Ok(())
}

/// The version retires and its content becomes a new draft of the same author.
async fn send_back(write: &mut Write, row: &RuleSetRow, reason: &str) -> AppResult<RuleSetRow> {
    let after = step(write, row, Act::SendBack, |_| ()).await?;
    decided(write, &after, false, reason).await?;
    unscheduled(write, &after).await?;
    let draft = new_id();
    let values = args![
        &write.store_id,
        &draft,
        &row.name,
        &row.document,
        row.rules,
        &row.author_id,
        &row.author,
        write.now_ms(),
    ];
    write.run(rule_set::INSERT, values).await?;
    write.changed(api::sync::Entity::RuleSet, &draft, 1).await?;
    said(write, "rules.send_back", (row, &after), json!({ "draft": draft }), reason).await?;
    find(write, &row.rule_set_id).await
}

/// Takes a version off its schedule; false where it had none.
pub(super) async fn unscheduled(write: &mut Write, row: &RuleSetRow) -> AppResult<bool> {
    let key = args![&write.store_id, &row.rule_set_id];
    Ok(write.run(rule_set::UNSCHEDULE, key).await? > 0)
}

/// What is attached to a version, for whoever asks.
pub(crate) async fn read(ctx: &StaffCtx, id: &str) -> AppResult<Review> {
    let row = super::row(&ctx.state, &ctx.store_id, id).await?;
    read_in(&mut ctx.state.db(), ctx, &row).await
}

async fn read_in<R: Reads>(reads: &mut R, ctx: &StaffCtx, row: &RuleSetRow) -> AppResult<Review> {
    let standing = Standing::load(reads, &ctx.store_id, &row.rule_set_id).await?;
    let blocked = blocked(reads, ctx, row, &standing).await?;
    let replay = standing.row.replay.as_deref().map(serde_json::from_str).transpose();
    let approved = standing.is_approved();
    Ok(Review {
        rule_set_id: row.rule_set_id.clone(),
        version: row.version.unwrap_or(0),
        note: standing.row.note,
        asked_by: standing.row.asked_by,
        asked_at: Instant::from_ms(standing.row.asked_at),
        findings: standing.findings,
        replay: replay.map_err(AppError::internal)?,
        acknowledged: standing.acknowledged,
        approved_by: standing.row.decided_by.filter(|_| approved),
        approved_at: standing.row.decided_at.filter(|_| approved).map(Instant::from_ms),
        reason: standing.row.reason,
        blocked,
    })
}

async fn blocked<R: Reads>(
    reads: &mut R,
    ctx: &StaffCtx,
    row: &RuleSetRow,
    standing: &Standing,
) -> AppResult<Vec<String>> {
    match row.state.as_str() {
        "active" => return Ok(vec!["It is in force.".to_owned()]),
        "retired" => return Ok(vec!["It is retired.".to_owned()]),
        _ => {}
    }
    let mut words = forbidden(&standing.findings, &standing.acknowledged);
    if !ctx.state.shared.policies.allow(ctx.role, Action::ActivateRules) {
        words.push("Your role may not decide this: ask a manager or an owner.".to_owned());
    } else if let Some(word) = no_second_person(reads, &ctx.store_id, row, &ctx.actor).await? {
        words.push(word);
    }
    Ok(words)
}

/// For whoever puts a draft in force in one action: every step at once, under the same conditions.
pub(super) async fn review_at_once(
    write: &mut Write,
    draft: &RuleSetRow,
    studied: &Studied,
    reason: &str,
) -> AppResult<RuleSetRow> {
    let version = freeze(write, draft, "", studied).await?;
    approve(write, &version, reason).await
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn a_finding_is_kept_under_one_name_however_it_is_spelt() {
        let parsed: FindingName =
            serde_json::from_value(json!({ "rules": [], "key": null, "kind": "gap" })).unwrap();
        let text = serde_json::to_string(&parsed).unwrap();
        let again: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(again, json!({ "kind": "gap", "rules": [], "key": null }));
    }
}
