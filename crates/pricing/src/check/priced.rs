//! Facts that are priced: some rules' prices win, a floor is there and not above a ceiling, and no
//! cost is missing.

use super::ask::{Objection, Question, Taking};
use super::bits::Bits;
use super::contradiction::Collisions;
use super::cover::Rest;
use super::figures::Price;
use super::ground::Ground;
use super::space::Space;
use crate::trace::PolicyKey;

/// Facts of a place to show something by: priced ones, if these are not and there are any.
pub(super) fn shown(place: &Place<'_, '_>, at: (usize, Space)) -> (usize, Space) {
    if place.is_blocked(&at) { place.priced().at.unwrap_or(at) } else { at }
}

/// Facts that may be priced with these winners, before asking who wins there.
pub(super) struct Place<'p, 'g> {
    pub(super) ground: &'p Ground<'g>,
    pub(super) collisions: &'p Collisions,
    pub(super) products: Bits,
    pub(super) space: &'p Space,
    /// The rules that match there.
    pub(super) of: &'p [usize],
    /// The rules that all of these meet.
    pub(super) meeting: &'p Bits,
    /// The winners, each with its key.
    pub(super) winners: &'p [(usize, PolicyKey)],
    /// What no floor may reach.
    pub(super) below: Option<&'p Below<'p>>,
    /// Whether any such facts will do.
    pub(super) first: bool,
}

/// A price that no floor may reach, and the rules whose floors reach it on some product.
pub(super) struct Below<'p> {
    pub(super) price: &'p Price,
    pub(super) floors: Bits,
}

impl Place<'_, '_> {
    /// The products of these on which the rule's floor reaches what none may.
    fn barred(&self, rule: usize, among: &Bits) -> Option<Bits> {
        let below = self.below.filter(|below| below.floors.has(rule))?;
        let entry = &self.ground.entries[rule];
        let matched = among.and(&entry.products);
        Some(self.ground.tables.floor_reaching(&entry.floor, below.price, &matched))
    }

    /// The products of these on which the rule gives a floor that may be.
    fn giving(&self, rule: usize, among: &Bits) -> Bits {
        let entry = &self.ground.entries[rule];
        let given = among.and(&entry.products);
        let mut giving = self.ground.tables.floor_priced(&entry.floor, given);
        if let Some(barred) = self.barred(rule, &giving) {
            giving.remove(&barred);
        }
        giving
    }

    /// The facts where the winners do win, a decision gives a price, and no floor reaches what none
    /// may.
    pub(super) fn priced(&self) -> Rest {
        let Place { ground, products, space, of, meeting, .. } = self;
        let mut rest = Rest::nothing(ground.products);
        let mut takers = self.takers();
        // mostly nothing is left by those that match wherever all of the place's rules do
        let holding = self.ground.near.holding(of, takers.clone());
        let mut open = products.clone();
        ground.strike(&holding, self, &mut open);
        if open.is_empty() {
            return rest;
        }
        takers.remove(&holding);
        // a floor must be there: of rules that always give one all are tried together
        let floors = || meeting.and(&self.ground.groups.floor);
        let always = self.ground.near.holding(of, floors());
        let mut floored = Bits::none(self.ground.products);
        for floor in always.iter() {
            let left = self.giving(floor, &open);
            floored.add(&left);
            open.remove(&left);
            if open.is_empty() {
                break;
            }
        }
        let objection = |point: Option<&Space>, among: &Bits| {
            self.collisions.contradicted(ground, point, among, meeting)
        };
        let ask = |products, first| {
            let question = question(products, (space, of), &takers, &objection, first);
            ground.left_by_parts(question, self)
        };
        rest.join(ask(floored, self.first));
        if open.is_empty() || self.done(&rest) {
            return rest;
        }
        // no floor is of use where nothing is left without one
        let without = ask(open, false);
        let mut open = without.products;
        open.add(&without.open);
        for floor in floors().minus(&always).iter() {
            if open.is_empty() || self.done(&rest) {
                break;
            }
            let entry = &self.ground.entries[floor];
            let left = self.giving(floor, &open);
            if left.is_empty() || !space.meets(&entry.space, &self.ground.calendar) {
                continue;
            }
            let all: Vec<usize> = of.iter().copied().chain([floor]).collect();
            let both = space.and(&entry.space);
            let question = question(left, (&both, &all), &takers, &objection, self.first);
            rest.join(ground.left(question, self));
            open.remove(&rest.products);
        }
        rest
    }

    /// The rules that may keep a winner from winning, or the sale from being priced.
    fn takers(&self) -> Bits {
        let (groups, meeting) = (&self.ground.groups, self.meeting);
        let mut takers = match self.below {
            Some(below) => meeting.and(&below.floors),
            None => Bits::none(self.ground.entries.len()),
        };
        if self.products.meets(&self.ground.costless) {
            takers.add_common(meeting, &groups.needs_cost);
        }
        for &(winner, key) in self.winners {
            let rank = self.ground.entries[winner].rank;
            groups.add_before(winner, rank, (meeting, groups.sets(key)), &mut takers);
        }
        takers
    }

    /// Whether no more is asked for.
    fn done(&self, rest: &Rest) -> bool {
        self.first && rest.at.is_some()
    }

    /// Whether a decision gives no price at a point.
    fn is_blocked(&self, (product, point): &(usize, Space)) -> bool {
        let Ground { entries, groups, costless, figures, .. } = self.ground;
        let matching =
            |rule: &usize| entries[*rule].products.has(*product) && entries[*rule].space.has(point);
        let any = |group: &Bits, is: &dyn Fn(usize) -> bool| {
            self.meeting.and(group).iter().filter(matching).any(is)
        };
        let one = Bits::of(self.ground.products, [*product]);
        (costless.has(*product) && any(&groups.needs_cost, &|_| true))
            || !any(&groups.floor, &|rule| entries[rule].floor.on(figures[*product]).is_some())
            || !self
                .collisions
                .contradicted(self.ground, Some(point), &one, self.meeting)
                .is_empty()
    }

    /// Whether the rule ranks before a winner.
    fn outranks(&self, rule: usize) -> bool {
        let entries = &self.ground.entries;
        let place = entries[rule].place;
        let before =
            |&(winner, key): &(usize, _)| place < entries[winner].place && entries[rule].sets(key);
        self.winners.iter().any(before)
    }
}

/// Rules that keep a winner from winning, or the sale from being priced.
impl Taking for Place<'_, '_> {
    fn take(&self, rule: usize, products: &Bits, open: &mut Bits) {
        if self.outranks(rule) {
            return open.remove(products);
        }
        if let Some(barred) = self.barred(rule, open) {
            open.remove(&barred);
        }
        if self.ground.groups.needs_cost.has(rule) {
            open.remove_common(products, &self.ground.costless);
        }
    }

    fn takes(&self, rule: usize, product: usize) -> bool {
        let ground = self.ground;
        let figures = ground.figures[product];
        self.outranks(rule)
            || (ground.costless.has(product) && ground.groups.needs_cost.has(rule))
            || self.below.is_some_and(|below| {
                below.floors.has(rule)
                    && ground.entries[rule].floor.on(figures) >= below.price.on(figures)
            })
    }
}

/// What is left of a box, on products and of rules.
fn question<'q>(
    products: Bits,
    (space, of): (&'q Space, &'q [usize]),
    against: &Bits,
    objection: Objection<'q>,
    first: bool,
) -> Question<'q> {
    Question { products, space, of, against: against.clone(), objection: Some(objection), first }
}
