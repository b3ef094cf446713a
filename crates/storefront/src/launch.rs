//! Launch constraints and the checklist that ends in "go live".

use api::store::{Checklist, ChecklistItem, LaunchConstraints};
use serde_json::Value;

use crate::db::{args, product, store};
use crate::document;
use crate::error::{AppError, AppResult};
use crate::state::AppState;

pub(crate) const DOCUMENT: &str = "launch";

pub(crate) async fn read(state: &AppState, store_id: &str) -> AppResult<LaunchConstraints> {
    let (body, rev) = document::read(state, store_id, DOCUMENT).await?;
    parse(body, rev)
}

pub(crate) fn parse(body: Value, rev: i64) -> AppResult<LaunchConstraints> {
    if body.is_null() {
        return Ok(LaunchConstraints::default());
    }
    let launch: LaunchConstraints = serde_json::from_value(body).map_err(AppError::internal)?;
    Ok(LaunchConstraints { rev, ..launch })
}

/// What is given must be right; what is not given yet may be absent.
pub(crate) fn check(launch: &LaunchConstraints, currency: &str) -> AppResult<()> {
    if let Some(day) = &launch.go_live_on
        && day.parse::<jiff::civil::Date>().is_err()
    {
        return Err(AppError::invalid("go_live_on", "A date such as 2026-11-20."));
    }
    if launch.categories.len() > 1_000 {
        return Err(AppError::invalid("categories", "At most 1,000 categories."));
    }
    for path in &launch.categories {
        commerce::CategoryPath::parse(path)
            .map_err(|error| AppError::invalid("categories", error.to_string()))?;
    }
    let budget = launch.daily_discount_budget.as_ref();
    if budget.is_some_and(|m| m.minor < 0 || m.currency != currency) {
        let message = format!("An amount of zero or more in {currency}.");
        return Err(AppError::invalid("daily_discount_budget", message));
    }
    Ok(())
}

/// What stands between the store and going live.
pub(crate) async fn checklist(state: &AppState, store_id: &str) -> AppResult<Checklist> {
    let db = state.db();
    let row: store::StoreRow = db.one(store::BY_ID, args![store_id]).await?;
    let live = row.live;
    let profile = crate::routes::store::to_wire(row)?.profile;
    let filled = [
        ("a name", !profile.name.is_empty()),
        ("a currency", !profile.currency.is_empty()),
        ("a time zone", !profile.timezone.is_empty()),
        ("a country", !profile.country.is_empty()),
        ("a contact address", !profile.contact_email.is_empty()),
    ];
    let live_products = args![store_id, None::<&str>, None::<&str>, "live", None::<&str>];
    let (products,): (i64,) = db.one(product::COUNT, live_products).await?;
    let (_, segments_rev) = document::read(state, store_id, crate::segments::DOCUMENT).await?;
    let launch = read(state, store_id).await?;
    let (active,): (i64,) = db.one(store::ACTIVE_RULE_SETS, args![store_id]).await?;
    let limits = [
        ("at least one category that may be bargained on", !launch.categories.is_empty()),
        ("who approves what the bot may not decide", launch.approver_role.is_some()),
    ];
    let items = vec![
        item("store", &filled),
        item("catalog", &[("at least one published product", products > 0)]),
        item("segments", &[("saving the segments, even with none", segments_rev > 0)]),
        item("launch", &limits),
        item("rules", &[("an active rule set", active > 0)]),
    ];
    let ready = items.iter().all(|item| item.done);
    Ok(Checklist { items, ready, live })
}

fn item(key: &str, needs: &[(&str, bool)]) -> ChecklistItem {
    let missing: Vec<_> = needs.iter().filter(|(_, there)| !there).map(|(what, _)| *what).collect();
    let done = missing.is_empty();
    ChecklistItem { key: key.to_owned(), done, missing: missing.join(", ") }
}
