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

/// What is left of stores that are not there: their id, and a report that names the loss. A store
/// is never deleted, so its row was taken out of the database.
pub async fn orphaned(db: &Db, now: jiff::Timestamp) -> AppResult<Vec<(String, AuditReport)>> {
    let rows: Vec<(String, i64)> = db.all(audit_log::ORPHANED, vec![]).await?;
    let report = |(store_id, entries): (String, i64)| {
        let message = "The store that these entries are of is not there: it was taken out.";
        let gone = AuditFault { seq: 0, kind: "missing".into(), message: message.into() };
        let report = AuditReport {
            ok: false,
            entries,
            head_seq: 0,
            head_hash: String::new(),
            faults: vec![gone],
            checked_at: now.into(),
        };
        (store_id, report)
    };
    Ok(rows.into_iter().map(report).collect())
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
    // entries are numbered from 1: what was put before that is found, too
    let mut after = i64::MIN;
    loop {
        let rows = page(db, store_id, after).await?;
        let Some((last, _)) = rows.last() else { break };
        after = *last;
        for (_, row) in &rows {
            verifier.line(row.as_ref().map_or("", |row| &row.entry));
            faults.extend(row.as_ref().and_then(beside));
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

/// The next rows, each with its number; `None` for one that is no text any more.
async fn page(db: &Db, store_id: &str, after: i64) -> AppResult<Vec<(i64, Option<AuditRow>)>> {
    let page = args![store_id, after, ROWS_AT_ONCE];
    if let Ok(rows) = db.all::<AuditRow>(audit_log::AFTER, page).await {
        return Ok(rows.into_iter().map(|row| (row.seq, Some(row))).collect());
    }
    let numbers: Vec<(i64,)> =
        db.all(audit_log::SEQS, args![store_id, after, ROWS_AT_ONCE]).await?;
    let mut rows = Vec::with_capacity(numbers.len());
    for (seq,) in numbers {
        let row = db.maybe::<AuditRow>(audit_log::AT, args![store_id, seq]).await;
        rows.push((seq, row.ok().flatten()));
    }
    Ok(rows)
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
