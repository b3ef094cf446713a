//! Named settings of the store: any JSON, with a revision.

use api::sync::Entity;
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::auth::{Action, StaffCtx};
use crate::checkout::delivery;
use crate::error::{AppError, AppResult};
use crate::http::Command;
use crate::negotiations::settings;
use crate::{document, shop};

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Setting {
    #[schema(value_type = Object)]
    pub(crate) value: Value,
    /// On writing: the revision this edit began from.
    pub(crate) rev: i64,
}

/// One setting; null at revision 0 where it was never set.
#[utoipa::path(
    get, path = "/v1/stores/{store}/settings/{name}", tag = "store",
    params(("store" = String, Path,), ("name" = String, Path,)),
    responses((status = 200, body = Setting))
)]
pub(crate) async fn get_setting(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
) -> AppResult<Json<Setting>> {
    ctx.may(Action::ReadStore)?;
    let name = document_name(&path.1)?;
    let (value, rev) = document::read(&ctx.state, &ctx.store_id, &name).await?;
    Ok(Json(Setting { value, rev }))
}

/// Replaces one setting.
#[utoipa::path(
    put, path = "/v1/stores/{store}/settings/{name}", tag = "store", request_body = Setting,
    params(("store" = String, Path,), ("name" = String, Path,), ("Idempotency-Key" = String, Header,)),
    responses((status = 200, body = Setting), (status = 409, body = api::ErrorBody))
)]
pub(crate) async fn put_setting(
    ctx: StaffCtx,
    Path(path): Path<(String, String)>,
    Command { body, once }: Command<Setting>,
) -> AppResult<(StatusCode, Json<Setting>)> {
    ctx.may(Action::ChangeSettings)?;
    let name = document_name(&path.1)?;
    check(&path.1, &body.value)?;
    let mut write = ctx.write(once).await?;
    let named = (name.as_str(), Entity::Setting, path.1.as_str());
    let rev = document::save(&mut write, named, &body.value, body.rev).await?;
    write.finish(StatusCode::OK, Setting { rev, ..body }).await
}

/// Refuses a value that the service could not read where it reads the setting itself.
pub(crate) fn check(name: &str, value: &Value) -> AppResult<()> {
    match name {
        settings::NAME => settings::Settings::parse(value).map(drop),
        delivery::NAME => delivery::Setting::parse(value).map(drop),
        shop::WIDGET_ORIGINS => shop::origins(value).map(drop),
        _ => Ok(()),
    }
}

/// `setting/NAME`; a name is 1 to 60 lower-case letters, digits, `_` and `-`.
pub(crate) fn document_name(name: &str) -> AppResult<String> {
    let fine = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-';
    if name.is_empty() || name.len() > 60 || !name.bytes().all(fine) {
        let message = "1 to 60 lower-case letters, digits, hyphens and underscores.";
        return Err(AppError::invalid("name", message));
    }
    Ok(format!("setting/{name}"))
}
