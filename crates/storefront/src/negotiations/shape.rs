//! Negotiations on the wire: a row for staff, and what their customer sees, which holds no floor,
//! cost, target, score or name of staff's inner talk.

use api::Instant;
use api::negotiation::{NegotiationRow as Wire, NegotiationState};
use api::shop::{ShopDeal, ShopMessage, ShopNegotiation};
use jiff::{SignedDuration, Timestamp};
use negotiation::Session;
use negotiation::approval::queue_score;

use crate::auth::{Action, StaffCtx};
use crate::db::deal::{self, DealRow};
use crate::db::negotiation::{self as rows, MessageRow, NegotiationRow};
use crate::db::{Reads, args};
use crate::error::{AppError, AppResult};
use crate::visitor::Shop;

/// A row of the queue.
pub(crate) fn row(
    shop: &Shop,
    row: &NegotiationRow,
    answer_target_s: i64,
    now_ms: i64,
) -> AppResult<Wire> {
    let wire = |minor: Option<i64>| minor.map(|minor| shop.wire(minor));
    Ok(Wire {
        id: row.negotiation_id.clone(),
        state: read_state(&row.state)?,
        customer: Some(row.customer_name.clone()),
        country: row.country.clone(),
        sku: row.sku.clone(),
        title: row.title.clone(),
        quantity: row.quantity,
        list_price: shop.wire(row.list_price),
        standing_ask: wire(row.standing_ask),
        last_offer: wire(row.last_offer),
        agreed_price: wire(row.agreed_price),
        round: small(row.round),
        max_rounds: small(row.max_rounds),
        reason: row.reason.clone(),
        claimed_by: row.claimed_by.as_deref().map(|claim| claimant(claim).1.to_owned()),
        opened_at: Instant::from_ms(row.opened_at),
        updated_at: Instant::from_ms(row.updated_at),
        waiting_since: row.waiting_since.map(Instant::from_ms),
        score: score(shop, row, answer_target_s, now_ms)?,
        epoch: small(row.epoch),
    })
}

/// Without whose it is, unless the one who asks may read customers.
pub(crate) fn row_for(ctx: &StaffCtx, row: Wire) -> Wire {
    match ctx.allows(Action::ReadCustomers) {
        true => row,
        false => Wire { customer: None, ..row },
    }
}

fn score(shop: &Shop, row: &NegotiationRow, target_s: i64, now_ms: i64) -> AppResult<i64> {
    let Some(since) = row.waiting_since.filter(|_| row.state == "awaiting_staff") else {
        return Ok(0);
    };
    let (since, now) = (instant(since)?, instant(now_ms)?);
    let target = SignedDuration::from_secs(target_s);
    let scored = queue_score(shop.money(row.stake)?, since, None, target, now);
    Ok(i64::try_from(scored.score).unwrap_or(i64::MAX))
}

pub(crate) fn instant(ms: i64) -> AppResult<Timestamp> {
    Timestamp::from_millisecond(ms).map_err(AppError::internal)
}

pub(crate) fn read_state(state: &str) -> AppResult<NegotiationState> {
    serde_json::from_value(state.into()).map_err(AppError::internal)
}

fn small(n: i64) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// Who claims a negotiation, as kept: id and name, a space between.
pub(crate) fn claim(id: &str, name: &str) -> String {
    format!("{id} {name}")
}

pub(crate) fn claimant(claim: &str) -> (&str, &str) {
    claim.split_once(' ').unwrap_or((claim, claim))
}

/// What the customer sees, read back.
pub(crate) async fn shop_view<R: Reads>(
    reads: &mut R,
    shop: &Shop,
    row: &NegotiationRow,
) -> AppResult<ShopNegotiation> {
    let key = args![&shop.store_id, &row.negotiation_id];
    let messages: Vec<MessageRow> = reads.all(rows::MESSAGES, key.clone()).await?;
    let deal: Option<DealRow> = reads.maybe(deal::BY_NEGOTIATION, key).await?;
    let session: Session = serde_json::from_str(&row.session).map_err(AppError::internal)?;
    let messages = messages.into_iter().filter(|message| !message.text.is_empty());
    let message = |m: MessageRow| ShopMessage {
        seq: m.seq,
        at: Instant::from_ms(m.at),
        who: m.who,
        text: m.text,
    };
    Ok(ShopNegotiation {
        id: row.negotiation_id.clone(),
        state: read_state(&row.state)?,
        sku: row.sku.clone(),
        title: row.title.clone(),
        quantity: row.quantity,
        list_price: shop.wire(row.list_price),
        standing_ask: row.standing_ask.map(|ask| shop.wire(ask)),
        agreed_price: row.agreed_price.map(|price| shop.wire(price)),
        with_person: session.held,
        messages: messages.map(message).collect(),
        deal: deal.map(|deal| shop_deal(shop, deal)),
        seq: row.rev,
    })
}

fn shop_deal(shop: &Shop, deal: DealRow) -> ShopDeal {
    ShopDeal {
        unit_price: shop.wire(deal.unit_price),
        total: shop.wire(deal.unit_price.saturating_mul(deal.quantity)),
        quantity: deal.quantity,
        expires_at: Instant::from_ms(deal.expires_at),
        token: deal.token,
        state: deal_state(&deal.state).to_owned(),
    }
}

/// A deal that is being paid for is still held.
pub(crate) fn deal_state(state: &str) -> &str {
    if state == "paying" { "held" } else { state }
}
