//! Which rule sets there are, and one of them whole.

use api::rules::{RuleSet, RuleSetState, RuleSetSummary};
use serde_json::json;

use super::open;
use crate::{Answer, Console, document, failure};

/// The active one first, then the newest change first.
pub async fn list(console: &Console) -> Answer<Vec<RuleSetSummary>> {
    if !document::is_complete(console).await? {
        return console.service().await?.get("/rule-sets", &[]).await;
    }
    let session = console.session().await?;
    let found = cache::rule_sets(console.cache(), session.service.store_id())
        .await
        .map_err(|e| failure::cache(&e))?;
    let author = session.staff().name;
    let summary = |head: cache::RuleSetHead| {
        let known = open::known(&head.key, &author);
        // what is left of a set that is gone, an edit in conflict, may have none
        let told =
            if head.summary.is_null() { json!({}) } else { json!({ "summary": head.summary }) };
        let set: RuleSet = document::read_over(&told, known)?;
        let rules = head.rules.unwrap_or(set.summary.rules);
        Ok(RuleSetSummary { rev: head.rev, rules, ..set.summary })
    };
    let mut sets = found.into_iter().map(summary).collect::<Answer<Vec<_>>>()?;
    sets.sort_by_key(|s| std::cmp::Reverse((s.state == RuleSetState::Active, s.updated_at)));
    Ok(sets)
}

/// One rule set with its document. `id` may be `active`.
pub async fn get(console: &Console, id: &str) -> Answer<RuleSet> {
    let sheet = open::sheet(console, id).await?;
    open::shows(console, &sheet);
    open::blocking(move || sheet.wire()).await
}
