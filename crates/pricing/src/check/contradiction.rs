//! Where one rule's floor is above another's ceiling, or its own.

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

pub(super) fn collisions(ground: &Ground<'_>) -> Vec<Collision> {
    let entries = &ground.entries;
    let with = |has: &dyn Fn(usize) -> bool| -> Vec<usize> {
        (0..entries.len()).filter(|&at| entries[at].reachable() && has(at)).collect()
    };
    let floors = with(&|at| entries[at].floor.is_said());
    let ceilings = with(&|at| entries[at].ceiling.is_some());
    let mut out = Vec::new();
    for &floor in &floors {
        for &ceiling in &ceilings {
            let (low, high) = (&entries[floor], &entries[ceiling]);
            let products = low.products.and(&high.products).filter(|at| {
                let figures = ground.figures[at];
                let most = high.ceiling.as_ref().and_then(|price| price.on(figures));
                matches!((low.floor.on(figures), most), (Some(least), Some(most)) if least > most)
            });
            if !products.is_empty() && low.space.meets(&high.space, &ground.calendar) {
                out.push(Collision { floor, ceiling, products });
            }
        }
    }
    out
}

pub(super) fn found(ground: &Ground<'_>, collision: &Collision) -> Found {
    let Collision { floor, ceiling, products } = collision;
    let space = ground.entries[*floor].space.and(&ground.entries[*ceiling].space);
    Found {
        at: shown(ground, products, space),
        ..Found::certain(FindingKind::Contradiction, vec![*floor, *ceiling], products)
    }
}

/// Facts that a decision blocks for the contradiction and not for a cost that is missing, if there
/// are any.
fn shown(ground: &Ground<'_>, products: &Bits, space: Space) -> Option<(usize, Space)> {
    if let Some(product) = products.minus(&ground.costless).first() {
        return Some((product, space));
    }
    let needing = ground.needing_cost(products);
    let rest = ground.first_left(products.clone(), &space, needing);
    rest.at.or_else(|| Some((products.first()?, space)))
}
