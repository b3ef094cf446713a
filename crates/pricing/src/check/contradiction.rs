//! Where one rule's floor is above another's ceiling, or its own.

use std::borrow::Cow;

use super::ask::{Everywhere, Question, Taking};
use super::bits::Bits;
use super::cover::Block;
use super::findings::FindingKind;
use super::found::Found;
use super::ground::Ground;
use super::groups::Groups;
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

/// All contradictions, by the rule whose floor it is.
pub(super) struct Collisions {
    by_floor: Vec<Vec<Collision>>,
    floors: Bits,
}

impl Collisions {
    /// `by_floor` has a list for each rule.
    pub(super) fn new(by_floor: Vec<Vec<Collision>>) -> Self {
        let floors = (0..by_floor.len()).filter(|&rule| !by_floor[rule].is_empty());
        Self { floors: Bits::of(by_floor.len(), floors), by_floor }
    }

    pub(super) fn of(&self, floor: usize) -> impl Iterator<Item = &Collision> {
        self.by_floor.get(floor).into_iter().flatten()
    }

    /// Where two rules out of `meeting` contradict, at a point if there is one, and so nothing is
    /// priced.
    pub(super) fn contradicted(
        &self,
        ground: &Ground<'_>,
        point: Option<&Space>,
        among: &Bits,
        meeting: &Bits,
    ) -> Vec<Block<'static>> {
        let entries = &ground.entries;
        let there = |space: &Space| point.is_none_or(|point| space.has(point));
        let mut out = Vec::new();
        for floor in self.floors.and(meeting).iter() {
            if !there(&entries[floor].space) || !entries[floor].products.meets(among) {
                continue;
            }
            for one in &self.by_floor[floor] {
                let ceiling = &entries[one.ceiling].space;
                if meeting.has(one.ceiling) && there(ceiling) && one.products.meets(among) {
                    let space = Cow::Owned(entries[floor].space.and(ceiling));
                    out.push(Block { products: one.products.clone(), space });
                }
            }
        }
        out
    }
}

pub(super) fn found(ground: &Ground<'_>, collision: &Collision) -> Found {
    let Collision { floor, ceiling, products } = collision;
    let space = ground.entries[*floor].space.and(&ground.entries[*ceiling].space);
    Found {
        at: shown(ground, collision, &space),
        ..Found::certain(FindingKind::Contradiction, vec![*floor, *ceiling], products)
    }
}

/// Facts that a decision blocks for the contradiction, naming these two if there are any where it
/// does: elsewhere others ask for more, or cap lower.
fn shown(ground: &Ground<'_>, collision: &Collision, space: &Space) -> Option<(usize, Space)> {
    let Collision { floor, ceiling, products } = collision;
    let Groups { needs_cost, floor: floors, ceiling: ceilings, .. } = &ground.groups;
    let asked = |against: Bits, by: Option<&Outbidding<'_, '_>>| {
        let of = &[*floor, *ceiling];
        let products = products.clone();
        let question = Question { products, space, of, against, objection: None, first: true };
        match by {
            Some(by) => ground.left(question, by).at,
            None => ground.left(question, &Everywhere).at,
        }
    };
    let mut bidding = needs_cost.clone();
    bidding.add(floors);
    bidding.add(ceilings);
    bidding.keep(&ground.near.meeting(*floor));
    bidding.keep(&ground.near.meeting(*ceiling));
    let named = asked(bidding, Some(&Outbidding { ground, collision }));
    let blocked = || {
        let costly =
            products.minus(&ground.costless).first().map(|product| (product, space.clone()));
        costly.or_else(|| asked(needs_cost.clone(), None))
    };
    named.or_else(blocked).or_else(|| Some((products.first()?, space.clone())))
}

/// Rules for which a decision names another floor or another ceiling, or a missing cost.
struct Outbidding<'a, 'g> {
    ground: &'a Ground<'g>,
    collision: &'a Collision,
}

impl Taking for Outbidding<'_, '_> {
    fn take(&self, rule: usize, products: &Bits, open: &mut Bits) {
        let Ground { entries, tables, groups, costless, .. } = self.ground;
        if groups.needs_cost.has(rule) {
            open.remove_common(products, costless);
        }
        let among = open.and(products);
        let mut higher = among.clone();
        for price in entries[self.collision.floor].floor.prices() {
            higher = tables.floor_over(&entries[rule].floor, price, &higher);
        }
        open.remove(&higher);
        let most = entries[self.collision.ceiling].ceiling.as_ref();
        if let Some((most, other)) = most.zip(entries[rule].ceiling.as_ref()) {
            open.remove(&tables.over(most, other, &among));
        }
    }

    fn takes(&self, rule: usize, product: usize) -> bool {
        let Ground { entries, groups, costless, .. } = self.ground;
        let figures = self.ground.figures[product];
        let ceiling = |rule: usize| entries[rule].ceiling.as_ref()?.on(figures);
        let least = ceiling(self.collision.ceiling);
        (costless.has(product) && groups.needs_cost.has(rule))
            || entries[rule].floor.on(figures) > entries[self.collision.floor].floor.on(figures)
            || ceiling(rule).zip(least).is_some_and(|(other, least)| other < least)
    }
}
