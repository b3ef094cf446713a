//! The audit log: read, verify, export.

use api::Page;
use api::audit_log::{AuditEntry, AuditHead, AuditReport};
use axum::Json;
use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use crate::auth::{Action, StaffCtx};
use crate::catalog::like;
use crate::db::audit_log::{self, AuditRow};
use crate::db::{DbError, args};
use crate::error::{AppError, AppResult};
use crate::http::{Query, Question};
use crate::state::AppState;
use crate::write::Audited;

/// Entries of an export read at a time.
const LINES_AT_ONCE: i64 = 1_000;

#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Asked {
    /// The beginning of what was done: `negotiation`, `rules.activate`.
    what: Option<String>,
    /// Text anywhere in the entry.
    q: Option<String>,
    /// `next` of the page before.
    after: Option<i64>,
    /// 1 to 500; 100 when absent.
    limit: Option<i64>,
}

/// Entries, newest first.
#[utoipa::path(
    get, path = "/v1/stores/{store}/audit", tag = "audit",
    params(("store" = String, Path,), Asked), responses((status = 200, body = Page<AuditEntry>))
)]
pub(crate) async fn list_audit(
    ctx: StaffCtx,
    Query(asked): Query<Asked>,
) -> AppResult<Json<Page<AuditEntry>>> {
    ctx.may(Action::ReadAudit)?;
    let limit = asked.limit.unwrap_or(100);
    if !(1..=500).contains(&limit) {
        return Err(AppError::invalid("limit", "Expected 1 to 500."));
    }
    let text = |s: Option<String>| s.filter(|s| !s.trim().is_empty());
    let what = text(asked.what).map(|w| like(&w).trim_start_matches('%').to_owned());
    let words = text(asked.q).map(|q| like(&q));
    let before = asked.after.unwrap_or(i64::MAX);
    let page = args![&ctx.store_id, before, what, words, limit];
    let rows: Vec<AuditRow> = ctx.state.db().all(audit_log::BEFORE, page).await?;
    let full = i64::try_from(rows.len()).is_ok_and(|n| n == limit);
    let next = rows.last().filter(|row| full && row.seq > 1).map(|row| row.seq.to_string());
    let (total,): (i64,) = ctx.state.db().one(audit_log::COUNT, args![&ctx.store_id]).await?;
    let items = rows.iter().map(to_wire).collect();
    Ok(Json(Page { items, next, total: Some(total) }))
}

/// An entry that cannot be read is shown as such, not left out.
fn to_wire(row: &AuditRow) -> AuditEntry {
    let read = audit::Entry::from_line(&row.entry);
    let text = |value: &serde_json::Value| {
        if value.is_null() { String::new() } else { value.to_string() }
    };
    match read {
        Ok(entry) => AuditEntry {
            seq: row.seq,
            at: entry.at.into(),
            before: text(&entry.before),
            after: text(&entry.after),
            who: entry.who,
            role: entry.role,
            what: entry.what,
            subject: entry.subject,
            why: entry.why.unwrap_or_default(),
            rule_set_version: entry.rule_set_version.and_then(|v| i32::try_from(v).ok()),
            epoch: entry.epoch.and_then(|v| i32::try_from(v).ok()),
            hash: row.hash.clone(),
        },
        Err(error) => AuditEntry {
            seq: row.seq,
            at: api::Instant::from_ms(0),
            who: "?".into(),
            role: "?".into(),
            what: row.what.clone(),
            subject: "unreadable".into(),
            before: String::new(),
            after: String::new(),
            why: error.to_string(),
            rule_set_version: None,
            epoch: None,
            hash: row.hash.clone(),
        },
    }
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Verify {
    /// Heads that the asker has seen; at most 1,000.
    #[serde(default)]
    heads: Vec<AuditHead>,
}

/// Reads the whole chain and names what does not hold.
#[utoipa::path(
    post, path = "/v1/stores/{store}/audit/verify", tag = "audit", request_body = Verify,
    params(("store" = String, Path,)), responses((status = 200, body = AuditReport))
)]
pub(crate) async fn verify_audit(
    ctx: StaffCtx,
    Question(asked): Question<Verify>,
) -> AppResult<Json<AuditReport>> {
    ctx.may(Action::ReadAudit)?;
    if asked.heads.len() > 1_000 {
        return Err(AppError::invalid("heads", "At most 1,000 heads."));
    }
    let (db, now) = (ctx.state.db(), ctx.state.now());
    Ok(Json(crate::audit_check::verify(db, &ctx.store_id, &asked.heads, now).await?))
}

/// The whole chain as JSON lines, one entry each in its canonical spelling. The export itself is
/// audited first.
#[utoipa::path(
    get, path = "/v1/stores/{store}/audit/export", tag = "audit",
    params(("store" = String, Path,)),
    responses((status = 200, body = String, content_type = "application/jsonl"))
)]
pub(crate) async fn export_audit(ctx: StaffCtx) -> AppResult<Response> {
    ctx.may(Action::ReadAudit)?;
    let mut write =
        crate::write::Write::begin(&ctx.state, &ctx.store_id, ctx.actor.clone(), None).await?;
    let subject = format!("store/{}", ctx.store_id);
    let after = json!({ "format": "jsonl" });
    write.audit(Audited { what: "audit.export", subject, after, ..Audited::default() }).await?;
    write.commit().await?;
    let headers = [
        (header::CONTENT_TYPE, "application/jsonl"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.jsonl\""),
    ];
    let lines = Body::from_stream(lines(ctx.state, ctx.store_id));
    Ok((headers, lines).into_response())
}

/// The chain, some entries at a time. A read that fails breaks the answer off, so that no shorter
/// chain is taken for the whole.
fn lines(
    state: AppState,
    store_id: String,
) -> impl Stream<Item = Result<String, DbError>> + Send + 'static {
    stream::try_unfold((state, store_id, 0_i64), |(state, store_id, after)| async move {
        let page = args![&store_id, after, LINES_AT_ONCE];
        let rows: Vec<AuditRow> = state.db().all(audit_log::AFTER, page).await?;
        let Some(last) = rows.last().map(|row| row.seq) else { return Ok(None) };
        let lines: String = rows.into_iter().map(|row| row.entry + "\n").collect();
        Ok(Some((lines, (state, store_id, last))))
    })
}
