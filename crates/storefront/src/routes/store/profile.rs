//! Changes a store's profile.

use api::store::{ProfileChange, Store};
use api::sync::Entity;
use axum::Json;
use axum::http::StatusCode;
use serde_json::json;

use crate::auth::{Action, StaffCtx};
use crate::db::{args, store};
use crate::error::{AppError, AppResult};
use crate::http::Command;
use crate::write::{Audited, Write};

/// Replaces the profile. A half-filled one is kept; the checklist says what is missing.
#[utoipa::path(
    put, path = "/v1/stores/{store}/profile", tag = "store", request_body = ProfileChange,
    params(("store" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = Store), (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn change_profile(
    ctx: StaffCtx,
    Command { body, once }: Command<ProfileChange>,
) -> AppResult<(StatusCode, Json<Store>)> {
    ctx.may(Action::ChangeStore)?;
    let mut write = ctx.write(once).await?;
    let saved = save(&mut write, body).await?;
    write.finish(StatusCode::OK, saved).await
}

/// Saves the profile within a write; sync pushes come here too.
pub(crate) async fn save(write: &mut Write, change: ProfileChange) -> AppResult<Store> {
    super::check_profile(&change.profile)?;
    let id = write.store_id.clone();
    let row: Option<store::StoreRow> = write.maybe(store::BY_ID, args![&id]).await?;
    let before = super::to_wire(row.ok_or_else(|| AppError::not_found("store"))?)?;
    keep_currency(write, &before.profile.currency, &change.profile.currency).await?;
    let profile = serde_json::to_string(&change.profile).map_err(AppError::internal)?;
    let row = args![&id, change.base_rev, profile, &change.profile.currency];
    if write.run(store::SAVE_PROFILE, row).await? == 0 {
        return Err(AppError::conflict(before.rev));
    }
    write.changed(Entity::Store, "profile", before.rev + 1).await?;
    let said = Audited {
        what: "store.profile",
        subject: format!("store/{id}"),
        before: json!(before.profile),
        after: json!(change.profile),
        ..Audited::default()
    };
    write.audit(said).await?;
    Ok(Store { profile: change.profile, rev: before.rev + 1, ..before })
}

/// Amounts are kept as minor units without their currency: another one would make £12.00 ¥1200.
async fn keep_currency(write: &mut Write, was: &str, wanted: &str) -> AppResult<()> {
    if was == wanted {
        return Ok(());
    }
    let key = args![&write.store_id];
    let fixed: Option<(String,)> = write.maybe(store::HAS_AMOUNTS, key).await?;
    if fixed.is_none() {
        return Ok(());
    }
    let message = format!("The currency stays {was}: products and orders have amounts in it.");
    Err(AppError::invalid("currency", message))
}
