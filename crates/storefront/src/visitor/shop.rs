//! A store as its shop shows it.

use api::error::ErrorCode;
use api::store::StoreProfile;
use commerce::{Currency, Money};
use jiff::tz::TimeZone;
use negotiation::Tone;

use crate::db::store::{self, StoreRow};
use crate::db::{Reads, args};
use crate::error::{AppError, AppResult};
use crate::state::AppState;

/// What selling needs of a store.
#[derive(Debug, Clone)]
pub(crate) struct Shop {
    pub(crate) store_id: String,
    pub(crate) profile: StoreProfile,
    pub(crate) currency: Currency,
    pub(crate) live: bool,
    pub(crate) paused: bool,
}

impl Shop {
    /// By slug (or id). A store without a currency has no shop yet.
    pub(crate) async fn find(state: &AppState, slug: &str) -> AppResult<Self> {
        let db = state.db();
        let row: Option<StoreRow> = match db.maybe(store::BY_SLUG, args![slug]).await? {
            Some(row) => Some(row),
            None => db.maybe(store::BY_ID, args![slug]).await?,
        };
        Self::of_row(row.ok_or_else(no_shop)?)
    }

    pub(crate) async fn by_id<R: Reads>(reads: &mut R, store_id: &str) -> AppResult<Self> {
        let row: Option<StoreRow> = reads.maybe(store::BY_ID, args![store_id]).await?;
        Self::of_row(row.ok_or_else(no_shop)?)
    }

    fn of_row(row: StoreRow) -> AppResult<Self> {
        let profile: StoreProfile =
            serde_json::from_str(&row.profile).map_err(AppError::internal)?;
        Ok(Self {
            currency: row.currency.parse().map_err(|_| no_shop())?,
            store_id: row.store_id,
            profile,
            live: row.live,
            paused: row.paused,
        })
    }

    /// Before it goes live a shop can be looked at; it sells nothing.
    pub(crate) fn refuse_unless_live(&self) -> AppResult<()> {
        if self.live {
            return Ok(());
        }
        let message = "This shop is not open yet. You can look around; nothing is sold so far.";
        Err(AppError::refuse(ErrorCode::NotAllowedNow, message))
    }

    /// The store's zone; UTC where none is chosen yet.
    pub(crate) fn zone(&self) -> TimeZone {
        TimeZone::get(&self.profile.timezone).unwrap_or(TimeZone::UTC)
    }

    pub(crate) fn tone(&self) -> Tone {
        match self.profile.tone.as_str() {
            "warm" => Tone::Warm,
            "brief" => Tone::Brief,
            _ => Tone::Plain,
        }
    }

    /// Minor units of the store's currency, as the wire has them.
    pub(crate) fn wire(&self, minor: i64) -> api::Money {
        api::Money { minor, currency: self.currency.code().to_owned() }
    }

    /// Minor units of the store's currency, for calculating.
    pub(crate) fn money(&self, minor: i64) -> AppResult<Money> {
        Money::from_minor(minor, self.currency).map_err(AppError::internal)
    }
}

fn no_shop() -> AppError {
    AppError::not_found("shop")
}
