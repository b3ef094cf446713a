//! Rule sets of a store: drafts, their life (review, shadow, activation, roll back), and the question
//! "what is the floor?". Prices come from `pricing` alone.

mod activate;
mod cache;
mod draft;
pub(crate) mod floor;
mod report;
mod review;
mod settle;
mod shadow;
mod step;
pub(crate) mod study;
mod table;
pub(crate) mod watch;

pub(crate) use activate::{activate, activate_due, begin_with, roll_back, unschedule};
pub(crate) use cache::{InForce, RuleCache};
pub(crate) use draft::{delete_draft, save_draft};
pub(crate) use report::report;
pub(crate) use review::{acknowledge, decide, read as read_review, submit};
pub(crate) use settle::settle;
pub(crate) use shadow::put as put_in_shadow;
pub(crate) use step::is_person;

use api::error::ErrorCode;
use api::rules::{RuleProblem, RuleSet, RuleSetSummary};
use axum::Json;
use axum::http::StatusCode;

use crate::db::args;
use crate::db::rule_set::{self, ListedRow, RuleSetRow};
use crate::error::{AppError, AppResult};
use crate::state::AppState;

/// What a step in a rule set's life answers.
pub(crate) type Answer = (StatusCode, Json<RuleSet>);

/// A rule set as the tables hold it.
async fn row(state: &AppState, store_id: &str, id: &str) -> AppResult<RuleSetRow> {
    let found = state.db().maybe(rule_set::BY_ID, args![store_id, id]).await?;
    found.ok_or_else(|| AppError::not_found("rule set"))
}

/// The rules of a set to ask for a floor, a draft's too: `active` names the one in force.
pub(crate) async fn asked(
    state: &AppState,
    store_id: &str,
    id: &str,
) -> AppResult<Option<pricing::RuleSet>> {
    let db = state.db();
    let row: Option<RuleSetRow> = match id {
        "active" => db.maybe(rule_set::ACTIVE, args![store_id]).await?,
        id => db.maybe(rule_set::BY_ID, args![store_id, id]).await?,
    };
    let Some(row) = row else { return Ok(None) };
    let rules = pricing::RuleSet::parse(&row.document).map_err(|problems| {
        let first = problems.first().map(ToString::to_string).unwrap_or_default();
        let message = format!("The rules have faults. The first: {first}.");
        AppError::refuse(ErrorCode::NotAllowedNow, message).with("rule_set", &row.rule_set_id)
    })?;
    Ok(Some(rules))
}

/// A rule set with its document, as staff see it.
pub(crate) async fn read(state: &AppState, store_id: &str, id: &str) -> AppResult<Option<RuleSet>> {
    let row: Option<RuleSetRow> = state.db().maybe(rule_set::BY_ID, args![store_id, id]).await?;
    row.map(whole).transpose()
}

pub(crate) fn whole(row: RuleSetRow) -> AppResult<RuleSet> {
    let listed = ListedRow {
        rule_set_id: row.rule_set_id,
        name: row.name,
        version: row.version,
        state: row.state,
        rules: row.rules,
        author: row.author,
        rev: row.rev,
        updated_at: row.updated_at,
        activated_at: row.activated_at,
        activates_at: row.activates_at,
    };
    let problems = problems(&row.document);
    Ok(RuleSet { problems, summary: summary(listed)?, document: row.document })
}

pub(crate) fn summary(row: ListedRow) -> AppResult<RuleSetSummary> {
    let state = table::read(&row.state)?;
    Ok(RuleSetSummary {
        id: row.rule_set_id,
        name: row.name,
        version: row.version,
        state,
        rules: row.rules,
        author: row.author,
        updated_at: api::Instant::from_ms(row.updated_at),
        activated_at: row.activated_at.map(api::Instant::from_ms),
        activates_at: row.activates_at.map(api::Instant::from_ms),
        rev: row.rev,
    })
}

/// What is wrong with a document; at most 200, in order of place.
pub(crate) fn problems(document: &str) -> Vec<RuleProblem> {
    let found = pricing::RuleSet::parse(document).err().unwrap_or_default();
    let wire = |problem: pricing::Problem| RuleProblem {
        pointer: problem.pointer,
        message: problem.message,
        expected: problem.expected,
    };
    found.into_iter().take(200).map(wire).collect()
}
