//! The dashboard and home. Every figure is a count or sum of rows that a list gives for the same
//! stretch; a numerator is counted among its denominator's rows, so no share passes 100 %.

mod days;
mod home;
mod sums;

use api::Instant;
use api::analytics::{Dashboard, DayFigures, FunnelStep};

use crate::auth::StaffCtx;
use crate::db::Db;
use crate::db::args;
use crate::db::negotiation::{self as rows, CountedRow};
use crate::db::order::{self, SoldRow};
use crate::error::{AppError, AppResult};
use crate::visitor::Shop;

use days::Stretch;
pub(crate) use home::home;
use sums::Sums;
pub(crate) use sums::percent;

/// Days of one dashboard at most.
const DAYS_MAX: usize = 1_100;

/// Figures of `[from, until)`, of as long a stretch before it, and a row a store-zone day.
pub(crate) async fn dashboard(
    ctx: &StaffCtx,
    from: Instant,
    until: Instant,
) -> AppResult<Dashboard> {
    let mut db = ctx.state.db();
    let shop = Shop::by_id(&mut db, &ctx.store_id).await?;
    let stretch = Stretch { from: from.as_ms(), until: until.as_ms() };
    if stretch.from >= stretch.until {
        return Err(AppError::invalid("until", "Expected a moment after from."));
    }
    let days = days::of(stretch, &shop.zone(), DAYS_MAX)?;
    let before = days::before(stretch, &shop.zone())?;
    let (now_sums, by_day) = sums_of(db, &shop, stretch, Some(&days)).await?;
    let (before_sums, _) = sums_of(db, &shop, before, None).await?;
    Ok(Dashboard {
        from,
        until,
        now: now_sums.figures(&shop),
        before: before_sums.figures(&shop),
        days: days
            .iter()
            .zip(by_day)
            .map(|(day, sums)| DayFigures { day: day.name.clone(), figures: sums.figures(&shop) })
            .collect(),
        funnel: funnel(&now_sums),
    })
}

fn funnel(sums: &Sums) -> Vec<FunnelStep> {
    [
        ("opened", sums.negotiations),
        ("offered", sums.offered),
        ("agreed", sums.agreed),
        ("redeemed", sums.redeemed),
    ]
    .into_iter()
    .map(|(key, count)| FunnelStep { key: key.to_owned(), count })
    .collect()
}

/// The sums of a stretch, and of each of its days where days are given.
async fn sums_of(
    db: &Db,
    shop: &Shop,
    stretch: Stretch,
    days: Option<&[days::Day]>,
) -> AppResult<(Sums, Vec<Sums>)> {
    let key = args![&shop.store_id, stretch.from, stretch.until];
    let negotiations: Vec<CountedRow> = db.all(rows::IN_STRETCH, key.clone()).await?;
    let orders: Vec<SoldRow> = db.all(order::SOLD_IN_STRETCH, key).await?;
    let mut whole = Sums::default();
    let mut by_day = vec![Sums::default(); days.map_or(0, <[days::Day]>::len)];
    let day_of = |at: i64| days.and_then(|days| days::index(days, at));
    for row in &negotiations {
        whole.negotiation(row);
        if let Some(day) = day_of(row.opened_at).and_then(|at| by_day.get_mut(at)) {
            day.negotiation(row);
        }
    }
    for row in &orders {
        whole.order(row);
        if let Some(day) = day_of(row.placed_at).and_then(|at| by_day.get_mut(at)) {
            day.order(row);
        }
    }
    Ok((whole, by_day))
}
