//! Imports a catalogue file, or says what importing it would do.

use api::catalog::{ImportFormat, ImportReport};
use api::error::ErrorCode;
use axum::Json;
use axum::body::Bytes;
use axum::extract::OriginalUri;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode};
use commerce::catalog_file::BYTES_MAX;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::auth::{Action, StaffCtx};
use crate::catalog::save::parse_currency;
use crate::catalog::{import, run};
use crate::db::{args, store};
use crate::error::{AppError, AppResult};
use crate::http::Query;
use crate::http::command::{fingerprint, idempotency_key};
use crate::write::Once;

#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Asked {
    /// Told from the header row when absent.
    format: Option<ImportFormat>,
    /// Only say what would happen.
    #[serde(default)]
    dry_run: bool,
    /// New products, and drafts that the file names, go on sale.
    #[serde(default)]
    publish: bool,
}

/// Brings products in from CSV: Souk's own layout or Shopify's product export, at most 50 MB and
/// 200,000 rows. Rows that are wrong are told by line and left out; the others come in, a thousand at a
/// time, so that other work goes on (`GET …/catalog/imports/under-way` says how far it is). It goes on
/// where the caller goes away or the service stops, and the same request again gives its answer. One at
/// a time in a store. A cell without description, tags or image takes nothing away.
#[utoipa::path(
    post, path = "/v1/stores/{store}/catalog/import", tag = "catalogue",
    request_body(content = String, content_type = "text/csv"),
    params(
        ("store" = String, Path,), Asked,
        ("Idempotency-Key" = Option<String>, Header, description = "Needed unless `dry_run`."),
    ),
    responses(
        (status = 200, body = ImportReport), (status = 400, body = api::ErrorBody),
        (status = 409, body = api::ErrorBody), (status = 413, body = api::ErrorBody)
    )
)]
pub(crate) async fn import_catalog(
    ctx: StaffCtx,
    OriginalUri(uri): OriginalUri,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> AppResult<(StatusCode, Json<ImportReport>)> {
    ctx.may(Action::ChangeCatalog)?;
    let bytes = body.map_err(|_| too_large())?;
    let db = ctx.state.db();
    let store: store::StoreRow = db.one(store::BY_ID, args![&ctx.store_id]).await?;
    let currency = parse_currency(&store.currency)?;
    if asked.dry_run {
        let preview = import::read(bytes, asked.format, currency, asked.publish).await?;
        let report = import::survey(db, &ctx.store_id, &preview, asked.publish).await?;
        return Ok((StatusCode::OK, Json(report)));
    }
    let key = idempotency_key(&headers)?;
    let (target, whole) = (format!("POST {uri}"), bytes.clone());
    let hashing = tokio::task::spawn_blocking(move || fingerprint(&target, &whole));
    let once = Once { key, fingerprint: hashing.await.map_err(AppError::internal)? };
    let file = run::Asked {
        store_id: ctx.store_id.clone(),
        currency,
        actor: ctx.actor.clone(),
        once: Some(once),
        file: bytes,
        format: asked.format,
        publish: asked.publish,
    };
    run::import(&ctx.state, file, Box::new(|_, _| ())).await
}

fn too_large() -> AppError {
    let message = format!("The file is larger than {BYTES_MAX} bytes, or was cut short: split it.");
    AppError::refuse(ErrorCode::TooLarge, message).with("field", "file")
}
