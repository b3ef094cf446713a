//! Brings a database to the newest migration: numbered files, each once, in a transaction each,
//! with the checksum of what ran.

use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Executor};

use super::{Db, DbError, Tx, args, statements};

const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_foundation", include_str!("../../../../migrations/storefront/0001_foundation.sql")),
    ("0002_catalog", include_str!("../../../../migrations/storefront/0002_catalog.sql")),
    ("0003_selling", include_str!("../../../../migrations/storefront/0003_selling.sql")),
    ("0004_rule_life", include_str!("../../../../migrations/storefront/0004_rule_life.sql")),
    (
        "0005_imports_under_way",
        include_str!("../../../../migrations/storefront/0005_imports_under_way.sql"),
    ),
    ("0006_hand_overs", include_str!("../../../../migrations/storefront/0006_hand_overs.sql")),
    (
        "0007_answers_by_age",
        include_str!("../../../../migrations/storefront/0007_answers_by_age.sql"),
    ),
    ("0008_epoch", include_str!("../../../../migrations/storefront/0008_epoch.sql")),
    ("0009_offer_tries", include_str!("../../../../migrations/storefront/0009_offer_tries.sql")),
];

statements! {
    MAKE_LEDGER = "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, checksum TEXT NOT NULL)";
    CHECKSUM = "SELECT checksum FROM migrations WHERE name = $1";
    RECORD = "INSERT INTO migrations (name, checksum) VALUES ($1, $2)";
}

/// Two nodes that start at once must not both migrate (PostgreSQL; SQLite's write lock does it).
const LOCK: &str = "SELECT pg_advisory_xact_lock(736071)";

pub(super) async fn run(db: &Db) -> Result<(), DbError> {
    let mut tx = db.begin().await?;
    if let Tx::Postgres(pg) = &mut tx {
        pg.execute(LOCK).await?;
    }
    tx.run(MAKE_LEDGER, vec![]).await?;
    for (name, sql) in MIGRATIONS {
        let checksum = hex::encode(Sha256::digest(sql.as_bytes()));
        match tx.maybe::<(String,)>(CHECKSUM, args![*name]).await? {
            Some((known,)) if known == checksum => {}
            Some(_) => return Err(DbError::MigrationChanged((*name).to_owned())),
            None => {
                script(&mut tx, sql).await?;
                tx.run(RECORD, args![*name, checksum]).await?;
            }
        }
    }
    tx.commit().await
}

async fn script(tx: &mut Tx, sql: &'static str) -> Result<(), DbError> {
    match tx {
        Tx::Sqlite(tx) => tx.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await.map(drop)?,
        Tx::Postgres(tx) => tx.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await.map(drop)?,
    }
    Ok(())
}
