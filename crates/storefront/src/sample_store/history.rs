//! The sample's customers and orders, as history: before this store's first live day. Not in the
//! change feed, since consoles read orders page by page.

use std::collections::HashMap;

use sample::{LineKind, Sample, SampleLine, SampleProduct};

use super::Progress;
use crate::auth::new_id;
use crate::db::{args, sample as rows};
use crate::error::{AppError, AppResult};
use crate::state::AppState;
use crate::write::{Actor, Write};

/// Orders written in one transaction, so that others get their turn between.
const ORDERS_AT_ONCE: usize = 2_000;

pub(super) async fn customers(
    state: &AppState,
    store_id: &str,
    sample: &Sample,
    progress: Progress<'_>,
) -> AppResult<()> {
    let last_orders = last_orders(sample);
    let mut write = Write::begin(state, store_id, Actor::system(), None).await?;
    for (done, customer) in sample.customers.iter().enumerate() {
        let tags: Vec<&str> = customer.segments.iter().map(|segment| segment.name()).collect();
        let tags = serde_json::to_string(&tags).map_err(AppError::internal)?;
        let (orders, spend) = (i64::try_from(customer.orders).unwrap_or(0), customer.spend.minor());
        let name = format!("Customer {}", customer.id);
        let row = args![
            store_id,
            &customer.id,
            name,
            "",
            customer.country.code(),
            tags,
            orders,
            spend,
            customer.first_order.as_millisecond(),
            last_orders.get(customer.id.as_str()).copied()
        ];
        write.run(rows::INSERT_CUSTOMER, row).await?;
        if done % 500 == 0 {
            progress("customers", done, sample.customers.len());
        }
    }
    write.commit().await
}

fn last_orders(sample: &Sample) -> HashMap<&str, i64> {
    let sales = sample.lines.iter().filter(|line| line.kind == LineKind::Sale);
    sales
        .filter_map(|line| Some((line.customer_id.as_deref()?, line.placed_at.as_millisecond())))
        .collect()
}

/// Sales become delivered orders; returns become orders of their own, `returned`, with what came
/// back below zero. Stock corrections are no orders.
pub(super) async fn orders(
    state: &AppState,
    store_id: &str,
    sample: &Sample,
    progress: Progress<'_>,
) -> AppResult<()> {
    let products: HashMap<&str, &SampleProduct> =
        sample.products.iter().map(|product| (product.sku.as_str(), product)).collect();
    let mut grouped: Vec<Vec<&SampleLine>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for line in sample.lines.iter().filter(|line| line.kind != LineKind::Correction) {
        let place = *places.entry(&line.order_id).or_insert_with(|| {
            grouped.push(Vec::new());
            grouped.len() - 1
        });
        grouped[place].push(line);
    }
    let total = grouped.len();
    for (at, batch) in grouped.chunks(ORDERS_AT_ONCE).enumerate() {
        progress("orders", at * ORDERS_AT_ONCE, total);
        let mut write = Write::begin(state, store_id, Actor::system(), None).await?;
        for lines in batch {
            order(&mut write, store_id, lines, &products).await?;
        }
        write.commit().await?;
    }
    Ok(())
}

async fn order(
    write: &mut Write,
    store_id: &str,
    lines: &[&SampleLine],
    products: &HashMap<&str, &SampleProduct>,
) -> AppResult<()> {
    let Some(first) = lines.first() else { return Ok(()) };
    let (id, placed) = (new_id(), first.placed_at.as_millisecond());
    let (mut goods, mut costed, mut cost, mut units) = (0_i64, 0_i64, 0_i64, 0_i64);
    for (number, line) in (1_i64..).zip(lines) {
        let product = products.get(line.sku.as_str());
        let unit_cost = product.map(|product| product.unit_cost.minor());
        let price = line.unit_price.minor();
        goods += price * line.quantity;
        units += line.quantity;
        if let Some(unit_cost) = unit_cost {
            costed += price * line.quantity;
            cost += unit_cost * line.quantity;
        }
        let title = product.map_or(line.sku.as_str(), |product| &product.title);
        let list = product.map_or(price, |product| product.list_price.minor());
        let row = args![
            store_id,
            &id,
            number,
            line.sku.as_str(),
            title,
            line.quantity,
            price,
            list,
            unit_cost
        ];
        write.run(rows::INSERT_LINE, row).await?;
    }
    let state = if first.kind == LineKind::Return { "returned" } else { "delivered" };
    let name = first.customer_id.as_ref().map_or("Guest".to_owned(), |c| format!("Customer {c}"));
    let margin = (costed != 0).then_some(costed - cost);
    let row = args![
        store_id,
        &id,
        &first.order_id,
        &first.customer_id,
        name,
        first.country.code(),
        state,
        goods,
        margin,
        costed,
        units,
        placed
    ];
    write.run(rows::INSERT_ORDER, row).await?;
    write.run(rows::INSERT_EVENT, args![store_id, &id, placed, state]).await?;
    Ok(())
}
