//! Reading inside a write or beside one, by the same functions.

use std::future::Future;

use super::{Args, Db, DbError, Row};
use crate::write::Write;

/// Something that statements can read through: the pool, or a write in progress.
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

impl Reads for Write {
    fn all<T: Row>(
        &mut self,
        sql: &'static str,
        args: Args,
    ) -> impl Future<Output = Result<Vec<T>, DbError>> + Send {
        Write::all(self, sql, args)
    }

    fn maybe<T: Row>(
        &mut self,
        sql: &'static str,
        args: Args,
    ) -> impl Future<Output = Result<Option<T>, DbError>> + Send {
        Write::maybe(self, sql, args)
    }
}

impl Reads for &Db {
    fn all<T: Row>(
        &mut self,
        sql: &'static str,
        args: Args,
    ) -> impl Future<Output = Result<Vec<T>, DbError>> + Send {
        Db::all(self, sql, args)
    }

    fn maybe<T: Row>(
        &mut self,
        sql: &'static str,
        args: Args,
    ) -> impl Future<Output = Result<Option<T>, DbError>> + Send {
        Db::maybe(self, sql, args)
    }
}
