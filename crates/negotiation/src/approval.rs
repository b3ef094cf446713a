//! Who may agree to which price, what staff could answer next, and in what order they are asked.
//! It never changes a negotiation: a [`Clearance`] is what the session's `approve` wants to see.

use std::cmp::{Ordering, Reverse};

use commerce::money::Money;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::act::Role;
use crate::bargain::next_ask;
use crate::limits::Limits;
use crate::session::Session;

/// How far down a role may approve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    Nothing,
    /// Down to the floor.
    Floor,
    /// Below the floor, down to the unit cost.
    UnitCost,
    /// Below the unit cost, with a second person.
    BelowCost,
}

/// The merchant's table of what each role may approve; analysts and auditors approve nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalTable {
    pub agent: Reach,
    pub manager: Reach,
    pub owner: Reach,
}

impl Default for ApprovalTable {
    fn default() -> Self {
        Self { agent: Reach::Floor, manager: Reach::UnitCost, owner: Reach::BelowCost }
    }
}

impl ApprovalTable {
    pub fn reach(&self, role: Role) -> Reach {
        match role {
            Role::Agent => self.agent,
            Role::Manager => self.manager,
            Role::Owner => self.owner,
            Role::Analyst | Role::Auditor => Reach::Nothing,
        }
    }

    /// The least of the three roles that reaches so far.
    fn least_role(&self, needed: Reach) -> Option<Role> {
        [Role::Agent, Role::Manager, Role::Owner].into_iter().find(|r| self.reach(*r) >= needed)
    }
}

/// A price that staff want to agree to. People are named by their staff id.
#[derive(Clone, Copy, Debug)]
pub struct ApprovalRequest<'a> {
    pub price: Money,
    pub floor: Money,
    /// Where unknown, a price below the floor counts as below cost.
    pub unit_cost: Option<Money>,
    /// The member of staff who asked for the approval, if one did.
    pub requester: Option<&'a str>,
    pub approver: &'a str,
    pub role: Role,
    /// The second person and their role; they must be manager or owner.
    pub second: Option<(&'a str, Role)>,
    /// Why, in writing; needed below the floor.
    pub reason: &'a str,
    /// Notes, links or file names; needed below the floor.
    pub evidence: &'a [String],
}

/// Proof that [`may_approve`] allowed a price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clearance {
    #[serde(with = "crate::wire::money")]
    price: Money,
    approver: String,
    second: Option<String>,
    reason: String,
    evidence: Vec<String>,
}

impl Clearance {
    /// Whether it covers agreeing at `price`: its own price and anything dearer.
    pub fn covers(&self, price: Money) -> bool {
        price.currency() == self.price.currency() && price.minor() >= self.price.minor()
    }

    pub fn price(&self) -> Money {
        self.price
    }

    pub fn approver(&self) -> &str {
        &self.approver
    }

    pub fn second(&self) -> Option<&str> {
        self.second.as_deref()
    }

    pub fn reason(&self) -> &str {
        &self.reason
    }

    pub fn evidence(&self) -> &[String] {
        &self.evidence
    }
}

/// What is missing, or the clearance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Allowed(Clearance),
    /// Below the floor: a written reason is missing.
    NeedsReason,
    /// Below the floor: a note, link or file is missing.
    NeedsEvidence,
    /// This role or above.
    NeedsRole(Role),
    /// No role may approve such a price.
    NoRoleMay,
    /// Below cost: another manager or owner is missing.
    NeedsSecondPerson,
    /// Below the floor, who asked cannot approve.
    RequesterCannotApprove,
    /// Price, floor and cost are not of one currency, or the price is not above zero.
    BadPrice,
}

/// Whether this person may agree to this price. What is missing is named one at a time, in this
/// order: price, role, requester, second person, reason, evidence.
pub fn may_approve(table: &ApprovalTable, request: &ApprovalRequest<'_>) -> Verdict {
    let price = request.price;
    let other = |m: Money| m.currency() != price.currency();
    if price.minor() <= 0 || other(request.floor) || request.unit_cost.is_some_and(other) {
        return Verdict::BadPrice;
    }
    let below_floor = price.minor() < request.floor.minor();
    let below_cost = request.unit_cost.is_none_or(|cost| price.minor() < cost.minor());
    let needed = match (below_floor, below_cost) {
        (false, _) => Reach::Floor,
        (true, false) => Reach::UnitCost,
        (true, true) => Reach::BelowCost,
    };
    if table.reach(request.role) < needed {
        return table.least_role(needed).map_or(Verdict::NoRoleMay, Verdict::NeedsRole);
    }
    if below_floor && request.requester == Some(request.approver) {
        return Verdict::RequesterCannotApprove;
    }
    let second = request.second.filter(|(who, role)| {
        matches!(role, Role::Manager | Role::Owner)
            && *who != request.approver
            && Some(*who) != request.requester
    });
    if needed == Reach::BelowCost && second.is_none() {
        return Verdict::NeedsSecondPerson;
    }
    if below_floor && request.reason.trim().is_empty() {
        return Verdict::NeedsReason;
    }
    if below_floor && request.evidence.iter().all(|e| e.trim().is_empty()) {
        return Verdict::NeedsEvidence;
    }
    Verdict::Allowed(Clearance {
        price,
        approver: request.approver.to_owned(),
        second: second.map(|(who, _)| who.to_owned()),
        reason: request.reason.trim().to_owned(),
        evidence: request.evidence.to_vec(),
    })
}

/// Counteroffers that staff could make now, dearest first, at most four, all from the floor up to
/// the standing ask: the curve's next ask, the middle between ask and offer, the customer's own
/// last offer, and the bot's last ask.
pub fn next_best(session: &Session, limits: &Limits) -> Vec<Money> {
    let ask = session.ask(limits);
    let mut candidates = vec![next_ask(session, limits), limits.last_ask()];
    if let Some(offer) = session.last_offer {
        candidates.push(offer);
        let middle = offer.minor() + (ask.minor() - offer.minor()).max(0) / 2;
        candidates.extend(Money::from_minor(middle, ask.currency()).ok());
    }
    candidates
        .retain(|c| c.minor() >= limits.floor.minor() && c.minor() <= ask.minor() && c.minor() > 0);
    candidates.sort_by_key(|c| Reverse(c.minor()));
    candidates.dedup();
    candidates
}

/// A row's place in the queue, from figures that the merchant can read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueScore {
    /// Value at stake in minor units × minutes waited (at least 1) × intent (of 100, 50 if
    /// unknown) / 100.
    pub score: u64,
    pub value_minor: u64,
    pub waiting_minutes: u64,
    pub intent: u8,
    /// When the answer target was passed, if it was.
    pub breached_at: Option<Timestamp>,
}

/// Scores a waiting negotiation. `value_at_stake` is standing ask × quantity; `answer_target` is
/// how soon staff are to answer.
pub fn queue_score(
    value_at_stake: Money,
    waiting_since: Timestamp,
    intent: Option<u8>,
    answer_target: SignedDuration,
    now: Timestamp,
) -> QueueScore {
    let waited = now.duration_since(waiting_since);
    let value_minor = u64::try_from(value_at_stake.minor()).unwrap_or(0);
    let waiting_minutes = u64::try_from(waited.as_mins()).unwrap_or(0).max(1);
    let intent = intent.unwrap_or(50).min(100);
    let score = value_minor.saturating_mul(waiting_minutes).saturating_mul(u64::from(intent)) / 100;
    let breach = waiting_since.checked_add(answer_target).ok().filter(|at| *at <= now);
    QueueScore { score, value_minor, waiting_minutes, intent, breached_at: breach }
}

/// The queue's order: those past their answer target first, the oldest breach at the top, then the
/// greatest score.
pub fn queue_order(a: &QueueScore, b: &QueueScore) -> Ordering {
    match (a.breached_at, b.breached_at) {
        (Some(x), Some(y)) => x.cmp(&y).then_with(|| b.score.cmp(&a.score)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => b.score.cmp(&a.score),
    }
}
