//! Which rules meet which, and which hold which, dimension by dimension, as bits by rule: so that
//! a rule is only ever held against those it has to do with. Rules that say the same of a
//! dimension share one row.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hash;

use super::bits::Bits;
use super::calendar::Calendar;
use super::clocks::Clocks;
use super::ground::Entry;
use super::space::{NAMED, NUMBERED, Space};
use super::threads::each;

/// Names, numbers, customers, segments, time, and the products.
const DIMENSIONS: usize = NAMED + NUMBERED + 4;

/// Of so many rules at most it is kept which meet which: some 50 MB.
const KEPT_MAX: usize = 20_000;

#[derive(Default)]
pub(super) struct Near {
    rules: usize,
    dimensions: Vec<Dimension>,
    shelves: Dimension,
    /// By product the rules that match it.
    on: Vec<Bits>,
    /// By rule the rules that it meets, where there are not too many.
    met: Vec<Bits>,
}

/// The rows of one dimension, and of each rule which row is its.
#[derive(Default)]
struct Dimension {
    row_of: Vec<u32>,
    rows: Vec<Row>,
}

struct Row {
    /// The rules that share a value with those of this row.
    meets: Bits,
    /// The rules that have every value of those of this row.
    holds: Bits,
}

impl Near {
    pub(super) fn new(
        entries: &[Entry<'_>],
        products: usize,
        calendar: &Calendar,
        threads: usize,
    ) -> Self {
        let mut dimensions = Vec::with_capacity(DIMENSIONS);
        for at in 0..NAMED {
            let of = |space: &Space| space.named[at].clone();
            dimensions.push(dimension(entries, threads, of, |a, b| a.meets(b), |a, b| a.within(b)));
        }
        for at in 0..NUMBERED {
            let of = |space: &Space| space.numbered[at];
            let meets = |a: &super::space::Span, b: &_| a.meets(*b);
            dimensions.push(dimension(entries, threads, of, meets, |a, b| a.within(*b)));
        }
        let of = |space: &Space| space.customers;
        dimensions.push(dimension(entries, threads, of, |a, b| a & b != 0, |a, b| a & !b == 0));
        let of = |space: &Space| space.segments.clone();
        dimensions.push(dimension(entries, threads, of, |a, b| a.meets(b), |a, b| a.within(b)));
        let clocks = Clocks::new(calendar, entries.iter().map(|entry| &entry.space.time));
        let of = |space: &Space| clocks.said(&space.time);
        let meets = |a: &_, b: &_| clocks.meet(a, b);
        dimensions.push(dimension(entries, threads, of, meets, |a, b| clocks.within(a, b)));
        dimensions.retain(|dimension| dimension.rows.len() > 1);
        let (shelves, on) = shelves(entries, products, threads);
        let mut near = Self { rules: entries.len(), dimensions, shelves, on, met: Vec::new() };
        if near.rules <= KEPT_MAX {
            near.met = each(threads, near.rules, |rule| near.met_by(rule));
        }
        near
    }

    /// The rules that match some facts together with this one; itself among them.
    pub(super) fn meeting(&self, rule: usize) -> Cow<'_, Bits> {
        self.met.get(rule).map_or_else(|| Cow::Owned(self.met_by(rule)), Cow::Borrowed)
    }

    /// The rules that match the product.
    pub(super) fn matching(&self, product: usize) -> &Bits {
        &self.on[product]
    }

    /// Those of `among` that match some of the products.
    pub(super) fn on(&self, products: &Bits, among: &Bits) -> Bits {
        let mut on = Bits::none(self.rules);
        products.iter().for_each(|product| on.add(&self.on[product]));
        on.keep(among);
        on
    }

    fn met_by(&self, rule: usize) -> Bits {
        let mut bits = self.shelves.row(rule).meets.clone();
        for dimension in &self.dimensions {
            bits.keep(&dimension.row(rule).meets);
        }
        bits
    }

    /// The rules that match wherever this one does; itself among them.
    pub(super) fn holding_all(&self, rule: usize) -> Bits {
        self.holding(&[rule], self.shelves.row(rule).holds.clone())
    }

    /// Keeps those of `among` whose conditions hold wherever those of all of `rules` do, products
    /// aside, as far as that is seen from one dimension at a time.
    pub(super) fn holding(&self, rules: &[usize], mut among: Bits) -> Bits {
        if among.is_empty() {
            return among;
        }
        for dimension in &self.dimensions {
            match *rules {
                [one] => among.keep(&dimension.row(one).holds),
                [one, two] => {
                    among.keep_either(&dimension.row(one).holds, &dimension.row(two).holds);
                }
                _ => {
                    let mut any = Bits::none(self.rules);
                    rules.iter().for_each(|&rule| any.add(&dimension.row(rule).holds));
                    among.keep(&any);
                }
            }
        }
        among
    }
}

impl Dimension {
    fn row(&self, rule: usize) -> &Row {
        &self.rows[self.row_of[rule] as usize]
    }
}

/// Which rules say the same, and for each thing said the rules that say it.
fn said<K: Hash + Eq>(
    entries: &[Entry<'_>],
    of: impl Fn(&Entry<'_>) -> K,
) -> (Vec<u32>, Vec<(K, Vec<usize>)>) {
    let mut numbers: HashMap<K, usize> = HashMap::new();
    let mut rules: Vec<Vec<usize>> = Vec::new();
    let mut row_of = Vec::with_capacity(entries.len());
    for (rule, entry) in entries.iter().enumerate() {
        let number = *numbers.entry(of(entry)).or_insert_with(|| {
            rules.push(Vec::new());
            rules.len() - 1
        });
        rules[number].push(rule);
        row_of.push(u32::try_from(number).unwrap_or(u32::MAX));
    }
    let mut keys: Vec<(K, usize)> = numbers.into_iter().collect();
    keys.sort_unstable_by_key(|(_, number)| *number);
    let said = keys.into_iter().map(|(key, number)| (key, std::mem::take(&mut rules[number])));
    (row_of, said.collect())
}

fn dimension<K: Hash + Eq + Sync + Send>(
    entries: &[Entry<'_>],
    threads: usize,
    of: impl Fn(&Space) -> K,
    meets: impl Fn(&K, &K) -> bool + Sync,
    within: impl Fn(&K, &K) -> bool + Sync,
) -> Dimension {
    let (row_of, said) = said(entries, |entry| of(&entry.space));
    let rules = entries.len();
    let shared: Vec<Option<Bits>> = said
        .iter()
        .map(|(_, of)| (of.len() > rules / 64).then(|| Bits::of(rules, of.iter().copied())))
        .collect();
    let put = |bits: &mut Bits, other: usize| match &shared[other] {
        Some(shared) => bits.add(shared),
        None => said[other].1.iter().for_each(|&rule| bits.insert(rule)),
    };
    let rows = each(threads, said.len(), |at| {
        let mut row = Row { meets: Bits::none(rules), holds: Bits::none(rules) };
        for (other, (key, _)) in said.iter().enumerate() {
            if meets(&said[at].0, key) {
                put(&mut row.meets, other);
                if within(&said[at].0, key) {
                    put(&mut row.holds, other);
                }
            }
        }
        row
    });
    Dimension { row_of, rows }
}

/// The products as a dimension: by the rules that match each product, and these.
fn shelves(entries: &[Entry<'_>], products: usize, threads: usize) -> (Dimension, Vec<Bits>) {
    let rules = entries.len();
    let mut on = vec![Bits::none(rules); products];
    for (rule, entry) in entries.iter().enumerate() {
        entry.products.iter().for_each(|product| on[product].insert(rule));
    }
    let (row_of, said) = said(entries, |entry| entry.products.clone());
    let rows = each(threads, said.len(), |at| {
        let mut row = Row { meets: Bits::none(rules), holds: Bits::all(rules) };
        for product in said[at].0.iter() {
            row.meets.add(&on[product]);
            row.holds.keep(&on[product]);
        }
        row
    });
    (Dimension { row_of, rows }, on)
}
