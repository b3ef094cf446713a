//! Stores that this console has opened. No secret stands here: tokens are in the keychain.

use api::sync::Entity;
use sqlx::FromRow;

use crate::{Cache, Result, Tx};

/// Where a store's things stand: every table with a `store_id`, and the names that end in one.
const OF_A_STORE: &[&str] = &[
    "DELETE FROM documents WHERE store_id = ?",
    "DELETE FROM earlier WHERE store_id = ?",
    "DELETE FROM outbox WHERE store_id = ?",
    "DELETE FROM conflicts WHERE store_id = ?",
    "DELETE FROM feeds WHERE store_id = ?",
    "DELETE FROM order_history WHERE store_id = ?",
    "DELETE FROM audit_heads WHERE store_id = ?",
    // by the letters of its end: an id that a service chose is no pattern
    "DELETE FROM remembered WHERE substr(name, -length(?1) - 1) = '/' || ?1",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectionKind {
    Local,
    Hosted,
}

impl ConnectionKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Hosted => "hosted",
        }
    }
}

/// A store that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    pub id: String,
    pub kind: ConnectionKind,
    /// Of a hosted service; a local one gets a new port at each start.
    pub address: Option<String>,
    pub store_id: String,
    pub slug: String,
    pub name: String,
    pub email: String,
    /// Milliseconds since 1970.
    pub opened_at: i64,
    /// Resumed at the next start.
    pub resume: bool,
}

#[derive(FromRow)]
struct Row {
    id: String,
    kind: String,
    address: Option<String>,
    store_id: String,
    slug: String,
    name: String,
    email: String,
    opened_at: i64,
    resume: bool,
}

/// All of them, the last opened first.
pub async fn connections(cache: &Cache) -> Result<Vec<Connection>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, kind, address, store_id, slug, name, email, opened_at, resume \
         FROM connections ORDER BY opened_at DESC, id",
    )
    .fetch_all(&cache.read)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Connection {
            id: r.id,
            kind: if r.kind == "local" { ConnectionKind::Local } else { ConnectionKind::Hosted },
            address: r.address,
            store_id: r.store_id,
            slug: r.slug,
            name: r.name,
            email: r.email,
            opened_at: r.opened_at,
            resume: r.resume,
        })
        .collect())
}

impl Tx {
    /// Keeps a connection; when it is to be resumed, no other one is.
    ///
    /// # Errors
    /// The database's.
    pub async fn put_connection(&mut self, c: &Connection) -> Result<()> {
        if c.resume {
            self.resume_none().await?;
        }
        sqlx::query(
            "INSERT OR REPLACE INTO connections \
             (id, kind, address, store_id, slug, name, email, opened_at, resume) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&c.id)
        .bind(c.kind.as_str())
        .bind(&c.address)
        .bind(&c.store_id)
        .bind(&c.slug)
        .bind(&c.name)
        .bind(&c.email)
        .bind(c.opened_at)
        .bind(c.resume)
        .execute(&mut *self.sql)
        .await?;
        Ok(())
    }

    /// Nothing is resumed at the next start.
    ///
    /// # Errors
    /// The database's.
    pub async fn resume_none(&mut self) -> Result<()> {
        sqlx::query("UPDATE connections SET resume = 0").execute(&mut *self.sql).await?;
        Ok(())
    }

    /// Takes a connection off the list. All that is here of its store goes with it, edits that wait
    /// too, unless another connection leads to the same store.
    ///
    /// # Errors
    /// The database's.
    pub async fn drop_connection(&mut self, id: &str) -> Result<()> {
        sqlx::query("DELETE FROM connections WHERE id = ?")
            .bind(id)
            .execute(&mut *self.sql)
            .await?;
        let others: i64 = sqlx::query_scalar("SELECT count(*) FROM connections WHERE store_id = ?")
            .bind(&self.store_id)
            .fetch_one(&mut *self.sql)
            .await?;
        if others > 0 {
            return Ok(());
        }
        for sql in OF_A_STORE {
            sqlx::query(*sql).bind(&self.store_id).execute(&mut *self.sql).await?;
        }
        self.changes.entities.extend(Entity::ALL);
        self.changes.waiting = true;
        Ok(())
    }
}
