//! What every list of things with a state and a beginning can be asked: negotiations, orders.

use api::Instant;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::catalog::like;
use crate::db::{Args, args};
use crate::error::{AppError, AppResult};

const LIMIT: i64 = 100;

#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Listed {
    /// One state, or several with commas between.
    state: Option<String>,
    /// Part of a customer's name; of a title or SKU, or of an e-mail or order number.
    q: Option<String>,
    /// Opened, or placed, at or after.
    #[param(value_type = Option<String>)]
    from: Option<Instant>,
    /// Opened, or placed, before.
    #[param(value_type = Option<String>)]
    until: Option<Instant>,
    /// `next` of the page before.
    pub(crate) after: Option<String>,
    /// 1 to 500; 100 when absent.
    limit: Option<i64>,
}

impl Listed {
    pub(crate) fn limit(&self) -> AppResult<i64> {
        let limit = self.limit.unwrap_or(LIMIT);
        if (1..=500).contains(&limit) {
            return Ok(limit);
        }
        Err(AppError::invalid("limit", "Expected 1 to 500."))
    }

    /// The first five arguments of a list's statement: store, states as `,a,b,`, part of a text,
    /// from, until. `state` says of a word that is no state what is expected.
    pub(crate) fn filter(
        &self,
        store_id: &str,
        state: impl Fn(&str) -> Result<(), String>,
    ) -> AppResult<Args> {
        let states = self.state.as_deref().filter(|s| !s.is_empty());
        for one in states.into_iter().flat_map(|list| list.split(',')) {
            state(one).map_err(|expected| AppError::invalid("state", expected))?;
        }
        let states = states.map(|list| format!(",{list},"));
        let words = self.q.as_deref().filter(|q| !q.trim().is_empty()).map(like);
        let (from, until) = (self.from.map(Instant::as_ms), self.until.map(Instant::as_ms));
        Ok(args![store_id, states, words, from, until])
    }
}
