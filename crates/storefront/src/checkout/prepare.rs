//! The first write of a checkout: the order with its lines, its stock and its deal.

use api::error::ErrorCode;
use api::sync::Entity;
use negotiation::Session;
use serde_json::{Value, json};

use super::delivery::Delivery;
use super::form::Buyer;
use crate::cart;
use crate::db::deal::{self, DealRow};
use crate::db::negotiation::{self as negotiations, NegotiationRow};
use crate::db::order::{self, OrderLineRow, OrderRow};
use crate::db::{Reads, args};
use crate::deals;
use crate::error::{AppError, AppResult};
use crate::negotiations::{Case, FREE_SHIPPING};
use crate::state::AppState;
use crate::visitor::{Shop, Visitor};
use crate::write::{Audited, Write};

pub(super) enum Prepared {
    /// To be paid for.
    Order(OrderRow),
    /// This key was here before.
    Known(OrderRow),
    /// Refused, and something was put right that has to be kept.
    Refused(AppError),
}

pub(super) async fn prepare(
    write: &mut Write,
    state: &AppState,
    visitor: &Visitor,
    (order_id, buyer): (&str, &Buyer),
    token: Option<&str>,
) -> AppResult<Prepared> {
    let store_id = &visitor.shop.store_id;
    let known: Option<OrderRow> = write.maybe(order::BY_ID, args![store_id, order_id]).await?;
    if let Some(row) = known.filter(|row| row.visitor_id == visitor.id) {
        return Ok(Prepared::Known(row));
    }
    let Some(token) = token else {
        let lines = take_basket(write, state, visitor).await?;
        let row = insert(write, visitor, (order_id, buyer), lines, None).await?;
        return Ok(Prepared::Order(row));
    };
    let deal = deals::read_token(write, visitor, token).await?;
    if let Some(row) = unpaid(write, &deal).await? {
        return resume(write, visitor, (row, &deal), buyer).await.map(Prepared::Order);
    }
    if let Err(why) = deals::refuse_unless_held(&deal, write.now_ms()) {
        if deal.state == "held" {
            let cache = &state.shared.rule_sets;
            let shop = visitor.shop.clone();
            let mut case = Case::load(write, cache, shop, &deal.negotiation_id).await?;
            crate::negotiations::lapse(write, state, &mut case).await?;
        }
        return Ok(Prepared::Refused(why));
    }
    let taken = args![store_id, &deal.deal_id, "held", "paying", order_id];
    if write.run(deal::MOVE, taken).await? == 0 {
        return Err(AppError::internal("a held deal could not be taken under the store's lock"));
    }
    let lines = vec![deal_line(write, visitor, &deal).await?];
    let row = insert(write, visitor, (order_id, buyer), lines, Some(&deal)).await?;
    Ok(Prepared::Order(row))
}

/// The deal's own order, where its payment timed out: it can be paid for again, by the form as it is
/// then.
async fn unpaid(write: &mut Write, deal: &DealRow) -> AppResult<Option<OrderRow>> {
    let Some(order_id) = deal.order_id.as_ref().filter(|_| deal.state == "paying") else {
        return Ok(None);
    };
    let key = args![&write.store_id, order_id];
    let row: Option<OrderRow> = write.maybe(order::BY_ID, key).await?;
    Ok(row.filter(|row| row.state == "placed" && row.payment == "timed_out"))
}

async fn resume(
    write: &mut Write,
    visitor: &Visitor,
    (row, deal): (OrderRow, &DealRow),
    buyer: &Buyer,
) -> AppResult<OrderRow> {
    let shop = &visitor.shop;
    let delivery = delivery_price(write, shop, &buyer.delivery, row.goods, Some(deal)).await?;
    let total = row.goods + delivery;
    let values = args![
        &shop.store_id,
        &row.order_id,
        &buyer.name,
        &buyer.email,
        &buyer.country,
        &buyer.address,
        write.now_ms(),
        &buyer.delivery,
        delivery,
        total
    ];
    write.run(order::PAY_AGAIN, values).await?;
    Ok(OrderRow {
        customer_name: buyer.name.clone(),
        email: buyer.email.clone(),
        country: buyer.country.clone(),
        address: buyer.address.clone(),
        delivery_kind: buyer.delivery.clone(),
        delivery,
        total,
        payment: "pending".to_owned(),
        rev: row.rev + 1,
        ..row
    })
}

/// Takes the basket's stock off the shelf. An order of the basket that was left unpaid before is
/// given up first, so that nobody competes with themselves.
async fn take_basket(
    write: &mut Write,
    state: &AppState,
    visitor: &Visitor,
) -> AppResult<Vec<OrderLineRow>> {
    let key = args![&visitor.shop.store_id, &visitor.id];
    let before: Vec<OrderRow> = write.all(order::UNPAID_OF, key).await?;
    for row in before.into_iter().filter(|row| row.deal_id.is_none()) {
        if row.payment == "pending" {
            let message = "Your basket is being paid for right now.";
            return Err(AppError::refuse(ErrorCode::NotAllowedNow, message).with("state", "paying"));
        }
        super::give_up(write, state, &row, "timed_out").await?;
    }
    let held = cart::lines(write, visitor).await?;
    if held.is_empty() {
        return Err(AppError::invalid("cart", "Your basket is empty."));
    }
    let mut lines = Vec::with_capacity(held.len());
    for (at, row) in (1..).zip(held) {
        if row.state != "live" {
            return Err(cart::out_of_stock(0, &row.title).with("sku", &row.sku));
        }
        deals::hold(write, &row.sku, row.quantity, &row.title)
            .await
            .map_err(|error| error.with("sku", &row.sku))?;
        lines.push(OrderLineRow {
            line: at,
            sku: row.sku,
            title: row.title,
            quantity: row.quantity,
            unit_price: row.list_price,
            list_price: row.list_price,
            unit_cost: row.unit_cost,
            negotiation_id: None,
        });
    }
    Ok(lines)
}

/// The one line of a deal: its price, its quantity, and what the product is called and costs today.
async fn deal_line(
    write: &mut Write,
    visitor: &Visitor,
    deal: &DealRow,
) -> AppResult<OrderLineRow> {
    let store_id = &visitor.shop.store_id;
    let product = crate::negotiations::product_row(write, store_id, &deal.sku).await?;
    let title = product.as_ref().map_or_else(|| deal.sku.clone(), |row| row.title.clone());
    Ok(OrderLineRow {
        line: 1,
        sku: deal.sku.clone(),
        title,
        quantity: deal.quantity,
        unit_price: deal.unit_price,
        list_price: deal.list_price,
        unit_cost: product.and_then(|row| row.unit_cost),
        negotiation_id: Some(deal.negotiation_id.clone()),
    })
}

/// What the lines come to.
struct Sums {
    goods: i64,
    discount: i64,
    margin: Option<i64>,
    costed: i64,
    units: i64,
}

fn sums(shop: &Shop, lines: &[OrderLineRow]) -> AppResult<Sums> {
    let mut sums = Sums { goods: 0, discount: 0, margin: None, costed: 0, units: 0 };
    for line in lines {
        let worth = |each: i64| {
            let each = shop.money(each)?;
            let total = each.checked_mul(line.quantity).map_err(|error| {
                AppError::invalid("quantity", error.to_string()).with("sku", &line.sku)
            })?;
            AppResult::Ok(total.minor())
        };
        let gross = worth(line.unit_price)?;
        sums.goods = sums.goods.saturating_add(gross);
        sums.discount += deals::given_away(line.list_price, line.unit_price, line.quantity);
        sums.units += line.quantity;
        if let Some(cost) = line.unit_cost {
            sums.costed += gross;
            sums.margin = Some(sums.margin.unwrap_or(0) + gross - worth(cost)?);
        }
    }
    shop.money(sums.goods)
        .map_err(|_| AppError::invalid("cart", "This is more than one order can hold."))?;
    Ok(sums)
}

/// Whether what was agreed in a negotiation brings standard delivery with it.
pub(crate) async fn free_delivery<R: Reads>(
    reads: &mut R,
    store_id: &str,
    negotiation_id: &str,
) -> AppResult<bool> {
    let key = args![store_id, negotiation_id];
    let row: Option<NegotiationRow> = reads.maybe(negotiations::BY_ID, key).await?;
    let session = row.and_then(|row| serde_json::from_str::<Session>(&row.session).ok());
    let agreed = session.and_then(|session| session.agreed);
    Ok(agreed.is_some_and(|agreed| agreed.sweeteners.iter().any(|s| s.id == FREE_SHIPPING)))
}

/// What this kind of delivery costs for goods of this worth, and with what the deal brings.
async fn delivery_price(
    write: &mut Write,
    shop: &Shop,
    kind: &str,
    goods: i64,
    deal: Option<&DealRow>,
) -> AppResult<i64> {
    let prices = Delivery::load(write, shop).await?;
    let price = prices.price(kind, shop.money(goods)?)?.minor();
    if let Some(deal) = deal
        && kind == "standard"
        && free_delivery(write, &shop.store_id, &deal.negotiation_id).await?
    {
        return Ok(0);
    }
    Ok(price)
}

async fn insert(
    write: &mut Write,
    visitor: &Visitor,
    (order_id, buyer): (&str, &Buyer),
    lines: Vec<OrderLineRow>,
    deal: Option<&DealRow>,
) -> AppResult<OrderRow> {
    let (shop, now) = (&visitor.shop, write.now_ms());
    let sums = sums(shop, &lines)?;
    let delivery = delivery_price(write, shop, &buyer.delivery, sums.goods, deal).await?;
    let row = OrderRow {
        order_id: order_id.to_owned(),
        number: format!("S-{}", write.take_order_number()),
        visitor_id: visitor.id.clone(),
        customer_id: visitor.customer_id.clone(),
        customer_name: buyer.name.clone(),
        email: buyer.email.clone(),
        country: buyer.country.clone(),
        address: buyer.address.clone(),
        state: "placed".to_owned(),
        payment: "pending".to_owned(),
        delivery_kind: buyer.delivery.clone(),
        goods: sums.goods,
        delivery,
        total: sums.goods + delivery,
        discount: sums.discount,
        margin: sums.margin,
        costed_goods: sums.costed,
        units: sums.units,
        deal_id: deal.map(|deal| deal.deal_id.clone()),
        source: "shop".to_owned(),
        placed_at: now,
        updated_at: now,
        rev: 1,
    };
    insert_rows(write, &row, &lines).await?;
    let said = Audited {
        what: "order.place",
        subject: format!("order/{order_id}"),
        before: Value::Null,
        after: json!({
            "number": &row.number, "total": shop.wire(row.total), "units": row.units,
            "deal": &row.deal_id, "state": &row.state
        }),
        ..Audited::default()
    };
    write.audit(said).await?;
    Ok(row)
}

async fn insert_rows(write: &mut Write, row: &OrderRow, lines: &[OrderLineRow]) -> AppResult<()> {
    let store_id = write.store_id.clone();
    let values = args![
        &store_id,
        &row.order_id,
        &row.number,
        &row.visitor_id,
        &row.customer_id,
        &row.customer_name,
        &row.email,
        &row.country,
        &row.address,
        &row.state,
        &row.payment,
        &row.delivery_kind,
        row.goods,
        row.delivery,
        row.total,
        row.discount,
        row.margin,
        row.costed_goods,
        row.units,
        &row.deal_id,
        &row.source,
        row.placed_at,
    ];
    write.run(order::INSERT, values).await?;
    for line in lines {
        let values = args![
            &store_id,
            &row.order_id,
            line.line,
            &line.sku,
            &line.title,
            line.quantity,
            line.unit_price,
            line.list_price,
            line.unit_cost,
            &line.negotiation_id,
        ];
        write.run(order::ADD_LINE, values).await?;
    }
    let event = args![&store_id, &row.order_id, row.placed_at, "placed", "customer"];
    write.run(order::ADD_EVENT, event).await?;
    write.changed(Entity::Order, &row.order_id, row.rev).await
}
