//! The audit log: read, verify against the heads this console has seen, export.

use std::path::Path;

use api::Page;
use api::audit_log::{AuditEntry, AuditHead, AuditReport};
use serde::{Deserialize, Serialize};
use specta::Type;
use sync::Method;

use crate::{Answer, Console};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct AuditQuery {
    /// Beginning of an act's name: `rules.`, `negotiation.approve`.
    pub what: Option<String>,
    /// Part of who, subject or why.
    pub q: Option<String>,
    pub after: Option<String>,
    /// 1 to 500; 100 unless given.
    pub limit: Option<i32>,
}

#[derive(Serialize)]
struct Heads {
    heads: Vec<AuditHead>,
}

/// Newest first.
pub async fn list(console: &Console, query: AuditQuery) -> Answer<Page<AuditEntry>> {
    let first_page = query.after.is_none() && query.what.is_none() && query.q.is_none();
    let pairs = crate::core::pairs([
        ("what", query.what),
        ("q", query.q),
        ("after", query.after),
        ("limit", Some(query.limit.unwrap_or(100).clamp(1, 500).to_string())),
    ]);
    let page: Page<AuditEntry> = console.service().await?.get("/audit", &pairs).await?;
    if first_page && let Some(newest) = page.items.iter().max_by_key(|e| e.seq) {
        let head = AuditHead { seq: newest.seq, hash: newest.hash.clone() };
        console.witness(&head).await?;
    }
    Ok(page)
}

/// Has the service walk the whole chain, holding it to every head that this console has ever seen:
/// a log that was cut off or rewritten is named.
pub async fn verify(console: &Console) -> Answer<AuditReport> {
    let heads = console.witnessed().await?;
    let report: AuditReport =
        console.service().await?.send(Method::POST, "/audit/verify", &Heads { heads }).await?;
    if report.ok && report.head_seq > 0 {
        let head = AuditHead { seq: report.head_seq, hash: report.head_hash.clone() };
        console.witness(&head).await?;
    }
    Ok(report)
}

/// Writes the whole log to a file, one JSON object a line.
pub async fn export(console: &Console, path: &Path) -> Answer<()> {
    let response = console.service().await?.get_raw("/audit/export", &[]).await?;
    crate::download::save(response, path).await
}
