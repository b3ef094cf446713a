//! The dimensions whose facts are names: for each value that the rules mention the rules that it
//! lets through, and for every other value together the rules that any stranger passes.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::bitmaps::{Builder, Row, put};
use crate::rule::OneOf;

/// One dimension: value to rules.
#[derive(Debug)]
pub(super) struct Names<K> {
    rows: FxHashMap<K, Row>,
    /// For a value that no rule mentions.
    other: Row,
}

/// The rules that mention one value, by place.
#[derive(Debug, Default)]
struct Mentions {
    any_of: Vec<usize>,
    none_of: Vec<usize>,
}

impl<K: Ord + Hash + Clone> Names<K> {
    /// Compiles one condition an entry, in the index's order; beside it the one value of its
    /// `any_of` that the entry stands for, if not all. `above` gives the values that one lies
    /// under, where values are in a hierarchy: what is said of these holds for it too.
    pub(super) fn compile<'r>(
        builder: &mut Builder,
        conditions: impl Iterator<Item = Option<(&'r OneOf<K>, Option<&'r K>)>>,
        above: impl Fn(&K) -> Vec<K>,
    ) -> Self
    where
        K: 'r,
    {
        let mut words = builder.none();
        let mut mentions: BTreeMap<&K, Mentions> = BTreeMap::new();
        for (rule, condition) in conditions.enumerate() {
            let any_of = condition.and_then(|(set, _)| set.any_of.as_ref());
            put(&mut words, rule, any_of.is_none());
            let only = condition.and_then(|(_, only)| only);
            for value in any_of.into_iter().flatten().filter(|&v| only.is_none_or(|o| o == v)) {
                mentions.entry(value).or_default().any_of.push(rule);
            }
            for value in condition.into_iter().flat_map(|(set, _)| &set.none_of) {
                mentions.entry(value).or_default().none_of.push(rule);
            }
        }
        let stranger = words.clone();
        let other = builder.row(&stranger);
        let mut touched = Vec::new();
        let mut rows = FxHashMap::default();
        for (&value, own) in &mentions {
            let above = above(value);
            let said: Vec<&Mentions> =
                above.iter().filter_map(|value| mentions.get(value)).chain([own]).collect();
            for &rule in said.iter().flat_map(|mentions| &mentions.any_of) {
                put(&mut words, rule, true);
                touched.push(rule / 64);
            }
            for &rule in said.iter().flat_map(|mentions| &mentions.none_of) {
                put(&mut words, rule, false);
                touched.push(rule / 64);
            }
            let mut changed = touched.clone();
            rows.insert(value.clone(), builder.varied(other, &words, &mut changed));
            for word in touched.drain(..) {
                words[word] = stranger[word];
            }
        }
        rows.shrink_to_fit();
        Self { rows, other }
    }
}

impl<K: Hash + Eq> Names<K> {
    /// The rules that let this value through.
    pub(super) fn row<Q: Hash + Eq + ?Sized>(&self, value: &Q) -> Row
    where
        K: Borrow<Q>,
    {
        self.rows.get(value).copied().unwrap_or(self.other)
    }

    fn known<Q: Hash + Eq + ?Sized>(&self, value: &Q) -> Option<Row>
    where
        K: Borrow<Q>,
    {
        self.rows.get(value).copied()
    }

    /// Bytes that it holds on the heap; `key` tells those of a value.
    pub(super) fn bytes(&self, key: impl Fn(&K) -> usize) -> usize {
        table_bytes::<(K, Row)>(self.rows.capacity()) + self.rows.keys().map(key).sum::<usize>()
    }
}

impl Names<String> {
    /// The rules that let this category through: what is said of the nearest path above that a
    /// rule mentions, itself included, holds for it.
    pub(super) fn category(&self, path: &str) -> Row {
        let mut path = path;
        loop {
            if let Some(row) = self.known(path) {
                return row;
            }
            match path.rfind('/') {
                Some(end) => path = &path[..end],
                None => return self.other,
            }
        }
    }
}

/// The paths above one, nearest last.
pub(super) fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

/// What a hash table of this capacity takes: an entry and a control byte for each of its places,
/// of which an eighth stays free.
pub(super) fn table_bytes<T>(capacity: usize) -> usize {
    if capacity == 0 {
        return 0;
    }
    let places = (capacity * 8 / 7).next_power_of_two();
    places * (size_of::<T>() + 1)
}
