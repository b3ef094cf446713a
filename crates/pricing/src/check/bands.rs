//! Where a decision's prices do not stand in order: what is declined above what goes to staff,
//! what goes to staff above what is accepted, or a target that no bargain may reach. Only priced
//! facts count: a floor is there, it is not above a ceiling, and no cost is missing.

use std::borrow::Cow;

use super::ask::{Everywhere, Objection, Question, Taking};
use super::bits::Bits;
use super::contradiction::Collision;
use super::cover::{Block, Rest};
use super::figures::Price;
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
    out.extend(bands.declined_above_escalated());
    out.extend(bands.escalated_above_accepted());
    out
}

/// By price key, the products on which a rule may be the one whose price counts, as far as one rule
/// tells: it ranks before all others there, and no cost is missing.
pub(super) fn wins(ground: &Ground<'_>, rule: usize) -> [Bits; PRICES.len()] {
    let entry = &ground.entries[rule];
    PRICES.map(|key| {
        if !entry.sets(key) || !entry.reachable() {
            return Bits::default();
        }
        let mut against = Bits::none(ground.entries.len());
        let setting = (&*ground.near.meeting(rule), ground.groups.sets(key));
        ground.groups.add_before(rule, entry.rank, setting, &mut against);
        let products = match entry.rule.needs_cost() {
            true => entry.products.minus(&ground.costless),
            false => entry.products.clone(),
        };
        let question = Question {
            products,
            space: &entry.space,
            of: &[rule],
            against,
            objection: None,
            first: false,
        };
        let mut rest = ground.left(question, &Everywhere);
        rest.products.add(&rest.open);
        rest.products
    })
}

/// In the order of [`PolicyKey`].
const PRICES: [PolicyKey; 4] =
    [PolicyKey::Target, PolicyKey::AcceptAt, PolicyKey::DeclineBelow, PolicyKey::EscalateAt];

/// All contradictions, by the rule whose floor it is.
pub(super) struct Collisions {
    by_floor: Vec<Vec<Collision>>,
    floors: Bits,
    /// By rule, as [`wins`].
    wins: Vec<[Bits; PRICES.len()]>,
    /// By price key, the rules that may win on some product.
    winning: [Bits; PRICES.len()],
}

impl Collisions {
    /// `by_floor` has a list for each rule, and `wins` what [`wins`] says.
    pub(super) fn new(by_floor: Vec<Vec<Collision>>, wins: Vec<[Bits; PRICES.len()]>) -> Self {
        let floors = (0..by_floor.len()).filter(|&rule| !by_floor[rule].is_empty());
        let winning = std::array::from_fn(|key| {
            Bits::from_fn(wins.len(), |rule| !wins[rule][key].is_empty())
        });
        Self { floors: Bits::of(by_floor.len(), floors), by_floor, wins, winning }
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
struct Place<'p, 'g> {
    ground: &'p Ground<'g>,
    products: Bits,
    space: &'p Space,
    /// The rules that match there.
    of: &'p [usize],
    /// The rules that all of these meet.
    meeting: &'p Bits,
    /// The winners, each with its key.
    winners: &'p [(usize, PolicyKey)],
    /// What no floor may reach.
    below: Option<&'p Below<'p>>,
}

/// A price that no floor may reach, and the rules whose floors reach it on some product.
struct Below<'p> {
    price: &'p Price,
    floors: Bits,
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

impl<'a> Bands<'a, '_> {
    fn term(&self, rule: usize, key: PolicyKey) -> Option<&'a Price> {
        self.ground.entries[rule].term(key)
    }

    fn products(&self, rule: usize) -> &'a Bits {
        &self.ground.entries[rule].products
    }

    /// The products on which the rule's price of this key may count.
    fn wins(&self, rule: usize, key: PolicyKey) -> &'a Bits {
        &self.collisions.wins[rule][key as usize]
    }

    /// What is declined against what goes to staff.
    fn declined_above_escalated(&self) -> Vec<Found> {
        let (lower, upper) = (PolicyKey::DeclineBelow, PolicyKey::EscalateAt);
        let Some(declined) = self.term(self.rule, lower) else { return Vec::new() };
        let mine = self.wins(self.rule, lower);
        if mine.is_empty() {
            return Vec::new();
        }
        let mut out = Vec::new();
        for other in self.meeting.and(&self.collisions.winning[upper as usize]).iter() {
            let Some(escalated) = self.term(other, upper) else { continue };
            let theirs = self.wins(other, upper);
            let tables = &self.ground.tables;
            if !tables.may_be_over(declined, escalated) || !mine.meets(theirs) {
                continue;
            }
            let products = tables.over(declined, escalated, &mine.and(theirs));
            let winners = [(self.rule, lower), (other, upper)];
            let rest = self.within(products, &[self.rule, other], &winners, None);
            out.extend(self.found(vec![self.rule, other], lower, rest));
        }
        out
    }

    /// What goes to staff against what is accepted. The price accepted is clamped into
    /// [floor, ceiling] first: it is exceeded where the price itself is and no floor lifts it, or
    /// where a ceiling holds it down.
    fn escalated_above_accepted(&self) -> Vec<Found> {
        let (lower, upper) = (PolicyKey::EscalateAt, PolicyKey::AcceptAt);
        let Some(price) = self.term(self.rule, lower) else { return Vec::new() };
        let mine = self.wins(self.rule, lower);
        if mine.is_empty() {
            return Vec::new();
        }
        let tables = &self.ground.tables;
        let below = Below { price, floors: self.reaching(price, mine) };
        let ceilings = self.ceilings_below(price);
        let mut out = Vec::new();
        for other in self.meeting.and(&self.collisions.winning[upper as usize]).iter() {
            let Some(accepted) = self.term(other, upper) else { continue };
            let theirs = self.wins(other, upper);
            let may_be = !ceilings.is_empty() || tables.may_be_over(price, accepted);
            if !may_be || !mine.meets(theirs) {
                continue;
            }
            let shared = mine.and(theirs);
            let winners = [(self.rule, lower), (other, upper)];
            let exceeded = tables.over(price, accepted, &shared);
            let mut rest = self.within(exceeded, &[self.rule, other], &winners, Some(&below));
            for (ceiling, products) in &ceilings {
                let left = tables.priced(accepted, &products.and(&shared)).minus(&rest.products);
                rest.join(self.within(left, &[self.rule, other, *ceiling], &winners, None));
            }
            out.extend(self.found(vec![self.rule, other], lower, rest));
        }
        out
    }

    /// The rules met whose floor reaches the rule's price on some product of `mine`.
    fn reaching(&self, price: &Price, mine: &Bits) -> Bits {
        self.meeting.and_where(&self.ground.groups.floor, |floor| {
            if !mine.meets(self.products(floor)) {
                return false;
            }
            let shared = mine.and(self.products(floor));
            let floor = &self.ground.entries[floor].floor;
            !self.ground.tables.floor_reaching(floor, price, &shared).is_empty()
        })
    }

    /// The rules met with a ceiling that is below the rule's price, and the products where it is.
    fn ceilings_below(&self, price: &Price) -> Vec<(usize, Bits)> {
        let met = self.meeting.and(&self.ground.groups.ceiling);
        let below = |ceiling: usize| {
            let most = self.ground.entries[ceiling].ceiling.as_ref()?;
            if !self.ground.tables.may_be_over(price, most) {
                return None;
            }
            let shared = self.products(self.rule).and(self.products(ceiling));
            let products = self.ground.tables.over(price, most, &shared);
            (!products.is_empty()).then_some((ceiling, products))
        };
        met.iter().filter_map(below).collect()
    }

    fn target(&self) -> Option<Found> {
        let key = PolicyKey::Target;
        let target = self.term(self.rule, key)?;
        let (groups, tables) = (&self.ground.groups, &self.ground.tables);
        let mut rest = Rest::nothing(self.ground.products);
        let mut bounds = groups.floor.clone();
        bounds.add(&groups.ceiling);
        let mut open = self.wins(self.rule, key).clone();
        for other in self.meeting.and(&bounds).iter() {
            if open.is_empty() {
                break;
            }
            let entry = &self.ground.entries[other];
            let over = |ceiling| tables.may_be_over(target, ceiling);
            let may_move = tables.floor_may_be_over(&entry.floor, target)
                || entry.ceiling.as_ref().is_some_and(over);
            if !may_move || !open.meets(&entry.products) {
                continue;
            }
            let shared = open.and(&entry.products);
            let mut moved = tables.floor_over(&entry.floor, target, &shared);
            if let Some(ceiling) = &entry.ceiling {
                moved.add(&tables.over(target, ceiling, &shared));
            }
            if !moved.is_empty() {
                rest.join(self.within(moved, &[self.rule, other], &[(self.rule, key)], None));
                open.remove(&rest.products);
            }
        }
        self.found(vec![self.rule], key, rest)
    }

    /// Where all of some rules match and the winners do win, priced, and no floor reaches what
    /// none may. The first two of the rules meet.
    fn within(
        &self,
        products: Bits,
        of: &[usize],
        winners: &[(usize, PolicyKey)],
        below: Option<&Below<'_>>,
    ) -> Rest {
        let nothing = Rest::nothing(self.ground.products);
        if products.is_empty() {
            return nothing;
        }
        let mut space = Cow::Borrowed(&self.ground.entries[self.rule].space);
        let mut meeting = Cow::Borrowed(self.meeting);
        for &other in of.iter().filter(|&&other| other != self.rule) {
            let another = &self.ground.entries[other].space;
            if !space.meets(another, &self.ground.calendar) {
                return nothing;
            }
            space = Cow::Owned(space.and(another));
            meeting = Cow::Owned(meeting.and(&self.ground.near.meeting(other)));
        }
        self.priced(&Place {
            ground: self.ground,
            products,
            space: &space,
            of,
            meeting: &meeting,
            winners,
            below,
        })
    }

    /// The facts of a place where its winners do win, a decision gives a price, and no floor
    /// reaches what none may.
    fn priced(&self, place: &Place<'_, '_>) -> Rest {
        let Place { products, space, of, meeting, .. } = place;
        let mut rest = Rest::nothing(self.ground.products);
        let mut takers = self.takers(place);
        // mostly nothing is left by those that match wherever all of the place's rules do
        let holding = self.ground.near.holding(of, takers.clone());
        let mut open = products.clone();
        self.ground.strike(&holding, place, &mut open);
        if open.is_empty() {
            return rest;
        }
        takers.remove(&holding);
        // a floor must be there: of rules that always give one all are tried together
        let floors = || meeting.and(&self.ground.groups.floor);
        let always = self.ground.near.holding(of, floors());
        let mut floored = Bits::none(self.ground.products);
        for floor in always.iter() {
            let left = place.giving(floor, &open);
            floored.add(&left);
            open.remove(&left);
            if open.is_empty() {
                break;
            }
        }
        let objection =
            |point: Option<&Space>, among: &Bits| self.contradicted(point, among, meeting);
        rest.join(
            self.ground.left_by_parts(question(floored, (space, of), &takers, &objection), place),
        );
        if open.is_empty() {
            return rest;
        }
        // no floor is of use where nothing is left without one
        let without =
            self.ground.left_by_parts(question(open, (space, of), &takers, &objection), place);
        let mut open = without.products;
        open.add(&without.open);
        for floor in floors().minus(&always).iter() {
            if open.is_empty() {
                break;
            }
            let entry = &self.ground.entries[floor];
            let left = place.giving(floor, &open);
            if left.is_empty() || !space.meets(&entry.space, &self.ground.calendar) {
                continue;
            }
            let all: Vec<usize> = of.iter().copied().chain([floor]).collect();
            let both = space.and(&entry.space);
            let question = question(left, (&both, &all), &takers, &objection);
            rest.join(self.ground.left(question, place));
            open.remove(&rest.products);
        }
        rest
    }

    /// The rules that may keep a winner from winning, or the sale from being priced.
    fn takers(&self, place: &Place<'_, '_>) -> Bits {
        let (groups, meeting) = (&self.ground.groups, place.meeting);
        let mut takers = match place.below {
            Some(below) => meeting.and(&below.floors),
            None => Bits::none(self.ground.entries.len()),
        };
        if place.products.meets(&self.ground.costless) {
            takers.add_common(meeting, &groups.needs_cost);
        }
        for &(winner, key) in place.winners {
            let rank = self.ground.entries[winner].rank;
            groups.add_before(winner, rank, (meeting, groups.sets(key)), &mut takers);
        }
        takers
    }

    /// Where two rules contradict, at a point if there is one, and so nothing is priced.
    fn contradicted(
        &self,
        point: Option<&Space>,
        among: &Bits,
        meeting: &Bits,
    ) -> Vec<Block<'static>> {
        let entries = &self.ground.entries;
        let there = |space: &Space| point.is_none_or(|point| space.has(point));
        let mut out = Vec::new();
        for floor in self.collisions.floors.and(meeting).iter() {
            if !there(&entries[floor].space) || !entries[floor].products.meets(among) {
                continue;
            }
            for one in &self.collisions.by_floor[floor] {
                let ceiling = &entries[one.ceiling].space;
                if meeting.has(one.ceiling) && there(ceiling) && one.products.meets(among) {
                    let space = Cow::Owned(entries[floor].space.and(ceiling));
                    out.push(Block { products: one.products.clone(), space });
                }
            }
        }
        out
    }

    fn found(&self, rules: Vec<usize>, key: PolicyKey, rest: Rest) -> Option<Found> {
        Found::where_left(FindingKind::Bands, rules, Some(key), rest)
    }
}

/// What is left of a box, on products and of rules.
fn question<'q>(
    products: Bits,
    (space, of): (&'q Space, &'q [usize]),
    against: &Bits,
    objection: Objection<'q>,
) -> Question<'q> {
    Question {
        products,
        space,
        of,
        against: against.clone(),
        objection: Some(objection),
        first: false,
    }
}
