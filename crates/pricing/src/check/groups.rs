//! Rules by what they say, as bits by rule.

use std::collections::BTreeMap;

use super::bits::Bits;
use super::ground::Entry;
use crate::trace::PolicyKey;

#[derive(Default)]
pub(super) struct Groups {
    pub(super) floor: Bits,
    pub(super) ceiling: Bits,
    pub(super) needs_cost: Bits,
    sets: Vec<Bits>,
    /// By priority and specificity, lowest first: the rules of that rank, and those above.
    ranks: BTreeMap<(i64, u32), (Bits, Bits)>,
}

impl Groups {
    pub(super) fn new(entries: &[Entry<'_>]) -> Self {
        let with = |has: &dyn Fn(&Entry<'_>) -> bool| {
            Bits::of(entries.len(), (0..entries.len()).filter(|&at| has(&entries[at])))
        };
        let mut of_rank: BTreeMap<(i64, u32), Vec<usize>> = BTreeMap::new();
        for (at, entry) in entries.iter().enumerate() {
            of_rank.entry(entry.rank).or_default().push(at);
        }
        let mut above = Bits::none(entries.len());
        let mut ranks = BTreeMap::new();
        for (rank, rules) in of_rank.into_iter().rev() {
            let same = Bits::of(entries.len(), rules);
            let higher = above.clone();
            above.add(&same);
            ranks.insert(rank, (same, higher));
        }
        Self {
            floor: with(&|entry| entry.floor.is_said()),
            ceiling: with(&|entry| entry.ceiling.is_some()),
            needs_cost: with(&|entry| entry.rule.needs_cost()),
            sets: PolicyKey::ALL.iter().map(|&key| with(&|entry| entry.sets(key))).collect(),
            ranks,
        }
    }

    pub(super) fn sets(&self, key: PolicyKey) -> &Bits {
        &self.sets[key as usize]
    }

    /// Keeps the rules that rank higher by priority and specificity.
    pub(super) fn keep_higher(&self, rank: (i64, u32), among: &mut Bits) {
        if let Some((_, higher)) = self.ranks.get(&rank) {
            among.keep(higher);
        }
    }

    pub(super) fn keep_equal(&self, rank: (i64, u32), among: &mut Bits) {
        if let Some((same, _)) = self.ranks.get(&rank) {
            among.keep(same);
        }
    }

    /// Adds the rules in both sets that come first in a decision: those that rank higher, and of
    /// equals those of smaller id.
    pub(super) fn add_before(
        &self,
        rule: usize,
        rank: (i64, u32),
        (one, other): (&Bits, &Bits),
        to: &mut Bits,
    ) {
        if let Some((same, higher)) = self.ranks.get(&rank) {
            to.add_common_before((one, other), (same, rule), higher);
        }
    }
}
