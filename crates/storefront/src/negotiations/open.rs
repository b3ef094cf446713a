//! Opening a negotiation, or coming back to one.

use std::sync::Arc;

use api::error::ErrorCode;
use api::shop::OpenNegotiation;
use axum::http::StatusCode;
use negotiation::session::QUANTITY_MAX;
use negotiation::{Limits, Session, answer, wording};
use serde_json::{Value, json};

use super::case::Case;
use super::ground::{Ground, Sale, customer_row, product_row};
use super::{Answer, closed, is_running, record, shape, time};
use crate::auth::new_id;
use crate::cart::available;
use crate::db::args;
use crate::db::customer::CustomerRow;
use crate::db::negotiation::{self as rows, NegotiationRow};
use crate::db::product::ProductRow;
use crate::error::{AppError, AppResult};
use crate::rules::InForce;
use crate::rules::watch::Seen;
use crate::state::AppState;
use crate::visitor::Visitor;
use crate::write::{Audited, Once, Write};

/// How long a customer who comes back meets the ask that they left.
const REMEMBERED_MS: i64 = 7 * 24 * 3_600_000;
const DAY_MS: i64 = 24 * 3_600_000;

/// Opens a negotiation, or gives the one that runs already.
pub(crate) async fn open(
    state: &AppState,
    visitor: &Visitor,
    asked: OpenNegotiation,
    once: Once,
) -> Answer {
    if !(1..=i64::from(QUANTITY_MAX)).contains(&asked.quantity) {
        let message = format!("Expected a whole quantity from 1 to {QUANTITY_MAX}.");
        return Err(AppError::invalid("quantity", message));
    }
    visitor.shop.refuse_unless_live()?;
    let mut write = visitor.write(state, once).await?;
    let store_id = visitor.shop.store_id.clone();
    let product = product_row(&mut write, &store_id, &asked.sku).await?;
    let product = product
        .filter(|product| product.state == "live")
        .ok_or_else(|| AppError::not_found("product"))?;
    let key = args![&store_id, &visitor.id, &asked.sku];
    let latest: Option<NegotiationRow> = write.maybe(rows::LATEST, key).await?;
    if let Some(row) = latest.as_ref().filter(|row| is_running(row, write.now_ms())) {
        let view = shape::shop_view(&mut write, &visitor.shop, row).await?;
        return write.finish(StatusCode::OK, view).await;
    }
    let cache = &state.shared.rule_sets;
    if let Some(row) = &latest {
        // its time may have passed before upkeep came by: a deal's stock is back before we look
        let id = &row.negotiation_id;
        let mut old = Case::load(&mut write, cache, visitor.shop.clone(), id).await?;
        time::end_if_due(&mut write, state, &mut old).await?;
    }
    let product = product_row(&mut write, &store_id, &asked.sku).await?.unwrap_or(product);
    let ground = Ground::load(&mut write, cache, visitor.shop.clone()).await?;
    let customer = customer_row(&mut write, &store_id, visitor.customer_id.as_deref()).await?;
    let now = shape::instant(write.now_ms())?;
    let Some(rules) = ground.active.clone().filter(|_| ground.is_open(&product, now)) else {
        return Err(closed());
    };
    refuse_attempts(&mut write, visitor, &asked.sku, &ground).await?;
    available(product.stock, asked.quantity, &product.title)?;
    let sale = Sale {
        product: &product,
        customer: customer.as_ref(),
        country: &visitor.country,
        quantity: asked.quantity,
        list_price: product.list_price,
        at: now,
    };
    let seen = ground.seen(&rules, &sale, None);
    let Some(decided) = ground.decide(&rules, &sale)? else {
        state.shared.watch.see(seen);
        return Err(closed());
    };
    let quantity = u32::try_from(asked.quantity).unwrap_or(QUANTITY_MAX);
    let mut session = Session::open(&decided.limits, quantity, now, None);
    resume(&mut session, &decided.limits, latest.as_ref(), write.now_ms());
    let mut case = new_case(visitor, ground, (product, customer, rules), session, write.now_ms())?;
    begin_case(&mut write, &mut case, &decided.limits).await?;
    let view = shape::shop_view(&mut write, &visitor.shop, &case.row).await?;
    let answer = write.finish(StatusCode::CREATED, view).await?;
    let negotiation_id = case.row.negotiation_id;
    state.shared.watch.see(seen.map(|seen| Seen { negotiation_id, ..seen }));
    Ok(answer)
}

/// Attempts on one product in a day. How many are allowed is never said.
async fn refuse_attempts(
    write: &mut Write,
    visitor: &Visitor,
    sku: &str,
    ground: &Ground,
) -> AppResult<()> {
    let since = write.now_ms() - DAY_MS;
    let key = args![&visitor.shop.store_id, &visitor.id, sku, since];
    let begun: Option<(i64,)> = write.maybe(rows::BEGUN_SINCE, key).await?;
    if begun.is_some_and(|(count,)| count >= ground.settings.attempts_max) {
        let message = "Offers on this product are closed for you for now. Please come back later.";
        return Err(AppError::refuse(ErrorCode::RateLimited, message));
    }
    Ok(())
}

/// A customer who comes back meets the ask that they left, not a fresh one; and the rounds that
/// are used stay used.
fn resume(session: &mut Session, limits: &Limits, left: Option<&NegotiationRow>, now_ms: i64) {
    let Some(row) = left.filter(|row| {
        now_ms - row.updated_at < REMEMBERED_MS
            && row.quantity == i64::from(session.quantity)
            && row.state != "redeemed"
    }) else {
        return;
    };
    let Ok(before) = serde_json::from_str::<Session>(&row.session) else { return };
    if before.ask_by_staff || before.currency() != session.currency() {
        return;
    }
    let ask = before.ask(limits);
    if ask.minor() <= session.standing_ask.minor() {
        session.standing_ask = ask;
        session.round = before.round.min(limits.max_rounds);
    }
}

fn new_case(
    visitor: &Visitor,
    ground: Ground,
    (product, customer, rules): (ProductRow, Option<CustomerRow>, Arc<InForce>),
    session: Session,
    now: i64,
) -> AppResult<Case> {
    let row = NegotiationRow {
        negotiation_id: new_id(),
        visitor_id: visitor.id.clone(),
        customer_id: visitor.customer_id.clone(),
        customer_name: customer.as_ref().map_or_else(|| "Guest".to_owned(), |c| c.name.clone()),
        country: visitor.country.clone(),
        language: visitor.language.tag().to_owned(),
        sku: product.sku.clone(),
        title: product.title.clone(),
        quantity: i64::from(session.quantity),
        state: session.state.name().to_owned(),
        session: String::new(),
        list_price: product.list_price,
        unit_cost: product.unit_cost,
        standing_ask: None,
        last_offer: None,
        agreed_price: None,
        stake: 0,
        round: 0,
        max_rounds: 0,
        epoch: 0,
        reason: None,
        claimed_by: None,
        claimed_until: None,
        rule_set_id: rules.id.clone(),
        rule_set_version: rules.version,
        message_seq: 0,
        waiting_since: None,
        opened_at: now,
        updated_at: now,
        expires_at: now + ground.settings.idle_minutes * 60_000,
        rev: 1,
    };
    let mut case =
        Case { ground, row, session, product: Some(product), customer, rules: Some(rules) };
    case.session.expires_at = jiff::Timestamp::from_millisecond(case.row.expires_at).ok();
    Ok(case)
}

async fn begin_case(write: &mut Write, case: &mut Case, limits: &Limits) -> AppResult<()> {
    case.row.max_rounds = i64::from(limits.max_rounds);
    case.row.message_seq = 1;
    record::mirror(case)?;
    let greeting = wording::word(&answer::greeting(&case.session, limits), case.style());
    let store_id = write.store_id.clone();
    write.run(rows::INSERT, record::insert_args(&store_id, &case.row)).await?;
    let id = &case.row.negotiation_id;
    let line = args![
        &store_id,
        id,
        1_i64,
        write.now_ms(),
        "bot",
        None::<&str>,
        "ask",
        greeting,
        None::<&str>,
        case.row.standing_ask
    ];
    write.run(rows::ADD_MESSAGE, line).await?;
    let said = Audited {
        what: "negotiation.open",
        subject: format!("negotiation/{id}"),
        before: Value::Null,
        after: json!({
            "sku": case.row.sku, "quantity": case.row.quantity, "state": case.row.state,
            "list_price": case.ground.shop.wire(case.row.list_price)
        }),
        rule_set_version: Some(case.row.rule_set_version),
        epoch: Some(case.row.epoch),
        ..Audited::default()
    };
    write.audit(said).await?;
    record::announce(write, case).await
}
