//! The questions that the kinds put to a ground: what is left of a box outside of other rules,
//! and whether one box holds another.

use std::borrow::Cow;

use super::bits::Bits;
use super::cover::{Block, Rest, outside};
use super::ground::Ground;
use super::space::Space;

impl Ground<'_> {
    /// What is left of a box, on products, outside of `candidates` (on those products among the
    /// given that `on` says) and of the further boxes.
    pub(super) fn left<'s>(
        &'s self,
        products: Bits,
        space: &Space,
        candidates: impl IntoIterator<Item = usize>,
        further: Vec<Block<'s>>,
        on: impl Fn(usize, Bits) -> Bits,
    ) -> Rest {
        self.search(products, space, candidates, (further, false), on)
    }

    /// As [`Self::left`], where any part that is left will do.
    pub(super) fn first_left(
        &self,
        products: Bits,
        space: &Space,
        candidates: impl IntoIterator<Item = usize>,
    ) -> Rest {
        self.search(products, space, candidates, (Vec::new(), true), |_, among| among)
    }

    fn search<'s>(
        &'s self,
        mut products: Bits,
        space: &Space,
        candidates: impl IntoIterator<Item = usize>,
        (mut blocks, first): (Vec<Block<'s>>, bool),
        on: impl Fn(usize, Bits) -> Bits,
    ) -> Rest {
        for rule in candidates {
            if products.is_empty() {
                break;
            }
            let entry = &self.entries[rule];
            if !entry.products.meets(&products) || !entry.space.meets(space, &self.calendar) {
                continue;
            }
            let among = on(rule, products.and(&entry.products));
            if space.within(&entry.space) {
                products.remove(&among);
            } else if !among.is_empty() {
                blocks.push(Block { products: among, space: Cow::Borrowed(&entry.space) });
            }
        }
        outside(&self.calendar, (products, space), &blocks, self.options.steps_max, first)
    }

    /// Whether all of the one box, which is not empty, is in the other.
    pub(super) fn contains(&self, whole: &Space, part: &Space) -> bool {
        if part.within(whole) {
            return true;
        }
        if !part.meets(whole, &self.calendar) {
            return false;
        }
        let block = Block { products: Bits::all(1), space: Cow::Borrowed(whole) };
        outside(&self.calendar, (Bits::all(1), part), &[block], usize::MAX, true).is_nothing()
    }

    /// The rules that block a decision on these products for a cost that is missing.
    pub(super) fn needing_cost(&self, products: &Bits) -> impl Iterator<Item = usize> {
        (0..self.entries.len()).filter(move |&rule| {
            let entry = &self.entries[rule];
            entry.rule.needs_cost() && entry.products.meets(products)
        })
    }
}
