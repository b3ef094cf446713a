//! Two pools behind one type. Reads go through the read pool; every write is in a transaction that
//! on SQLite takes the write lock at once (`BEGIN IMMEDIATE`, one connection).

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgArguments, PgPool, PgPoolOptions, PgRow};
use sqlx::query::{Query, QueryAs};
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteRow, SqliteSynchronous,
};
use sqlx::{FromRow, Postgres, Sqlite, Transaction};
use thiserror::Error;

use super::Arg;

/// A row type that both engines can fill.
pub trait Row:
    Send + Unpin + for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + 'static
{
}
impl<T> Row for T where
    T: Send + Unpin + for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + 'static
{
}

#[derive(Debug, Error)]
pub enum DbError {
    #[error("the database refused: {0}")]
    Sql(#[from] sqlx::Error),
    #[error("migration {0} was changed after it ran here")]
    MigrationChanged(String),
    #[error("{0}: databases are sqlite:FILE and postgres://USER@HOST/NAME")]
    Unsupported(String),
    #[error("a stored value cannot be read: {0}")]
    Unreadable(String),
}

impl DbError {
    /// Two writers made the same key: the caller says what that means.
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Sql(sqlx::Error::Database(e)) if e.is_unique_violation())
    }
}

#[derive(Clone, Debug)]
pub enum Db {
    Sqlite { read: SqlitePool, write: SqlitePool },
    Postgres(PgPool),
}

/// The file that a database's name means, where it is SQLite's: `sqlite:FILE`, `sqlite://FILE`, or
/// the file alone.
pub fn sqlite_file(url: &str) -> Option<&Path> {
    let file = match url.strip_prefix("sqlite:") {
        Some(file) => file.strip_prefix("//").unwrap_or(file),
        None if url.contains("://") => return None,
        None => url,
    };
    Some(Path::new(file))
}

impl Db {
    /// Opens (and for SQLite makes) the database and brings it to the newest migration.
    pub async fn open(url: &str) -> Result<Self, DbError> {
        let db = if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let options =
                PgPoolOptions::new().max_connections(16).acquire_timeout(Duration::from_secs(10));
            Self::Postgres(options.connect(url).await?)
        } else if let Some(file) = sqlite_file(url) {
            Self::open_sqlite(file).await?
        } else {
            // what follows may hold a password
            let scheme = url.split(':').next().unwrap_or_default();
            return Err(DbError::Unsupported(format!("{scheme}://…")));
        };
        super::migrate::run(&db).await?;
        Ok(db)
    }

    async fn open_sqlite(path: &Path) -> Result<Self, DbError> {
        let options = SqliteConnectOptions::from_str("sqlite://")?
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10));
        let write =
            SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        let read = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options.pragma("query_only", "ON"))
            .await?;
        Ok(Self::Sqlite { read, write })
    }

    /// Starts a write. Dropped without `commit`, it never happened.
    pub async fn begin(&self) -> Result<Tx, DbError> {
        Ok(match self {
            Self::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    pub async fn all<T: Row>(&self, sql: &'static str, args: Vec<Arg>) -> Result<Vec<T>, DbError> {
        Ok(match self {
            Self::Sqlite { read, .. } => bound(sqlx::query_as(sql), args).fetch_all(read).await?,
            Self::Postgres(pool) => bound(sqlx::query_as(sql), args).fetch_all(pool).await?,
        })
    }

    pub async fn maybe<T: Row>(
        &self,
        sql: &'static str,
        args: Vec<Arg>,
    ) -> Result<Option<T>, DbError> {
        Ok(match self {
            Self::Sqlite { read, .. } => {
                bound(sqlx::query_as(sql), args).fetch_optional(read).await?
            }
            Self::Postgres(pool) => bound(sqlx::query_as(sql), args).fetch_optional(pool).await?,
        })
    }

    pub async fn one<T: Row>(&self, sql: &'static str, args: Vec<Arg>) -> Result<T, DbError> {
        self.maybe(sql, args).await?.ok_or(DbError::Sql(sqlx::Error::RowNotFound))
    }

    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// A write in progress.
pub enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    pub async fn all<T: Row>(
        &mut self,
        sql: &'static str,
        args: Vec<Arg>,
    ) -> Result<Vec<T>, DbError> {
        Ok(match self {
            Self::Sqlite(tx) => bound(sqlx::query_as(sql), args).fetch_all(&mut **tx).await?,
            Self::Postgres(tx) => bound(sqlx::query_as(sql), args).fetch_all(&mut **tx).await?,
        })
    }

    pub async fn maybe<T: Row>(
        &mut self,
        sql: &'static str,
        args: Vec<Arg>,
    ) -> Result<Option<T>, DbError> {
        Ok(match self {
            Self::Sqlite(tx) => bound(sqlx::query_as(sql), args).fetch_optional(&mut **tx).await?,
            Self::Postgres(tx) => {
                bound(sqlx::query_as(sql), args).fetch_optional(&mut **tx).await?
            }
        })
    }

    pub async fn one<T: Row>(&mut self, sql: &'static str, args: Vec<Arg>) -> Result<T, DbError> {
        self.maybe(sql, args).await?.ok_or(DbError::Sql(sqlx::Error::RowNotFound))
    }

    /// Runs a statement and says how many rows it changed.
    pub async fn run(&mut self, sql: &'static str, args: Vec<Arg>) -> Result<u64, DbError> {
        Ok(match self {
            Self::Sqlite(tx) => {
                bound(sqlx::query(sql), args).execute(&mut **tx).await?.rows_affected()
            }
            Self::Postgres(tx) => {
                bound(sqlx::query(sql), args).execute(&mut **tx).await?.rows_affected()
            }
        })
    }

    pub async fn commit(self) -> Result<(), DbError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

/// A query of either engine, with or without rows to read, that takes one value after another.
trait Takes: Sized {
    fn take(self, arg: Arg) -> Self;
}

fn bound<Q: Takes>(query: Q, args: Vec<Arg>) -> Q {
    args.into_iter().fold(query, Q::take)
}

macro_rules! takes {
    ([$($generics:tt)*] $query:ty) => {
        impl<$($generics)*> Takes for $query {
            fn take(self, arg: Arg) -> Self {
                match arg {
                    Arg::Int(v) => self.bind(v),
                    Arg::Text(v) => self.bind(v),
                    Arg::Bool(v) => self.bind(v),
                }
            }
        }
    };
}
takes!([] Query<'static, Sqlite, SqliteArguments>);
takes!([] Query<'static, Postgres, PgArguments>);
takes!([T: Row] QueryAs<'static, Sqlite, T, SqliteArguments>);
takes!([T: Row] QueryAs<'static, Postgres, T, PgArguments>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_in_three_ways() {
        for (url, file) in [
            ("sqlite:/var/souk.db", Some("/var/souk.db")),
            ("sqlite:///var/souk.db", Some("/var/souk.db")),
            ("sqlite://souk.db", Some("souk.db")),
            ("sqlite:souk.db", Some("souk.db")),
            ("data/souk.db", Some("data/souk.db")),
            ("postgres://souk@db.example/souk", None),
            ("mysql://root@db.example/souk", None),
        ] {
            assert_eq!(sqlite_file(url), file.map(Path::new), "{url}");
        }
    }
}
