//! Where a decision's prices do not stand in order: what is declined above what goes to staff,
//! what goes to staff above what is accepted, or a target that no bargain may reach. Only priced
//! facts count: a floor is there, it is not above a ceiling, and no cost is missing.

use std::borrow::Cow;

use super::ask::{Everywhere, Question};
use super::bits::Bits;
use super::contradiction::Collisions;
use super::cover::Rest;
use super::figures::Price;
use super::findings::FindingKind;
use super::found::Found;
use super::ground::Ground;
use super::priced::{Below, Place};
use crate::trace::PolicyKey;

/// Of one rule: its target, and what it declines or sends to staff against what others say.
pub(super) fn of(
    ground: &Ground<'_>,
    (collisions, winners): (&Collisions, &Winners),
    rule: usize,
    meeting: &Bits,
) -> Vec<Found> {
    let bands = Bands { ground, collisions, winners, rule, meeting };
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

/// Whose prices count.
pub(super) struct Winners {
    /// By rule, as [`wins`].
    by_rule: Vec<[Bits; PRICES.len()]>,
    /// By price key, the rules that may win on some product.
    rules: [Bits; PRICES.len()],
}

impl Winners {
    /// `by_rule` has what [`wins`] says.
    pub(super) fn new(by_rule: Vec<[Bits; PRICES.len()]>) -> Self {
        let rules = std::array::from_fn(|key| {
            Bits::from_fn(by_rule.len(), |rule| !by_rule[rule][key].is_empty())
        });
        Self { by_rule, rules }
    }
}

struct Bands<'a, 'g> {
    ground: &'a Ground<'g>,
    collisions: &'a Collisions,
    winners: &'a Winners,
    rule: usize,
    /// The rules that it meets.
    meeting: &'a Bits,
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
        &self.winners.by_rule[rule][key as usize]
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
        for other in self.meeting.and(&self.winners.rules[upper as usize]).iter() {
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
        for other in self.meeting.and(&self.winners.rules[upper as usize]).iter() {
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
        let place = Place {
            ground: self.ground,
            collisions: self.collisions,
            products,
            space: &space,
            of,
            meeting: &meeting,
            winners,
            below,
            first: false,
        };
        place.priced()
    }

    fn found(&self, rules: Vec<usize>, key: PolicyKey, rest: Rest) -> Option<Found> {
        Found::where_left(FindingKind::Bands, rules, Some(key), rest)
    }
}
