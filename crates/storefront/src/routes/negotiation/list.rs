//! The queue, and every other list of negotiations.

use api::Page;
use api::negotiation::{NegotiationRow, NegotiationState};
use axum::Json;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::auth::{Action, StaffCtx};
use crate::db::args;
use crate::db::negotiation::{self as rows, QueuedRow};
use crate::error::{AppError, AppResult};
use crate::http::Query;
use crate::http::listing::Listed;
use crate::negotiations::{settings::Settings, shape};
use crate::visitor::Shop;

#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Asked {
    /// Whether the customer has made an offer.
    offered: Option<bool>,
}

/// Those that wait for staff first, the oldest breach of the answer target at the top, then by
/// score; the others newest first.
#[utoipa::path(
    get, path = "/v1/stores/{store}/negotiations", tag = "negotiations",
    params(("store" = String, Path,), Listed, Asked),
    responses((status = 200, body = Page<NegotiationRow>))
)]
pub(crate) async fn list_negotiations(
    ctx: StaffCtx,
    Query(list): Query<Listed>,
    Query(asked): Query<Asked>,
) -> AppResult<Json<Page<NegotiationRow>>> {
    ctx.may(Action::ReadStore)?;
    let limit = list.limit()?;
    let mut db = ctx.state.db();
    let shop = Shop::by_id(&mut db, &ctx.store_id).await?;
    let target_s = Settings::load(&mut db, &ctx.store_id).await?.answer_target_s;
    let mut filter = list.filter(&ctx.store_id, is_state)?;
    filter.push(crate::db::Arg::Bool(asked.offered));
    filter.extend(args![ctx.allows(Action::ReadCustomers)]);
    let (total,): (i64,) = db.one(rows::COUNT, filter.clone()).await?;
    // the order is that of the moment of the first page, so that pages neither repeat nor skip
    let cursor = match &list.after {
        Some(after) => Cursor::read(after)?,
        None => Cursor { at: ctx.state.now_ms(), k1: -1, k2: 0, id: String::new() },
    };
    filter.extend(args![cursor.at - target_s * 1000, cursor.at]);
    filter.extend(args![cursor.k1, cursor.k2, &cursor.id, limit]);
    let found: Vec<QueuedRow> = db.all(rows::QUEUE, filter).await?;
    let full = i64::try_from(found.len()).is_ok_and(|n| n == limit);
    let next = found.last().filter(|_| full).map(|last| {
        let id = last.row.negotiation_id.clone();
        Cursor { at: cursor.at, k1: last.k1, k2: last.k2, id }.write()
    });
    let now_ms = ctx.state.now_ms();
    let items = found
        .iter()
        .map(|queued| Ok(shape::row_for(&ctx, shape::row(&shop, &queued.row, target_s, now_ms)?)))
        .collect::<AppResult<_>>()?;
    Ok(Json(Page { items, next, total: Some(total) }))
}

fn is_state(word: &str) -> Result<(), String> {
    serde_json::from_value::<NegotiationState>(word.into())
        .map(drop)
        .map_err(|_| "Expected states such as awaiting_staff,bargaining.".to_owned())
}

struct Cursor {
    at: i64,
    k1: i64,
    k2: i64,
    id: String,
}

impl Cursor {
    fn read(text: &str) -> AppResult<Self> {
        let wrong = || AppError::invalid("after", "Expected `next` of the page before.");
        let mut parts = text.splitn(4, '.');
        let mut number = || parts.next()?.parse::<i64>().ok();
        let (at, k1, k2) = (number(), number(), number());
        let id = parts.next().ok_or_else(wrong)?.to_owned();
        Ok(Self {
            at: at.filter(|at| (0..=253_402_300_800_000).contains(at)).ok_or_else(wrong)?,
            k1: k1.ok_or_else(wrong)?,
            k2: k2.ok_or_else(wrong)?,
            id,
        })
    }

    fn write(&self) -> String {
        format!("{}.{}.{}.{}", self.at, self.k1, self.k2, self.id)
    }
}
