//! What waits: edits for the service, conflicts for a person.

use api::error::ErrorBody;
use api::sync::{ConflictField, Entity, Mutation};
use serde_json::{Map, Value};
use sqlx::FromRow;

use crate::edit::{fields, text};
use crate::error::unreadable;
use crate::{Cache, CacheError, Result, Tx};

/// An edit that the service has not acknowledged.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    pub mutation: Mutation,
    /// Milliseconds since 1970, as all times here.
    pub made_at: i64,
    pub attempts: i64,
    /// Not to be sent before; 0: at once.
    pub next_at: i64,
    /// Of the last try.
    pub error: Option<ErrorBody>,
}

/// An edit that a person must decide on.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    pub mutation: Mutation,
    /// The service's revision when it answered.
    pub rev: i64,
    pub made_at: i64,
    pub at: i64,
    /// Empty where the service refused the edit as a whole.
    pub fields: Vec<ConflictField>,
    pub refused: Option<ErrorBody>,
}

/// How many edits wait, and since when; how many conflicts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromRow)]
pub struct WaitingCount {
    pub edits: i64,
    pub since: Option<i64>,
    pub conflicts: i64,
}

#[derive(FromRow)]
struct OutboxRow {
    id: String,
    entity: String,
    key: String,
    base_rev: i64,
    patch: String,
    base: String,
    made_at: i64,
    attempts: i64,
    next_at: i64,
    error: Option<String>,
}

#[derive(FromRow)]
struct ConflictRow {
    id: String,
    entity: String,
    key: String,
    base_rev: i64,
    rev: i64,
    patch: String,
    base: String,
    made_at: i64,
    at: i64,
    fields: String,
    refused: Option<String>,
}

const OUTBOX: &str = "SELECT id, entity, key, base_rev, patch, base, made_at, attempts, next_at, \
    error FROM outbox WHERE store_id = ?";
/// The oldest edit of each thing; what is behind it must wait for its outcome.
const DUE: &str = "SELECT id, entity, key, base_rev, patch, base, made_at, attempts, next_at, \
    error FROM outbox o WHERE store_id = ? AND next_at <= ? AND NOT EXISTS \
    (SELECT 1 FROM outbox b WHERE b.store_id = o.store_id AND b.entity = o.entity \
     AND b.key = o.key AND b.ordinal < o.ordinal) ORDER BY ordinal LIMIT ?";
const COUNT: &str = "SELECT (SELECT count(*) FROM outbox WHERE store_id = ?1) AS edits, \
    (SELECT min(made_at) FROM outbox WHERE store_id = ?1) AS since, \
    (SELECT count(*) FROM conflicts WHERE store_id = ?1) AS conflicts";
const CONFLICTS: &str = "SELECT id, entity, key, base_rev, rev, patch, base, made_at, at, fields, \
    refused FROM conflicts WHERE store_id = ? ORDER BY at, id";

/// All edits that wait, oldest first.
pub async fn waiting(cache: &Cache, store_id: &str) -> Result<Vec<Waiting>> {
    let rows: Vec<OutboxRow> =
        sqlx::query_as(sqlx::AssertSqlSafe(format!("{OUTBOX} ORDER BY ordinal")))
            .bind(store_id)
            .fetch_all(&cache.read)
            .await?;
    rows.into_iter().map(read_waiting).collect()
}

/// Counts, for the status line.
pub async fn waiting_count(cache: &Cache, store_id: &str) -> Result<WaitingCount> {
    Ok(sqlx::query_as(COUNT).bind(store_id).fetch_one(&cache.read).await?)
}

/// Edits that a person must decide on, oldest first.
pub async fn conflicts(cache: &Cache, store_id: &str) -> Result<Vec<Conflict>> {
    let rows: Vec<ConflictRow> =
        sqlx::query_as(CONFLICTS).bind(store_id).fetch_all(&cache.read).await?;
    rows.into_iter().map(read_conflict).collect()
}

fn mutation(
    id: String,
    entity: &str,
    key: String,
    base_rev: i64,
    patch: &str,
    base: &str,
) -> Result<Mutation> {
    let entity = Entity::parse(entity)
        .ok_or_else(|| CacheError::Edit(format!("an edit of an unknown kind, {entity:?}")))?;
    Ok(Mutation { id, entity, key, base_rev, patch: fields(patch)?, base: fields(base)? })
}

fn read_waiting(r: OutboxRow) -> Result<Waiting> {
    let error = r.error.map(|t| serde_json::from_str(&t)).transpose();
    Ok(Waiting {
        mutation: mutation(r.id, &r.entity, r.key, r.base_rev, &r.patch, &r.base)?,
        made_at: r.made_at,
        attempts: r.attempts,
        next_at: r.next_at,
        error: error.map_err(unreadable("an edit's error"))?,
    })
}

fn read_conflict(r: ConflictRow) -> Result<Conflict> {
    let refused = r.refused.map(|t| serde_json::from_str(&t)).transpose();
    Ok(Conflict {
        mutation: mutation(r.id, &r.entity, r.key, r.base_rev, &r.patch, &r.base)?,
        rev: r.rev,
        made_at: r.made_at,
        at: r.at,
        fields: serde_json::from_str(&r.fields).map_err(unreadable("a conflict"))?,
        refused: refused.map_err(unreadable("a refusal"))?,
    })
}

/// What edits of a thing are laid on its base, oldest first: those in conflict, then those waiting.
pub(crate) async fn patches(
    tx: &mut Tx,
    entity: Entity,
    key: &str,
) -> Result<Vec<Map<String, Value>>> {
    let texts: Vec<String> = sqlx::query_scalar(
        "SELECT patch FROM (\
           SELECT patch, made_at, 0 AS ordinal FROM conflicts \
             WHERE store_id = ?1 AND entity = ?2 AND key = ?3 AND refused IS NULL \
           UNION ALL SELECT patch, made_at, ordinal FROM outbox \
             WHERE store_id = ?1 AND entity = ?2 AND key = ?3) ORDER BY ordinal, made_at",
    )
    .bind(&tx.store_id)
    .bind(entity.as_str())
    .bind(key)
    .fetch_all(&mut *tx.sql)
    .await?;
    texts.iter().map(|t| fields(t)).collect()
}

impl Tx {
    /// Edits that may be sent at `now`, the oldest of each thing, marked as sent in the same step:
    /// from now on each is only repeated, never changed.
    ///
    /// # Errors
    /// The database's.
    pub async fn take_due(&mut self, now: i64, limit: i64) -> Result<Vec<Waiting>> {
        let rows: Vec<OutboxRow> = sqlx::query_as(DUE)
            .bind(&self.store_id)
            .bind(now)
            .bind(limit)
            .fetch_all(&mut *self.sql)
            .await?;
        let mut due = Vec::with_capacity(rows.len());
        for row in rows {
            let mut waiting = read_waiting(row)?;
            waiting.attempts += 1;
            sqlx::query("UPDATE outbox SET attempts = ? WHERE store_id = ? AND id = ?")
                .bind(waiting.attempts)
                .bind(&self.store_id)
                .bind(&waiting.mutation.id)
                .execute(&mut *self.sql)
                .await?;
            due.push(waiting);
        }
        Ok(due)
    }

    /// Drops an edit that the service refused, once the person has been told why.
    ///
    /// # Errors
    /// The database's.
    pub async fn discard_refused(&mut self, id: &str) -> Result<()> {
        sqlx::query("DELETE FROM conflicts WHERE store_id = ? AND id = ? AND refused IS NOT NULL")
            .bind(&self.store_id)
            .bind(id)
            .execute(&mut *self.sql)
            .await?;
        self.changes.waiting = true;
        Ok(())
    }

    /// Drops every edit of a thing, waiting or in conflict: the person has done away with the thing.
    ///
    /// # Errors
    /// The database's.
    pub async fn drop_edits(&mut self, entity: Entity, key: &str) -> Result<()> {
        for sql in [
            "DELETE FROM outbox WHERE store_id = ? AND entity = ? AND key = ?",
            "DELETE FROM conflicts WHERE store_id = ? AND entity = ? AND key = ?",
        ] {
            sqlx::query(sql)
                .bind(&self.store_id)
                .bind(entity.as_str())
                .bind(key)
                .execute(&mut *self.sql)
                .await?;
        }
        self.changes.waiting = true;
        self.relay(entity, key).await
    }

    /// Puts an edit off after a try that brought no outcome.
    ///
    /// # Errors
    /// The database's.
    pub async fn put_off(&mut self, id: &str, next_at: i64, error: &ErrorBody) -> Result<()> {
        let error = serde_json::to_string(error).map_err(unreadable("an error"))?;
        sqlx::query("UPDATE outbox SET next_at = ?, error = ? WHERE store_id = ? AND id = ?")
            .bind(next_at)
            .bind(error)
            .bind(&self.store_id)
            .bind(id)
            .execute(&mut *self.sql)
            .await?;
        self.changes.waiting = true;
        Ok(())
    }

    /// Lets every edit be sent at once: the line is back, or a person asked.
    ///
    /// # Errors
    /// The database's.
    pub async fn hurry(&mut self) -> Result<()> {
        sqlx::query("UPDATE outbox SET next_at = 0 WHERE store_id = ? AND next_at > 0")
            .bind(&self.store_id)
            .execute(&mut *self.sql)
            .await?;
        Ok(())
    }

    /// Takes an edit from elsewhere (an export, a damaged file), as it was. False when it is here.
    ///
    /// # Errors
    /// The database's.
    pub async fn take_in(&mut self, waiting: &Waiting) -> Result<bool> {
        let m = &waiting.mutation;
        let done = sqlx::query(
            "INSERT INTO outbox (store_id, id, entity, key, base_rev, patch, base, made_at, attempts) \
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 WHERE NOT EXISTS \
             (SELECT 1 FROM conflicts WHERE store_id = ?1 AND id = ?2) ON CONFLICT DO NOTHING",
        )
        .bind(&self.store_id)
        .bind(&m.id)
        .bind(m.entity.as_str())
        .bind(&m.key)
        .bind(m.base_rev)
        .bind(text(&m.patch))
        .bind(text(&m.base))
        .bind(waiting.made_at)
        .bind(waiting.attempts)
        .execute(&mut *self.sql)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        self.changes.waiting = true;
        self.relay(m.entity, &m.key).await?;
        Ok(true)
    }

    pub(crate) async fn take_in_conflict(&mut self, conflict: &Conflict) -> Result<()> {
        let m = &conflict.mutation;
        let refused = conflict.refused.as_ref().map(serde_json::to_string).transpose();
        sqlx::query(
            "INSERT INTO conflicts (store_id, id, entity, key, base_rev, rev, patch, base, \
             made_at, at, fields, refused) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
             ON CONFLICT DO NOTHING",
        )
        .bind(&self.store_id)
        .bind(&m.id)
        .bind(m.entity.as_str())
        .bind(&m.key)
        .bind(m.base_rev)
        .bind(conflict.rev)
        .bind(text(&m.patch))
        .bind(text(&m.base))
        .bind(conflict.made_at)
        .bind(conflict.at)
        .bind(serde_json::to_string(&conflict.fields).map_err(unreadable("a conflict"))?)
        .bind(refused.map_err(unreadable("a refusal"))?)
        .execute(&mut *self.sql)
        .await?;
        self.changes.waiting = true;
        self.relay(m.entity, &m.key).await
    }
}
