//! Rules that say the same, and rules that match nothing.

use std::collections::HashMap;

use super::findings::FindingKind;
use super::found::Found;
use super::ground::Ground;
use crate::rule::{Policy, Rule};

pub(super) fn duplicates(ground: &Ground<'_>) -> Vec<Found> {
    let mut alike: HashMap<_, Vec<usize>> = HashMap::new();
    for (at, entry) in ground.entries.iter().enumerate() {
        let seen = alike.entry((entry.rank, &entry.space, &entry.products)).or_default();
        seen.push(at);
    }
    let mut out = Vec::new();
    for group in alike.values() {
        for (index, &one) in group.iter().enumerate() {
            for &two in &group[index + 1..] {
                let (first, second) = (&ground.entries[one], &ground.entries[two]);
                if same(first.rule, second.rule) {
                    let product = first.products.first();
                    out.push(Found {
                        at: product.map(|product| (product, first.space.clone())),
                        ..Found::certain(FindingKind::Duplicate, vec![one, two], &first.products)
                    });
                }
            }
        }
    }
    out
}

/// Whether two rules have the same priority, conditions, guardrails and policy, whatever the order
/// in which these were written.
pub(super) fn same(one: &Rule, two: &Rule) -> bool {
    one.priority == two.priority
        && one.when == two.when
        && one.guardrails == two.guardrails
        && (one.policy == two.policy || sorted(&one.policy) == sorted(&two.policy))
}

fn sorted(policy: &Policy) -> Policy {
    let mut policy = policy.clone();
    for list in [&mut policy.sweeteners, &mut policy.combine_with].into_iter().flatten() {
        list.sort_unstable();
    }
    policy
}

pub(super) fn unreachable(ground: &Ground<'_>, rule: usize) -> Option<Found> {
    let entry = &ground.entries[rule];
    (!entry.reachable())
        .then(|| Found::certain(FindingKind::Unreachable, vec![rule], &entry.products))
}
