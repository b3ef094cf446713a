//! How far a store's change feed has been read, and what is held of it.

use api::sync::Entity;
use sqlx::FromRow;

use crate::{Cache, CacheError, Result, Tx};

/// A place in a store's change feed.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Feed {
    /// Another one means that the service was restored: pull afresh.
    pub epoch: String,
    pub cursor: i64,
    /// When all was pulled last, milliseconds since 1970; 0 while the first pull is under way.
    pub pulled_at: i64,
}

/// A document that the service has given, by name and revision: what digests are made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub entity: Entity,
    pub key: String,
    pub rev: i64,
}

/// Where the feed stands; `None` before the first pull.
pub async fn feed(cache: &Cache, store_id: &str) -> Result<Option<Feed>> {
    Ok(sqlx::query_as("SELECT epoch, cursor, pulled_at FROM feeds WHERE store_id = ?")
        .bind(store_id)
        .fetch_optional(&cache.read)
        .await?)
}

/// Everything that the service has given, in no order.
pub async fn held(cache: &Cache, store_id: &str) -> Result<Vec<Held>> {
    let rows: Vec<(String, String, i64)> = sqlx::query_as(
        "SELECT entity, key, rev FROM documents WHERE store_id = ? AND base IS NOT NULL",
    )
    .bind(store_id)
    .fetch_all(&cache.read)
    .await?;
    rows.into_iter()
        .map(|(entity, key, rev)| {
            let entity = Entity::parse(&entity)
                .ok_or_else(|| CacheError::Edit(format!("a document of kind {entity:?}")))?;
            Ok(Held { entity, key, rev })
        })
        .collect()
}

impl Tx {
    /// Notes how far the feed has been read.
    ///
    /// # Errors
    /// The database's.
    pub async fn set_feed(&mut self, feed: &Feed) -> Result<()> {
        sqlx::query(
            "INSERT INTO feeds (store_id, epoch, cursor, pulled_at) VALUES (?, ?, ?, ?) \
             ON CONFLICT (store_id) DO UPDATE SET epoch = excluded.epoch, \
             cursor = excluded.cursor, pulled_at = excluded.pulled_at",
        )
        .bind(&self.store_id)
        .bind(&feed.epoch)
        .bind(feed.cursor)
        .bind(feed.pulled_at)
        .execute(&mut *self.sql)
        .await?;
        Ok(())
    }
}
