//! The queue of negotiations, one of them, and what staff do with it.

use api::error::ErrorCode;
use api::negotiation::{NegotiationDetail, NegotiationRow, NegotiationState, StaffAct};
use api::{Instant, Page};
use serde::{Deserialize, Serialize};
use specta::Type;
use sync::{Method, service::path_part};

use crate::{Answer, Console};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct NegotiationQuery {
    /// Those in one of these states; in any when there are none.
    pub states: Vec<NegotiationState>,
    /// Part of a customer's name, a SKU or a title.
    pub q: Option<String>,
    /// Opened at or after.
    pub from: Option<Instant>,
    /// Opened before.
    pub until: Option<Instant>,
    /// Whether the customer has made an offer.
    pub offered: Option<bool>,
    pub after: Option<String>,
    /// 1 to 500; 100 unless given.
    pub limit: Option<i32>,
}

/// In the queue's order: who has waited longest for the most first.
pub async fn list(console: &Console, query: NegotiationQuery) -> Answer<Page<NegotiationRow>> {
    let states: Vec<_> = query.states.into_iter().map(state_name).collect();
    let pairs = crate::core::pairs([
        ("state", (!states.is_empty()).then(|| states.join(","))),
        ("q", query.q),
        ("from", query.from.map(|at| at.0.to_string())),
        ("until", query.until.map(|at| at.0.to_string())),
        ("offered", query.offered.map(|o| o.to_string())),
        ("after", query.after),
        ("limit", Some(query.limit.unwrap_or(100).clamp(1, 500).to_string())),
    ]);
    console.service().await?.get("/negotiations", &pairs).await
}

pub async fn get(console: &Console, id: &str) -> Answer<NegotiationDetail> {
    console.service().await?.get(&format!("/negotiations/{}", path_part(id)), &[]).await
}

/// Approve, decline, counter, take over, release or message. A decision taken on an older epoch is
/// refused with `conflict`.
pub async fn act(console: &Console, id: &str, act: StaffAct) -> Answer<NegotiationDetail> {
    let path = format!("/negotiations/{}/acts", path_part(id));
    let answer = console.service().await?.send(Method::POST, &path, &act).await;
    // refused because it is no longer as it was seen: what the pages show is old
    let late = matches!(&answer, Err(error) if error.code == ErrorCode::Conflict);
    if answer.is_ok() || late {
        console.did("negotiation_act");
    }
    answer
}

pub(crate) fn state_name(state: NegotiationState) -> &'static str {
    match state {
        NegotiationState::Opened => "opened",
        NegotiationState::Bargaining => "bargaining",
        NegotiationState::AwaitingStaff => "awaiting_staff",
        NegotiationState::Agreed => "agreed",
        NegotiationState::Redeemed => "redeemed",
        NegotiationState::Declined => "declined",
        NegotiationState::Expired => "expired",
        NegotiationState::Withdrawn => "withdrawn",
        NegotiationState::Stopped => "stopped",
        NegotiationState::Lapsed => "lapsed",
    }
}
