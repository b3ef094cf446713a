//! One negotiation as staff see it: the transcript with the margin at each price, the edges with
//! the reasons for them, and what the one who asks may do.

use api::Instant;
use api::negotiation::{
    CustomerBrief, DealBrief, NegotiationDetail, NegotiationRow as Wire, PriceStep, StaffMay,
    TranscriptLine,
};
use api::rules::TraceLine;
use api::staff::Role as ApiRole;
use commerce::Money;
use negotiation::approval::{Reach, next_best};
use negotiation::wording::{Language, format_money};
use negotiation::{Limits, State};

use super::approve::{self, table, with_article};
use super::case::Case;
use super::ground::Decided;
use super::{shape, staff};
use crate::auth::{Action, StaffCtx};
use crate::db::deal::{self, DealRow};
use crate::db::negotiation::{self as rows, AskedRow, MessageRow, NegotiationRow};
use crate::db::{Reads, args};
use crate::error::AppResult;
use crate::state::AppState;
use crate::visitor::Shop;

/// One negotiation, with everything that a decision on it needs.
pub(crate) async fn detail(ctx: &StaffCtx, id: &str) -> AppResult<NegotiationDetail> {
    let mut db = ctx.state.db();
    let shop = Shop::by_id(&mut db, &ctx.store_id).await?;
    let case = Case::load(&mut db, &ctx.state.shared.rule_sets, shop, id).await?;
    of_case(&mut db, ctx, &case).await
}

/// The row of a negotiation, as the change feed carries it.
pub(crate) async fn document(
    state: &AppState,
    store_id: &str,
    id: &str,
) -> AppResult<Option<Wire>> {
    let mut db = state.db();
    let row: Option<NegotiationRow> =
        Reads::maybe(&mut db, rows::BY_ID, args![store_id, id]).await?;
    let Some(row) = row else { return Ok(None) };
    let shop = Shop::by_id(&mut db, store_id).await?;
    let settings = super::settings::Settings::load(&mut db, store_id).await?;
    Ok(Some(shape::row(&shop, &row, settings.answer_target_s, state.now_ms())?))
}

pub(super) async fn of_case<R: Reads>(
    reads: &mut R,
    ctx: &StaffCtx,
    case: &Case,
) -> AppResult<NegotiationDetail> {
    let (shop, row, now_ms) = (&case.ground.shop, &case.row, ctx.state.now_ms());
    let key = args![&shop.store_id, &row.negotiation_id];
    let messages: Vec<MessageRow> = reads.all(rows::MESSAGES, key.clone()).await?;
    let deal: Option<DealRow> = reads.maybe(deal::BY_NEGOTIATION, key).await?;
    let waiting = approve::waiting(reads, case).await?;
    let decided = case.decided(case.quantity(), shape::instant(now_ms)?)?;
    let wire = |money: Option<Money>| money.map(api::Money::from);
    let explained = case.explained(shape::instant(now_ms)?)?;
    let limits = decided.as_ref().map(|decided| &decided.limits);
    let open = !case.session.state.is_end() && case.session.state != State::Agreed;
    Ok(NegotiationDetail {
        row: shape::row_for(
            ctx,
            shape::row(shop, row, case.ground.settings.answer_target_s, now_ms)?,
        ),
        steps: messages.iter().filter_map(|message| step(shop, message)).collect(),
        transcript: messages.into_iter().map(|m| line(shop, row.unit_cost, m)).collect(),
        floor: wire(limits.map(|limits| limits.floor)),
        ceiling: wire(limits.and_then(|limits| limits.ceiling)),
        target: wire(decided.as_ref().and_then(|decided| decided.quote.target)),
        unit_cost: row.unit_cost.map(|cost| shop.wire(cost)),
        stock: case.product.as_ref().and_then(|product| product.stock),
        rule_set_version: i32::try_from(row.rule_set_version).unwrap_or(i32::MAX),
        trace: explained
            .filter(|_| decided.is_some())
            .as_ref()
            .map(TraceLine::all_of)
            .unwrap_or_default(),
        next_best: match limits.filter(|_| open) {
            Some(limits) => next_best(&case.session, limits).into_iter().map(Into::into).collect(),
            None => vec![],
        },
        may: may(ctx, case, decided.as_ref(), &waiting, now_ms),
        customer: brief(ctx, case),
        deal: deal.map(|deal| deal_brief(shop, &deal)),
    })
}

fn step(shop: &Shop, message: &MessageRow) -> Option<PriceStep> {
    let side = match (message.who.as_str(), message.act.as_str()) {
        ("customer", "propose") => "offer",
        ("bot" | "staff", "ask" | "counter" | "offer_sweetener" | "accept" | "approve") => "ask",
        ("customer", "accept") => "offer",
        _ => return None,
    };
    let price = shop.wire(message.price?);
    Some(PriceStep { at: Instant::from_ms(message.at), side: side.to_owned(), price })
}

fn line(shop: &Shop, unit_cost: Option<i64>, message: MessageRow) -> TranscriptLine {
    TranscriptLine {
        seq: message.seq,
        at: Instant::from_ms(message.at),
        who: message.who,
        name: message.name,
        act: message.act,
        text: message.text,
        understood: message.understood,
        margin_pct: message
            .price
            .zip(unit_cost)
            .and_then(|(price, cost)| crate::analytics::percent(price - cost, price)),
        price: message.price.map(|price| shop.wire(price)),
    }
}

fn brief(ctx: &StaffCtx, case: &Case) -> CustomerBrief {
    let customer = case.customer.as_ref();
    let may = ctx.allows(Action::ReadCustomers);
    CustomerBrief {
        customer_id: case.row.customer_id.clone().filter(|_| may),
        name: may.then(|| case.row.customer_name.clone()),
        returning: may.then(|| customer.is_some_and(|row| row.orders > 0)),
        segments: may.then(|| case.ground.segments_of(customer)),
        orders: may.then(|| customer.map_or(0, |row| row.orders)),
        spend: may.then(|| case.ground.shop.wire(customer.map_or(0, |row| row.spend))),
    }
}

fn deal_brief(shop: &Shop, deal: &DealRow) -> DealBrief {
    DealBrief {
        id: deal.deal_id.clone(),
        unit_price: shop.wire(deal.unit_price),
        quantity: deal.quantity,
        expires_at: Instant::from_ms(deal.expires_at),
        state: shape::deal_state(&deal.state).to_owned(),
    }
}

/// What this person may do now; the service decides again when they do it.
fn may(
    ctx: &StaffCtx,
    case: &Case,
    decided: Option<&Decided>,
    waiting: &[AskedRow],
    now_ms: i64,
) -> StaffMay {
    let role = staff::role_of(ctx.role);
    let serves = role.negotiates();
    let live = case.row.claimed_until.is_some_and(|until| until > now_ms);
    let holder = case.row.claimed_by.as_deref().filter(|_| live).map(|c| shape::claimant(c).0);
    let mine = holder == Some(ctx.actor.id.as_str());
    let free = serves && (holder.is_none() || mine);
    let senior = matches!(ctx.role, ApiRole::Owner | ApiRole::Manager);
    let state = case.session.state;
    let awaits = state == State::AwaitingStaff;
    let running = matches!(state, State::Opened | State::Bargaining) || awaits;
    let limits = decided.map(|decided| &decided.limits);
    let refused = approval_refused(ctx, case, limits, waiting);
    let below = |limits: &Limits| {
        case.session.last_offer.is_some_and(|offer| offer.minor() < limits.floor.minor())
    };
    StaffMay {
        counter: free && awaits && limits.is_some() && waiting.is_empty(),
        decline: free && awaits,
        take_over: serves && running && !mine && (free || senior),
        release: awaits && mine && case.session.held,
        message: free && awaits,
        approve: free && awaits && limits.is_some() && refused.is_none(),
        approve_needs_reason: limits.is_some_and(below),
        approve_refused: refused.filter(|_| awaits),
        approve_down_to: limits.and_then(|limits| down_to(case, limits, ctx)).map(Into::into),
    }
}

fn down_to(case: &Case, limits: &Limits, ctx: &StaffCtx) -> Option<Money> {
    let shop = &case.ground.shop;
    let cost = case.product.as_ref().and_then(|product| product.unit_cost);
    let cost = cost.and_then(|cost| shop.money(cost).ok());
    match table(case).reach(staff::role_of(ctx.role)) {
        Reach::Nothing => None,
        Reach::Floor => Some(limits.floor),
        Reach::UnitCost => {
            Some(cost.filter(|cost| cost.minor() < limits.floor.minor()).unwrap_or(limits.floor))
        }
        Reach::BelowCost => shop.money(1).ok(),
    }
}

/// Why this person cannot approve the last offer alone, in words.
fn approval_refused(
    ctx: &StaffCtx,
    case: &Case,
    limits: Option<&Limits>,
    waiting: &[AskedRow],
) -> Option<String> {
    let role = staff::role_of(ctx.role);
    let Some(offer) = case.session.last_offer else {
        return Some("The customer has made no offer yet.".to_owned());
    };
    let Some(limits) = limits else {
        return Some("The rules give no floor for this product now.".to_owned());
    };
    if waiting.iter().any(|row| row.requested_by == ctx.actor.id) {
        return Some("You asked for this approval: someone else has to give it.".to_owned());
    }
    let price = format_money(offer, Language::En);
    let cost = case.product.as_ref().and_then(|product| product.unit_cost);
    let needed = if offer.minor() >= limits.floor.minor() {
        Reach::Floor
    } else if cost.is_some_and(|cost| offer.minor() >= cost) {
        Reach::UnitCost
    } else {
        Reach::BelowCost
    };
    let table = table(case);
    if table.reach(role) < needed {
        use negotiation::Role::{Agent, Manager, Owner};
        let least = [Agent, Manager, Owner].into_iter().find(|r| table.reach(*r) >= needed);
        return Some(match least {
            Some(role) => format!("{price} needs {}", with_article(role)),
            None => format!("Nobody may approve {price}"),
        });
    }
    let seconded = waiting.iter().any(|row| matches!(row.role.as_str(), "owner" | "manager"));
    (needed == Reach::BelowCost && !seconded)
        .then(|| format!("{price} is below cost and needs a second person"))
}
