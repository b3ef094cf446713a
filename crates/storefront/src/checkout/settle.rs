//! The second write of a checkout: what the payment came to.

use api::sync::Entity;
use commerce::{OrderAct, OrderState, PaymentAct, PaymentState};
use negotiation::{Act, Actor as By, State, perform};
use serde_json::json;

use crate::auth::new_id;
use crate::db::deal::{self, DealRow};
use crate::db::order::{self, OrderLineRow, OrderRow};
use crate::db::{args, cart, visitor};
use crate::deals;
use crate::error::{AppError, AppResult};
use crate::negotiations::{self, Case, Said, shape};
use crate::state::AppState;
use crate::visitor::{Shop, Visitor};
use crate::write::{Actor, Audited, Write};

/// An order that is not paid by then is given up.
const UNPAID_MS: i64 = 15 * 60_000;
const AT_ONCE: i64 = 200;

/// The money is there: the order is paid, the deal redeemed, the customer known.
pub(super) async fn captured(
    write: &mut Write,
    state: &AppState,
    visitor: &Visitor,
    order: OrderRow,
    reference: &str,
) -> AppResult<OrderRow> {
    let payment = after_payment(&order, PaymentAct::Capture)?;
    let to = after_order(&order, OrderAct::Pay)?;
    let customer_id = customer(write, visitor, &order).await?;
    let paid = OrderRow { customer_id: Some(customer_id), ..order };
    let paid = move_order(write, &paid, to, payment, Some(reference)).await?;
    match &paid.deal_id {
        Some(deal_id) => redeem(write, state, &visitor.shop, &paid, deal_id).await?,
        None => {
            let key = args![&visitor.shop.store_id, &visitor.id];
            write.run(cart::CLEAR, key).await?;
        }
    }
    Ok(paid)
}

async fn redeem(
    write: &mut Write,
    state: &AppState,
    shop: &Shop,
    order: &OrderRow,
    deal_id: &str,
) -> AppResult<()> {
    let moved = args![&shop.store_id, deal_id, "paying", "redeemed", &order.order_id];
    if write.run(deal::MOVE, moved).await? == 0 {
        return Err(AppError::internal("a deal that was being paid for is not any more"));
    }
    let row: Option<DealRow> = write.maybe(deal::BY_ID, args![&shop.store_id, deal_id]).await?;
    let Some(row) = row else { return Ok(()) };
    let cache = &state.shared.rule_sets;
    let mut case = Case::load(write, cache, shop.clone(), &row.negotiation_id).await?;
    if case.session.state != State::Agreed {
        return Err(AppError::internal("a deal was redeemed whose negotiation is not agreed"));
    }
    // it was taken in time; how long the payment took is not the customer's fault
    let taken_at = shape::instant(order.placed_at)?;
    let limits = case.frozen()?;
    let epoch = case.session.epoch;
    let turn = perform(&case.session, &limits, By::System, &Act::Redeem, epoch, taken_at)
        .map_err(AppError::internal)?;
    negotiations::record(write, state, &mut case, turn, Said::default()).await
}

/// Declined: the order is cancelled, what it held is given back, the deal can be used again.
pub(super) async fn declined(
    write: &mut Write,
    state: &AppState,
    order: &OrderRow,
) -> AppResult<()> {
    after_payment(order, PaymentAct::Decline)?;
    give_up(write, state, order, "declined").await
}

/// No answer: the order waits with all that it holds.
pub(super) async fn timed_out(write: &mut Write, order: &OrderRow) -> AppResult<()> {
    let payment = after_payment(order, PaymentAct::TimeOut)?;
    let to: OrderState = order.state.parse().map_err(AppError::internal)?;
    move_order(write, order, to, payment, None).await?;
    Ok(())
}

/// Cancels an unpaid order and gives back what it held.
pub(crate) async fn give_up(
    write: &mut Write,
    state: &AppState,
    order: &OrderRow,
    payment: &str,
) -> AppResult<()> {
    let to = after_order(order, OrderAct::Cancel)?;
    let payment: PaymentState = payment.parse().map_err(AppError::internal)?;
    move_order(write, order, to, payment, None).await?;
    let store_id = write.store_id.clone();
    let Some(deal_id) = &order.deal_id else {
        let key = args![&store_id, &order.order_id];
        let lines: Vec<OrderLineRow> = write.all(order::LINES, key).await?;
        for line in lines {
            deals::give_back(write, &line.sku, line.quantity).await?;
        }
        return Ok(());
    };
    write.run(order::FREE_DEAL, args![&store_id, &order.order_id]).await?;
    let moved = args![&store_id, deal_id, "paying", "held", None::<&str>];
    write.run(deal::MOVE, moved).await?;
    let row: Option<DealRow> = write.maybe(deal::BY_ID, args![&store_id, deal_id]).await?;
    let Some(row) = row.filter(|row| row.state == "held" && row.expires_at <= write.now_ms())
    else {
        return Ok(());
    };
    let shop = Shop::by_id(write, &store_id).await?;
    let cache = &state.shared.rule_sets;
    let mut case = Case::load(write, cache, shop, &row.negotiation_id).await?;
    negotiations::lapse(write, state, &mut case).await
}

/// Gives up what was left unpaid, also what a crash left between the two writes. An order that cannot
/// be given up holds up no other.
pub(crate) async fn give_up_unpaid(state: &AppState) -> AppResult<()> {
    let before = state.now_ms() - UNPAID_MS;
    let due: Vec<(String, String)> =
        state.db().all(order::UNPAID_SINCE, args![before, AT_ONCE]).await?;
    for (store_id, order_id) in due {
        if let Err(error) = give_up_if_unpaid(state, &store_id, &order_id, before).await {
            tracing::warn!(?error, order = %order_id, "cannot be given up");
        }
    }
    Ok(())
}

async fn give_up_if_unpaid(
    state: &AppState,
    store_id: &str,
    order_id: &str,
    before: i64,
) -> AppResult<()> {
    let mut write = Write::begin(state, store_id, Actor::system(), None).await?;
    let row: Option<OrderRow> = write.maybe(order::BY_ID, args![store_id, order_id]).await?;
    let Some(row) = row.filter(|row| row.state == "placed" && row.updated_at <= before) else {
        return Ok(());
    };
    give_up(&mut write, state, &row, "timed_out").await?;
    write.commit().await
}

fn after_payment(order: &OrderRow, act: PaymentAct) -> AppResult<PaymentState> {
    let payment: PaymentState = order.payment.parse().map_err(AppError::internal)?;
    payment.after(act).map_err(AppError::internal)
}

fn after_order(order: &OrderRow, act: OrderAct) -> AppResult<OrderState> {
    let state: OrderState = order.state.parse().map_err(AppError::internal)?;
    state.after(act).map_err(AppError::internal)
}

async fn move_order(
    write: &mut Write,
    order: &OrderRow,
    to: OrderState,
    payment: PaymentState,
    reference: Option<&str>,
) -> AppResult<OrderRow> {
    let (store_id, now) = (write.store_id.clone(), write.now_ms());
    let values = args![
        &store_id,
        &order.order_id,
        &order.state,
        to.as_str(),
        payment.as_str(),
        &order.customer_id,
        now
    ];
    if write.run(order::MOVE, values).await? == 0 {
        return Err(AppError::internal("the order moved between its two writes"));
    }
    if to.as_str() != order.state {
        let event = args![&store_id, &order.order_id, now, to.as_str(), &write.actor.role];
        write.run(order::ADD_EVENT, event).await?;
    }
    write.changed(Entity::Order, &order.order_id, order.rev + 1).await?;
    let said = Audited {
        what: "order.payment",
        subject: format!("order/{}", order.order_id),
        before: json!({ "state": order.state, "payment": order.payment }),
        after: json!({
            "state": to.as_str(), "payment": payment.as_str(), "reference": reference
        }),
        ..Audited::default()
    };
    write.audit(said).await?;
    Ok(OrderRow {
        state: to.as_str().to_owned(),
        payment: payment.as_str().to_owned(),
        updated_at: now,
        rev: order.rev + 1,
        ..order.clone()
    })
}

/// The customer by e-mail, made where new. A visitor becomes a customer whom they made: an address
/// that was known before proves nothing about who typed it, so it opens nobody's segments.
async fn customer(write: &mut Write, visitor: &Visitor, order: &OrderRow) -> AppResult<String> {
    let store_id = &visitor.shop.store_id;
    let known: Option<(String,)> =
        write.maybe(order::CUSTOMER_BY_EMAIL, args![store_id, &order.email]).await?;
    let is_new = known.is_none();
    let id = known.map_or_else(new_id, |(id,)| id);
    if is_new {
        let row = args![store_id, &id, &order.customer_name, &order.email, &order.country];
        write.run(order::NEW_CUSTOMER, row).await?;
        let who = args![store_id, &visitor.id, &id, &order.country];
        write.run(visitor::IS_CUSTOMER, who).await?;
    }
    let bought = args![store_id, &id, order.goods, order.placed_at];
    write.run(order::BOUGHT, bought).await?;
    Ok(id)
}
