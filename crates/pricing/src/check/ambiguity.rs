//! Where two rules of equal rank set a policy key to different values, and none above settles it.

use super::bits::Bits;
use super::findings::FindingKind;
use super::found::Found;
use super::ground::Ground;
use crate::trace::PolicyKey;

/// The ambiguities of a rule with those that come after it by id.
pub(super) fn of(ground: &Ground<'_>, rule: usize) -> Vec<Found> {
    let entry = &ground.entries[rule];
    let mut out = Vec::new();
    for other in rule + 1..ground.entries.len() {
        if ground.entries[other].rank != entry.rank {
            continue;
        }
        for key in PolicyKey::ALL {
            if entry.sets(key) && ground.entries[other].sets(key) {
                out.extend(on(ground, rule, other, key));
            }
        }
    }
    out
}

fn on(ground: &Ground<'_>, rule: usize, other: usize, key: PolicyKey) -> Option<Found> {
    let (one, two) = (&ground.entries[rule], &ground.entries[other]);
    let products = differing(ground, rule, other, key)?;
    if products.is_empty() || !one.space.meets(&two.space, &ground.calendar) {
        return None;
    }
    let space = one.space.and(&two.space);
    let above = (0..ground.entries.len())
        .filter(|&at| ground.entries[at].rank > one.rank && ground.entries[at].sets(key));
    let rest = ground.left(products, &space, above, Vec::new(), |_, among| among);
    Found::where_left(FindingKind::Ambiguity, vec![rule, other], Some(key), rest)
}

/// The products of both on which they give the key different values: prices as rounded, and what
/// is no price as written. A price that needs a cost which is not known is no value.
fn differing(ground: &Ground<'_>, rule: usize, other: usize, key: PolicyKey) -> Option<Bits> {
    let (one, two) = (&ground.entries[rule], &ground.entries[other]);
    let both = one.products.and(&two.products);
    if one.term(key).is_none() {
        let differ = key.written(&one.rule.policy) != key.written(&two.rule.policy);
        return differ.then_some(both);
    }
    ground.catalog?;
    Some(both.filter(|at| {
        let figures = ground.figures[at];
        matches!((one.price(key, figures), two.price(key, figures)), (Some(a), Some(b)) if a != b)
    }))
}
