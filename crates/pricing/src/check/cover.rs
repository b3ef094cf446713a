//! What of a box is left outside a union of boxes, product by product: exact, or said to be open
//! where the step budget ends. Boxes are cut until each piece lies wholly within or wholly
//! outside of every box of the union.

use std::borrow::Cow;

use super::bits::Bits;
use super::calendar::Calendar;
use super::space::Space;

/// A box on some products.
#[derive(Debug, Clone)]
pub(super) struct Block<'a> {
    pub(super) products: Bits,
    pub(super) space: Cow<'a, Space>,
}

/// What is left.
#[derive(Debug)]
pub(super) struct Rest {
    /// The products that have facts outside of the union.
    pub(super) products: Bits,
    /// Some of these facts: a box in which every point lies outside, and one of its products.
    pub(super) at: Option<(usize, Space)>,
    /// The products on which the budget ended before this was known.
    pub(super) open: Bits,
}

impl Rest {
    pub(super) fn nothing(products: usize) -> Self {
        let none = Bits::none(products);
        Self { products: none.clone(), at: None, open: none }
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.products.is_empty() && self.open.is_empty()
    }

    /// Takes in what was found elsewhere.
    pub(super) fn join(&mut self, other: Self) {
        self.products.add(&other.products);
        self.open.add(&other.open);
        self.open.remove(&self.products);
        if self.at.is_none() {
            self.at = other.at;
        }
    }
}

/// The part of `space`, on `products`, that is in none of `blocks`; with `first`, any part of it
/// will do. A step is one box held against one piece.
pub(super) fn outside(
    calendar: &Calendar,
    (products, space): (Bits, &Space),
    blocks: &[Block<'_>],
    steps_max: usize,
    first: bool,
) -> Rest {
    let mut rest = Rest { products: products.minus(&products), at: None, open: Bits::default() };
    rest.open = rest.products.clone();
    let mut steps = 0_usize;
    let mut pieces = vec![(products, space.clone(), (0..blocks.len()).collect::<Vec<_>>())];
    while let Some((mut products, space, among)) = pieces.pop() {
        products.remove(&rest.products);
        if products.is_empty() {
            continue;
        }
        steps = steps.saturating_add(among.len() + 1);
        if steps > steps_max {
            rest.open.add(&products);
            pieces.iter().for_each(|(products, ..)| rest.open.add(products));
            rest.open.remove(&rest.products);
            return rest;
        }
        let mut partly = Vec::new();
        for index in among {
            let block = &blocks[index];
            if !block.products.meets(&products) || !block.space.meets(&space, calendar) {
                continue;
            }
            if space.within(&block.space) {
                products.remove(&block.products);
            } else {
                partly.push(index);
            }
        }
        let Some(product) = products.first() else { continue };
        let cut = partly.first().and_then(|&index| space.split(&blocks[index].space));
        let Some((out, inside)) = cut else {
            rest.products.add(&products);
            rest.at.get_or_insert((product, space));
            if first {
                return rest;
            }
            continue;
        };
        // the part outside comes next: it is where something is most likely left
        if !inside.is_empty(calendar) {
            pieces.push((products.clone(), inside, partly.clone()));
        }
        if !out.is_empty(calendar) {
            pieces.push((products, out, partly));
        }
    }
    rest
}
