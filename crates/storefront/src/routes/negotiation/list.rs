//! The queue, and every other list of negotiations.

use api::negotiation::{NegotiationRow, NegotiationState};
use api::{Instant, Page};
use axum::Json;
use axum::extract::Query;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::auth::{Action, StaffCtx};
use crate::catalog::like;
use crate::db::args;
use crate::db::negotiation::{self as rows, QueuedRow};
use crate::error::{AppError, AppResult};
use crate::negotiations::{settings::Settings, shape};
use crate::visitor::Shop;

#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Asked {
    /// One state, or several with commas between.
    state: Option<String>,
    /// Part of a customer's name, a title or a SKU.
    q: Option<String>,
    /// Opened at or after.
    #[param(value_type = Option<String>)]
    from: Option<Instant>,
    /// Opened before.
    #[param(value_type = Option<String>)]
    until: Option<Instant>,
    /// Whether the customer has made an offer.
    offered: Option<bool>,
    /// `next` of the page before.
    after: Option<String>,
    /// 1 to 500; 100 when absent.
    limit: Option<i64>,
}

/// Those that wait for staff first, the oldest breach of the answer target at the top, then by
/// score; the others newest first.
#[utoipa::path(
    get, path = "/v1/stores/{store}/negotiations", tag = "negotiations",
    params(("store" = String, Path,), Asked),
    responses((status = 200, body = Page<NegotiationRow>))
)]
pub(crate) async fn list_negotiations(
    ctx: StaffCtx,
    Query(asked): Query<Asked>,
) -> AppResult<Json<Page<NegotiationRow>>> {
    ctx.may(Action::ReadStore)?;
    let limit = asked.limit.unwrap_or(100);
    if !(1..=500).contains(&limit) {
        return Err(AppError::invalid("limit", "Expected 1 to 500."));
    }
    let mut db = ctx.state.db();
    let shop = Shop::by_id(&mut db, &ctx.store_id).await?;
    let target_s = Settings::load(&mut db, &ctx.store_id).await?.answer_target_s;
    let states = asked.state.as_deref().filter(|s| !s.is_empty()).map(states).transpose()?;
    let words = asked.q.as_deref().filter(|q| !q.trim().is_empty()).map(like);
    let (from, until) = (asked.from.map(Instant::as_ms), asked.until.map(Instant::as_ms));
    let mut filter = args![&ctx.store_id, states, words, from, until];
    filter.push(crate::db::Arg::Bool(asked.offered));
    let (total,): (i64,) = db.one(rows::COUNT, filter.clone()).await?;
    // the order is that of the moment of the first page, so that pages neither repeat nor skip
    let cursor = match &asked.after {
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
        .map(|queued| shape::row(&shop, &queued.row, target_s, now_ms))
        .collect::<AppResult<_>>()?;
    Ok(Json(Page { items, next, total: Some(total) }))
}

/// `a,b` as `,a,b,`, where every one is a state.
fn states(list: &str) -> AppResult<String> {
    for state in list.split(',') {
        serde_json::from_value::<NegotiationState>(state.into()).map_err(|_| {
            let message = "Expected states such as awaiting_staff,bargaining.";
            AppError::invalid("state", message)
        })?;
    }
    Ok(format!(",{list},"))
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
