//! Opening the cache: two pools on one file, in WAL mode, and what to do with a damaged one.

use std::path::Path;
use std::time::Duration;

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::{CacheError, Rescue, Result, rescue};

const FILE: &str = "cache.sqlite";
/// Readers beside each other; more only contend for the page cache.
const READERS_MAX: u32 = 4;
/// Another process on the file (a second start that is about to hand over) is waited for.
const BUSY_WAIT: Duration = Duration::from_secs(5);

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations/console");

/// Cheap to clone.
#[derive(Debug, Clone)]
pub struct Cache {
    pub(crate) read: SqlitePool,
    /// One connection: writers queue here, not inside SQLite.
    pub(crate) write: SqlitePool,
}

/// An open cache, and what was saved from a damaged one, if there was any.
#[derive(Debug)]
pub struct Opened {
    pub cache: Cache,
    pub rescue: Option<Rescue>,
}

impl Cache {
    /// Opens `cache.sqlite` in `folder`, making both as needed. A damaged file is set aside beside
    /// it, and what cannot be pulled anew is carried over.
    ///
    /// # Errors
    /// When the folder or the file cannot be written, or no new file can be made.
    pub async fn open(folder: &Path) -> Result<Opened> {
        tokio::fs::create_dir_all(folder).await?;
        let file = folder.join(FILE);
        match open_file(&file).await {
            Ok(cache) => Ok(Opened { cache, rescue: None }),
            Err(error) if error.is_damage() => {
                tracing::warn!(%error, "the cache is damaged and is set aside");
                let aside = rescue::set_aside(&file).await?;
                let cache = open_file(&file).await?;
                let rescue = rescue::carry_over(&aside, &cache).await;
                rescue::relay_all(&cache).await?;
                Ok(Opened { cache, rescue: Some(rescue) })
            }
            Err(error) => Err(error),
        }
    }

    /// Empties the write-ahead log into the file, so that what was deleted does not stay in the log's
    /// older pages. As far as readers let it: what is left goes with the next one.
    ///
    /// # Errors
    /// The database's.
    pub async fn empty_log(&self) -> Result<()> {
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.write).await?;
        Ok(())
    }

    /// Lets the files go; further calls fail.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}

pub(crate) fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(file).busy_timeout(BUSY_WAIT)
}

async fn open_file(file: &Path) -> Result<Cache> {
    let options = options(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // an edit that was acknowledged survives a power cut
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // what is deleted is overwritten: a forgotten store's names are not left in free pages
        .pragma("secure_delete", "ON");
    let write = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
    MIGRATIONS.run(&write).await?;
    look_over(&write).await?;
    let read = SqlitePoolOptions::new()
        .max_connections(READERS_MAX)
        .connect_with(options.read_only(true))
        .await?;
    Ok(Cache { read, write })
}

/// Reads what must not be lost once through, so that damage shows at the start and not in the
/// middle of work. The documents are not walked: they can be pulled anew.
async fn look_over(pool: &SqlitePool) -> Result<()> {
    for sql in [
        "SELECT count(length(patch) + length(base)) FROM outbox",
        "SELECT count(length(patch) + length(fields)) FROM conflicts",
        "SELECT count(length(value)) FROM remembered",
        "SELECT count(length(name)) FROM connections",
        "SELECT count(length(hash)) FROM audit_heads",
        "SELECT count(length(epoch)) FROM feeds",
    ] {
        sqlx::query_scalar::<_, i64>(sql).fetch_one(pool).await.map_err(CacheError::from)?;
    }
    Ok(())
}
