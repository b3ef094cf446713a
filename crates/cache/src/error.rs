//! What can go wrong with the cache. Its text is for the log; a person is told in the console's words.

#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// Disk full, read-only, locked by another program …
    #[error("the cache's database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the cache's migrations: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("the cache's folder: {0}")]
    Folder(#[from] std::io::Error),
    /// A stored value is not what this version writes.
    #[error("the cache holds {what} that cannot be read: {why}")]
    Unreadable { what: &'static str, why: String },
    /// An edit that cannot be applied to its document.
    #[error("no such edit: {0}")]
    Edit(String),
}

impl CacheError {
    /// The file itself is broken: set it aside at the next start.
    pub fn is_damage(&self) -> bool {
        let Self::Database(sqlx::Error::Database(e)) = self else {
            return matches!(self, Self::Migration(sqlx::migrate::MigrateError::Execute(e)) if damaged(e));
        };
        damaged_code(e.code().as_deref())
    }
}

fn damaged(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(e) if damaged_code(e.code().as_deref()))
}

/// SQLITE_CORRUPT (11, and its extended forms) and SQLITE_NOTADB (26).
fn damaged_code(code: Option<&str>) -> bool {
    code.and_then(|c| c.parse::<u32>().ok()).is_some_and(|c| matches!(c & 0xff, 11 | 26))
}

pub(crate) fn unreadable(what: &'static str) -> impl Fn(serde_json::Error) -> CacheError {
    move |e| CacheError::Unreadable { what, why: e.to_string() }
}
