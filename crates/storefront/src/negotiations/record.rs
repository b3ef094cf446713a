//! Writing down a turn: a message row and an audit entry for each act, the new state, the deal
//! where both sides agreed, and word of it to staff and customer. All in the caller's write.

use api::live::{ShopEvent, StaffEvent};
use api::sync::Entity;
use commerce::Money;
use negotiation::{Act, Actor as By, EscalationReason, Session, State, Step, Turn, wording};
use serde_json::{Value, json};

use super::case::Case;
use super::{approve, shape};
use crate::db::negotiation::{self as rows, NegotiationRow};
use crate::db::{Args, args};
use crate::deals;
use crate::error::{AppError, AppResult};
use crate::state::AppState;
use crate::write::{Actor, Audited, Write};

/// Staff may take longer than a customer stays silent.
const STAFF_IDLE_MS: i64 = 24 * 3_600_000;
/// The greatest value at stake that the queue's score tells apart.
const STAKE_MAX: i64 = 100_000_000_000;

/// What was said around a turn's acts.
#[derive(Debug, Default)]
pub(crate) struct Said {
    /// The customer's words, as they are kept.
    pub(crate) customer: Option<String>,
    /// What was understood of them, for staff.
    pub(crate) understood: Option<String>,
    /// A member of staff's own words.
    pub(crate) staff: Option<String>,
    /// Why it goes to staff, where the acts do not say.
    pub(crate) reason: Option<&'static str>,
    /// Why, in writing, for the audit log.
    pub(crate) why: Option<String>,
}

struct Line {
    who: &'static str,
    name: Option<String>,
    act: &'static str,
    text: String,
    understood: Option<String>,
    price: Option<i64>,
}

/// Writes the turn down; `case` holds the new state after. `idle` false where nobody acted but
/// time, so that the expiry stays.
pub(crate) async fn record(
    write: &mut Write,
    state: &AppState,
    case: &mut Case,
    turn: Turn,
    said: Said,
) -> AppResult<()> {
    let was_agreed = case.session.agreed.is_some();
    let before = case.session.state;
    let offered = offer(&case.session);
    let text = turn.message.as_ref().map(|m| wording::word(m, case.style()));
    for line in lines(&turn, text, &said, &write.actor) {
        add_line(write, case, line).await?;
    }
    for step in &turn.acts {
        audit_step(write, case, step, &said).await?;
    }
    case.session = turn.session;
    if before == State::AwaitingStaff && offer(&case.session) != offered {
        // staff decide on the offer that they saw, and an approval was asked for that one
        approve::drop_asked(write, case).await?;
        case.session.epoch = case.session.epoch.saturating_add(1);
    }
    settle(case, &turn.acts, &said, before, write);
    if let Some(agreed) = case.session.agreed.clone().filter(|_| !was_agreed) {
        let deal = deals::mint(write, state, case, &agreed).await?;
        case.row.expires_at = deal.expires_at;
    }
    save(write, case).await
}

/// What the customer has on the table.
fn offer(session: &Session) -> (Option<Money>, u32) {
    (session.last_offer, session.quantity)
}

/// Stores the row as it stands in `case`, and tells everyone who listens.
pub(crate) async fn save(write: &mut Write, case: &mut Case) -> AppResult<()> {
    mirror(case)?;
    case.row.updated_at = write.now_ms();
    case.row.rev += 1;
    let values = update_args(&write.store_id, &case.row);
    write.run(rows::UPDATE, values).await?;
    announce(write, case).await
}

/// Puts the negotiation into the change feed and before those who watch it.
pub(crate) async fn announce(write: &mut Write, case: &Case) -> AppResult<()> {
    let (shop, row) = (&case.ground.shop, &case.row);
    write.changed(Entity::Negotiation, &row.negotiation_id, row.rev).await?;
    let target = case.ground.settings.answer_target_s;
    let wire = shape::row(shop, row, target, write.now_ms())?;
    write.notify_staff(StaffEvent::Negotiation { row: Box::new(wire) });
    let view = shape::shop_view(write, shop, row).await?;
    let event = ShopEvent::Negotiation { negotiation: Box::new(view) };
    write.notify_visitor(&row.visitor_id, event);
    Ok(())
}

/// The columns that repeat what the session holds, for lists and sums.
pub(crate) fn mirror(case: &mut Case) -> AppResult<()> {
    let session = &case.session;
    let ask = session.standing_ask.minor();
    case.row.state = session.state.name().to_owned();
    case.row.quantity = i64::from(session.quantity);
    case.row.standing_ask = Some(ask);
    case.row.last_offer = session.last_offer.map(Money::minor);
    case.row.agreed_price = session.agreed.as_ref().map(|agreed| agreed.price.minor());
    case.row.stake = ask.saturating_mul(case.row.quantity).clamp(0, STAKE_MAX);
    case.row.round = i64::from(session.round);
    case.row.epoch = i64::from(session.epoch);
    case.row.session = serde_json::to_string(session).map_err(AppError::internal)?;
    if let Some(product) = &case.product {
        case.row.unit_cost = product.unit_cost;
    }
    Ok(())
}

/// Waiting, claim, reason and expiry, from what was done.
fn settle(case: &mut Case, acts: &[Step], said: &Said, before: State, write: &Write) {
    let now = write.now_ms();
    for step in acts {
        match &step.act {
            Act::Escalate { why } => case.row.reason = Some(escalated(*why, said.reason)),
            Act::End { why: Some(stop) } => case.row.reason = Some(word_of(stop)),
            Act::TakeOver => {
                case.row.claimed_by = Some(shape::claim(&write.actor.id, &write.actor.name));
            }
            Act::Release => case.row.claimed_by = None,
            _ => {}
        }
    }
    if let Some(reason) = said.reason {
        case.row.reason = Some(reason.to_owned());
    }
    let after = case.session.state;
    if after == State::AwaitingStaff {
        let customer_spoke = said.customer.is_some();
        if before != State::AwaitingStaff || (customer_spoke && case.row.waiting_since.is_none()) {
            case.row.waiting_since = Some(now);
        }
        let answered = acts.iter().any(|step| {
            matches!(step.actor, By::Staff(_))
                && matches!(step.act, Act::Counter { .. } | Act::Justify | Act::Ask)
        });
        if answered {
            case.row.waiting_since = None;
        }
    } else {
        (case.row.waiting_since, case.row.claimed_by) = (None, None);
    }
    case.row.claimed_until =
        case.row.claimed_by.as_ref().map(|_| now + case.ground.settings.claim_minutes * 60_000);
    let by_time = acts.iter().all(|step| step.actor == By::System) && said.customer.is_none();
    if !by_time && !after.is_end() && after != State::Agreed {
        let idle = case.ground.settings.idle_minutes * 60_000;
        let wait = if after == State::AwaitingStaff { STAFF_IDLE_MS.max(idle) } else { idle };
        case.row.expires_at = now + wait;
        case.session.expires_at = jiff::Timestamp::from_millisecond(case.row.expires_at).ok();
    }
}

fn escalated(why: EscalationReason, said: Option<&'static str>) -> String {
    match why {
        EscalationReason::RoundsUsedUp => "rounds_used".to_owned(),
        EscalationReason::CustomerAsked => "asked_for_person".to_owned(),
        EscalationReason::BelowDecline => "below_floor".to_owned(),
        EscalationReason::HardStop(stop) => word_of(&stop),
        EscalationReason::StaffAsked => said.unwrap_or("staff_asked").to_owned(),
    }
}

/// The wire word of an enum that is written as one.
pub(crate) fn word_of(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

/// Message rows: the customer's first, one for each act of the merchant's side, the wording on the
/// last of them.
fn lines(turn: &Turn, text: Option<String>, said: &Said, actor: &Actor) -> Vec<Line> {
    let mut lines = Vec::new();
    let by_customer = turn.acts.iter().filter(|step| step.actor == By::Customer);
    let own = by_customer.clone().find(|step| price_of(&step.act).is_some());
    let own = own.or_else(|| by_customer.clone().next_back());
    if own.is_some() || said.customer.is_some() {
        lines.push(Line {
            who: "customer",
            name: None,
            act: own.map_or("ask", |step| step.act.kind().name()),
            text: said.customer.clone().unwrap_or_default(),
            understood: said.understood.clone(),
            price: own.and_then(|step| price_of(&step.act)),
        });
    }
    let first_of_ours = lines.len();
    for step in turn.acts.iter().filter(|step| step.actor != By::Customer) {
        let (who, name) = match step.actor {
            By::Staff(_) => ("staff", Some(actor.name.clone())),
            By::System => ("system", None),
            By::Bot | By::Customer => ("bot", None),
        };
        let (act, price) = (step.act.kind().name(), price_of(&step.act));
        lines.push(Line { who, name, act, text: String::new(), understood: None, price });
    }
    let words = [said.staff.clone(), text].into_iter().flatten().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return lines;
    }
    if lines.len() == first_of_ours {
        let (who, name) = ("bot", None);
        lines.push(Line {
            who,
            name,
            act: "justify",
            text: String::new(),
            understood: None,
            price: None,
        });
    }
    if let Some(last) = lines.last_mut() {
        last.text = words;
    }
    lines
}

pub(crate) fn price_of(act: &Act) -> Option<i64> {
    match act {
        Act::Propose { price, .. }
        | Act::Accept { price }
        | Act::Counter { price, .. }
        | Act::OfferSweetener { price, .. }
        | Act::Approve { price, .. } => Some(price.minor()),
        _ => None,
    }
}

async fn add_line(write: &mut Write, case: &mut Case, line: Line) -> AppResult<()> {
    case.row.message_seq += 1;
    let row = args![
        &write.store_id,
        &case.row.negotiation_id,
        case.row.message_seq,
        write.now_ms(),
        line.who,
        line.name,
        line.act,
        line.text,
        line.understood,
        line.price,
    ];
    write.run(rows::ADD_MESSAGE, row).await?;
    Ok(())
}

async fn audit_step(write: &mut Write, case: &Case, step: &Step, said: &Said) -> AppResult<()> {
    let what = format!("negotiation.{}", step.act.kind().name());
    let price = price_of(&step.act).map(|minor| case.ground.shop.wire(minor));
    let mut after = json!({ "state": step.after, "by": word_of(&step.actor.who()) });
    if let (Some(price), Some(fields)) = (price, after.as_object_mut()) {
        fields.insert("price".to_owned(), json!(price));
        fields.insert("quantity".to_owned(), json!(case.row.quantity));
    }
    let said = Audited {
        what: &what,
        subject: format!("negotiation/{}", case.row.negotiation_id),
        before: json!({ "state": step.before }),
        after,
        why: why_of(&step.act, said),
        rule_set_version: Some(case.row.rule_set_version),
        epoch: Some(i64::from(step.epoch)),
    };
    let asked_by = write.actor.clone();
    write.actor = speaker(step.actor, asked_by.clone());
    let done = write.audit(said).await;
    write.actor = asked_by;
    done
}

fn why_of(act: &Act, said: &Said) -> Option<String> {
    match act {
        Act::Escalate { why } => Some(escalated(*why, said.reason)),
        Act::End { why: Some(stop) } => Some(word_of(stop)),
        _ => said.why.clone(),
    }
}

fn speaker(by: By, asked_by: Actor) -> Actor {
    match by {
        By::Customer | By::Staff(_) => asked_by,
        By::Bot => Actor { id: "bot".into(), name: "Souk's bot".into(), role: "bot".into() },
        By::System => Actor::system(),
    }
}

fn update_args(store_id: &str, row: &NegotiationRow) -> Args {
    args![
        store_id,
        &row.negotiation_id,
        &row.state,
        &row.session,
        row.quantity,
        &row.language,
        row.standing_ask,
        row.last_offer,
        row.agreed_price,
        row.stake,
        row.round,
        row.max_rounds,
        row.epoch,
        &row.reason,
        &row.claimed_by,
        row.claimed_until,
        row.message_seq,
        row.waiting_since,
        row.updated_at,
        row.expires_at,
        row.rev,
        row.unit_cost,
    ]
}

/// Everything of a new row, in the order of the table.
pub(crate) fn insert_args(store_id: &str, row: &NegotiationRow) -> Args {
    args![
        store_id,
        &row.negotiation_id,
        &row.visitor_id,
        &row.customer_id,
        &row.customer_name,
        &row.country,
        &row.language,
        &row.sku,
        &row.title,
        row.quantity,
        &row.state,
        &row.session,
        row.list_price,
        row.unit_cost,
        row.standing_ask,
        row.last_offer,
        row.agreed_price,
        row.stake,
        row.round,
        row.max_rounds,
        row.epoch,
        &row.reason,
        &row.claimed_by,
        row.claimed_until,
        &row.rule_set_id,
        row.rule_set_version,
        row.message_seq,
        row.waiting_since,
        row.opened_at,
        row.updated_at,
        row.expires_at,
        row.rev,
    ]
}

/// What a refused act means to whoever tried it. Prices under the merchant's limits are not named.
pub(crate) fn refused(refused: &negotiation::Refused, session: &Session) -> AppError {
    use api::error::ErrorCode;
    use negotiation::Refused as R;
    let state = session.state.name();
    let (code, message) = match refused {
        R::NotAllowedNow { .. } => (
            ErrorCode::NotAllowedNow,
            format!("This cannot be done while the negotiation is {}.", state.replace('_', " ")),
        ),
        R::RoleMayNot { .. } => {
            (ErrorCode::Forbidden, "Your role may not act in negotiations.".to_owned())
        }
        R::StaleEpoch { .. } | R::PriceChanged { .. } => (
            ErrorCode::Conflict,
            "Someone acted first and things have changed. Look at it again, then decide.".into(),
        ),
        R::BelowFloor => {
            (ErrorCode::NotAllowedNow, "This price needs an approval first.".to_owned())
        }
        R::AskRaised { .. } => {
            (ErrorCode::Invalid, "A counteroffer cannot be above what is asked already.".to_owned())
        }
        R::BadOffer | R::Currency { .. } => (
            ErrorCode::Invalid,
            "An offer needs a price above zero, in the shop's currency, and a whole quantity."
                .to_owned(),
        ),
        R::SweetenerBelowFloor => {
            (ErrorCode::NotAllowedNow, "That cannot go on top of this price.".to_owned())
        }
        R::Expired => (ErrorCode::NotAllowedNow, "This negotiation has expired.".to_owned()),
        R::DealLapsed => (ErrorCode::NotAllowedNow, "This deal has lapsed.".to_owned()),
    };
    AppError::refuse(code, message).with("state", state)
}
