//! Where a decision's prices do not stand in order: what is declined above what goes to staff,
//! what goes to staff above what is accepted, or a target that no bargain may reach. Only priced
//! facts count: a floor is there, it is not above a ceiling, and no cost is missing.

use std::borrow::Cow;

use super::ask::Question;
use super::bits::Bits;
use super::contradiction::Collision;
use super::cover::{Block, Rest};
use super::findings::FindingKind;
use super::found::Found;
use super::ground::Ground;
use super::space::Space;
use crate::trace::PolicyKey;

/// Of one rule: its target, and what it declines or sends to staff against what others say.
pub(super) fn of(
    ground: &Ground<'_>,
    collisions: &Collisions,
    rule: usize,
    meeting: &Bits,
) -> Vec<Found> {
    let bands = Bands { ground, collisions, rule, meeting };
    let mut out: Vec<Found> = bands.target().into_iter().collect();
    out.extend(bands.against_others(PolicyKey::DeclineBelow, PolicyKey::EscalateAt));
    out.extend(bands.against_others(PolicyKey::EscalateAt, PolicyKey::AcceptAt));
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
}

struct Bands<'a, 'g> {
    ground: &'a Ground<'g>,
    collisions: &'a Collisions,
    rule: usize,
    /// The rules that it meets.
    meeting: &'a Bits,
}

/// Facts on which prices may be out of order, before asking who wins there.
struct Place<'p> {
    products: Bits,
    space: Space,
    /// The rules that match there.
    of: &'p [usize],
    /// The rules that all of these meet.
    meeting: &'p Bits,
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

    fn against_others(&self, lower: PolicyKey, upper: PolicyKey) -> Vec<Found> {
        let one = &self.ground.entries[self.rule];
        if !one.sets(lower) {
            return Vec::new();
        }
        let mut out = Vec::new();
        for other in self.meeting.and(self.ground.groups.sets(upper)).iter() {
            let rest = if lower == PolicyKey::DeclineBelow {
                self.declined_above_escalated(other)
            } else {
                self.escalated_above_accepted(other)
            };
            out.extend(self.found(vec![self.rule, other], lower, rest));
        }
        out
    }

    /// The products on which the rule's price of one key is above the other rule's of another.
    fn exceeding(&self, lower: PolicyKey, other: usize, upper: PolicyKey) -> Bits {
        let (one, two) = (&self.ground.entries[self.rule], &self.ground.entries[other]);
        one.products.and_where(&two.products, |at| {
            let (a, b) = (self.price(self.rule, lower, at), self.price(other, upper, at));
            matches!((a, b), (Some(a), Some(b)) if a > b)
        })
    }

    fn declined_above_escalated(&self, escalate: usize) -> Rest {
        let winners = [(self.rule, PolicyKey::DeclineBelow), (escalate, PolicyKey::EscalateAt)];
        let products = self.exceeding(winners[0].1, escalate, winners[1].1);
        self.between(products, &winners, |_, _| false)
    }

    /// The price accepted is clamped into [floor, ceiling] first: it is exceeded where the
    /// price itself is and no floor lifts it, or where a ceiling holds it down.
    fn escalated_above_accepted(&self, accept: usize) -> Rest {
        let (rule, key) = (self.rule, PolicyKey::EscalateAt);
        let winners = [(rule, key), (accept, PolicyKey::AcceptAt)];
        let exceeded = self.exceeding(key, accept, PolicyKey::AcceptAt);
        let lifted = |floor: usize, at: usize| self.floor(floor, at) >= self.price(rule, key, at);
        let mut rest = self.between(exceeded, &winners, lifted);
        let entry = &self.ground.entries[accept];
        for ceiling in self.ceilings_below(key).iter() {
            let both = self.ground.entries[ceiling].products.and(&entry.products);
            let left = self.ground.entries[rule].products.and_where(&both, |at| {
                let accepted = self.price(accept, PolicyKey::AcceptAt, at);
                let (asked, most) = (self.price(rule, key, at), self.ceiling(ceiling, at));
                accepted.is_some() && asked.zip(most).is_some_and(|(asked, most)| asked > most)
            });
            let left = left.minus(&rest.products);
            rest.join(self.within(left, &[rule, accept, ceiling], &winners, |_, _| false));
        }
        rest
    }

    /// The rules met with a ceiling that is below the rule's own price on some product.
    fn ceilings_below(&self, key: PolicyKey) -> Bits {
        let entry = &self.ground.entries[self.rule];
        self.meeting.and_where(&self.ground.groups.ceiling, |ceiling| {
            let shared = entry.products.and(&self.ground.entries[ceiling].products);
            let below = |at| {
                let (asked, most) = (self.price(self.rule, key, at), self.ceiling(ceiling, at));
                asked.zip(most).is_some_and(|(asked, most)| asked > most)
            };
            shared.iter().any(below)
        })
    }

    fn target(&self) -> Option<Found> {
        let (rule, key) = (self.rule, PolicyKey::Target);
        let entry = &self.ground.entries[rule];
        if !entry.sets(key) {
            return None;
        }
        let mut rest = Rest::nothing(self.ground.products);
        let mut bounds = self.ground.groups.floor.clone();
        bounds.add(&self.ground.groups.ceiling);
        let mut open = entry.products.clone();
        for other in self.meeting.and(&bounds).iter() {
            let moved = open.and_where(&self.ground.entries[other].products, |at| {
                self.price(rule, key, at).is_some_and(|target| {
                    self.floor(other, at).is_some_and(|floor| floor > target)
                        || self.ceiling(other, at).is_some_and(|ceiling| ceiling < target)
                })
            });
            if !moved.is_empty() {
                rest.join(self.within(moved, &[rule, other], &[(rule, key)], |_, _| false));
                open.remove(&rest.products);
            }
            if open.is_empty() {
                break;
            }
        }
        self.found(vec![rule], key, rest)
    }

    /// Where both winners match and do win, priced.
    fn between(
        &self,
        products: Bits,
        winners: &[(usize, PolicyKey); 2],
        barred: impl Fn(usize, usize) -> bool,
    ) -> Rest {
        self.within(products, &[winners[0].0, winners[1].0], winners, barred)
    }

    /// Where all of some rules match and the winners do win, priced. The first two of the rules
    /// meet.
    fn within(
        &self,
        products: Bits,
        of: &[usize],
        winners: &[(usize, PolicyKey)],
        barred: impl Fn(usize, usize) -> bool,
    ) -> Rest {
        let nothing = Rest::nothing(self.ground.products);
        if products.is_empty() {
            return nothing;
        }
        let mut space = self.ground.entries[self.rule].space.clone();
        let mut meeting = self.meeting.clone();
        for &other in of.iter().filter(|&&other| other != self.rule) {
            let another = &self.ground.entries[other].space;
            if !space.meets(another, &self.ground.calendar) {
                return nothing;
            }
            space = space.and(another);
            meeting.keep(&self.ground.near.meeting(other));
        }
        self.priced(Place { products, space, of, meeting: &meeting, winners }, barred)
    }

    /// The facts of a place where its winners do win, a decision gives a price, and none of the
    /// floors that are `barred` on a product matches.
    fn priced(&self, place: Place<'_>, barred: impl Fn(usize, usize) -> bool) -> Rest {
        let Place { products, space, of, meeting, winners } = place;
        let mut rest = Rest::nothing(self.ground.products);
        let takers = self.takers(&products, meeting, winners, &barred);
        let further = self.further(&products, &space, meeting);
        // a floor must be there: each rule that gives one is tried, those that always do first
        let floors = meeting.and(&self.ground.groups.floor);
        let always = self.ground.near.holding(of, floors.clone());
        let sometimes = floors.minus(&always);
        let mut open = products;
        for floor in always.iter().chain(sometimes.iter()) {
            let left = open.and_where(&self.ground.entries[floor].products, |at| {
                self.floor(floor, at).is_some() && !barred(floor, at)
            });
            let other = &self.ground.entries[floor].space;
            if left.is_empty() || !space.meets(other, &self.ground.calendar) {
                continue;
            }
            let whole = always.has(floor);
            let mut all: Vec<usize> = of.to_vec();
            if !whole {
                all.push(floor);
            }
            let question = Question {
                products: left.clone(),
                space: if whole { space.clone() } else { space.and(other) },
                of: &all,
                against: takers.clone(),
                further: further.clone(),
                first: false,
            };
            rest.join(
                self.ground.left(question, |rule, among| self.taken(rule, among, winners, &barred)),
            );
            // where the floor always is, no other floor changes the answer
            open.remove(if whole { &left } else { &rest.products });
            if open.is_empty() {
                break;
            }
        }
        rest
    }

    /// The rules that may keep a winner from winning, or the sale from being priced.
    fn takers(
        &self,
        products: &Bits,
        meeting: &Bits,
        winners: &[(usize, PolicyKey)],
        barred: &impl Fn(usize, usize) -> bool,
    ) -> Bits {
        let groups = &self.ground.groups;
        let mut takers =
            meeting.and_where(&groups.floor, |floor| products.iter().any(|at| barred(floor, at)));
        if products.meets(&self.ground.costless) {
            takers.add(&meeting.and(&groups.needs_cost));
        }
        for &(winner, key) in winners {
            let mut before = meeting.and(groups.sets(key));
            groups.keep_before(winner, self.ground.entries[winner].rank, &mut before);
            takers.add(&before);
        }
        takers
    }

    /// On which of the products the rule does so.
    fn taken(
        &self,
        rule: usize,
        among: Bits,
        winners: &[(usize, PolicyKey)],
        barred: &impl Fn(usize, usize) -> bool,
    ) -> Bits {
        let entry = &self.ground.entries[rule];
        let outranks = winners.iter().any(|&(winner, key)| {
            entry.place < self.ground.entries[winner].place && entry.sets(key)
        });
        if outranks {
            return among;
        }
        let needs_cost = entry.rule.needs_cost();
        among.filter(|at| (needs_cost && self.ground.costless.has(at)) || barred(rule, at))
    }

    /// Where two rules contradict, and so nothing is priced.
    fn further(&self, products: &Bits, space: &Space, meeting: &Bits) -> Vec<Block<'_>> {
        let calendar = &self.ground.calendar;
        let mut out = Vec::new();
        for floor in self.collisions.floors.and(meeting).iter() {
            for one in &self.collisions.by_floor[floor] {
                if !meeting.has(one.ceiling) || !one.products.meets(products) {
                    continue;
                }
                let (a, b) = (&self.ground.entries[floor], &self.ground.entries[one.ceiling]);
                let both = a.space.and(&b.space);
                if both.meets(space, calendar) {
                    let products = one.products.and(products);
                    out.push(Block { products, space: Cow::Owned(both) });
                }
            }
        }
        out
    }

    fn found(&self, rules: Vec<usize>, key: PolicyKey, rest: Rest) -> Option<Found> {
        Found::where_left(FindingKind::Bands, rules, Some(key), rest)
    }
}
