//! Where one rule's floor is above another's ceiling, or its own.

use super::ask::{Everywhere, Question};
use super::bits::Bits;
use super::findings::FindingKind;
use super::found::Found;
use super::ground::Ground;
use super::space::Space;

/// Two rules, the floor's and the ceiling's, and the products on which they collide.
pub(super) struct Collision {
    pub(super) floor: usize,
    pub(super) ceiling: usize,
    pub(super) products: Bits,
}

/// Those of one rule's floor with the ceilings that it meets, by their ids.
pub(super) fn of(ground: &Ground<'_>, floor: usize, meeting: &Bits) -> Vec<Collision> {
    let low = &ground.entries[floor];
    if !low.floor.is_said() || !low.reachable() {
        return Vec::new();
    }
    let mut out = Vec::new();
    for ceiling in meeting.and(&ground.groups.ceiling).iter() {
        let high = &ground.entries[ceiling];
        let Some(most) = &high.ceiling else { continue };
        if !ground.tables.floor_may_be_over(&low.floor, most) {
            continue;
        }
        let both = low.products.and(&high.products);
        let products = ground.tables.floor_over(&low.floor, most, &both);
        if !products.is_empty() {
            out.push(Collision { floor, ceiling, products });
        }
    }
    out
}

pub(super) fn found(ground: &Ground<'_>, collision: &Collision) -> Found {
    let Collision { floor, ceiling, products } = collision;
    let space = ground.entries[*floor].space.and(&ground.entries[*ceiling].space);
    Found {
        at: shown(ground, collision, space),
        ..Found::certain(FindingKind::Contradiction, vec![*floor, *ceiling], products)
    }
}

/// Facts that a decision blocks for the contradiction and not for a cost that is missing, if there
/// are any.
fn shown(ground: &Ground<'_>, collision: &Collision, space: Space) -> Option<(usize, Space)> {
    let products = &collision.products;
    if let Some(product) = products.minus(&ground.costless).first() {
        return Some((product, space));
    }
    let question = Question {
        products: products.clone(),
        space: &space,
        of: &[collision.floor, collision.ceiling],
        against: ground.groups.needs_cost.clone(),
        objection: None,
        first: true,
    };
    let rest = ground.left(question, &Everywhere);
    rest.at.or_else(|| Some((products.first()?, space)))
}
