//! Changing some rules of a draft: at once in memory, then through the cache's outbox like every
//! other edit. Works offline.

use std::sync::Arc;
use std::time::Duration;

use api::error::{ErrorBody, ErrorCode};
use api::rules::{RuleEdit, RuleProblem};
use api::staff::Role;
use api::sync::Entity;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use specta::Type;

use super::bench::{Made, Pending, Seen, Slot};
use super::open::{blocking, fresh_in_turn, stored};
use super::sheet::Sheet;
use crate::document::{self, Wanted};
use crate::{Answer, Console};

/// Edits go to the service once the typing has paused for this long.
const PAUSE: Duration = Duration::from_millis(800);
/// Someone else's edits may come between this often.
const TRIES: usize = 8;

/// What stands after an edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RuleSaved {
    #[specta(type = i32)]
    pub rev: i64,
    #[specta(type = i32)]
    pub rules: i64,
    pub problems: Vec<RuleProblem>,
}

/// Changes some rules of a draft, and its name where one is given: all of it, or nothing. Answered
/// when it is safe on this computer; the service gets it behind the person's back.
///
/// # Errors
/// `Forbidden` to a role that drafts no rules, `NotAllowedNow` out of draft, `Invalid` with `rule`,
/// `name` or `document`, `TooLarge`. Nothing was changed then.
pub async fn edit(
    console: &Console,
    id: &str,
    edits: Vec<RuleEdit>,
    name: Option<String>,
) -> Answer<RuleSaved> {
    may_draft(console).await?;
    let slot = console.bench().slot(id);
    let edit = Pending { edits: edits.into(), name };
    let made = {
        let _turn = slot.turn.lock().await;
        let sheet = fresh_in_turn(console, &slot, id).await?;
        let next = applied(sheet, edit.clone()).await?;
        slot.state().make(next, edit)
    };
    let rev = safe(console, &slot, id, made).await?;
    bring_later(console, &slot, made);
    let sheet = slot.state().sheet.clone();
    let sheet = match sheet {
        Some(sheet) => sheet,
        None => super::open::fresh(console, &slot, id).await?,
    };
    Ok(RuleSaved { rev, rules: sheet.summary.rules, problems: sheet.problems() })
}

/// The service decides; this spares a person the edits that it would refuse.
pub(super) async fn may_draft(console: &Console) -> Answer<()> {
    match console.session().await?.staff().role {
        Role::Owner | Role::Manager => Ok(()),
        Role::Agent | Role::Analyst | Role::Auditor => Err(ErrorBody::new(
            ErrorCode::Forbidden,
            "Your role reads rules and does not write them. Nothing was changed.",
        )),
    }
}

async fn applied(sheet: Sheet, edit: Pending) -> Answer<Sheet> {
    blocking(move || sheet.edited(&edit.edits, edit.name.as_deref())).await?
}

/// Waits until an edit is in the cache, writing it there with all that came since; the revision.
async fn safe(console: &Console, slot: &Slot, id: &str, made: Made) -> Answer<i64> {
    let _writing = slot.writing.lock().await;
    for _ in 0..TRIES {
        let known = slot.state().outcome(made);
        if let Some(outcome) = known {
            outcome?;
            return Ok(slot.state().sheet.as_ref().map_or(0, |sheet| sheet.summary.rev));
        }
        match write(console, slot, id).await {
            Ok(Some(rev)) => return Ok(rev),
            Ok(None) => {
                if let Err(error) = lay_anew(console, slot, id).await {
                    slot.state().fail(error);
                }
            }
            Err(error) => slot.state().fail(error),
        }
    }
    let error = ErrorBody::new(
        ErrorCode::Conflict,
        "Others are changing these rules right now. Your last edits were not kept: try again.",
    );
    slot.state().fail(error.clone());
    Err(error)
}

/// Brings all that was made so far into the cache; `None` where something else stands there.
async fn write(console: &Console, slot: &Slot, id: &str) -> Answer<Option<i64>> {
    let (sheet, seen, upto, count) = {
        let state = slot.state();
        let (Some(sheet), Some(seen)) = (state.sheet.clone(), state.seen.clone()) else {
            return Ok(None);
        };
        (sheet, seen, state.made, state.pending.len())
    };
    let next = Seen { name: sheet.summary.name.clone(), document: sheet.text() };
    let wanted = Wanted {
        use_case: "rule_set_edit",
        entity: Entity::RuleSet,
        key: id.to_owned(),
        base_rev: sheet.summary.rev,
        fields: fields(&next),
    };
    let before = console.bench().changes();
    let Some(rev) = document::edit_seen(console, wanted, fields(&seen)).await? else {
        return Ok(None);
    };
    let after = console.bench().changes();
    let mut state = slot.state();
    state.kept = upto;
    state.pending.drain(..count);
    state.seen = Some(next);
    if after == before + 1 && state.read_at == before {
        // the one change since was this one
        state.read_at = after;
    }
    if let Some(sheet) = &mut state.sheet {
        sheet.summary.rev = rev;
    }
    Ok(Some(rev))
}

/// Someone else's edit came between: what is pending is laid on what stands now.
async fn lay_anew(console: &Console, slot: &Slot, id: &str) -> Answer<()> {
    let _turn = slot.turn.lock().await;
    let changes = console.bench().changes();
    let pending = slot.state().pending.clone();
    let set = stored(console, id).await?;
    let document: Arc<str> = set.document.into();
    let seen = Seen { name: set.summary.name.clone(), document: Arc::clone(&document) };
    let summary = set.summary;
    let sheet = blocking(move || {
        let mut sheet = Sheet::read(summary, document);
        for edit in &pending {
            sheet = sheet.edited(&edit.edits, edit.name.as_deref())?;
        }
        Ok::<_, ErrorBody>(sheet)
    })
    .await??;
    let mut state = slot.state();
    state.read_at = changes;
    state.seen = Some(seen);
    state.sheet = Some(sheet);
    Ok(())
}

fn fields(seen: &Seen) -> Map<String, Value> {
    let field = |name: &str, value: &str| (name.to_owned(), Value::from(value));
    Map::from_iter([field("name", &seen.name), field("document", &seen.document)])
}

fn bring_later(console: &Console, slot: &Arc<Slot>, made: Made) {
    let (console, slot) = (console.clone(), Arc::clone(slot));
    tokio::spawn(async move {
        tokio::time::sleep(PAUSE).await;
        let newest = slot.state().made == made.number;
        if newest && let Some(session) = console.open_session().await {
            session.engine.wake();
        }
    });
}
