//! Documents: reading them, and writing what the service says of them.

use std::collections::BTreeMap;

use api::sync::{Change, Entity};
use serde_json::Value;
use sqlx::FromRow;

use crate::error::unreadable;
use crate::{Cache, Result, Tx, merge, waiting};

/// A document as it stands here: the service's with this console's waiting edits on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub key: String,
    /// Of what the service last gave; 0 while it has none.
    pub rev: i64,
    pub doc: Value,
    /// Edits of it wait.
    pub edited: bool,
}

#[derive(FromRow)]
struct Row {
    key: String,
    rev: i64,
    doc: String,
    edited: bool,
}

const DOCUMENT: &str = "SELECT key, rev, coalesce(local, base) AS doc, local IS NOT NULL AS edited \
    FROM documents WHERE store_id = ? AND entity = ? AND key = ? AND coalesce(local, base) IS NOT NULL";
const DOCUMENTS: &str = "SELECT key, rev, coalesce(local, base) AS doc, local IS NOT NULL AS edited \
    FROM documents WHERE store_id = ? AND entity = ? AND coalesce(local, base) IS NOT NULL ORDER BY key";
const PRODUCTS: &str = include_str!("products.sql");
const PRODUCT_COUNT: &str = include_str!("product_count.sql");

/// Which products. Empty texts mean all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductFilter {
    /// Part of a SKU or title, in any case.
    pub q: String,
    /// A category's path; what is under it counts too.
    pub category: String,
    pub state: String,
    /// The last SKU of the page before.
    pub after: String,
    pub limit: i64,
}

/// A page of documents, and how many there are in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    pub items: Vec<Document>,
    pub next: Option<String>,
    pub total: i64,
}

/// One document, where it is held.
pub async fn document(
    cache: &Cache,
    store_id: &str,
    entity: Entity,
    key: &str,
) -> Result<Option<Document>> {
    let row: Option<Row> = sqlx::query_as(DOCUMENT)
        .bind(store_id)
        .bind(entity.as_str())
        .bind(key)
        .fetch_optional(&cache.read)
        .await?;
    row.map(read).transpose()
}

/// All documents of a kind: for kinds that count in dozens.
pub async fn documents(cache: &Cache, store_id: &str, entity: Entity) -> Result<Vec<Document>> {
    let rows: Vec<Row> = sqlx::query_as(DOCUMENTS)
        .bind(store_id)
        .bind(entity.as_str())
        .fetch_all(&cache.read)
        .await?;
    rows.into_iter().map(read).collect()
}

/// A rule set without its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSetHead {
    pub key: String,
    pub rev: i64,
    /// Edits of it wait.
    pub edited: bool,
    pub summary: Value,
    /// Of the edited document; `None` where no edit waits, or nothing can be counted in it.
    pub rules: Option<i64>,
}

/// All rule sets of a store, their documents unread: these may be of some megabytes.
pub async fn rule_sets(cache: &Cache, store_id: &str) -> Result<Vec<RuleSetHead>> {
    type Row = (String, i64, bool, Option<String>, Option<i64>);
    let rows: Vec<Row> =
        sqlx::query_as(include_str!("rule_sets.sql")).bind(store_id).fetch_all(&cache.read).await?;
    let read = |(key, rev, edited, summary, rules): Row| {
        let summary = match summary {
            Some(text) => serde_json::from_str(&text).map_err(unreadable("a rule set"))?,
            None => Value::Null,
        };
        Ok(RuleSetHead { key, rev, edited, summary, rules })
    };
    rows.into_iter().map(read).collect()
}

/// Products by filter, in the order of their SKU.
pub async fn products(cache: &Cache, store_id: &str, filter: &ProductFilter) -> Result<Listing> {
    let q = format!("%{}%", escaped(&filter.q.to_lowercase()));
    // everything under a path sorts between `path/` and `path0`, for `0` follows `/`
    let (from, until) = (format!("{}/", filter.category), format!("{}0", filter.category));
    let rows: Vec<Row> = sqlx::query_as(PRODUCTS)
        .bind(store_id)
        .bind(&filter.after)
        .bind(&filter.state)
        .bind(&filter.category)
        .bind(&from)
        .bind(&until)
        .bind(&q)
        .bind(filter.limit + 1)
        .fetch_all(&cache.read)
        .await?;
    let total = sqlx::query_scalar(PRODUCT_COUNT)
        .bind(store_id)
        .bind(&filter.state)
        .bind(&filter.category)
        .bind(&from)
        .bind(&until)
        .bind(&q)
        .fetch_one(&cache.read)
        .await?;
    let mut items: Vec<Document> = rows.into_iter().map(read).collect::<Result<_>>()?;
    let limit = usize::try_from(filter.limit).unwrap_or(usize::MAX);
    let next = if items.len() > limit {
        items.truncate(limit);
        items.last().map(|d| d.key.clone())
    } else {
        None
    };
    Ok(Listing { items, next, total })
}

/// Live products by category path.
pub async fn category_counts(cache: &Cache, store_id: &str) -> Result<BTreeMap<String, i64>> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "SELECT category, sum(state = 'live') FROM documents \
         WHERE store_id = ? AND entity = 'product' AND category <> '' GROUP BY category",
    )
    .bind(store_id)
    .fetch_all(&cache.read)
    .await?;
    Ok(rows.into_iter().collect())
}

fn read(row: Row) -> Result<Document> {
    let doc = serde_json::from_str(&row.doc).map_err(unreadable("a document"))?;
    Ok(Document { key: row.key, rev: row.rev, doc, edited: row.edited })
}

/// `%` and `_` of a search are letters like others.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// A document's row inside a transaction.
pub(crate) struct Held {
    pub(crate) rev: i64,
    pub(crate) base: Option<Value>,
    pub(crate) local: Option<Value>,
}

impl Held {
    pub(crate) fn newest(&self) -> Option<&Value> {
        self.local.as_ref().or(self.base.as_ref())
    }
}

impl Tx {
    /// Takes what the service says of a document. Edits that wait stay on top of it.
    ///
    /// # Errors
    /// The database's.
    pub async fn put_change(&mut self, change: &Change) -> Result<()> {
        let held = self.held(change.entity, &change.key).await?;
        if held.as_ref().is_some_and(|h| h.rev > change.rev) {
            // an acknowledged push has brought something newer already
            return Ok(());
        }
        self.put_base(change.entity, &change.key, change.rev, change.doc.as_ref()).await
    }

    /// Takes the service's answer to a single read or request, as `put_change` does.
    ///
    /// # Errors
    /// The database's.
    pub async fn put_document(
        &mut self,
        entity: Entity,
        key: &str,
        rev: i64,
        doc: Value,
    ) -> Result<()> {
        let key = key.to_owned();
        self.put_change(&Change { entity, key, rev, seq: 0, doc: Some(doc) }).await
    }

    /// Forgets every document of the store; edits that wait stay and stand alone until the pull.
    ///
    /// # Errors
    /// The database's.
    pub async fn forget_documents(&mut self) -> Result<()> {
        sqlx::query("DELETE FROM documents WHERE store_id = ? AND local IS NULL")
            .bind(&self.store_id)
            .execute(&mut *self.sql)
            .await?;
        sqlx::query("UPDATE documents SET base = NULL, rev = 0 WHERE store_id = ?")
            .bind(&self.store_id)
            .execute(&mut *self.sql)
            .await?;
        sqlx::query("DELETE FROM feeds WHERE store_id = ?")
            .bind(&self.store_id)
            .execute(&mut *self.sql)
            .await?;
        self.changes.entities.extend(Entity::ALL);
        Ok(())
    }

    pub(crate) async fn held(&mut self, entity: Entity, key: &str) -> Result<Option<Held>> {
        type Found = (i64, Option<String>, Option<String>);
        let found: Option<Found> = sqlx::query_as(
            "SELECT rev, base, local FROM documents WHERE store_id = ? AND entity = ? AND key = ?",
        )
        .bind(&self.store_id)
        .bind(entity.as_str())
        .bind(key)
        .fetch_optional(&mut *self.sql)
        .await?;
        let Some((rev, base, local)) = found else { return Ok(None) };
        let parse = |text: Option<String>| {
            text.map(|t| serde_json::from_str(&t)).transpose().map_err(unreadable("a document"))
        };
        Ok(Some(Held { rev, base: parse(base)?, local: parse(local)? }))
    }

    /// Sets the service's side and lays the waiting edits on it anew.
    pub(crate) async fn put_base(
        &mut self,
        entity: Entity,
        key: &str,
        rev: i64,
        base: Option<&Value>,
    ) -> Result<()> {
        let local = self.with_waiting(entity, key, base).await?;
        self.changes.entities.insert(entity);
        if !matches!(entity, Entity::Negotiation | Entity::Order)
            && let Some(held) = self.held(entity, key).await?
            && let Some(old) = held.base.filter(|_| held.rev != rev)
        {
            self.keep_earlier(entity, key, held.rev, &old).await?;
        }
        if base.is_none() && local.is_none() {
            sqlx::query("DELETE FROM documents WHERE store_id = ? AND entity = ? AND key = ?")
                .bind(&self.store_id)
                .bind(entity.as_str())
                .bind(key)
                .execute(&mut *self.sql)
                .await?;
            return Ok(());
        }
        let facets = Facets::of(entity, key, local.as_ref().or(base));
        sqlx::query(include_str!("put_document.sql"))
            .bind(&self.store_id)
            .bind(entity.as_str())
            .bind(key)
            .bind(rev)
            .bind(base.map(Value::to_string))
            .bind(local.map(|l| l.to_string()))
            .bind(facets.state)
            .bind(facets.category)
            .bind(facets.search)
            .execute(&mut *self.sql)
            .await?;
        Ok(())
    }

    /// `base` with every edit that waits or is in conflict, oldest first; `None` without any.
    async fn with_waiting(
        &mut self,
        entity: Entity,
        key: &str,
        base: Option<&Value>,
    ) -> Result<Option<Value>> {
        let patches = waiting::patches(self, entity, key).await?;
        let mut local: Option<Value> = None;
        for patch in &patches {
            local = Some(merge::applied(entity, local.as_ref().or(base), patch));
        }
        Ok(local)
    }
}

/// What lists of products filter on.
#[derive(Default)]
struct Facets {
    state: String,
    category: String,
    search: String,
}

impl Facets {
    fn of(entity: Entity, key: &str, doc: Option<&Value>) -> Self {
        if entity != Entity::Product {
            return Self::default();
        }
        let text = |field: &str| {
            doc.and_then(|d| d.get(field)).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let search = format!("{key} {}", text("title")).to_lowercase();
        Self { state: text("state"), category: text("category"), search }
    }
}
