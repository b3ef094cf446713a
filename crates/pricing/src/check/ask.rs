//! The question that the kinds put to a ground: what is left of a box outside of other rules.
//! Rules that hold the whole box are taken off first; then points outside of the others are looked
//! for until every product has one or is known to have none.

use std::borrow::Cow;

use super::bits::Bits;
use super::cover::{Block, Rest, outside};
use super::ground::{Entry, Ground};
use super::search::{self, Ended, Found};
use super::space::Space;

/// Told a point and the products on which nothing takes it: what else does, on which of them; told
/// no point, what else may.
pub(super) type Objection<'q> = &'q dyn Fn(Option<&Space>, &Bits) -> Vec<Block<'q>>;

/// A box on some products, and what it is held against.
pub(super) struct Question<'q> {
    pub(super) products: Bits,
    /// What all of `of` match, and nothing besides.
    pub(super) space: &'q Space,
    pub(super) of: &'q [usize],
    /// The rules that take from it.
    pub(super) against: Bits,
    /// What further boxes take from it, told for a point at a time.
    pub(super) objection: Option<Objection<'q>>,
    /// Whether any part that is left will do.
    pub(super) first: bool,
}

impl Ground<'_> {
    /// What is left; `on` says on which of the given products a rule takes from it.
    pub(super) fn left(&self, question: Question<'_>, on: impl Fn(usize, Bits) -> Bits) -> Rest {
        let Question { products: mut open, space, of, against, objection, first } = question;
        let holding = self.holding(of, space, &against);
        for rule in holding.iter() {
            if open.is_empty() {
                break;
            }
            open.remove(&on(rule, open.and(&self.entries[rule].products)));
        }
        let mut rest = Rest::nothing(self.products);
        if open.is_empty() {
            return rest;
        }
        let mut blocks = self.blocks(&against.minus(&holding), &open, on);
        let objected = |point: Option<&Space>, among: &Bits| {
            objection.map_or_else(Vec::new, |object| object(point, among))
        };
        let steps_max = self.options.steps_max;
        while let Some(product) = open.first() {
            let own: Vec<&Block<'_>> =
                blocks.iter().filter(|block| block.products.has(product)).collect();
            let point = match search::point(&self.calendar, space, own, steps_max) {
                Ok(Found::Point(point)) => *point,
                Ok(Found::None(holding)) => {
                    // nor is any left on other products that all of these have
                    let mut alike = open.clone();
                    holding.iter().for_each(|block| alike.keep(&block.products));
                    open.remove(&alike);
                    continue;
                }
                Err(Ended::Spent) => {
                    rest.open.add(&open);
                    break;
                }
                Err(Ended::Customers) => {
                    let one = Bits::of(self.products, [product]);
                    blocks.extend(objected(None, &one));
                    open.take(product);
                    rest.join(outside(&self.calendar, (one, space), &blocks, steps_max, first));
                    continue;
                }
            };
            let mut free = open.clone();
            let there = blocks.iter().filter(|block| block.space.has(&point));
            there.for_each(|block| free.remove(&block.products));
            for block in objected(Some(&point), &free) {
                free.remove(&block.products);
                blocks.push(block);
            }
            if let Some(product) = free.first() {
                rest.at.get_or_insert((product, point));
                rest.products.add(&free);
                open.remove(&free);
                if first {
                    break;
                }
            }
        }
        rest
    }

    /// The rules as boxes, on those of the products on which they take something.
    fn blocks(
        &self,
        rules: &Bits,
        open: &Bits,
        on: impl Fn(usize, Bits) -> Bits,
    ) -> Vec<Block<'_>> {
        let block = |rule: usize| {
            let Entry { products, space, .. } = &self.entries[rule];
            let products = products.meets(open).then(|| on(rule, open.and(products)))?;
            (!products.is_empty()).then_some(Block { products, space: Cow::Borrowed(space) })
        };
        rules.iter().filter_map(block).collect()
    }

    /// Those rules of `against` that match wherever all of `of` do.
    fn holding(&self, of: &[usize], space: &Space, against: &Bits) -> Bits {
        if of.is_empty() {
            return against.filter(|rule| space.within(&self.entries[rule].space));
        }
        self.near.holding(of, against.clone())
    }
}
