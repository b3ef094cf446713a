//! Where a decision's prices do not stand in order: what is declined above what goes to staff,
//! what goes to staff above what is accepted, or a target that no bargain may reach. Only priced
//! facts count: a floor is there, it is not above a ceiling, and no cost is missing.

use std::borrow::Cow;

use super::bits::Bits;
use super::contradiction::Collision;
use super::cover::{Block, Rest};
use super::findings::FindingKind;
use super::found::Found;
use super::ground::Ground;
use super::space::Space;
use crate::trace::PolicyKey;

pub(super) fn of(ground: &Ground<'_>, collisions: &[Collision], rule: usize) -> Vec<Found> {
    let bands = Bands { ground, collisions };
    let mut out = Vec::new();
    if ground.entries[rule].reachable() {
        out.extend(bands.target(rule));
        for other in 0..ground.entries.len() {
            out.extend(bands.declined_above_escalated(rule, other));
            out.extend(bands.escalated_above_accepted(rule, other));
        }
    }
    out
}

struct Bands<'a, 'g> {
    ground: &'a Ground<'g>,
    collisions: &'a [Collision],
}

/// Facts on which prices may be out of order, before asking who wins there.
struct Place<'p> {
    products: Bits,
    space: Space,
    /// The winners, each with its key.
    winners: &'p [(usize, PolicyKey)],
}

impl Bands<'_, '_> {
    fn price(&self, rule: usize, key: PolicyKey, product: usize) -> Option<i64> {
        self.ground.entries[rule].price(key, self.ground.figures[product])
    }

    fn floor(&self, rule: usize, product: usize) -> Option<i64> {
        self.ground.entries[rule].floor.on(self.ground.figures[product])
    }

    fn ceiling(&self, rule: usize, product: usize) -> Option<i64> {
        let price = self.ground.entries[rule].ceiling.as_ref()?;
        price.on(self.ground.figures[product])
    }

    fn rules(&self) -> std::ops::Range<usize> {
        0..self.ground.entries.len()
    }

    /// Where both rules set their keys and match.
    fn shared(&self, one: (usize, PolicyKey), two: (usize, PolicyKey)) -> Option<(Bits, Space)> {
        let (a, b) = (&self.ground.entries[one.0], &self.ground.entries[two.0]);
        let both = a.sets(one.1) && b.sets(two.1) && self.ground.meet(one.0, two.0);
        both.then(|| (a.products.and(&b.products), a.space.and(&b.space)))
    }

    fn declined_above_escalated(&self, decline: usize, escalate: usize) -> Option<Found> {
        let winners = [(decline, PolicyKey::DeclineBelow), (escalate, PolicyKey::EscalateAt)];
        let (products, space) = self.shared(winners[0], winners[1])?;
        let products = products.filter(|at| {
            let (a, b) =
                (self.price(decline, winners[0].1, at), self.price(escalate, winners[1].1, at));
            matches!((a, b), (Some(a), Some(b)) if a > b)
        });
        let rest = self.priced(Place { products, space, winners: &winners }, |_, _| false);
        self.found(vec![decline, escalate], PolicyKey::DeclineBelow, rest)
    }

    /// The price accepted is clamped into [floor, ceiling] first: it is exceeded where the
    /// price itself is and no floor lifts it, or where a ceiling holds it down.
    fn escalated_above_accepted(&self, escalate: usize, accept: usize) -> Option<Found> {
        let winners = [(escalate, PolicyKey::EscalateAt), (accept, PolicyKey::AcceptAt)];
        let (products, space) = self.shared(winners[0], winners[1])?;
        let asked = |at: usize| self.price(escalate, PolicyKey::EscalateAt, at);
        let exceeded = products.filter(|at| {
            matches!((asked(at), self.price(accept, PolicyKey::AcceptAt, at)),
                (Some(a), Some(b)) if a > b)
        });
        let lifted = |floor: usize, at: usize| self.floor(floor, at) >= asked(at);
        let place = Place { products: exceeded, space: space.clone(), winners: &winners };
        let mut rest = self.priced(place, lifted);
        for ceiling in self.rules() {
            let mut left = products.and(&self.ground.entries[ceiling].products);
            left.remove(&rest.products);
            let left = left.filter(|at| {
                matches!((asked(at), self.ceiling(ceiling, at), self.price(accept, PolicyKey::AcceptAt, at)),
                    (Some(asked), Some(most), Some(_)) if asked > most)
            });
            if let Some(space) = self.narrowed(&left, &space, ceiling) {
                let place = Place { products: left, space, winners: &winners };
                rest.join(self.priced(place, |_, _| false));
            }
        }
        self.found(vec![escalate, accept], PolicyKey::EscalateAt, rest)
    }

    fn target(&self, rule: usize) -> Option<Found> {
        let entry = &self.ground.entries[rule];
        let winners = [(rule, PolicyKey::Target)];
        if !entry.sets(PolicyKey::Target) {
            return None;
        }
        let mut rest = Rest::nothing(self.ground.products);
        for other in self.rules() {
            let left = entry.products.and(&self.ground.entries[other].products);
            let left = left.minus(&rest.products).filter(|at| {
                self.price(rule, PolicyKey::Target, at).is_some_and(|target| {
                    self.floor(other, at).is_some_and(|floor| floor > target)
                        || self.ceiling(other, at).is_some_and(|ceiling| ceiling < target)
                })
            });
            if let Some(space) = self.narrowed(&left, &entry.space, other) {
                let place = Place { products: left, space, winners: &winners };
                rest.join(self.priced(place, |_, _| false));
            }
        }
        self.found(vec![rule], PolicyKey::Target, rest)
    }

    /// The part of a box in which another rule matches too, if it does on any of the products.
    fn narrowed(&self, products: &Bits, space: &Space, rule: usize) -> Option<Space> {
        let other = &self.ground.entries[rule].space;
        (!products.is_empty() && space.meets(other, &self.ground.calendar))
            .then(|| space.and(other))
    }

    /// The facts of a place where its winners do win, a decision gives a price, and none of the
    /// floors that are `barred` on a product matches.
    fn priced(&self, place: Place<'_>, barred: impl Fn(usize, usize) -> bool) -> Rest {
        let Place { products, space, winners } = place;
        let mut rest = Rest::nothing(self.ground.products);
        if products.is_empty() {
            return rest;
        }
        let against = self.against(&products, &space);
        // a floor must be there: each rule that gives one is tried
        for floor in self.rules() {
            let left = products.and(&self.ground.entries[floor].products).minus(&rest.products);
            let left = left.filter(|at| self.floor(floor, at).is_some() && !barred(floor, at));
            let Some(space) = self.narrowed(&left, &space, floor) else { continue };
            let found =
                self.ground.left(left, &space, self.rules(), against.clone(), |rule, among| {
                    let entry = &self.ground.entries[rule];
                    let outranks = winners.iter().any(|&(winner, key)| {
                        entry.place < self.ground.entries[winner].place && entry.sets(key)
                    });
                    if outranks {
                        return among;
                    }
                    let needs_cost = entry.rule.needs_cost();
                    among.filter(|at| {
                        (needs_cost && self.ground.costless.has(at)) || barred(rule, at)
                    })
                });
            rest.join(found);
        }
        rest
    }

    /// Where two rules contradict, and so nothing is priced.
    fn against(&self, products: &Bits, space: &Space) -> Vec<Block<'_>> {
        let calendar = &self.ground.calendar;
        let touching = self.collisions.iter().filter(|one| one.products.meets(products));
        touching
            .map(|one| Block {
                products: one.products.and(products),
                space: Cow::Owned(
                    self.ground.entries[one.floor]
                        .space
                        .and(&self.ground.entries[one.ceiling].space),
                ),
            })
            .filter(|block| block.space.meets(space, calendar))
            .collect()
    }

    fn found(&self, rules: Vec<usize>, key: PolicyKey, rest: Rest) -> Option<Found> {
        Found::where_left(FindingKind::Bands, rules, Some(key), rest)
    }
}
