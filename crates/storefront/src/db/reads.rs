//! Reading inside a write or beside one, by the same functions.

use std::future::Future;

use super::{Args, Db, DbError, Row, Tx};
use crate::write::Write;

/// Something that statements can read through: the pool, a transaction, or a write in progress.
pub(crate) trait Reads: Send {
    fn all<T: Row>(
        &mut self,
        sql: &'static str,
        args: Args,
    ) -> impl Future<Output = Result<Vec<T>, DbError>> + Send;

    fn maybe<T: Row>(
        &mut self,
        sql: &'static str,
        args: Args,
    ) -> impl Future<Output = Result<Option<T>, DbError>> + Send;
}

macro_rules! reads_through {
    ($($reader:ty: $own:ident),+) => {$(
        impl Reads for $reader {
            fn all<T: Row>(
                &mut self,
                sql: &'static str,
                args: Args,
            ) -> impl Future<Output = Result<Vec<T>, DbError>> + Send {
                $own::all(self, sql, args)
            }

            fn maybe<T: Row>(
                &mut self,
                sql: &'static str,
                args: Args,
            ) -> impl Future<Output = Result<Option<T>, DbError>> + Send {
                $own::maybe(self, sql, args)
            }
        }
    )+};
}

reads_through!(Write: Write, Tx: Tx, &Db: Db);
