//! Steps of a rule set's life. Each is the service's to decide: without a line it says so, and
//! nothing was changed. Edits of a draft that wait are brought to the service first.

use api::error::{ErrorBody, ErrorCode};
use api::rules::{
    Acknowledge, Activation, Review, ReviewRequest, ReviewVerdict, RollBack, RuleSet, ShadowReport,
    ShadowRequest,
};
use api::sync::Entity;
use serde::Serialize;
use sync::{Method, service::path_part};

use super::open;
use crate::{Answer, Console, document};

/// Sends a draft to review: it gets its number and never changes again.
pub async fn submit(console: &Console, id: &str, request: ReviewRequest) -> Answer<RuleSet> {
    let base_rev = rev_of_shown(console, id, request.base_rev).await?;
    let body = ReviewRequest { base_rev, ..request };
    step(console, "rule_set_submit", id, "submit", &body).await
}

/// What is attached to a version that left draft.
pub async fn review(console: &Console, id: &str) -> Answer<Review> {
    let path = format!("/rule-sets/{}/review", path_part(id));
    unchanged(console.service().await?.get(&path, &[]).await)
}

/// Says of one warning that it is known and wanted.
pub async fn acknowledge(console: &Console, id: &str, known: Acknowledge) -> Answer<Review> {
    let path = format!("/rule-sets/{}/acknowledge", path_part(id));
    let review = console.service().await?.send(Method::POST, &path, &known).await;
    let review = unchanged(review)?;
    document::catch_up(console).await;
    console.did("rule_set_acknowledge");
    Ok(review)
}

/// Approves a version, or sends it back.
pub async fn decide_review(console: &Console, id: &str, verdict: ReviewVerdict) -> Answer<RuleSet> {
    let base_rev = rev_of_shown(console, id, verdict.base_rev).await?;
    let body = ReviewVerdict { base_rev, ..verdict };
    step(console, "rule_set_decide_review", id, "review", &body).await
}

/// Puts an approved version in shadow, or takes it out again.
pub async fn shadow(console: &Console, id: &str, request: ShadowRequest) -> Answer<RuleSet> {
    let base_rev = rev_of_shown(console, id, request.base_rev).await?;
    let body = ShadowRequest { base_rev, ..request };
    step(console, "rule_set_shadow", id, "shadow", &body).await
}

/// Puts a version in force, at once or at a moment.
pub async fn activate(console: &Console, id: &str, activation: Activation) -> Answer<RuleSet> {
    let base_rev = rev_of_shown(console, id, activation.base_rev).await?;
    let body = Activation { base_rev, ..activation };
    step(console, "rule_set_activate", id, "activate", &body).await
}

/// Takes back the moment at which a version would take effect.
pub async fn unschedule(console: &Console, id: &str, base_rev: i64) -> Answer<RuleSet> {
    let base_rev = rev_of_shown(console, id, base_rev).await?;
    let path = format!("/rule-sets/{}/schedule?base_rev={base_rev}", path_part(id));
    let set = console.service().await?.delete_for(&path).await;
    kept(console, "rule_set_unschedule", unchanged(set)?).await
}

/// Back to the version before, in one action.
pub async fn roll_back(console: &Console, back: RollBack) -> Answer<RuleSet> {
    let set = console.service().await?.send(Method::POST, "/rule-sets/roll-back", &back).await;
    kept(console, "rule_set_roll_back", unchanged(set)?).await
}

/// What the version in shadow decided beside the active one.
pub async fn shadow_report(console: &Console, id: &str) -> Answer<ShadowReport> {
    let path = format!("/rule-sets/{}/shadow-report", path_part(id));
    unchanged(console.service().await?.get(&path, &[]).await)
}

async fn step<B: Serialize + Sync>(
    console: &Console,
    use_case: &'static str,
    id: &str,
    verb: &str,
    body: &B,
) -> Answer<RuleSet> {
    let path = format!("/rule-sets/{}/{verb}", path_part(id));
    let set = console.service().await?.send(Method::POST, &path, body).await;
    kept(console, use_case, unchanged(set)?).await
}

async fn kept(console: &Console, use_case: &'static str, set: RuleSet) -> Answer<RuleSet> {
    document::keep(console, Entity::RuleSet, &set.summary.id, set.summary.rev, &set).await?;
    document::catch_up(console).await;
    if let Ok(sheet) = open::sheet(console, &set.summary.id).await {
        open::shows(console, &sheet);
    }
    console.did(use_case);
    Ok(set)
}

/// A request that did not reach the service has changed nothing; one whose answer was lost may have.
fn unchanged<T>(answer: Answer<T>) -> Answer<T> {
    answer.map_err(|error| match error.code {
        ErrorCode::Offline => {
            let message = format!(
                "{} This step is the service's to decide: nothing was changed here. Try again \
                 when the line is back.",
                error.message
            );
            ErrorBody { message, ..error }
        }
        _ => error,
    })
}

/// The revision to name, once the service has every edit that waits here. Our own edits and steps
/// move a rule set on while the window still names the revision before: where it reads as the window
/// shows it, the person decides over what stands.
async fn rev_of_shown(console: &Console, id: &str, asked: i64) -> Answer<i64> {
    let Some(found) = document::find(console, Entity::RuleSet, id).await? else {
        return Ok(asked);
    };
    if found.edited {
        unchanged(console.session().await?.engine.sync_now().await)?;
        let now = document::find(console, Entity::RuleSet, id).await?;
        if now.is_some_and(|now| now.edited) {
            return Err(ErrorBody::new(
                ErrorCode::NotAllowedNow,
                "This draft has edits that the service does not have yet: go on when they have arrived.",
            )
            .with("state", "edits_waiting"));
        }
    }
    let now = open::sheet(console, id).await?;
    let shown = console.bench().slot(id).state().shown.clone();
    Ok(if shown.is_some_and(|shown| shown.reads_as(&now)) { now.summary.rev } else { asked })
}
