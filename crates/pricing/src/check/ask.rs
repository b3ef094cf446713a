//! The question that the kinds put to a ground: what is left of a box outside of other rules.
//! Rules that hold the whole box are taken off first; then points outside of the others are looked
//! for until every product has one or is known to have none.

use std::borrow::Cow;

use super::bits::Bits;
use super::cover::{Block, Rest, outside};
use super::ground::Ground;
use super::search::{self, Ended, Found};
use super::space::Space;

/// Told a point and the products on which nothing takes it: what else does, on which of them; told
/// no point, what else may.
pub(super) type Objection<'q> = &'q (dyn Fn(Option<&Space>, &Bits) -> Vec<Block<'static>> + 'q);

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

/// Which rules take products from a box, and on which.
pub(super) trait Taking {
    /// Leaves out of `open` those on which the rule takes, out of the products that it matches.
    fn take(&self, rule: usize, products: &Bits, open: &mut Bits);

    /// Whether it takes this one.
    fn takes(&self, rule: usize, product: usize) -> bool;
}

/// Each rule takes all its products.
pub(super) struct Everywhere;

impl Taking for Everywhere {
    fn take(&self, _: usize, products: &Bits, open: &mut Bits) {
        open.remove(products);
    }

    fn takes(&self, _: usize, _: usize) -> bool {
        true
    }
}

impl Ground<'_> {
    /// What is left.
    pub(super) fn left(&self, mut question: Question<'_>, by: &impl Taking) -> Rest {
        let holding = self.holding(question.of, question.space, question.against.clone());
        self.strike(&holding, by, &mut question.products);
        question.against.remove(&holding);
        self.left_by_parts(question, by)
    }

    /// What is left where none of the rules is known to hold the whole box.
    pub(super) fn left_by_parts(&self, question: Question<'_>, by: &impl Taking) -> Rest {
        let Question { products: mut open, space, against, objection, first, .. } = question;
        let mut rest = Rest::nothing(self.products);
        if open.is_empty() {
            return rest;
        }
        let objected = |point: Option<&Space>, among: &Bits| {
            objection.map_or_else(Vec::new, |object| object(point, among))
        };
        let rules = self.matching(&open, &against);
        let mut asked = Asked { ground: self, rules, further: Vec::new() };
        let steps_max = self.options.steps_max;
        while let Some(product) = open.first() {
            let own = asked.own(by, product);
            let spaces: Vec<&Space> = own.iter().map(|&block| asked.space(block)).collect();
            let point = match search::point(&self.calendar, space, &spaces, steps_max) {
                Ok(Found::Point(point)) => *point,
                Ok(Found::None(holding)) => {
                    // nor is any left on other products that all of these have
                    let mut alike = open.clone();
                    for block in holding {
                        alike = asked.taken(by, own[block], &alike);
                    }
                    open.remove(&alike);
                    continue;
                }
                Err(Ended::Spent) => {
                    rest.open.add(&open);
                    break;
                }
                Err(Ended::Customers) => {
                    let one = Bits::of(self.products, [product]);
                    asked.further.extend(objected(None, &one));
                    open.take(product);
                    let blocks = asked.blocks(by, &one);
                    rest.join(outside(&self.calendar, (one, space), &blocks, steps_max, first));
                    continue;
                }
            };
            // that product's blocks do not have the point, which is all that some ask for
            let mut free = match first && objection.is_none() {
                true => Bits::of(self.products, [product]),
                false => asked.free(by, &point, product, open.clone()),
            };
            for block in objected(Some(&point), &free) {
                free.remove(&block.products);
                asked.further.push(block);
            }
            if let Some(product) = free.first() {
                // best shown where no cost is missing
                rest.at.get_or_insert_with(|| {
                    (free.minus(&self.costless).first().unwrap_or(product), point)
                });
                rest.products.add(&free);
                open.remove(&free);
                if first {
                    break;
                }
            }
        }
        rest
    }

    /// Leaves out of `open` the products that any of some rules takes.
    pub(super) fn strike(&self, rules: &Bits, by: &impl Taking, open: &mut Bits) {
        for rule in rules.iter() {
            if open.is_empty() {
                break;
            }
            let products = &self.entries[rule].products;
            if products.meets(open) {
                by.take(rule, products, open);
            }
        }
    }

    /// The products of these that a rule takes.
    fn taken(&self, by: &impl Taking, rule: usize, among: &Bits) -> Bits {
        let mut left = among.clone();
        by.take(rule, &self.entries[rule].products, &mut left);
        among.minus(&left)
    }

    /// Those of `among` that match some of the products: by product or by rule, whichever is fewer.
    fn matching(&self, products: &Bits, among: &Bits) -> Vec<usize> {
        if products.count() < among.count() {
            return self.near.on(products, among).iter().collect();
        }
        among.iter().filter(|&rule| self.entries[rule].products.meets(products)).collect()
    }

    /// Those rules of `against` that match wherever all of `of` do.
    fn holding(&self, of: &[usize], space: &Space, against: Bits) -> Bits {
        if of.is_empty() {
            return against.filter(|rule| space.within(&self.entries[rule].space));
        }
        self.near.holding(of, against)
    }
}

/// What a box is held against: rules, then further boxes, by number.
struct Asked<'a, 'g, 'q> {
    ground: &'a Ground<'g>,
    rules: Vec<usize>,
    further: Vec<Block<'q>>,
}

impl Asked<'_, '_, '_> {
    fn space(&self, block: usize) -> &Space {
        match block.checked_sub(self.rules.len()) {
            None => &self.ground.entries[self.rules[block]].space,
            Some(further) => &self.further[further].space,
        }
    }

    /// The products of these that it takes.
    fn taken(&self, by: &impl Taking, block: usize, among: &Bits) -> Bits {
        match block.checked_sub(self.rules.len()) {
            None => self.ground.taken(by, self.rules[block], among),
            Some(further) => among.and(&self.further[further].products),
        }
    }

    /// Those that take a product.
    fn own(&self, by: &impl Taking, product: usize) -> Vec<usize> {
        let matching = self.ground.near.matching(product);
        let takes = |&rule: &usize| matching.has(rule) && by.takes(rule, product);
        let rules = (0..).zip(&self.rules).filter(|(_, rule)| takes(rule)).map(|(at, _)| at);
        let further = (self.rules.len()..).zip(&self.further);
        rules
            .chain(further.filter(|(_, block)| block.products.has(product)).map(|(at, _)| at))
            .collect()
    }

    /// The products of these on which none has the point, which none of this product's has.
    fn free(&self, by: &impl Taking, point: &Space, product: usize, mut open: Bits) -> Bits {
        open.take(product);
        for &rule in &self.rules {
            if open.is_empty() {
                break;
            }
            let entry = &self.ground.entries[rule];
            if entry.space.has(point) && entry.products.meets(&open) {
                by.take(rule, &entry.products, &mut open);
            }
        }
        for block in self.further.iter().filter(|block| block.space.has(point)) {
            open.remove(&block.products);
        }
        open.insert(product);
        open
    }

    fn blocks(&self, by: &impl Taking, among: &Bits) -> Vec<Block<'_>> {
        let all = 0..self.rules.len() + self.further.len();
        let block = |at: usize| Block {
            products: self.taken(by, at, among),
            space: Cow::Borrowed(self.space(at)),
        };
        all.map(block).filter(|block| !block.products.is_empty()).collect()
    }
}
