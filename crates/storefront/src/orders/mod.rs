//! Orders: for staff, for the visitor who placed one, and for the change feed. A line keeps the
//! title, list price and cost of the day of its sale.

pub(crate) mod lines;

use api::error::ErrorCode;
use api::order::{OrderDetail, OrderEvent, OrderLine, OrderRow as Wire, OrderTransition};
use api::shop::{ShopOrder, ShopOrderLine};
use api::{Instant, Money};
use axum::Json;
use axum::http::StatusCode;
use commerce::{OrderAct, OrderState};
use serde_json::json;

use crate::auth::{Action, StaffCtx};
use crate::db::order::{self, OrderEventRow, OrderLineRow, OrderRow};
use crate::db::{Reads, args};
use crate::deals;
use crate::error::{AppError, AppResult};
use crate::state::AppState;
use crate::visitor::{Shop, Visitor};
use crate::write::{Audited, Once, Write};

/// A row of the list.
pub(crate) fn row(shop: &Shop, order: &OrderRow) -> Wire {
    Wire {
        id: order.order_id.clone(),
        number: order.number.clone(),
        state: order.state.clone(),
        customer: Some(order.customer_name.clone()),
        country: order.country.clone(),
        units: order.units,
        total: shop.wire(order.total),
        discount: shop.wire(order.discount),
        margin: order.margin.map(|margin| shop.wire(margin)),
        from_negotiation: order.deal_id.is_some(),
        placed_at: Instant::from_ms(order.placed_at),
    }
}

/// Without who bought it, unless the one who asks may read customers.
pub(crate) fn row_for(ctx: &StaffCtx, row: Wire) -> Wire {
    match ctx.allows(Action::ReadCustomers) {
        true => row,
        false => Wire { customer: None, ..row },
    }
}

/// The same for an order with its lines: its address and e-mail tell who bought it, too.
pub(crate) fn detail_for(ctx: &StaffCtx, detail: OrderDetail) -> OrderDetail {
    match ctx.allows(Action::ReadCustomers) {
        true => detail,
        false => {
            OrderDetail { row: row_for(ctx, detail.row), address: None, email: None, ..detail }
        }
    }
}

/// The row, as the change feed carries it.
pub(crate) async fn document(
    state: &AppState,
    store_id: &str,
    id: &str,
) -> AppResult<Option<Wire>> {
    let mut db = state.db();
    let found: Option<OrderRow> = Reads::maybe(&mut db, order::BY_ID, args![store_id, id]).await?;
    let Some(found) = found else { return Ok(None) };
    let shop = Shop::by_id(&mut db, store_id).await?;
    Ok(Some(row(&shop, &found)))
}

/// One order with its lines and history.
pub(crate) async fn detail<R: Reads>(
    reads: &mut R,
    shop: &Shop,
    id: &str,
) -> AppResult<OrderDetail> {
    let key = args![&shop.store_id, id];
    let found: Option<OrderRow> = reads.maybe(order::BY_ID, key.clone()).await?;
    let found = found.ok_or_else(|| AppError::not_found("order"))?;
    let lines: Vec<OrderLineRow> = reads.all(order::LINES, key.clone()).await?;
    let events: Vec<OrderEventRow> = reads.all(order::EVENTS, key).await?;
    let event = |row: OrderEventRow| OrderEvent {
        at: Instant::from_ms(row.at),
        state: row.state,
        by: row.by_name,
    };
    Ok(OrderDetail {
        row: row(shop, &found),
        lines: lines.into_iter().map(|line| wire_line(shop, line)).collect(),
        goods: shop.wire(found.goods),
        delivery: shop.wire(found.delivery),
        address: Some(serde_json::from_str(&found.address).unwrap_or_default()),
        email: Some(found.email.clone()),
        payment: found.payment.clone(),
        next: next(&found).into_iter().map(|(_, to)| to.as_str().to_owned()).collect(),
        history: events.into_iter().map(event).collect(),
    })
}

fn wire_line(shop: &Shop, line: OrderLineRow) -> OrderLine {
    OrderLine {
        total: total(shop, &line),
        sku: line.sku,
        title: line.title,
        quantity: line.quantity,
        unit_price: shop.wire(line.unit_price),
        list_price: shop.wire(line.list_price),
        negotiation_id: line.negotiation_id,
    }
}

fn total(shop: &Shop, line: &OrderLineRow) -> Money {
    shop.wire(line.unit_price.saturating_mul(line.quantity))
}

/// What staff may do next. Paying is the provider's alone; orders of an imported history are
/// finished.
fn next(order: &OrderRow) -> Vec<(OrderAct, OrderState)> {
    let Ok(state) = order.state.parse::<OrderState>() else { return vec![] };
    if order.source != "shop" {
        return vec![];
    }
    let acts = state.allowed().into_iter().filter(|act| *act != OrderAct::Pay);
    acts.filter_map(|act| Some((act, state.after(act).ok()?))).collect()
}

/// Moves an order along its table. Cancelled before it left the house, its stock comes back and its
/// customer has not bought it.
pub(crate) async fn transition(
    ctx: &StaffCtx,
    id: &str,
    asked: OrderTransition,
    once: Once,
) -> AppResult<(StatusCode, Json<OrderDetail>)> {
    if asked.reason.chars().nth(500).is_some() {
        return Err(AppError::invalid("reason", "At most 500 characters."));
    }
    let mut write = ctx.write(once).await?;
    let shop = Shop::by_id(&mut write, &ctx.store_id).await?;
    let found: Option<OrderRow> = write.maybe(order::BY_ID, args![&ctx.store_id, id]).await?;
    let found = found.ok_or_else(|| AppError::not_found("order"))?;
    let to = next(&found).into_iter().map(|(_, to)| to).find(|to| to.as_str() == asked.to);
    let to = to.ok_or_else(|| not_now(&found, &asked.to))?;
    if found.state == "placed" {
        refuse_while_paying(&found)?;
        crate::checkout::give_up(&mut write, &ctx.state, &found, "timed_out").await?;
    } else {
        move_on(&mut write, &found, to, &asked.reason).await?;
    }
    let detail = detail(&mut write, &shop, id).await?;
    write.finish(StatusCode::OK, detail_for(ctx, detail)).await
}

fn refuse_while_paying(order: &OrderRow) -> AppResult<()> {
    if order.payment == "timed_out" {
        return Ok(());
    }
    let message = "This order is being paid for right now. Wait for the payment, then look again.";
    Err(AppError::refuse(ErrorCode::NotAllowedNow, message).with("state", &order.state))
}

fn not_now(order: &OrderRow, to: &str) -> AppError {
    let allowed: Vec<&str> = next(order).iter().map(|(_, to)| to.as_str()).collect();
    let allowed = if allowed.is_empty() { "nothing more".to_owned() } else { allowed.join(", ") };
    let to: String = to.chars().take(40).collect();
    let message = format!(
        "An order that is {} cannot become {to:?} now; it can become: {allowed}.",
        order.state
    );
    AppError::refuse(ErrorCode::NotAllowedNow, message).with("state", &order.state)
}

async fn move_on(
    write: &mut Write,
    order: &OrderRow,
    to: OrderState,
    reason: &str,
) -> AppResult<()> {
    let (store_id, now) = (write.store_id.clone(), write.now_ms());
    let values = args![
        &store_id,
        &order.order_id,
        &order.state,
        to.as_str(),
        &order.payment,
        &order.customer_id,
        now
    ];
    if write.run(order::MOVE, values).await? == 0 {
        return Err(AppError::conflict(order.rev));
    }
    let event = args![&store_id, &order.order_id, now, to.as_str(), &write.actor.name];
    write.run(order::ADD_EVENT, event).await?;
    if to == OrderState::Cancelled {
        let key = args![&store_id, &order.order_id];
        let lines: Vec<OrderLineRow> = write.all(order::LINES, key).await?;
        for line in lines {
            deals::give_back(write, &line.sku, line.quantity).await?;
        }
        if let Some(customer) = &order.customer_id {
            let taken_back = args![&store_id, customer, order.goods, order.placed_at];
            write.run(order::CANCELLED, taken_back).await?;
        }
    }
    write.changed(api::sync::Entity::Order, &order.order_id, order.rev + 1).await?;
    let said = Audited {
        what: "order.transition",
        subject: format!("order/{}", order.order_id),
        before: json!({ "state": order.state }),
        after: json!({ "state": to.as_str() }),
        why: Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty()),
        ..Audited::default()
    };
    write.audit(said).await
}

/// The visitor's own order: what they bought, for what.
pub(crate) async fn of_visitor(
    state: &AppState,
    visitor: &Visitor,
    id: &str,
) -> AppResult<ShopOrder> {
    let (mut db, shop) = (state.db(), &visitor.shop);
    let key = args![&shop.store_id, id];
    let found: Option<OrderRow> = Reads::maybe(&mut db, order::BY_ID, key.clone()).await?;
    let found = found
        .filter(|order| order.visitor_id == visitor.id)
        .ok_or_else(|| AppError::not_found("order"))?;
    let lines: Vec<OrderLineRow> = Reads::all(&mut db, order::LINES, key).await?;
    let line = |line: OrderLineRow| ShopOrderLine {
        total: total(shop, &line),
        sku: line.sku,
        title: line.title,
        quantity: line.quantity,
        unit_price: shop.wire(line.unit_price),
    };
    Ok(ShopOrder {
        order: crate::checkout::wire(shop, &found),
        lines: lines.into_iter().map(line).collect(),
        goods: shop.wire(found.goods),
        delivery: shop.wire(found.delivery),
        saved: shop.wire(found.discount),
        placed_at: Instant::from_ms(found.placed_at),
    })
}
