//! Where a margin is asked of a product whose cost is not known, and where the floor that binds
//! is below the cost.

use super::ask::{Question, Taking};
use super::bits::Bits;
use super::figures::Floor;
use super::findings::FindingKind;
use super::found::Found;
use super::ground::Ground;

pub(super) fn missing(ground: &Ground<'_>, rule: usize) -> Option<Found> {
    let entry = &ground.entries[rule];
    if !entry.rule.needs_cost() {
        return None;
    }
    let products = entry.products.and(&ground.costless);
    let product = products.first()?;
    Some(Found {
        at: Some((product, entry.space.clone())),
        ..Found::certain(FindingKind::MissingCost, vec![rule], &products)
    })
}

pub(super) fn below(ground: &Ground<'_>, rule: usize, meeting: &Bits) -> Option<Found> {
    let entry = &ground.entries[rule];
    if !entry.floor.is_said() {
        return None;
    }
    let products = entry.products.filter(|at| {
        let cost = ground.figures[at].cost;
        let floor = entry.floor.on(ground.figures[at]);
        floor.is_some_and(|floor| cost.is_some_and(|cost| floor < cost))
    });
    let question = Question {
        products,
        space: &entry.space,
        of: &[rule],
        against: meeting.and(&ground.groups.floor),
        objection: None,
        first: false,
    };
    if question.products.is_empty() {
        return None;
    }
    let rest = ground.left(question, &Above { ground, floor: &entry.floor });
    Found::where_left(FindingKind::BelowCost, vec![rule], None, rest)
}

/// Floors above another, on products that all have a cost: a price that is unknown for want of one
/// is none here.
struct Above<'a, 'g> {
    ground: &'a Ground<'g>,
    floor: &'a Floor,
}

impl Taking for Above<'_, '_> {
    fn take(&self, rule: usize, products: &Bits, open: &mut Bits) {
        let floor = &self.ground.entries[rule].floor;
        let mut above = open.and(products);
        for price in self.floor.prices() {
            above = self.ground.tables.floor_over(floor, price, &above);
        }
        open.remove(&above);
    }

    fn takes(&self, rule: usize, product: usize) -> bool {
        let figures = self.ground.figures[product];
        self.ground.entries[rule].floor.on(figures) > self.floor.on(figures)
    }
}
