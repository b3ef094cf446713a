//! What a merchant may set about bargaining beyond the rules: the setting `negotiation`. Everything
//! has a default; an unreadable setting is the default, never a looser one.

use api::staff::Role;
use negotiation::approval::Reach;
use negotiation::{ApprovalTable, HardStops, PriceEnding};
use serde::Deserialize;

use crate::db::store::{self, DocumentRow};
use crate::db::{Reads, args};
use crate::error::AppResult;

/// The setting `negotiation`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
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
        }
    }
}

impl Settings {
    pub(crate) async fn load<R: Reads>(reads: &mut R, store_id: &str) -> AppResult<Self> {
        let key = args![store_id, "setting/negotiation"];
        let kept: Option<DocumentRow> = reads.maybe(store::DOCUMENT, key).await?;
        let mut set: Self =
            kept.and_then(|row| serde_json::from_str(&row.body).ok()).unwrap_or_default();
        for (value, max) in [
            (&mut set.idle_minutes, 7 * 24 * 60),
            (&mut set.answer_target_s, 7 * 24 * 3600),
            (&mut set.claim_minutes, 24 * 60),
            (&mut set.attempts_max, 1000),
            (&mut set.staff_from_pct, 100),
            (&mut set.offers_max, 10_000),
        ] {
            *value = (*value).clamp(1, max);
        }
        Ok(set)
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
