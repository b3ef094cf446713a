//! Small things by name, as JSON: preferences, recents, last known views.

use crate::{Cache, Result, Tx};

/// What is kept under a name.
pub async fn remembered(cache: &Cache, name: &str) -> Result<Option<String>> {
    Ok(sqlx::query_scalar("SELECT value FROM remembered WHERE name = ?")
        .bind(name)
        .fetch_optional(&cache.read)
        .await?)
}

impl Tx {
    /// Keeps `value`, JSON text, under a name.
    ///
    /// # Errors
    /// The database's.
    pub async fn remember(&mut self, name: &str, value: &str) -> Result<()> {
        sqlx::query(
            "INSERT INTO remembered (name, value) VALUES (?, ?) \
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )
        .bind(name)
        .bind(value)
        .execute(&mut *self.sql)
        .await?;
        Ok(())
    }
}
