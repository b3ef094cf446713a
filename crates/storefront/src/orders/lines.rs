//! Past order lines in bulk, as replay reads them: as the columns of `ORDERS.csv` for a console, in
//! memory for a review. A customer's segments are those they are in now: the store keeps no history
//! of them.

use std::collections::HashMap;

use api::store::Segment;
use commerce::{Currency, Money};
use pricing::{OrderColumns, OrderLine, OrdersBuilder, UnitPrice};

use crate::db::args;
use crate::db::customer::CustomerRow;
use crate::db::order::{self, HistoryRow};
use crate::error::{AppError, AppResult};
use crate::segments;
use crate::state::AppState;

/// Lines read at a time.
pub(crate) const PAGE_MAX: i64 = 20_000;
/// The newest orders that a review replays.
const REVIEWED_ORDERS_MAX: i64 = 500_000;
/// Where all orders come from so far.
const CHANNEL: &str = "web";
/// No country is known: as rules see visitors of whom none is.
const NOWHERE: &str = "ZZ";

/// A place in the history: after this line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cursor {
    placed_at: i64,
    line: i64,
    order_id: String,
}

impl Cursor {
    fn start(placed_at: i64) -> Self {
        Self { placed_at, line: 0, order_id: String::new() }
    }

    /// As [`Cursor::text`] wrote it.
    pub(crate) fn parse(text: &str) -> AppResult<Self> {
        let mut parts = text.splitn(3, '.');
        let mut number = || parts.next().and_then(|part| part.parse().ok());
        let read = (number(), number());
        let (Some(placed_at), Some(line)) = read else { return Err(no_cursor()) };
        let order_id = parts.next().filter(|id| id.len() <= 100).ok_or_else(no_cursor)?;
        if order_id.contains('\0') {
            return Err(no_cursor());
        }
        Ok(Self { placed_at, line, order_id: order_id.to_owned() })
    }

    pub(crate) fn text(&self) -> String {
        format!("{}.{}.{}", self.placed_at, self.line, self.order_id)
    }
}

fn no_cursor() -> AppError {
    AppError::invalid("after", "Expected X-Souk-Next of the page before.")
}

/// One page, oldest first, as rows of `ORDERS.csv` under its header; and where it ended.
pub(crate) async fn csv(
    state: &AppState,
    store_id: &str,
    currency: Currency,
    after: Option<Cursor>,
    limit: i64,
) -> AppResult<(String, Option<Cursor>)> {
    let mut history = History::read(state, store_id, after).await?;
    let mut out = String::new();
    commerce::csv_out::write_row(&mut out, pricing::ORDERS_COLUMNS);
    for row in history.page(state, limit).await? {
        let segments = history.segments_of(&row).join(";");
        let price = Money::from_minor(row.unit_price, currency).map_err(AppError::internal)?;
        let cells = [
            row.number.as_str(),
            &api::Instant::from_ms(row.placed_at).0.to_string(),
            &row.sku,
            &row.quantity.to_string(),
            &price.to_string(),
            row.customer_id.as_deref().unwrap_or_default(),
            country(&row),
            CHANNEL,
            &segments,
        ];
        commerce::csv_out::write_row(&mut out, cells);
    }
    Ok((out, history.after))
}

/// The store's past, as far as a review replays it: its newest orders.
pub(crate) async fn columns(
    state: &AppState,
    store_id: &str,
    currency: Currency,
) -> AppResult<OrderColumns> {
    let since = args![store_id, REVIEWED_ORDERS_MAX];
    let since: Option<(i64,)> = state.db().maybe(order::HISTORY_SINCE, since).await?;
    let begin = since.map(|(placed_at,)| Cursor::start(placed_at));
    let mut history = History::read(state, store_id, begin).await?;
    let mut builder = OrdersBuilder::new(currency);
    loop {
        let rows = history.page(state, PAGE_MAX).await?;
        if rows.is_empty() {
            return Ok(builder.finish());
        }
        for row in &rows {
            let segments = history.segments_of(row);
            let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
            builder.push(&OrderLine {
                order_id: &row.number,
                placed_at: api::Instant::from_ms(row.placed_at).0,
                sku: &row.sku,
                quantity: row.quantity,
                unit_price: UnitPrice::whole(row.unit_price),
                customer_id: row.customer_id.as_deref(),
                country: country(row),
                channel: CHANNEL,
                segments: &segments,
            });
        }
    }
}

fn country(row: &HistoryRow) -> &str {
    if row.country.is_empty() { NOWHERE } else { &row.country }
}

struct History<'s> {
    store_id: &'s str,
    after: Option<Cursor>,
    segments: Vec<Segment>,
    of_customer: HashMap<String, Vec<String>>,
}

impl<'s> History<'s> {
    async fn read(state: &AppState, store_id: &'s str, after: Option<Cursor>) -> AppResult<Self> {
        let (segments, _) = segments::read(state, store_id).await?;
        Ok(Self { store_id, after, segments, of_customer: HashMap::new() })
    }

    async fn page(&mut self, state: &AppState, limit: i64) -> AppResult<Vec<HistoryRow>> {
        let after = self.after.clone().unwrap_or_else(|| Cursor::start(i64::MIN));
        let page = args![self.store_id, after.placed_at, after.order_id, after.line, limit];
        let rows: Vec<HistoryRow> = state.db().all(order::HISTORY, page).await?;
        if let Some(last) = rows.last() {
            self.after = Some(Cursor {
                placed_at: last.placed_at,
                line: last.line,
                order_id: last.order_id.clone(),
            });
        }
        Ok(rows)
    }

    fn segments_of(&mut self, row: &HistoryRow) -> Vec<String> {
        let Some(customer) = customer(row) else { return Vec::new() };
        let list = &self.segments;
        let known = self.of_customer.entry(customer.customer_id.clone());
        known.or_insert_with(|| segments::of(&customer, list)).clone()
    }
}

/// The customer as segments tell them apart.
fn customer(row: &HistoryRow) -> Option<CustomerRow> {
    Some(CustomerRow {
        customer_id: row.customer_id.clone()?,
        name: String::new(),
        country: row.customer_country.clone()?,
        tags: row.tags.clone()?,
        orders: row.orders?,
        spend: row.spend?,
        first_order_at: None,
        last_order_at: None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_cursor_comes_back_as_it_went(placed_at: i64, line: i64, order_id in "[^\\x00]{0,20}") {
            let cursor = Cursor { placed_at, line, order_id };
            prop_assert_eq!(Cursor::parse(&cursor.text()).ok(), Some(cursor));
        }

        #[test]
        fn what_is_no_cursor_is_refused_and_nothing_else_happens(text in ".{0,200}") {
            if let Ok(cursor) = Cursor::parse(&text) {
                prop_assert_eq!(Cursor::parse(&cursor.text()).ok(), Some(cursor));
            }
        }
    }
}
