//! Activation: a draft becomes the numbered version in force; the one before retires. By someone
//! other than its author, where there is someone else who may.

use api::error::ErrorCode;
use api::rules::{Activation, RuleSet};
use api::sync::Entity;
use serde_json::json;

use super::{problems, whole};
use crate::db::args;
use crate::db::rule_set::{self, RuleSetRow};
use crate::error::{AppError, AppResult};
use crate::write::{Audited, Write};

pub(crate) async fn activate(write: &mut Write, id: &str, asked: Activation) -> AppResult<RuleSet> {
    let (store_id, now) = (write.store_id.clone(), write.now_ms());
    let found: Option<RuleSetRow> = write.maybe(rule_set::BY_ID, args![&store_id, id]).await?;
    let draft = found.ok_or_else(|| AppError::not_found("rule set"))?;
    let currency = crate::catalog::save::currency(write).await?;
    check(&draft, currency)?;
    second_person(write, &draft, &asked.reason).await?;
    let before: Option<RuleSetRow> = write.maybe(rule_set::ACTIVE, args![&store_id]).await?;
    let version = write.take_version();
    let row = args![&store_id, id, asked.base_rev, version, now];
    if write.run(rule_set::ACTIVATE, row).await? == 0 {
        return Err(AppError::conflict(draft.rev));
    }
    if let Some(before) = &before {
        write.run(rule_set::RETIRE, args![&store_id, &before.rule_set_id, now]).await?;
        write.changed(Entity::RuleSet, &before.rule_set_id, before.rev + 1).await?;
    }
    let saved: Option<RuleSetRow> = write.maybe(rule_set::BY_ID, args![&store_id, id]).await?;
    let saved = whole(saved.ok_or_else(|| AppError::not_found("rule set"))?)?;
    write.changed(Entity::RuleSet, id, saved.summary.rev).await?;
    let brief = |row: RuleSetRow| json!({ "id": row.rule_set_id, "version": row.version });
    let said = Audited {
        what: "rules.activate",
        subject: format!("rule_set/{id}"),
        before: before.map_or(serde_json::Value::Null, brief),
        after: json!({ "id": id, "version": version, "rules": draft.rules }),
        why: Some(asked.reason).filter(|reason| !reason.trim().is_empty()),
        rule_set_version: Some(version),
        epoch: None,
    };
    write.audit(said).await?;
    Ok(saved)
}

fn check(draft: &RuleSetRow, currency: commerce::Currency) -> AppResult<()> {
    if draft.state != "draft" {
        let message = "Only a draft can be activated.";
        return Err(AppError::refuse(ErrorCode::NotAllowedNow, message).with("state", &draft.state));
    }
    let faults = problems(&draft.document);
    if let Some(first) = faults.first() {
        let message =
            format!("The rules have faults, the first at {}: {}.", first.pointer, first.message);
        return Err(AppError::refuse(ErrorCode::NotAllowedNow, message)
            .with("problems", faults.len())
            .with("pointer", &first.pointer));
    }
    let rules =
        pricing::RuleSet::parse(&draft.document).map_err(|_| AppError::internal("faults"))?;
    if rules.currency() != currency {
        let message =
            format!("The rules are in {}, the store sells in {currency}.", rules.currency());
        return Err(
            AppError::refuse(ErrorCode::NotAllowedNow, message).with("pointer", "/currency")
        );
    }
    Ok(())
}

async fn second_person(write: &mut Write, draft: &RuleSetRow, reason: &str) -> AppResult<()> {
    if draft.author_id != write.actor.id {
        return Ok(());
    }
    let others = args![write.store_id.clone(), write.actor.id.clone()];
    let others: Option<(i64,)> = write.maybe(rule_set::OTHER_ACTIVATORS, others).await?;
    if others.is_some_and(|(count,)| count > 0) {
        let message = "Who wrote the rules cannot activate them. Ask another manager or owner.";
        return Err(AppError::refuse(ErrorCode::NotAllowedNow, message).with("second_person", true));
    }
    if reason.trim().is_empty() {
        let message = "You wrote these rules and nobody else here may activate them. \
            Say why they should go live; the audit log keeps it.";
        return Err(AppError::invalid("reason", message));
    }
    Ok(())
}
