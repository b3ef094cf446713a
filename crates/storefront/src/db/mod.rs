//! The service's database: SQLite or PostgreSQL, one SQL text for both. SQL stands in this folder
//! alone; every statement is declared with `statements!` so that a test prepares each on both.

mod bound;
pub(crate) mod bulk;
mod engine;
mod migrate;
mod reads;

pub mod audit_log;
pub mod cart;
pub mod change;
pub mod customer;
pub mod deal;
pub mod import;
pub mod negotiation;
pub mod order;
pub mod product;
pub mod rule_set;
pub mod sample;
pub mod shadow;
pub mod shop;
pub mod staff;
pub mod store;
pub mod sync;
pub mod under_way;
pub mod visitor;

pub use bound::{Arg, Args};
pub use engine::{Db, DbError, Row, Tx, sqlite_file};
pub(crate) use reads::Reads;

/// Declares a module's SQL: named constants, and `STATEMENTS` with all of them for the test that
/// prepares each on both engines.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* pub(crate) const $name: &str = $sql;)*
        /// Every statement of this module.
        #[cfg(test)]
        pub(crate) const STATEMENTS: &[&str] = &[$($name),*];
    };
}
pub(crate) use statements;

/// Binds values in order: `args![store_id, sku, None::<i64>]`.
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::db::Arg::from($value)),*] };
}
pub(crate) use args;

/// All statements of the service.
#[cfg(test)]
pub(crate) fn all_statements() -> Vec<&'static str> {
    [
        audit_log::STATEMENTS,
        cart::STATEMENTS,
        change::STATEMENTS,
        migrate::STATEMENTS,
        customer::STATEMENTS,
        deal::STATEMENTS,
        import::STATEMENTS,
        &import::built(),
        negotiation::STATEMENTS,
        order::STATEMENTS,
        product::STATEMENTS,
        rule_set::STATEMENTS,
        shop::STATEMENTS,
        sample::STATEMENTS,
        shadow::STATEMENTS,
        staff::STATEMENTS,
        store::STATEMENTS,
        sync::STATEMENTS,
        under_way::STATEMENTS,
        visitor::STATEMENTS,
    ]
    .concat()
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::panic)]
mod tests {
    use sqlx::{Executor, SqlStr};

    use super::*;

    async fn prepare_all(db: &Db) {
        for sql in all_statements() {
            let outcome = match db {
                Db::Sqlite { write, .. } => write.prepare(SqlStr::from_static(sql)).await.map(drop),
                Db::Postgres(pool) => pool.prepare(SqlStr::from_static(sql)).await.map(drop),
            };
            outcome.unwrap_or_else(|error| panic!("{error}\n{sql}"));
        }
    }

    #[tokio::test]
    async fn every_statement_is_understood_by_both_engines() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("souk.db");
        prepare_all(&Db::open(&format!("sqlite:{}", path.display())).await.expect("SQLite")).await;
        let Ok(url) = std::env::var("SOUK_TEST_POSTGRES_URL") else {
            assert!(std::env::var("CI").is_err(), "CI must set SOUK_TEST_POSTGRES_URL");
            return;
        };
        let (server, _) = url.rsplit_once('/').expect("postgres://HOST/DATABASE");
        let name = format!("souk_statements_{}", uuid::Uuid::now_v7().simple());
        let admin = sqlx::PgPool::connect(&url).await.expect("the test cluster");
        let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
        admin.execute(sqlx::raw_sql(create)).await.expect("a database");
        prepare_all(&Db::open(&format!("{server}/{name}")).await.expect("PostgreSQL")).await;
    }
}
