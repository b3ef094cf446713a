//! Putting an approved version in shadow, and taking it out again. One set a store at a time.

use api::error::ErrorCode;
use api::rules::ShadowRequest;
use axum::http::StatusCode;
use serde_json::json;

use super::review::Standing;
use super::step::{fence, find, said, step};
use super::table::{self, Act};
use super::{Answer, whole};
use crate::auth::StaffCtx;
use crate::db::args;
use crate::db::rule_set::{self, RuleSetRow};
use crate::error::{AppError, AppResult};
use crate::write::Once;

pub(crate) async fn put(
    ctx: &StaffCtx,
    id: &str,
    asked: ShadowRequest,
    once: Once,
) -> AppResult<Answer> {
    let mut write = ctx.write(once).await?;
    let row = find(&mut write, id).await?;
    fence(&row, asked.base_rev)?;
    let (act, what) = match asked.on {
        true => (Act::BeginShadow, "rules.begin_shadow"),
        false => (Act::EndShadow, "rules.end_shadow"),
    };
    table::after(&row, act)?;
    if asked.on {
        let store_id = write.store_id.clone();
        if !Standing::load(&mut write, &store_id, id).await?.is_approved() {
            let message = "This version is not approved yet: a review comes first.";
            return Err(
                AppError::refuse(ErrorCode::NotAllowedNow, message).with("state", &row.state)
            );
        }
        let other: Option<RuleSetRow> = write.maybe(rule_set::SHADOW, args![&store_id]).await?;
        if let Some(other) = other {
            let version = other.version.unwrap_or(0);
            let message = format!("Version {version} is in shadow. Take it out first.");
            return Err(AppError::refuse(ErrorCode::NotAllowedNow, message)
                .with("state", &row.state)
                .with("version", version));
        }
    }
    let after = step(&mut write, &row, act, |_| ()).await?;
    said(&mut write, what, (&row, &after), json!({}), "").await?;
    write.finish(StatusCode::OK, whole(after)?).await
}
