//! A store's past order lines, as pages that the service gave: what replay reads. Never edited here.

use sqlx::FromRow;

use crate::{Cache, Result, Tx};

/// One page, in the order of `ordinal`.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct HistoryPage {
    /// From 0, without a gap.
    pub ordinal: i64,
    /// What the service is asked to go on after.
    pub next: String,
    /// Rows of `ORDERS.csv`, without its header.
    pub lines: String,
    /// Milliseconds since 1970.
    pub fetched_at: i64,
}

/// All pages of a store, oldest lines first.
pub async fn order_history(cache: &Cache, store_id: &str) -> Result<Vec<HistoryPage>> {
    Ok(sqlx::query_as(
        "SELECT ordinal, next, lines, fetched_at FROM order_history WHERE store_id = ? \
         ORDER BY ordinal",
    )
    .bind(store_id)
    .fetch_all(&cache.read)
    .await?)
}

impl Tx {
    /// Keeps a page.
    ///
    /// # Errors
    /// The database's.
    pub async fn put_history(&mut self, page: &HistoryPage) -> Result<()> {
        sqlx::query(
            "INSERT INTO order_history (store_id, ordinal, next, lines, fetched_at) \
             VALUES (?, ?, ?, ?, ?) ON CONFLICT (store_id, ordinal) DO UPDATE SET \
             next = excluded.next, lines = excluded.lines, fetched_at = excluded.fetched_at",
        )
        .bind(&self.store_id)
        .bind(page.ordinal)
        .bind(&page.next)
        .bind(&page.lines)
        .bind(page.fetched_at)
        .execute(&mut *self.sql)
        .await?;
        Ok(())
    }

    /// Forgets the pages from `ordinal` on.
    ///
    /// # Errors
    /// The database's.
    pub async fn cut_history(&mut self, ordinal: i64) -> Result<()> {
        sqlx::query("DELETE FROM order_history WHERE store_id = ? AND ordinal >= ?")
            .bind(&self.store_id)
            .bind(ordinal)
            .execute(&mut *self.sql)
            .await?;
        Ok(())
    }
}
