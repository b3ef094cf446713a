//! The service's database: SQLite or PostgreSQL, one SQL text for both. SQL stands in this folder
//! alone; every statement is declared with `statements!` so that a test prepares each on both.

mod bound;
mod engine;
mod migrate;

pub mod audit_log;
pub mod change;
pub mod customer;
pub mod product;
pub mod rule_set;
pub mod staff;
pub mod store;
pub mod sync;

pub use bound::{Arg, Args};
pub use engine::{Db, DbError, Row, Tx};

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
        change::STATEMENTS,
        customer::STATEMENTS,
        product::STATEMENTS,
        rule_set::STATEMENTS,
        staff::STATEMENTS,
        store::STATEMENTS,
        sync::STATEMENTS,
    ]
    .concat()
}
