//! Rule sets of a store: drafts, activation, and the question "what is the floor?". Prices come
//! from `pricing` alone.

mod activate;
mod draft;
pub(crate) mod floor;

pub(crate) use activate::activate;
pub(crate) use draft::{delete_draft, save_draft};

use api::error::ErrorCode;
use api::rules::{RuleProblem, RuleSet, RuleSetState, RuleSetSummary};

use crate::db::args;
use crate::db::rule_set::{self, RuleSetRow};
use crate::error::{AppError, AppResult};
use crate::state::AppState;

/// The rule set in force, parsed.
pub(crate) struct InForce {
    pub(crate) id: String,
    pub(crate) version: i64,
    pub(crate) rules: pricing::RuleSet,
}

/// The store's active rule set, if it has one.
pub(crate) async fn active(state: &AppState, store_id: &str) -> AppResult<Option<InForce>> {
    in_force(state.db().maybe(rule_set::ACTIVE, args![store_id]).await?)
}

/// A rule set by its id: what a negotiation began with.
pub(crate) async fn by_id(
    state: &AppState,
    store_id: &str,
    id: &str,
) -> AppResult<Option<InForce>> {
    in_force(state.db().maybe(rule_set::BY_ID, args![store_id, id]).await?)
}

fn in_force(row: Option<RuleSetRow>) -> AppResult<Option<InForce>> {
    let Some(row) = row else { return Ok(None) };
    let rules = pricing::RuleSet::parse(&row.document).map_err(|problems| {
        let first = problems.first().map(ToString::to_string).unwrap_or_default();
        let message = format!("The rules have faults. The first: {first}.");
        AppError::refuse(ErrorCode::NotAllowedNow, message).with("rule_set", &row.rule_set_id)
    })?;
    Ok(Some(InForce { id: row.rule_set_id, version: row.version.unwrap_or(0), rules }))
}

/// A rule set with its document, as staff see it.
pub(crate) async fn read(state: &AppState, store_id: &str, id: &str) -> AppResult<Option<RuleSet>> {
    let row: Option<RuleSetRow> = state.db().maybe(rule_set::BY_ID, args![store_id, id]).await?;
    row.map(whole).transpose()
}

pub(crate) fn whole(row: RuleSetRow) -> AppResult<RuleSet> {
    let document = row.document.clone();
    Ok(RuleSet { problems: problems(&document), summary: summary(row)?, document })
}

pub(crate) fn summary(row: RuleSetRow) -> AppResult<RuleSetSummary> {
    let state: RuleSetState =
        serde_json::from_value(row.state.into()).map_err(AppError::internal)?;
    Ok(RuleSetSummary {
        id: row.rule_set_id,
        name: row.name,
        version: row.version,
        state,
        rules: row.rules,
        author: row.author,
        updated_at: api::Instant::from_ms(row.updated_at),
        activated_at: row.activated_at.map(api::Instant::from_ms),
        activates_at: None,
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
