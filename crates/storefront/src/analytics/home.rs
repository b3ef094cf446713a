//! Home: what needs a person now, and today beside the same weekday last week, as far as today is.

use api::Instant;
use api::analytics::{Home, Need};
use jiff::ToSpan;

use super::days::{Stretch, start_of, zoned};
use super::sums_of;
use crate::auth::{Action, StaffCtx};
use crate::db::negotiation::{self as rows, NegotiationRow};
use crate::db::rule_set::{self, ListedRow};
use crate::db::{args, order};
use crate::error::{AppError, AppResult};
use crate::negotiations::settings::Settings;
use crate::visitor::Shop;

const ESCALATIONS_SHOWN: i64 = 5;
/// Fewer units than this are low.
const LOW_STOCK: i64 = 5;
const LOW_STOCK_SHOWN: i64 = 3;
const DRAFTS_SHOWN: i64 = 3;

pub(crate) async fn home(ctx: &StaffCtx) -> AppResult<Home> {
    let mut db = ctx.state.db();
    let shop = Shop::by_id(&mut db, &ctx.store_id).await?;
    let (zone, now_ms) = (shop.zone(), ctx.state.now_ms());
    let now = zoned(now_ms, &zone)?;
    let today = Stretch { from: start_of(now.date(), &zone)?, until: now_ms + 1 };
    let then = now.checked_sub(1.week()).map_err(AppError::internal)?;
    let same = Stretch {
        from: start_of(then.date(), &zone)?,
        until: then.timestamp().as_millisecond() + 1,
    };
    let mut needs = escalations(ctx, &shop, now_ms).await?;
    needs.extend(checklist(ctx, &shop).await?);
    needs.extend(low_stock(ctx).await?);
    needs.extend(drafts(ctx).await?);
    let active: Option<(Option<i64>,)> =
        db.maybe(rule_set::ACTIVE_VERSION, args![&ctx.store_id]).await?;
    Ok(Home {
        needs,
        today: sums_of(db, &shop, today, None).await?.0.figures(&shop),
        same_weekday: sums_of(db, &shop, same, None).await?.0.figures(&shop),
        live: shop.live,
        paused: shop.paused,
        active_rule_set: active.and_then(|(version,)| version),
    })
}

async fn escalations(ctx: &StaffCtx, shop: &Shop, now_ms: i64) -> AppResult<Vec<Need>> {
    let mut db = ctx.state.db();
    let target_ms = Settings::load(&mut db, &ctx.store_id).await?.answer_target_s * 1000;
    let waiting: Vec<NegotiationRow> =
        db.all(rows::WAITING, args![&ctx.store_id, ESCALATIONS_SHOWN]).await?;
    let named = ctx.allows(Action::ReadCustomers);
    let need = |row: NegotiationRow| {
        let since = row.waiting_since.unwrap_or(row.updated_at);
        let offer = row.last_offer.and_then(|offer| shop.money(offer).ok());
        let offer = offer.map(|offer| {
            let language = negotiation::Language::En;
            format!(", offers {}", negotiation::wording::format_money(offer, language))
        });
        Need {
            kind: "escalation".to_owned(),
            level: if since + target_ms <= now_ms { "bad" } else { "warn" }.to_owned(),
            title: format!(
                "{} waits for an answer",
                if named { &row.customer_name } else { "A customer" }
            ),
            detail: format!("{} × {}{}", row.quantity, row.title, offer.unwrap_or_default()),
            link: format!("/negotiations/{}", row.negotiation_id),
            since: Some(Instant::from_ms(since)),
        }
    };
    Ok(waiting.into_iter().map(need).collect())
}

async fn checklist(ctx: &StaffCtx, shop: &Shop) -> AppResult<Vec<Need>> {
    if shop.live {
        return Ok(vec![]);
    }
    let list = crate::launch::checklist(&ctx.state, &ctx.store_id).await?;
    let missing: Vec<String> =
        list.items.iter().filter(|item| !item.done).map(|item| item.missing.clone()).collect();
    let (level, title, detail) = if list.ready {
        ("info", "Everything is ready to go live", "The shop opens when you say so.".to_owned())
    } else {
        ("warn", "The shop is not live yet", format!("Missing: {}.", missing.join("; ")))
    };
    Ok(vec![Need {
        kind: "checklist".to_owned(),
        level: level.to_owned(),
        title: title.to_owned(),
        detail,
        link: "/onboarding".to_owned(),
        since: None,
    }])
}

async fn low_stock(ctx: &StaffCtx) -> AppResult<Vec<Need>> {
    let db = ctx.state.db();
    let (count,): (i64,) = db.one(order::LOW_STOCK_COUNT, args![&ctx.store_id, LOW_STOCK]).await?;
    let low: Vec<(String, String, i64)> =
        db.all(order::LOW_STOCK, args![&ctx.store_id, LOW_STOCK, LOW_STOCK_SHOWN]).await?;
    let mut needs: Vec<Need> = Vec::new();
    for (sku, title, stock) in &low {
        needs.push(Need {
            kind: "low_stock".to_owned(),
            level: if *stock <= 0 { "bad" } else { "warn" }.to_owned(),
            title: match stock {
                ..=0 => format!("{title} is sold out"),
                1 => format!("One of {title} is left"),
                left => format!("{left} of {title} are left"),
            },
            detail: format!("SKU {sku}"),
            link: format!("/catalog/{sku}"),
            since: None,
        });
    }
    let more = count - i64::try_from(low.len()).unwrap_or(0);
    if more > 0 {
        needs.push(Need {
            kind: "low_stock".to_owned(),
            level: "info".to_owned(),
            title: format!("{more} more products are low on stock"),
            detail: format!("{LOW_STOCK} units or fewer"),
            link: "/catalog".to_owned(),
            since: None,
        });
    }
    Ok(needs)
}

async fn drafts(ctx: &StaffCtx) -> AppResult<Vec<Need>> {
    let newest = args![&ctx.store_id, DRAFTS_SHOWN];
    let drafts: Vec<ListedRow> = ctx.state.db().all(rule_set::DRAFTS, newest).await?;
    let need = |set: ListedRow| Need {
        kind: "draft".to_owned(),
        level: "info".to_owned(),
        title: format!("{} is a draft", set.name),
        detail: format!("{} rules, last changed by {}", set.rules, set.author),
        link: format!("/pricing/{}", set.rule_set_id),
        since: Some(Instant::from_ms(set.updated_at)),
    };
    Ok(drafts.into_iter().map(need).collect())
}
