//! A damaged cache: set aside, and what cannot be pulled anew carried over table by table, row by
//! row, as far as each can be read.

use std::path::{Path, PathBuf};

use api::sync::Entity;
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::{Column, Row, SqlitePool, TypeInfo, ValueRef};

use crate::{Cache, Op, Result, Source, open};

/// What was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescue {
    /// The damaged file, kept.
    pub aside: PathBuf,
    /// Rows carried over, by table.
    pub saved: Vec<(&'static str, u64)>,
    /// Tables that could not be read to their end.
    pub broken: Vec<&'static str>,
}

impl Rescue {
    /// Edits and conflicts that were saved.
    pub fn edits(&self) -> u64 {
        self.saved
            .iter()
            .filter(|(t, _)| matches!(*t, "outbox" | "conflicts"))
            .map(|(_, n)| n)
            .sum()
    }
}

/// Everything that the service cannot give again.
const PRECIOUS: [&str; 5] = ["outbox", "conflicts", "audit_heads", "connections", "remembered"];

/// Renames the file with its journal; the new name.
pub(crate) async fn set_aside(file: &Path) -> Result<PathBuf> {
    let stamp = jiff::Timestamp::now().as_millisecond();
    let aside = file.with_file_name(format!("cache.damaged-{stamp}.sqlite"));
    for suffix in ["", "-wal", "-shm"] {
        let (from, to) = (with_suffix(file, suffix), with_suffix(&aside, suffix));
        match tokio::fs::rename(&from, &to).await {
            Ok(()) => {}
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(e.into()),
        }
    }
    Ok(aside)
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Copies what can be read. Never fails: what cannot be read is named in the answer.
pub(crate) async fn carry_over(aside: &Path, cache: &Cache) -> Rescue {
    let mut rescue = Rescue { aside: aside.to_owned(), saved: Vec::new(), broken: Vec::new() };
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(open::options(aside)).await;
    let Ok(pool) = pool else {
        rescue.broken = PRECIOUS.to_vec();
        return rescue;
    };
    for table in PRECIOUS {
        let (saved, whole) = copy(&pool, cache, table).await;
        rescue.saved.push((table, saved));
        if !whole {
            rescue.broken.push(table);
        }
    }
    pool.close().await;
    tracing::warn!(?rescue, "what could be saved of the damaged cache");
    rescue
}

/// Shows the edits that were saved in their documents again.
pub(crate) async fn relay_all(cache: &Cache) -> Result<()> {
    let things: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT DISTINCT store_id, entity, key FROM outbox \
         UNION SELECT DISTINCT store_id, entity, key FROM conflicts",
    )
    .fetch_all(&cache.read)
    .await?;
    for (store_id, entity, key) in things {
        let Some(entity) = Entity::parse(&entity) else { continue };
        let op = Op { name: "rescue", source: Source::Local };
        cache
            .transact(op, &store_id, move |tx| {
                Box::pin(async move { tx.relay(entity, &key).await })
            })
            .await?;
    }
    Ok(())
}

/// Row by row by `rowid`, so that one bad page loses only what stands on it.
async fn copy(from: &SqlitePool, cache: &Cache, table: &'static str) -> (u64, bool) {
    let mut saved = 0;
    let mut last: i64 = i64::MIN;
    loop {
        let next = sqlx::query(sqlx::AssertSqlSafe(format!(
            "SELECT rowid AS rowid_, * FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT 1"
        )))
        .bind(last)
        .fetch_optional(from)
        .await;
        let row = match next {
            Ok(Some(row)) => row,
            Ok(None) => return (saved, true),
            Err(error) => {
                tracing::warn!(%error, table, "a table of the damaged cache ends here");
                return (saved, false);
            }
        };
        last = match row.try_get("rowid_") {
            Ok(id) => id,
            Err(_) => return (saved, false),
        };
        match insert(cache, table, &row).await {
            Ok(()) => saved += 1,
            Err(error) => tracing::warn!(%error, table, "a row could not be carried over"),
        }
    }
}

async fn insert(cache: &Cache, table: &str, row: &sqlx::sqlite::SqliteRow) -> Result<()> {
    let names: Vec<&str> =
        row.columns().iter().map(Column::name).filter(|n| *n != "rowid_").collect();
    let marks = vec!["?"; names.len()].join(", ");
    let sql = format!("INSERT OR IGNORE INTO {table} ({}) VALUES ({marks})", names.join(", "));
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
    for name in names {
        let value = row.try_get_raw(name)?;
        query = match value.type_info().name() {
            // first, for an empty value still carries its column's type
            _ if value.is_null() => query.bind(None::<String>),
            "INTEGER" => query.bind(row.try_get::<i64, _>(name)?),
            _ => query.bind(row.try_get::<String, _>(name)?),
        };
    }
    query.execute(&cache.write).await?;
    Ok(())
}
