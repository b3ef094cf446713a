//! The one dimension whose fact is a set. A customer in one segment that rules mention, or in
//! none, costs one row; more are put together word by word. The rare conditions that single rows
//! cannot say are held to for the rules that all else lets through.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::bitmaps::{Bitmaps, Builder, LEAF_WORDS, Leaf, Row, index, put};
use super::names::table_bytes;
use crate::rule::Segments as Condition;

#[derive(Debug)]
pub(super) struct Segments {
    ids: FxHashMap<String, u32>,
    /// By id: for a customer in this segment alone (of those that rules mention).
    alone: Vec<Row>,
    /// By id: the rules that ask for no segment, or for this one.
    asked: Vec<Row>,
    /// By id: the rules that do not rule this one out.
    suffered: Vec<Row>,
    /// For a customer in no segment that a rule mentions.
    none: Row,
    everything: Row,
    /// The rules that need all of several, or any and all.
    particular: Row,
    /// For each of them by place the ids that it needs all of, sorted.
    needed: FxHashMap<u32, Box<[u32]>>,
}

/// The rows that stand for one customer's segments: `row` is one of the twelve-and-one that are
/// intersected; with more than one segment it is everything and [`Segments::narrow`] does the rest.
impl Segments {
    pub(super) fn compile<'r>(
        builder: &mut Builder,
        conditions: impl Iterator<Item = Option<&'r Condition>> + Clone,
    ) -> Self {
        let names: BTreeSet<&String> = conditions
            .clone()
            .flatten()
            .flat_map(|c| c.any_of.iter().flatten().chain(&c.all_of).chain(&c.none_of))
            .collect();
        let ids: BTreeMap<&String, usize> = names.into_iter().zip(0..).collect();
        let mut asking: Vec<Vec<usize>> = vec![Vec::new(); ids.len()];
        let mut ruling_out: Vec<Vec<usize>> = vec![Vec::new(); ids.len()];
        let mut needed = FxHashMap::default();
        let (mut free, mut all, mut some) = (builder.none(), builder.none(), builder.none());
        for (rule, condition) in conditions.enumerate() {
            put(&mut all, rule, true);
            let Some(condition) = condition else {
                put(&mut free, rule, true);
                continue;
            };
            for name in &condition.none_of {
                ruling_out[ids[name]].push(rule);
            }
            let all_of: Vec<u32> = condition.all_of.iter().map(|name| index(ids[name])).collect();
            // one needed segment alone is asked for as any is
            if all_of.len() > usize::from(condition.any_of.is_none()) {
                put(&mut some, rule, true);
                needed.insert(index(rule), all_of.into());
            }
            let asked = match &condition.any_of {
                Some(any_of) => any_of.iter().collect(),
                None => Vec::from_iter(condition.all_of.first()),
            };
            put(&mut free, rule, condition.any_of.is_none() && asked.is_empty());
            for name in asked {
                asking[ids[name]].push(rule);
            }
        }
        let (none, everything) = (builder.row(&free), builder.row(&all));
        let particular = builder.row(&some);
        let mut vary = |base: Row, words: &[u64], changes: &[(&[usize], bool)]| {
            let mut words = words.to_vec();
            let mut touched = Vec::new();
            for &(rules, held) in changes {
                for &rule in rules {
                    put(&mut words, rule, held);
                    touched.push(rule / 64);
                }
            }
            builder.varied(base, &words, &mut touched)
        };
        let each = || asking.iter().zip(&ruling_out);
        let alone = each().map(|(a, r)| vary(none, &free, &[(a, true), (r, false)])).collect();
        let asked = each().map(|(a, _)| vary(none, &free, &[(a, true)])).collect();
        let suffered = each().map(|(_, r)| vary(everything, &all, &[(r, false)])).collect();
        let ids = ids.into_iter().map(|(name, id)| (name.clone(), index(id))).collect();
        Self { ids, alone, asked, suffered, none, everything, particular, needed }
    }

    /// Puts the ids of those segments that rules mention into `known`, sorted.
    pub(super) fn resolve<'s>(
        &self,
        segments: impl IntoIterator<Item = &'s str>,
        known: &mut Vec<u32>,
    ) {
        known.clear();
        known.extend(segments.into_iter().filter_map(|name| self.ids.get(name)));
        known.sort_unstable();
        known.dedup();
    }

    /// The row to intersect with for a customer in these segments.
    pub(super) fn row(&self, known: &[u32]) -> Row {
        match known {
            [] => self.none,
            [one] => self.alone[*one as usize],
            _ => self.everything,
        }
    }

    /// Takes out of the leaf at this place of a row the rules that do not let a customer in these
    /// segments through.
    #[inline]
    pub(super) fn narrow(&self, maps: &Bitmaps, known: &[u32], leaf: usize, bits: &mut Leaf) {
        if known.len() > 1 {
            let mut asked = Leaf::NONE;
            for &id in known {
                asked.or(maps.leaf(self.asked[id as usize], leaf));
                bits.and(maps.leaf(self.suffered[id as usize], leaf));
            }
            bits.and(&asked);
        }
        if !self.needed.is_empty() {
            let mut particular = *maps.leaf(self.particular, leaf);
            particular.and(bits);
            if !particular.is_empty() {
                self.hold_to_all(particular, known, leaf, bits);
            }
        }
    }

    /// Takes out those of the particular rules that need a segment which is not among these.
    fn hold_to_all(&self, particular: Leaf, known: &[u32], leaf: usize, bits: &mut Leaf) {
        for (word, mut left) in particular.0.into_iter().enumerate() {
            while left != 0 {
                let bit = left & left.wrapping_neg();
                left &= left - 1;
                let rule = index((leaf * LEAF_WORDS + word) * 64) + bit.trailing_zeros();
                let held = |id: &u32| known.binary_search(id).is_ok();
                if !self.needed.get(&rule).is_some_and(|needed| needed.iter().all(held)) {
                    bits.0[word] &= !bit;
                }
            }
        }
    }

    /// Bytes that it holds on the heap.
    pub(super) fn bytes(&self) -> usize {
        let rows = self.alone.capacity() + self.asked.capacity() + self.suffered.capacity();
        table_bytes::<(String, u32)>(self.ids.capacity())
            + self.ids.keys().map(String::capacity).sum::<usize>()
            + rows * size_of::<Row>()
            + table_bytes::<(u32, Box<[u32]>)>(self.needed.capacity())
            + self.needed.values().map(|ids| size_of_val(&**ids)).sum::<usize>()
    }
}
