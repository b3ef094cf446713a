//! Checkout: an order from a deal or from the basket, paid by a provider, in two writes with the
//! payment between them.
//!
//! The first write takes everything: the order, its stock (a deal holds its own), the deal itself
//! (`held` → `paying`). Then the provider is asked. The second write settles: captured, the order is
//! paid and the deal redeemed; declined, all is given back; timed out, the order stays `placed` with
//! its hold for fifteen minutes, in which the same deal can be paid for again under the same order.
//! One path for first tries, repeats and retries; one order per deal, by a unique key.

pub(crate) mod delivery;
mod form;
mod payment;
mod prepare;
mod settle;

use api::error::ErrorCode;
use api::shop::{Checkout, PlacedOrder};
use axum::Json;
use axum::http::StatusCode;

use crate::auth::token_hash;
use crate::db::order::OrderRow;
use crate::error::{AppError, AppResult};
use crate::state::AppState;
use crate::visitor::{Shop, Visitor};
use crate::write::{Once, Write};

pub(crate) use prepare::free_delivery;
pub(crate) use settle::{give_up, give_up_unpaid};

use form::Buyer;
use payment::{Charge, Outcome};
use prepare::Prepared;

/// Buys: a deal where the form names one, else the basket.
pub(crate) async fn place(
    state: &AppState,
    visitor: &Visitor,
    form: Checkout,
    once: Once,
) -> AppResult<(StatusCode, Json<PlacedOrder>)> {
    visitor.shop.refuse_unless_live()?;
    let buyer = Buyer::of(&form)?;
    let order_id = order_id(visitor, &once.key);
    let mut write = visitor.write(state, once.clone()).await?;
    let deal = form.deal.as_deref().filter(|token| !token.trim().is_empty());
    let prepared = prepare::prepare(&mut write, state, visitor, (&order_id, &buyer), deal).await?;
    let order = match prepared {
        Prepared::Order(order) => order,
        Prepared::Refused(why) => {
            write.commit().await?;
            return Err(why);
        }
        Prepared::Known(order) => return known(&visitor.shop, &order),
    };
    write.commit().await?;
    let amount = visitor.shop.money(order.total)?;
    let charge = Charge { order_id: order.order_id.clone(), amount };
    let outcome = payment::charge(&buyer.provider, &charge).await;
    let write = visitor.write(state, once).await?;
    Box::pin(settle(write, state, visitor, order, outcome)).await
}

async fn settle(
    mut write: Write,
    state: &AppState,
    visitor: &Visitor,
    order: OrderRow,
    outcome: Outcome,
) -> AppResult<(StatusCode, Json<PlacedOrder>)> {
    match outcome {
        Outcome::Captured(reference) => {
            let paid = settle::captured(&mut write, state, visitor, order, &reference).await?;
            let placed = wire(&visitor.shop, &paid);
            write.finish(StatusCode::CREATED, placed).await
        }
        Outcome::Declined => {
            let number = order.number.clone();
            settle::declined(&mut write, state, &order).await?;
            write.commit().await?;
            Err(declined(&number))
        }
        Outcome::TimedOut => {
            let number = order.number.clone();
            settle::timed_out(&mut write, &order).await?;
            write.commit().await?;
            Err(timed_out(&number))
        }
    }
}

/// The same key again: the same answer as the first time.
fn known(shop: &Shop, order: &OrderRow) -> AppResult<(StatusCode, Json<PlacedOrder>)> {
    match (order.state.as_str(), order.payment.as_str()) {
        (_, "declined") => Err(declined(&order.number)),
        (_, "timed_out") => Err(timed_out(&order.number)),
        ("placed", _) => {
            let message = "This order is being paid for right now.";
            Err(AppError::refuse(ErrorCode::NotAllowedNow, message).with("state", "paying"))
        }
        _ => Ok((StatusCode::CREATED, Json(wire(shop, order)))),
    }
}

fn declined(number: &str) -> AppError {
    let message = "The payment was declined. Nothing was taken; try again or pay another way.";
    AppError::refuse(ErrorCode::PaymentDeclined, message).with("number", number)
}

fn timed_out(number: &str) -> AppError {
    let message = format!(
        "The payment provider has not answered. Order {number} is kept for fifteen minutes; try again."
    );
    AppError::refuse(ErrorCode::PaymentTimedOut, message).with("number", number)
}

/// One order per visitor and idempotency key, whatever crashes or races between.
fn order_id(visitor: &Visitor, key: &str) -> String {
    let hash = token_hash(&format!("order/{}/{}/{key}", visitor.shop.store_id, visitor.id));
    let part = |from: usize, to: usize| hash.get(from..to).unwrap_or_default();
    let (a, b, c, d, e) = (part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32));
    format!("{a}-{b}-8{c}-8{d}-{e}")
}

pub(crate) fn wire(shop: &Shop, order: &OrderRow) -> PlacedOrder {
    PlacedOrder {
        id: order.order_id.clone(),
        number: order.number.clone(),
        total: shop.wire(order.total),
        state: order.state.clone(),
    }
}
