//! Who may agree to which price, by the merchant's table. Below the floor it takes a reason and
//! evidence; what one person may not decide alone is asked for, and waits until another approves.

use api::error::ErrorCode;
use commerce::Money;
use negotiation::approval::{ApprovalRequest, Verdict, may_approve};
use negotiation::{ApprovalTable, Clearance, Limits, Role};
use serde_json::{Value, json};

use super::case::Case;
use super::staff::BoxedClearance;
use crate::auth::new_id;
use crate::db::Reads;
use crate::db::args;
use crate::db::negotiation::{self as rows, AskedRow};
use crate::error::{AppError, AppResult};
use crate::write::{Audited, Write};

/// Longest reason and evidence, in characters.
const CHARS_MAX: usize = 2_000;

/// Who wants to agree to which price, and why.
pub(super) struct Asked<'a> {
    pub(super) staff_id: &'a str,
    pub(super) role: Role,
    pub(super) price: Money,
    pub(super) reason: &'a str,
    pub(super) evidence: &'a str,
    /// A program neither asks for an approval nor seconds one: it is nobody's second opinion.
    pub(super) person: bool,
    /// What is missing may be asked of others; otherwise it is refused.
    pub(super) may_wait: bool,
}

pub(super) enum Cleared {
    Yes(BoxedClearance),
    /// Asked for, or seconded: it waits for someone else.
    Waits,
}

pub(super) fn table(case: &Case) -> ApprovalTable {
    case.ground.settings.approvals(case.ground.launch.approver_role)
}

/// Approvals of the customer's last offer that somebody asked for.
pub(super) async fn waiting<R: Reads>(reads: &mut R, case: &Case) -> AppResult<Vec<AskedRow>> {
    let key = args![&case.ground.shop.store_id, &case.row.negotiation_id];
    let rows: Vec<AskedRow> = reads.all(rows::APPROVALS_ASKED, key).await?;
    let offer = case.row.last_offer;
    Ok(rows.into_iter().filter(|row| Some(row.price) == offer).collect())
}

/// Takes back what was asked for: it was decided, or the offer is another now.
pub(super) async fn drop_asked(write: &mut Write, case: &Case) -> AppResult<()> {
    let key = args![&write.store_id, &case.row.negotiation_id];
    write.run(rows::DROP_ASKED, key).await?;
    Ok(())
}

/// A clearance for the price, or the request for one.
pub(super) async fn clear(
    write: &mut Write,
    case: &Case,
    limits: &Limits,
    asked: Asked<'_>,
) -> AppResult<Cleared> {
    for (field, text) in [("reason", asked.reason), ("evidence", asked.evidence)] {
        if text.chars().nth(CHARS_MAX).is_some() {
            return Err(AppError::invalid(field, format!("At most {CHARS_MAX} characters.")));
        }
    }
    let others = if asked.person { waiting(write, case).await? } else { Vec::new() };
    match verdict(case, limits, &asked, &others) {
        Verdict::Allowed(clearance) => Ok(Cleared::Yes(Box::new(clearance))),
        Verdict::NeedsReason => {
            Err(AppError::invalid("reason", "Below the floor an approval needs a written reason."))
        }
        Verdict::NeedsEvidence => {
            let message = "Below the floor an approval needs evidence: a note, a link or a file.";
            Err(AppError::invalid("evidence", message))
        }
        Verdict::BadPrice => Err(AppError::invalid("price", "The price must be above zero.")),
        Verdict::NoRoleMay => {
            let message = "Nobody may approve such a price by the merchant's table.";
            Err(AppError::refuse(ErrorCode::Forbidden, message))
        }
        Verdict::RequesterCannotApprove => {
            let message = "You asked for this approval: someone else has to give it.";
            Err(AppError::refuse(ErrorCode::Conflict, message))
        }
        missing @ (Verdict::NeedsRole(_) | Verdict::NeedsSecondPerson) => {
            if !asked.may_wait || !asked.person {
                return Err(needs(&missing));
            }
            wait(write, case, &asked, &others, &missing).await
        }
    }
}

/// The domain's verdict, with those who asked before as requester or second person.
fn verdict(case: &Case, limits: &Limits, asked: &Asked<'_>, others: &[AskedRow]) -> Verdict {
    let table = table(case);
    let mine = (asked.staff_id, asked.role);
    let before = others.iter().filter_map(|row| Some((row.requested_by.as_str(), role(row)?)));
    let people: Vec<(&str, Role)> = before.chain([mine]).collect();
    // the one who reaches furthest approves; the other senior seconds; an agent only asked
    let approver =
        people.iter().copied().max_by_key(|(id, role)| (table.reach(*role), *id == asked.staff_id));
    let (approver, role) = approver.unwrap_or(mine);
    let senior =
        |(id, role): &&(&str, Role)| *id != approver && matches!(role, Role::Manager | Role::Owner);
    let second = people.iter().find(senior).copied();
    let junior = people.iter().find(|(id, role)| *id != approver && *role == Role::Agent);
    // who asked first and asks again alone is no second person
    let alone = others.iter().all(|row| row.requested_by == asked.staff_id) && !others.is_empty();
    let requester = if alone { Some(asked.staff_id) } else { junior.map(|(id, _)| *id) };
    let (reason, evidence) = words(asked, others);
    let cost = case.product.as_ref().and_then(|product| product.unit_cost);
    let unit_cost = cost.and_then(|cost| case.ground.shop.money(cost).ok());
    may_approve(
        &table,
        &ApprovalRequest {
            price: asked.price,
            floor: limits.floor,
            unit_cost,
            requester,
            approver,
            role,
            second,
            reason: &reason,
            evidence: &evidence,
        },
    )
}

/// The reason and evidence given now, else those that were given with the request.
fn words(asked: &Asked<'_>, others: &[AskedRow]) -> (String, Vec<String>) {
    let before = others.iter().rev().find(|row| !row.reason.is_empty());
    let pick = |own: &str, kept: Option<&String>| match own {
        "" => kept.cloned().unwrap_or_default(),
        own => own.to_owned(),
    };
    let reason = pick(asked.reason, before.map(|row| &row.reason));
    let evidence = pick(asked.evidence, before.map(|row| &row.evidence));
    (reason, vec![evidence])
}

fn role(row: &AskedRow) -> Option<Role> {
    Some(super::staff::role_of(api::staff::Role::parse(&row.role)?))
}

fn needs(missing: &Verdict) -> AppError {
    let message = match missing {
        Verdict::NeedsRole(role) => {
            format!("This price needs {}.", with_article(*role))
        }
        _ => "This price needs a second person: a manager or owner.".to_owned(),
    };
    AppError::refuse(ErrorCode::Forbidden, message)
}

pub(super) fn with_article(role: Role) -> &'static str {
    match role {
        Role::Owner => "an owner",
        Role::Manager => "a manager",
        Role::Agent => "an agent",
        Role::Analyst => "an analyst",
        Role::Auditor => "an auditor",
    }
}

/// Writes the request down. A second one of the same person is refused.
async fn wait(
    write: &mut Write,
    case: &Case,
    asked: &Asked<'_>,
    others: &[AskedRow],
    missing: &Verdict,
) -> AppResult<Cleared> {
    if others.iter().any(|row| row.requested_by == asked.staff_id) {
        let message = "You asked for this approval already: it waits for someone else.";
        return Err(AppError::refuse(ErrorCode::Conflict, message));
    }
    let (reason, evidence) = words(asked, others);
    for (field, text) in [("reason", &reason), ("evidence", &evidence[0])] {
        if text.trim().is_empty() {
            let message =
                format!("{} To ask for it, give a reason and evidence.", needs(missing).body());
            return Err(AppError::invalid(field, message));
        }
    }
    let (store_id, id) = (write.store_id.clone(), &case.row.negotiation_id);
    let row = args![
        &store_id,
        new_id(),
        id,
        asked.price.minor(),
        asked.staff_id,
        &reason,
        &evidence[0],
        write.now_ms()
    ];
    write.run(rows::ASK_APPROVAL, row).await?;
    let said = Audited {
        what: "negotiation.ask_approval",
        subject: format!("negotiation/{id}"),
        before: Value::Null,
        after: json!({ "price": api::Money::from(asked.price), "evidence": evidence[0] }),
        why: Some(reason),
        rule_set_version: Some(case.row.rule_set_version),
        epoch: Some(i64::from(case.session.epoch)),
    };
    write.audit(said).await?;
    Ok(Cleared::Waits)
}

/// Keeps the approval that was given, with who asked, who gave it, why and on what evidence.
pub(super) async fn record_given(
    write: &mut Write,
    case: &Case,
    clearance: &Clearance,
) -> AppResult<()> {
    let (store_id, now) = (write.store_id.clone(), write.now_ms());
    let row = args![
        &store_id,
        new_id(),
        &case.row.negotiation_id,
        clearance.price().minor(),
        clearance.second().unwrap_or(clearance.approver()),
        clearance.approver(),
        clearance.reason(),
        clearance.evidence().join("\n"),
        now
    ];
    write.run(rows::RECORD_APPROVAL, row).await?;
    Ok(())
}
