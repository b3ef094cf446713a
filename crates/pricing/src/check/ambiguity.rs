//! Where two rules of equal rank set a policy key to different values, and none above settles it.

use super::ask::{Everywhere, Question};
use super::bits::Bits;
use super::contradiction::Collisions;
use super::findings::FindingKind;
use super::found::Found;
use super::ground::Ground;
use super::priced::{self, Place};
use crate::trace::PolicyKey;

/// The ambiguities of a rule with those that come after it by id, out of those that it meets.
/// With the contradictions they are shown on priced facts, where there are any.
pub(super) fn of(
    ground: &Ground<'_>,
    collisions: Option<&Collisions>,
    rule: usize,
    meeting: &Bits,
) -> Vec<Found> {
    let entry = &ground.entries[rule];
    let mut others = meeting.clone();
    ground.groups.keep_equal(entry.rank, &mut others);
    others.cut_to(rule);
    let mut higher = meeting.clone();
    ground.groups.keep_higher(entry.rank, &mut higher);
    let mut out = Vec::new();
    for other in others.iter() {
        let mut above = None;
        for key in PolicyKey::ALL {
            if !entry.sets(key) || !ground.entries[other].sets(key) {
                continue;
            }
            let Some(products) = differing(ground, rule, other, key).filter(|p| !p.is_empty())
            else {
                continue;
            };
            let above = above.get_or_insert_with(|| higher.and(&ground.near.meeting(other)));
            let space = entry.space.and(&ground.entries[other].space);
            let question = Question {
                products,
                space: &space,
                of: &[rule, other],
                against: above.and(ground.groups.sets(key)),
                objection: None,
                first: false,
            };
            let mut rest = ground.left(question, &Everywhere);
            if let Some(collisions) = collisions
                && let Some(at) = rest.at.take()
            {
                let place = Place {
                    ground,
                    collisions,
                    products: rest.products.clone(),
                    space: &space,
                    of: &[rule, other],
                    meeting: &meeting.and(&ground.near.meeting(other)),
                    winners: &[(rule, key)],
                    below: None,
                    first: true,
                };
                rest.at = Some(priced::shown(&place, at));
            }
            let rules = vec![rule, other];
            out.extend(Found::where_left(FindingKind::Ambiguity, rules, Some(key), rest));
        }
    }
    out
}

/// The products of both on which they give the key different values: prices as rounded, and what
/// is no price as written. A price that needs a cost which is not known is no value.
fn differing(ground: &Ground<'_>, rule: usize, other: usize, key: PolicyKey) -> Option<Bits> {
    let (one, two) = (&ground.entries[rule], &ground.entries[other]);
    let Some((first, second)) = one.term(key).zip(two.term(key)) else {
        let differ = key.written(&one.rule.policy) != key.written(&two.rule.policy);
        return differ.then(|| one.products.and(&two.products));
    };
    ground.catalog?;
    let tables = &ground.tables;
    if !tables.may_be_over(first, second) && !tables.may_be_over(second, first) {
        return None;
    }
    let both = one.products.and(&two.products);
    let mut differing = tables.over(first, second, &both);
    differing.add(&tables.over(second, first, &both));
    Some(differing)
}
