//! Reads a store's audit chain from its beginning and says what does not hold. Witnesses are the
//! heads that consoles have seen, and the head that the store's own row remembers.

use api::audit_log::{AuditFault, AuditHead, AuditReport};

use crate::db::audit_log::{self, AuditRow};
use crate::db::{Db, args, store};
use crate::error::{AppError, AppResult};

const ROWS_AT_ONCE: i64 = 1_000;

/// Every store's id and slug.
pub async fn stores(db: &Db) -> AppResult<Vec<(String, String)>> {
    let rows: Vec<store::StoreRow> = db.all(store::ALL, vec![]).await?;
    Ok(rows.into_iter().map(|row| (row.store_id, row.slug)).collect())
}

/// Checks the chain of one store.
pub async fn verify(
    db: &Db,
    store_id: &str,
    heads: &[AuditHead],
    now: jiff::Timestamp,
) -> AppResult<AuditReport> {
    let (kept_seq, kept_hash): (i64, String) = db
        .maybe(audit_log::HEAD, args![store_id])
        .await?
        .ok_or_else(|| AppError::not_found("store"))?;
    let mut unreadable = Vec::new();
    let mut witnesses = Vec::new();
    let kept = AuditHead { seq: kept_seq, hash: kept_hash };
    for (head, whose) in
        std::iter::once((&kept, "the store's row")).chain(heads.iter().map(|h| (h, "a console")))
    {
        match witness(head) {
            Some(head) => witnesses.push(head),
            None => unreadable.push(AuditFault {
                seq: head.seq,
                kind: "unreadable".into(),
                message: format!("The head that {whose} kept is not a head: it was changed."),
            }),
        }
    }
    let genesis = audit::Head::genesis(store_id);
    let mut verifier = audit::Verifier::new(genesis, &witnesses);
    let mut faults = unreadable;
    let mut after = 0;
    loop {
        let page = args![store_id, after, ROWS_AT_ONCE];
        let rows: Vec<AuditRow> = db.all(audit_log::AFTER, page).await?;
        let Some(last) = rows.last() else { break };
        after = last.seq;
        for row in &rows {
            verifier.line(&row.entry);
            faults.extend(beside(row));
        }
    }
    let report = verifier.finish();
    faults.extend(report.faults.iter().map(to_wire));
    faults.sort_by_key(|fault| fault.seq);
    Ok(AuditReport {
        ok: faults.is_empty(),
        entries: i64::try_from(report.count).unwrap_or(i64::MAX),
        head_seq: i64::try_from(report.head.seq).unwrap_or(i64::MAX),
        head_hash: report.head.hash.to_string(),
        faults,
        checked_at: now.into(),
    })
}

fn witness(head: &AuditHead) -> Option<audit::Head> {
    Some(audit::Head { seq: u64::try_from(head.seq).ok()?, hash: head.hash.parse().ok()? })
}

/// The columns beside an entry must say what the entry says.
fn beside(row: &AuditRow) -> Option<AuditFault> {
    let entry = audit::Entry::from_line(&row.entry).ok()?;
    let same = i64::try_from(entry.seq) == Ok(row.seq)
        && entry.what == row.what
        && entry.hash.to_string() == row.hash;
    if same {
        return None;
    }
    let message = format!("Entry {}: a column beside the entry was changed.", row.seq);
    Some(AuditFault { seq: row.seq, kind: "changed".into(), message })
}

fn to_wire(fault: &audit::Fault) -> AuditFault {
    let kind = match fault.check {
        audit::Check::Unreadable => "unreadable",
        audit::Check::Content | audit::Check::Replaced | audit::Check::Rewritten => "changed",
        audit::Check::Missing => "missing",
        audit::Check::Reordered | audit::Check::Repeated => "reordered",
        audit::Check::CutOff => "cut_off",
    };
    let seq = i64::try_from(fault.seq).unwrap_or(i64::MAX);
    AuditFault { seq, kind: kind.into(), message: fault.explain.clone() }
}
