//! What rules leave uncovered: facts without a floor, and policies that never get a say.

use super::ask::{Everywhere, Question, Taking};
use super::bits::Bits;
use super::cover::Rest;
use super::findings::{FindingKind, Verdict};
use super::found::Found;
use super::ground::Ground;
use crate::trace::PolicyKey;

/// Facts where a decision is blocked because no rule gives a floor. Where a margin is asked and
/// the cost is missing the decision is blocked for that, and it is no gap.
pub(super) fn gap(ground: &Ground<'_>) -> Option<Found> {
    let mut against = ground.groups.floor.clone();
    against.add(&ground.groups.needs_cost);
    let everything = ground.everything();
    let question = Question {
        products: Bits::all(ground.products),
        space: &everything,
        of: &[],
        against,
        objection: None,
        first: false,
    };
    let rest = ground.left(question, &Settling { ground });
    Found::where_left(FindingKind::Gap, Vec::new(), None, rest)
}

/// Rules that leave no gap: by a floor, or for want of a cost.
struct Settling<'a, 'g> {
    ground: &'a Ground<'g>,
}

impl Taking for Settling<'_, '_> {
    fn take(&self, rule: usize, products: &Bits, open: &mut Bits) {
        match self.ground.entries[rule].floor.is_said() {
            true => open.remove(products),
            false => open.remove_common(products, &self.ground.costless),
        }
    }

    fn takes(&self, rule: usize, product: usize) -> bool {
        self.ground.entries[rule].floor.is_said() || self.ground.costless.has(product)
    }
}

pub(super) fn shadowed(ground: &Ground<'_>, rule: usize, meeting: &Bits) -> Option<Found> {
    let entry = &ground.entries[rule];
    let keys: Vec<PolicyKey> = PolicyKey::ALL.into_iter().filter(|&key| entry.sets(key)).collect();
    let guarded = entry.floor.is_said() || entry.ceiling.is_some();
    if keys.is_empty() || guarded || !entry.reachable() {
        return None;
    }
    let mut verdict = Verdict::Certain;
    for key in keys {
        let rest = uncovered(ground, rule, key, meeting);
        if !rest.products.is_empty() {
            return None;
        }
        if !rest.open.is_empty() {
            verdict = Verdict::Undecided;
        }
    }
    Some(Found { verdict, ..Found::certain(FindingKind::Shadowed, vec![rule], &entry.products) })
}

/// Where the rule matches and none that ranks higher sets the key.
fn uncovered(ground: &Ground<'_>, rule: usize, key: PolicyKey, meeting: &Bits) -> Rest {
    let entry = &ground.entries[rule];
    let mut against = meeting.and(ground.groups.sets(key));
    ground.groups.keep_higher(entry.rank, &mut against);
    let question = Question {
        products: entry.products.clone(),
        space: &entry.space,
        of: &[rule],
        against,
        objection: None,
        first: true,
    };
    ground.left(question, &Everywhere)
}
