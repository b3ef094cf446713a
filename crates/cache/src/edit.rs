//! A person's edit of a document: seen here at once, waiting in the outbox until the service has it.

use api::sync::Entity;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::error::unreadable;
use crate::{CacheError, Result, Tx, merge};

/// Revisions of a document that a form may still come from.
const EARLIER_KEPT: i64 = 8;

/// A document as a person wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// Made when the person acted; names the edit from here to the service's answer.
    pub id: Uuid,
    pub entity: Entity,
    pub key: String,
    /// The revision that the form was filled in from; 0 creates.
    pub base_rev: i64,
    /// Every field that the form has, changed or not.
    pub fields: Map<String, Value>,
    /// Milliseconds since 1970.
    pub made_at: i64,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edited {
    /// It waits in the outbox under this id: its own, or that of an edit it has joined.
    Waits { id: String },
    /// Nothing in it differs from what stands here.
    Unchanged,
    /// The form came from a revision too old to be merged from, or creates what is there already.
    Stale { rev: i64 },
}

/// What the form began from, and what stands here now.
struct Ground {
    rev: i64,
    base: Option<Value>,
    newest: Option<Value>,
}

impl Tx {
    /// Takes an edit: only the fields that the person changed go into it.
    ///
    /// # Errors
    /// The database's.
    pub async fn edit(&mut self, edit: &Edit) -> Result<Edited> {
        match self.ground(edit).await? {
            Ok(ground) => self.edit_on(edit, &ground).await,
            Err(rev) => Ok(Edited::Stale { rev }),
        }
    }

    /// As [`Tx::edit`], but of exactly what was `seen` in these fields: where anything else stands
    /// now the edit is `Stale`, whatever its revision. Answers the document's revision too.
    ///
    /// # Errors
    /// The database's.
    pub async fn edit_seen(
        &mut self,
        edit: &Edit,
        seen: &Map<String, Value>,
    ) -> Result<(Edited, i64)> {
        let held = self.held(edit.entity, &edit.key).await?;
        let rev = held.as_ref().map_or(0, |held| held.rev);
        let newest = held.and_then(|held| held.local.or(held.base));
        let stands = |field: &String, value: &Value| {
            merge::field_of(edit.entity, newest.as_ref(), field) == *value
        };
        if newest.is_none() || !seen.iter().all(|(field, value)| stands(field, value)) {
            return Ok((Edited::Stale { rev }, rev));
        }
        let ground = Ground { rev, base: newest.clone(), newest };
        Ok((self.edit_on(edit, &ground).await?, rev))
    }

    async fn edit_on(&mut self, edit: &Edit, ground: &Ground) -> Result<Edited> {
        let (patch, base) = changed_fields(edit, ground);
        if patch.is_empty() {
            return Ok(Edited::Unchanged);
        }
        let id = match self.joined(edit, &patch, &base).await? {
            Some(id) => id,
            None => self.enqueue(edit, ground.rev, &patch, &base).await?,
        };
        self.changes.waiting = true;
        self.relay(edit.entity, &edit.key).await?;
        Ok(Edited::Waits { id })
    }

    async fn ground(&mut self, edit: &Edit) -> Result<std::result::Result<Ground, i64>> {
        let held = self.held(edit.entity, &edit.key).await?;
        let Some(held) = held else {
            return Ok(if edit.base_rev == 0 {
                Ok(Ground { rev: 0, base: None, newest: None })
            } else {
                Err(0)
            });
        };
        if edit.base_rev == held.rev {
            let newest = held.newest().cloned();
            return Ok(Ok(Ground { rev: held.rev, base: newest.clone(), newest }));
        }
        Ok(match self.earlier(edit.entity, &edit.key, edit.base_rev).await? {
            Some(base) => {
                Ok(Ground { rev: edit.base_rev, base: Some(base), newest: held.newest().cloned() })
            }
            None => Err(held.rev),
        })
    }

    /// Adds to an edit of the same thing that has never left, so that typing makes one mutation.
    async fn joined(
        &mut self,
        edit: &Edit,
        patch: &Map<String, Value>,
        base: &Map<String, Value>,
    ) -> Result<Option<String>> {
        type Found = (i64, String, String, String);
        let last: Option<Found> = sqlx::query_as(
            "SELECT ordinal, id, patch, base FROM outbox \
             WHERE store_id = ? AND entity = ? AND key = ? AND attempts = 0 AND ordinal = \
             (SELECT max(ordinal) FROM outbox WHERE store_id = ?1 AND entity = ?2 AND key = ?3)",
        )
        .bind(&self.store_id)
        .bind(edit.entity.as_str())
        .bind(&edit.key)
        .fetch_optional(&mut *self.sql)
        .await?;
        let Some((ordinal, id, old_patch, old_base)) = last else { return Ok(None) };
        let mut whole = fields(&old_patch)?;
        let mut began = fields(&old_base)?;
        for (field, value) in patch {
            if !whole.contains_key(field) {
                let from = base.get(field).cloned().unwrap_or(Value::Null);
                began.insert(field.clone(), from);
            }
            whole.insert(field.clone(), value.clone());
        }
        sqlx::query("UPDATE outbox SET patch = ?, base = ?, next_at = 0 WHERE ordinal = ?")
            .bind(text(&whole))
            .bind(text(&began))
            .bind(ordinal)
            .execute(&mut *self.sql)
            .await?;
        Ok(Some(id))
    }

    async fn enqueue(
        &mut self,
        edit: &Edit,
        base_rev: i64,
        patch: &Map<String, Value>,
        base: &Map<String, Value>,
    ) -> Result<String> {
        let id = edit.id.to_string();
        sqlx::query(
            "INSERT INTO outbox (store_id, id, entity, key, base_rev, patch, base, made_at) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&self.store_id)
        .bind(&id)
        .bind(edit.entity.as_str())
        .bind(&edit.key)
        .bind(base_rev)
        .bind(text(patch))
        .bind(text(base))
        .bind(edit.made_at)
        .execute(&mut *self.sql)
        .await?;
        Ok(id)
    }

    /// Lays the waiting edits on the base anew.
    pub(crate) async fn relay(&mut self, entity: Entity, key: &str) -> Result<()> {
        let held = self.held(entity, key).await?;
        let (rev, base) = held.map_or((0, None), |h| (h.rev, h.base));
        self.put_base(entity, key, rev, base.as_ref()).await
    }

    async fn earlier(&mut self, entity: Entity, key: &str, rev: i64) -> Result<Option<Value>> {
        let found: Option<String> = sqlx::query_scalar(
            "SELECT doc FROM earlier WHERE store_id = ? AND entity = ? AND key = ? AND rev = ?",
        )
        .bind(&self.store_id)
        .bind(entity.as_str())
        .bind(key)
        .bind(rev)
        .fetch_optional(&mut *self.sql)
        .await?;
        found.map(|t| serde_json::from_str(&t)).transpose().map_err(unreadable("a document"))
    }

    /// Keeps a base that is about to be replaced.
    pub(crate) async fn keep_earlier(
        &mut self,
        entity: Entity,
        key: &str,
        rev: i64,
        doc: &Value,
    ) -> Result<()> {
        sqlx::query(
            "INSERT INTO earlier (store_id, entity, key, rev, doc) VALUES (?, ?, ?, ?, ?) \
             ON CONFLICT DO NOTHING",
        )
        .bind(&self.store_id)
        .bind(entity.as_str())
        .bind(key)
        .bind(rev)
        .bind(doc.to_string())
        .execute(&mut *self.sql)
        .await?;
        sqlx::query(
            "DELETE FROM earlier WHERE store_id = ? AND entity = ? AND key = ? AND rev <= ?",
        )
        .bind(&self.store_id)
        .bind(entity.as_str())
        .bind(key)
        .bind(rev - EARLIER_KEPT)
        .execute(&mut *self.sql)
        .await?;
        Ok(())
    }

    /// Lays an acknowledged edit of this console onto what its forms may still have come from.
    pub(crate) async fn own_earlier(
        &mut self,
        entity: Entity,
        key: &str,
        patch: &Map<String, Value>,
    ) -> Result<()> {
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "SELECT rev, doc FROM earlier WHERE store_id = ? AND entity = ? AND key = ?",
        )
        .bind(&self.store_id)
        .bind(entity.as_str())
        .bind(key)
        .fetch_all(&mut *self.sql)
        .await?;
        for (rev, doc) in rows {
            let doc: Value = serde_json::from_str(&doc).map_err(unreadable("a document"))?;
            let doc = merge::applied(entity, Some(&doc), patch);
            sqlx::query(
                "UPDATE earlier SET doc = ? WHERE store_id = ? AND entity = ? AND key = ? AND rev = ?",
            )
            .bind(doc.to_string())
            .bind(&self.store_id)
            .bind(entity.as_str())
            .bind(key)
            .bind(rev)
            .execute(&mut *self.sql)
            .await?;
        }
        Ok(())
    }
}

/// The fields that the person changed, and what each was when the form was filled in.
fn changed_fields(edit: &Edit, ground: &Ground) -> (Map<String, Value>, Map<String, Value>) {
    let (mut patch, mut base) = (Map::new(), Map::new());
    for (field, wanted) in &edit.fields {
        let began = merge::field_of(edit.entity, ground.base.as_ref(), field);
        let stands = merge::field_of(edit.entity, ground.newest.as_ref(), field);
        let create = ground.newest.is_none();
        if create || (*wanted != began && *wanted != stands) {
            patch.insert(field.clone(), wanted.clone());
            base.insert(field.clone(), began);
        }
    }
    (patch, base)
}

pub(crate) fn fields(text: &str) -> Result<Map<String, Value>> {
    serde_json::from_str(text).map_err(unreadable("an edit"))
}

pub(crate) fn text(fields: &Map<String, Value>) -> String {
    // a map of JSON values always has a text
    serde_json::to_string(fields).unwrap_or_else(|_| "{}".to_owned())
}

impl From<uuid::Error> for CacheError {
    fn from(error: uuid::Error) -> Self {
        Self::Edit(error.to_string())
    }
}
