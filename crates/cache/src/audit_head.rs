//! Heads of the audit chain that this console has seen. The service must hold every one of them
//! for ever; they stand here, outside its database, as witnesses.

use api::audit_log::AuditHead;

use crate::{Cache, Result, Tx};

/// Enough for years of daily use; the oldest go first, but the very first stays.
const HEADS_MAX: i64 = 2_000;

/// All heads seen of a store, oldest first.
pub async fn heads(cache: &Cache, store_id: &str) -> Result<Vec<AuditHead>> {
    let rows: Vec<(i64, String)> = sqlx::query_as(
        "SELECT seq, hash FROM audit_heads WHERE store_id = ? ORDER BY seq, seen_at",
    )
    .bind(store_id)
    .fetch_all(&cache.read)
    .await?;
    Ok(rows.into_iter().map(|(seq, hash)| AuditHead { seq, hash }).collect())
}

impl Tx {
    /// Keeps a head. Another hash under the same number is kept beside it: that is what a rewritten
    /// log looks like.
    ///
    /// # Errors
    /// The database's.
    pub async fn witness(&mut self, head: &AuditHead, now: i64) -> Result<()> {
        sqlx::query(
            "INSERT INTO audit_heads (store_id, seq, hash, seen_at) VALUES (?, ?, ?, ?) \
             ON CONFLICT DO NOTHING",
        )
        .bind(&self.store_id)
        .bind(head.seq)
        .bind(&head.hash)
        .bind(now)
        .execute(&mut *self.sql)
        .await?;
        sqlx::query(
            "DELETE FROM audit_heads WHERE store_id = ?1 AND seq IN (SELECT seq FROM audit_heads \
             WHERE store_id = ?1 ORDER BY seq DESC LIMIT -1 OFFSET ?2) AND seq > \
             (SELECT min(seq) FROM audit_heads WHERE store_id = ?1)",
        )
        .bind(&self.store_id)
        .bind(HEADS_MAX)
        .execute(&mut *self.sql)
        .await?;
        Ok(())
    }
}
