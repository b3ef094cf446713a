//! The answer of the index: a decision's prices and who won each policy key, by copy.

use commerce::Money;

use crate::decision::{Outcome, Reason};
use crate::trace::PolicyKey;

/// What the rules say of one sale, in figures: the same as [`crate::decide`] says, without the
/// names and the trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    /// Why it is blocked; `None` when priced.
    pub reason: Option<Reason>,
    /// The lowest price allowed; always there when priced, never when blocked.
    pub floor: Option<Money>,
    /// The highest price allowed, if any rule says one.
    pub ceiling: Option<Money>,
    /// Within [floor, ceiling].
    pub target: Option<Money>,
    /// Within [floor, ceiling].
    pub accept_at: Option<Money>,
    pub decline_below: Option<Money>,
    pub escalate_at: Option<Money>,
    pub(super) winners: Winners,
}

/// For each policy key in the order of [`PolicyKey::ALL`] the winner's place in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Winners(pub(super) [u32; PolicyKey::ALL.len()]);

impl Winners {
    pub(super) const NONE: u32 = u32::MAX;
}

impl Quote {
    pub(super) fn blocked(reason: Reason) -> Self {
        Self {
            reason: Some(reason),
            floor: None,
            ceiling: None,
            target: None,
            accept_at: None,
            decline_below: None,
            escalate_at: None,
            winners: Winners([Winners::NONE; PolicyKey::ALL.len()]),
        }
    }

    pub fn outcome(&self) -> Outcome {
        if self.reason.is_none() { Outcome::Priced } else { Outcome::Blocked }
    }

    /// The rule that settles a policy key, by its place in [`crate::RuleSet::rules`]; `None` when
    /// no matched rule sets it, or the sale is blocked.
    pub fn winner(&self, key: PolicyKey) -> Option<usize> {
        let lane = PolicyKey::ALL.iter().position(|&known| known == key)?;
        let winner = self.winners.0[lane];
        (winner != Winners::NONE).then_some(winner as usize)
    }
}
