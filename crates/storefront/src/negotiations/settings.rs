//! What a merchant may set about bargaining beyond the rules: the setting `negotiation`. Everything
//! has a default. Where what is kept cannot be read nothing is bargained: a default could be looser
//! than what the merchant meant.

use api::staff::Role;
use negotiation::approval::Reach;
use negotiation::{ApprovalTable, HardStops, PriceEnding};
use serde::Deserialize;
use serde_json::Value;

use crate::db::store::{self, DocumentRow};
use crate::db::{Reads, args};
use crate::error::{AppError, AppResult};

/// Its name among the settings.
pub(crate) const NAME: &str = "negotiation";

/// The setting `negotiation`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    /// Offers below `decline_below` go to staff instead of being declined. Absent: only where the
    /// rules set no `decline_below`, so that an offer under the floor reaches a person.
    pub(crate) low_offers_to_staff: Option<bool>,
    /// Percent of the list price under which a low offer is not worth a person's time: the bot
    /// declines it by itself. Of the list price, which everyone sees, so that it tells nothing.
    pub(crate) staff_from_pct: i64,
    pub(crate) approvals: ApprovalTable,
    pub(crate) hard_stops: HardStops,
    pub(crate) price_ending: PriceEnding,
    /// Minutes without a word after which a negotiation expires.
    pub(crate) idle_minutes: i64,
    /// Seconds within which staff mean to answer.
    pub(crate) answer_target_s: i64,
    /// Minutes that a member of staff holds a negotiation without acting.
    pub(crate) claim_minutes: i64,
    /// Negotiations that one visitor may begin on a product in a day, and offers in them.
    pub(crate) attempts_max: i64,
    pub(crate) offers_max: i64,
    /// What is kept cannot be read.
    #[serde(skip)]
    pub(crate) unreadable: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            low_offers_to_staff: None,
            staff_from_pct: 33,
            approvals: ApprovalTable::default(),
            hard_stops: HardStops::default(),
            price_ending: PriceEnding::default(),
            idle_minutes: 30,
            answer_target_s: 300,
            claim_minutes: 10,
            attempts_max: 5,
            offers_max: 40,
            unreadable: false,
        }
    }
}

impl Settings {
    pub(crate) async fn load<R: Reads>(reads: &mut R, store_id: &str) -> AppResult<Self> {
        let key = args![store_id, "setting/negotiation"];
        let Some(kept) = reads.maybe::<DocumentRow>(store::DOCUMENT, key).await? else {
            return Ok(Self::default());
        };
        let body = serde_json::from_str(&kept.body).map_err(AppError::internal);
        Ok(body.and_then(|body| Self::parse(&body)).unwrap_or_else(|error| {
            tracing::error!(
                store_id,
                ?error,
                "the setting negotiation cannot be read: bargaining is closed"
            );
            Self::closed()
        }))
    }

    /// Reads the setting; `null` is the default.
    ///
    /// # Errors
    /// What is wrong, by its field.
    pub(crate) fn parse(value: &Value) -> AppResult<Self> {
        if value.is_null() {
            return Ok(Self::default());
        }
        let set: Self = crate::http::fault::read_value("value", value)?;
        for (field, value, max) in [
            ("idle_minutes", set.idle_minutes, 7 * 24 * 60),
            ("answer_target_s", set.answer_target_s, 7 * 24 * 3600),
            ("claim_minutes", set.claim_minutes, 24 * 60),
            ("attempts_max", set.attempts_max, 1000),
            ("staff_from_pct", set.staff_from_pct, 100),
            ("offers_max", set.offers_max, 10_000),
        ] {
            if !(1..=max).contains(&value) {
                let message = format!("{value}: expected 1 to {max}.");
                return Err(AppError::invalid(&format!("value.{field}"), message));
            }
        }
        Ok(set)
    }

    /// Nothing is bargained and nobody approves anything.
    fn closed() -> Self {
        let nothing = Reach::Nothing;
        let approvals = ApprovalTable { agent: nothing, manager: nothing, owner: nothing };
        Self { unreadable: true, approvals, ..Self::default() }
    }

    /// The table of approvals, raised to the role that the launch constraints name: who must
    /// approve what the bot may not decide.
    pub(crate) fn approvals(&self, approver: Option<Role>) -> ApprovalTable {
        let mut table = self.approvals;
        if matches!(approver, Some(Role::Manager | Role::Owner)) {
            table.agent = Reach::Nothing;
        }
        if approver == Some(Role::Owner) {
            table.manager = Reach::Nothing;
        }
        table
    }
}
