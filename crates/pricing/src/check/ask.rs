//! The question that the kinds put to a ground: what is left of a box outside of other rules.
//! Rules that hold the whole box are taken off first, then points are guessed at which few rules
//! match; only what neither settles is cut.

use std::borrow::Cow;

use super::bits::Bits;
use super::cover::{Block, Rest, outside};
use super::ground::Ground;
use super::probe;
use super::space::Space;

/// How many points are guessed before the box is cut.
const GUESSES: usize = 4;

/// A box on some products, and what it is held against.
pub(super) struct Question<'q> {
    pub(super) products: Bits,
    /// What all of `of` match, and nothing besides.
    pub(super) space: Space,
    pub(super) of: &'q [usize],
    /// The rules that take from it.
    pub(super) against: Bits,
    /// Further boxes that take from it.
    pub(super) further: Vec<Block<'q>>,
    /// Whether any part that is left will do.
    pub(super) first: bool,
}

impl Ground<'_> {
    /// What is left; `on` says on which of the given products a rule takes from it.
    pub(super) fn left(&self, question: Question<'_>, on: impl Fn(usize, Bits) -> Bits) -> Rest {
        let Question { mut products, space, of, against, mut further, first } = question;
        let mut rest = Rest::nothing(self.products);
        let holding = self.holding(of, &space, &against);
        for rule in holding.iter() {
            if products.is_empty() {
                return rest;
            }
            products.remove(&on(rule, products.and(&self.entries[rule].products)));
        }
        further.retain(|block| {
            let whole = space.within(&block.space);
            if whole {
                products.remove(&block.products);
            }
            !whole
        });
        let rules = self.entries.len();
        let mut among: Vec<usize> = against.minus(&holding).iter().collect();
        among.extend((0..further.len()).map(|at| rules + at));
        let on_products = |at: usize, left: &Bits| match at.checked_sub(rules) {
            None => on(at, left.and(&self.entries[at].products)),
            Some(at) => further[at].products.and(left),
        };
        let space_of = |at: usize| match at.checked_sub(rules) {
            None => &self.entries[at].space,
            Some(at) => further[at].space.as_ref(),
        };
        let mut open = products;
        for turn in 0..GUESSES {
            if open.is_empty() {
                return rest;
            }
            among.retain(|&at| match at.checked_sub(rules) {
                None => self.entries[at].products.meets(&open),
                Some(at) => further[at].products.meets(&open),
            });
            let mut there = among.clone();
            let point = probe::point(&self.calendar, &space, &mut there, space_of, turn);
            let mut free = open.clone();
            for at in there {
                free.remove(&on_products(at, &free));
                if free.is_empty() {
                    break;
                }
            }
            if let Some(product) = free.first() {
                rest.at.get_or_insert((product, point));
                rest.products.add(&free);
                open.remove(&free);
                if first {
                    return rest;
                }
            }
        }
        if open.is_empty() {
            return rest;
        }
        let blocks: Vec<Block<'_>> = among
            .into_iter()
            .filter(|&at| space_of(at).meets(&space, &self.calendar))
            .map(|at| Block {
                products: on_products(at, &open),
                space: Cow::Borrowed(space_of(at)),
            })
            .filter(|block| !block.products.is_empty())
            .collect();
        let steps_max = self.options.steps_max;
        rest.join(outside(&self.calendar, (open, &space), &blocks, steps_max, first));
        rest
    }

    /// Those rules of `against` that match wherever all of `of` do.
    fn holding(&self, of: &[usize], space: &Space, against: &Bits) -> Bits {
        if of.is_empty() {
            return against.filter(|rule| space.within(&self.entries[rule].space));
        }
        self.near.holding(of, against.clone())
    }
}
