//! Putting a version in force: at once or at a moment that was set, by someone other than its
//! author; and back to the version before. Only under the store's lock, so between two decisions.

use api::error::ErrorCode;
use api::rules::{Activation, DraftChange, Findings, RollBack};
use axum::http::StatusCode;
use serde_json::json;

use super::review::{Standing, approve, freeze, keep_acknowledged, review_at_once, unscheduled};
use super::step::{
    REASON_CHARS_MAX, errors, fence, find, is_person, open_warnings, refuse_forbidden, said,
    second_person, sound, step, written,
};
use super::study::{Studied, check_again, study};
use super::table::{self, Act};
use super::{Answer, whole};
use crate::auth::{Action, StaffCtx, new_id, read_role};
use crate::db::args;
use crate::db::rule_set::{self, RuleSetRow, ScheduleRow};
use crate::error::{AppError, AppResult};
use crate::state::AppState;
use crate::write::{Actor, Once, Write};

/// How far ahead an activation may be set.
const AHEAD_MS_MAX: i64 = 366 * 24 * 3_600_000;
/// Schedules looked after in one go.
const AT_ONCE: i64 = 20;

/// What was found right before, outside of the store's lock.
enum Looked {
    /// Of a draft, that goes through review in the same action.
    Draft(Box<Studied>),
    /// Of a version, over the catalogue as it is now.
    Version(Findings),
}

/// Puts a version in force, or sets the moment at which it takes effect. A draft that has neither
/// errors nor warnings goes through review in the same action.
pub(crate) async fn activate(
    ctx: &StaffCtx,
    id: &str,
    asked: Activation,
    once: Once,
) -> AppResult<Answer> {
    ctx.answered(&once).await?;
    let reason = written("reason", &asked.reason, REASON_CHARS_MAX)?;
    let at = asked.at.map(|at| moment(at, ctx.state.now_ms())).transpose()?;
    let row = super::row(&ctx.state, &ctx.store_id, id).await?;
    fence(&row, asked.base_rev)?;
    let looked = look(&ctx.state, &ctx.store_id, &row).await?;
    let mut write = ctx.write(once).await?;
    let row = find(&mut write, id).await?;
    fence(&row, asked.base_rev)?;
    let version = ready(&mut write, &row, &looked, &reason).await?;
    let saved = match at {
        Some(at) => schedule(&mut write, &version, at, &reason).await?,
        None => put_in_force(&mut write, &version, &reason, None).await?,
    };
    write.finish(StatusCode::OK, whole(saved)?).await
}

fn moment(at: api::Instant, now_ms: i64) -> AppResult<i64> {
    let ms = at.as_ms();
    if ms <= now_ms {
        return Err(AppError::invalid("at", "This moment has passed. Choose one in the future."));
    }
    if ms > now_ms + AHEAD_MS_MAX {
        return Err(AppError::invalid("at", "At most a year ahead."));
    }
    Ok(ms)
}

async fn look(state: &AppState, store_id: &str, row: &RuleSetRow) -> AppResult<Looked> {
    if table::after(row, Act::Submit).is_ok() {
        let studied = study(state, store_id, &row.document).await?;
        return Ok(Looked::Draft(Box::new(studied)));
    }
    table::after(row, Act::Activate)?;
    Ok(Looked::Version(check_again(state, store_id, &row.document).await?))
}

/// The version as it may take effect: approved, its findings without errors today.
async fn ready(
    write: &mut Write,
    row: &RuleSetRow,
    looked: &Looked,
    reason: &str,
) -> AppResult<RuleSetRow> {
    let findings = match looked {
        Looked::Draft(studied) => return review_at_once(write, row, studied, reason).await,
        Looked::Version(findings) => findings,
    };
    table::after(row, Act::Activate)?;
    let store_id = write.store_id.clone();
    let standing = Standing::load(write, &store_id, &row.rule_set_id).await?;
    if !standing.is_approved() {
        let message = "This version is not approved yet: a review comes first.";
        return Err(AppError::refuse(ErrorCode::NotAllowedNow, message).with("state", &row.state));
    }
    refuse_forbidden(errors(findings).as_slice(), findings)?;
    let actor = write.actor.clone();
    // a person approved it; a key may carry that out
    if is_person(write, &store_id, &actor).await? {
        second_person(write, row, reason).await?;
    }
    Ok(row.clone())
}

/// Makes it the version that decisions are made by; the one before retires.
pub(super) async fn put_in_force(
    write: &mut Write,
    row: &RuleSetRow,
    reason: &str,
    set_for: Option<i64>,
) -> AppResult<RuleSetRow> {
    let (store_id, now) = (write.store_id.clone(), write.now_ms());
    let before: Option<RuleSetRow> = write.maybe(rule_set::ACTIVE, args![&store_id]).await?;
    if let Some(before) = &before {
        step(write, before, Act::Retire, |_| ()).await?;
    }
    let replaces = before.as_ref().map(|before| before.rule_set_id.clone());
    let after = step(write, row, Act::Activate, |after| {
        (after.activated_at, after.replaces) = (Some(now), replaces);
    })
    .await?;
    unscheduled(write, &after).await?;
    let mut more = json!({
        "rules": after.rules,
        "replaces": before.map(|row| json!({ "id": row.rule_set_id, "version": row.version })),
    });
    if let (Some(at), Some(fields)) = (set_for, more.as_object_mut()) {
        fields.insert("set_for".to_owned(), json!(api::Instant::from_ms(at)));
    }
    said(write, "rules.activate", (row, &after), more, reason).await?;
    find(write, &after.rule_set_id).await
}

/// For a new store: a draft through every step at once, its warnings acknowledged as they come.
pub(crate) async fn begin_with(
    write: &mut Write,
    name: &str,
    document: &str,
    studied: &Studied,
) -> AppResult<()> {
    let (id, reason) = (new_id(), "The store begins with these rules");
    let change = DraftChange { name: name.to_owned(), document: document.to_owned(), base_rev: 0 };
    super::save_draft(write, &id, change).await?;
    let draft = find(write, &id).await?;
    let version = freeze(write, &draft, "", studied).await?;
    for warning in open_warnings(&studied.findings, &[]) {
        keep_acknowledged(write, &version, &warning, reason).await?;
    }
    let approved = approve(write, &version, reason).await?;
    put_in_force(write, &approved, reason, None).await?;
    Ok(())
}

async fn schedule(
    write: &mut Write,
    row: &RuleSetRow,
    at: i64,
    reason: &str,
) -> AppResult<RuleSetRow> {
    let after = step(write, row, Act::Schedule, |_| ()).await?;
    let actor = write.actor.clone();
    let id = &after.rule_set_id;
    let values = args![&write.store_id, id, at, reason, actor.id, actor.name, actor.role];
    write.run(rule_set::SCHEDULE, values).await?;
    let more = json!({ "activates_at": api::Instant::from_ms(at) });
    said(write, "rules.schedule", (row, &after), more, reason).await?;
    find(write, &after.rule_set_id).await
}

/// Takes a version off its schedule.
pub(crate) async fn unschedule(
    ctx: &StaffCtx,
    id: &str,
    base_rev: i64,
    once: Once,
) -> AppResult<Answer> {
    let mut write = ctx.write(once).await?;
    let row = find(&mut write, id).await?;
    fence(&row, base_rev)?;
    let after = step(&mut write, &row, Act::Unschedule, |_| ()).await?;
    if !unscheduled(&mut write, &after).await? {
        let message = "This version has no moment set.";
        return Err(AppError::refuse(ErrorCode::NotAllowedNow, message).with("state", &row.state));
    }
    said(&mut write, "rules.unschedule", (&row, &after), json!({}), "").await?;
    let saved = find(&mut write, id).await?;
    write.finish(StatusCode::OK, whole(saved)?).await
}

/// Back to the version that the one in force replaced. Nothing is checked again: it was in force,
/// and this is for when something is wrong.
pub(crate) async fn roll_back(ctx: &StaffCtx, asked: RollBack, once: Once) -> AppResult<Answer> {
    let reason = written("reason", &asked.reason, REASON_CHARS_MAX)?;
    if reason.is_empty() {
        return Err(AppError::invalid("reason", "Say why; the audit log keeps it."));
    }
    let mut write = ctx.write(once).await?;
    let store_id = write.store_id.clone();
    let active: Option<RuleSetRow> = write.maybe(rule_set::ACTIVE, args![&store_id]).await?;
    let Some(active) = active else {
        let message = "No rule set is in force.";
        return Err(AppError::refuse(ErrorCode::NotAllowedNow, message).with("state", "none"));
    };
    if active.version != Some(asked.from_version) {
        let now = active.version.unwrap_or(0);
        let message = format!("Version {now} is in force now. Look again, then decide.");
        return Err(AppError::refuse(ErrorCode::Conflict, message)
            .with("version", now)
            .with("rev", active.rev));
    }
    let Some(before) = active.replaces.clone() else {
        let message = "There is no version before this one.";
        return Err(AppError::refuse(ErrorCode::NotAllowedNow, message).with("state", "active"));
    };
    let before = find(&mut write, &before).await?;
    let currency = crate::catalog::save::currency(&mut write).await?;
    sound(&before.document, currency)?;
    step(&mut write, &active, Act::Retire, |_| ()).await?;
    let now = write.now_ms();
    let after = step(&mut write, &before, Act::Restore, |row| row.activated_at = Some(now)).await?;
    let more = json!({ "from": { "id": active.rule_set_id, "version": active.version } });
    said(&mut write, "rules.roll_back", (&before, &after), more, &reason).await?;
    let saved = find(&mut write, &after.rule_set_id).await?;
    write.finish(StatusCode::OK, whole(saved)?).await
}

/// Puts in force whose moment has come. Called by upkeep.
pub(crate) async fn activate_due(state: &AppState) -> AppResult<()> {
    let due: Vec<ScheduleRow> =
        state.db().all(rule_set::DUE, args![state.now_ms(), AT_ONCE]).await?;
    for one in due {
        if let Err(error) = carry_out(state, &one).await {
            tracing::warn!(?error, rule_set = %one.rule_set_id, "cannot be put in force now");
        }
    }
    Ok(())
}

async fn carry_out(state: &AppState, due: &ScheduleRow) -> AppResult<()> {
    let (store_id, id) = (&due.store_id, due.rule_set_id.as_str());
    let row = super::row(state, store_id, id).await?;
    let findings = match table::after(&row, Act::Activate) {
        Ok(_) => Some(check_again(state, store_id, &row.document).await?),
        Err(_) => None,
    };
    let actor =
        Actor { id: due.by_id.clone(), name: due.by_name.clone(), role: due.by_role.clone() };
    let mut write = Write::begin(state, store_id, actor, None).await?;
    let still: Option<ScheduleRow> = write.maybe(rule_set::SCHEDULED, args![store_id, id]).await?;
    // another node did it, or someone set it anew or took it off
    if still.as_ref() != Some(due) {
        return Ok(());
    }
    let row = find(&mut write, id).await?;
    match hindrance(&mut write, &row, findings.as_ref()).await? {
        Some(why) => {
            let after = step(&mut write, &row, Act::Unschedule, |_| ()).await?;
            unscheduled(&mut write, &after).await?;
            write.actor = Actor::system();
            let more = json!({ "set_for": api::Instant::from_ms(due.at), "set_by": due.by_name });
            said(&mut write, "rules.schedule_dropped", (&row, &after), more, &why).await?;
        }
        None => {
            put_in_force(&mut write, &row, &due.reason, Some(due.at)).await?;
        }
    }
    write.commit().await
}

/// Why what was set for now does not happen.
async fn hindrance(
    write: &mut Write,
    row: &RuleSetRow,
    findings: Option<&Findings>,
) -> AppResult<Option<String>> {
    let (Ok(_), Some(findings)) = (table::after(row, Act::Activate), findings) else {
        return Ok(Some(format!("The version is {}.", row.state)));
    };
    let key = args![&write.store_id, &write.actor.id];
    let found: Option<(String, String)> = write.maybe(rule_set::ROLE_OF, key).await?;
    let role = found.map(|(role, _)| read_role(&role)).transpose()?;
    let may = role.is_some_and(|role| write.may(role, Action::ActivateRules));
    if !may {
        return Ok(Some("Whoever set it may not activate rules any more.".to_owned()));
    }
    Ok(errors(findings))
}
