//! Rules whose guardrails one other rule always matches or outdoes.

use super::figures::Price;
use super::findings::FindingKind;
use super::found::Found;
use super::ground::Ground;
use super::same::same;

/// The rules that make this one redundant. Of two that make each other redundant the later id is
/// named, and none where they are duplicates.
pub(super) fn of(ground: &Ground<'_>, rule: usize) -> Vec<Found> {
    let entry = &ground.entries[rule];
    if !entry.reachable() {
        return Vec::new();
    }
    let holding = ground.near.holding_all(rule);
    holding
        .iter()
        .filter(|&other| other != rule && outdone(ground, rule, other))
        .filter(|&other| {
            !ground.near.holding_all(other).has(rule)
                || !outdone(ground, other, rule)
                || (rule > other && !same(entry.rule, ground.entries[other].rule))
        })
        .map(|other| Found::certain(FindingKind::Redundant, vec![rule, other], &entry.products))
        .collect()
}

/// Whether the rule has guardrails and `other`, which matches wherever the rule does, has its floor
/// there at or above the rule's and its ceiling at or below. A margin of a product whose cost is not known says no price, and asks
/// for nothing to outdo it.
fn outdone(ground: &Ground<'_>, rule: usize, other: usize) -> bool {
    let (weak, strict) = (&ground.entries[rule], &ground.entries[other]);
    if !weak.floor.is_said() && weak.ceiling.is_none() {
        return false;
    }
    let tables = &ground.tables;
    let short_of = |price: &Price, others: &mut dyn Iterator<Item = &Price>, from_below: bool| {
        let mut short = tables.priced(price, &weak.products);
        for other in others {
            let (greater, less) = if from_below { (other, price) } else { (price, other) };
            short.remove(&tables.reaching(greater, less, &short));
        }
        !short.is_empty()
    };
    !weak.floor.prices().any(|price| short_of(price, &mut strict.floor.prices(), true))
        && !weak.ceiling.iter().any(|price| short_of(price, &mut strict.ceiling.iter(), false))
}
