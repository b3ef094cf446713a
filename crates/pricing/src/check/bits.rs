//! A set of products, rules or values, one bit each.

use std::cmp::Ordering;

use smallvec::{SmallVec, smallvec};

/// A few dozen members lie in place, more on the heap.
#[derive(Debug, PartialEq, Eq, Hash, Default)]
pub(super) struct Bits(SmallVec<[u64; 2]>);

impl Clone for Bits {
    fn clone(&self) -> Self {
        Self(SmallVec::from_slice(&self.0))
    }
}

impl Bits {
    pub(super) fn none(len: usize) -> Self {
        Self(smallvec![0; len.div_ceil(64)])
    }

    pub(super) fn all(len: usize) -> Self {
        let mut bits = Self(smallvec![u64::MAX; len.div_ceil(64)]);
        if let (Some(last), spare @ 1..) = (bits.0.last_mut(), len % 64) {
            *last = (1 << spare) - 1;
        }
        bits
    }

    pub(super) fn of(len: usize, members: impl IntoIterator<Item = usize>) -> Self {
        let mut bits = Self::none(len);
        members.into_iter().for_each(|index| bits.insert(index));
        bits
    }

    /// Those of so many for which `member` says so.
    pub(super) fn from_fn(len: usize, member: impl Fn(usize) -> bool) -> Self {
        let word = |from: usize| {
            let bits = from..len.min(from + 64);
            bits.fold(0, |word, at| word | u64::from(member(at)) << (at - from))
        };
        Self((0..len).step_by(64).map(word).collect())
    }

    /// The places at which `member` holds of what two lists have there.
    pub(super) fn of_pairs<T: Copy>(a: &[T], b: &[T], member: impl Fn(T, T) -> bool) -> Self {
        let word = |(a, b): (&[T], &[T])| {
            let bits = a.iter().zip(b).enumerate();
            bits.fold(0, |word, (at, (&a, &b))| word | u64::from(member(a, b)) << at)
        };
        Self(a.chunks(64).zip(b.chunks(64)).map(word).collect())
    }

    pub(super) fn insert(&mut self, index: usize) {
        if let Some(word) = self.0.get_mut(index / 64) {
            *word |= 1 << (index % 64);
        }
    }

    pub(super) fn take(&mut self, index: usize) {
        if let Some(word) = self.0.get_mut(index / 64) {
            *word &= !(1 << (index % 64));
        }
    }

    pub(super) fn has(&self, index: usize) -> bool {
        self.0.get(index / 64).is_some_and(|word| word >> (index % 64) & 1 == 1)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        // several words at a time, as processors like it
        let both = self.0.chunks(8).zip(other.0.chunks(8));
        both.into_iter().any(|(a, b)| a.iter().zip(b).fold(0, |met, (a, b)| met | (a & b)) != 0)
    }

    /// How many members both have.
    pub(super) fn common(&self, other: &Self) -> usize {
        self.0.iter().zip(other.0.as_slice()).map(|(a, b)| (a & b).count_ones() as usize).sum()
    }

    pub(super) fn within(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0.as_slice()).all(|(a, b)| a & !b == 0)
    }

    /// Whether all its members in `of` are in `other`.
    pub(super) fn within_of(&self, other: &Self, of: &Self) -> bool {
        self.0.iter().zip(other.0.as_slice()).zip(&of.0).all(|((a, b), of)| a & of & !b == 0)
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.0.truncate(other.0.len());
        both.keep(other);
        both
    }

    pub(super) fn minus(&self, other: &Self) -> Self {
        let mut rest = self.clone();
        rest.remove(other);
        rest
    }

    pub(super) fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0.as_slice()).for_each(|(a, b)| *a &= b);
    }

    /// Keeps what is in the one or the other.
    pub(super) fn keep_either(&mut self, one: &Self, other: &Self) {
        let both = one.0.iter().zip(&other.0);
        self.0.iter_mut().zip(both).for_each(|(a, (b, c))| *a &= b | c);
    }

    /// Adds what both have that is in `below` and less than `index`, or in `any`.
    pub(super) fn add_common_before(
        &mut self,
        (one, other): (&Self, &Self),
        (below, index): (&Self, usize),
        any: &Self,
    ) {
        let both = one.0.iter().zip(&other.0).map(|(one, other)| one & other);
        let before = below.0.iter().zip(&any.0).enumerate().map(|(at, (below, any))| {
            let less = match at.cmp(&(index / 64)) {
                Ordering::Less => u64::MAX,
                Ordering::Equal => (1 << (index % 64)) - 1,
                Ordering::Greater => 0,
            };
            (below & less) | any
        });
        self.0.iter_mut().zip(both.zip(before)).for_each(|(a, (both, before))| *a |= both & before);
    }

    /// Removes what both have.
    pub(super) fn remove_common(&mut self, one: &Self, other: &Self) {
        let both = one.0.iter().zip(&other.0);
        self.0.iter_mut().zip(both).for_each(|(a, (b, c))| *a &= !(b & c));
    }

    /// Adds what both have.
    pub(super) fn add_common(&mut self, one: &Self, other: &Self) {
        let both = one.0.iter().zip(&other.0);
        self.0.iter_mut().zip(both).for_each(|(a, (b, c))| *a |= b & c);
    }

    pub(super) fn remove(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0.as_slice()).for_each(|(a, b)| *a &= !b);
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0.as_slice()).for_each(|(a, b)| *a |= b);
    }

    /// Leaves the members above `index`.
    pub(super) fn cut_to(&mut self, index: usize) {
        for (at, word) in self.0.iter_mut().enumerate().take(index / 64 + 1) {
            *word &= if at == index / 64 { !(u64::MAX >> (63 - index % 64)) } else { 0 };
        }
    }

    pub(super) fn first(&self) -> Option<usize> {
        self.iter().next()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(at, &word)| {
            std::iter::successors((word != 0).then_some(word), |word| {
                let rest = word & (word - 1);
                (rest != 0).then_some(rest)
            })
            .map(move |word| at * 64 + word.trailing_zeros() as usize)
        })
    }

    /// Those members of both for which `keep` holds.
    pub(super) fn and_where(&self, other: &Self, keep: impl Fn(usize) -> bool) -> Self {
        let mut out = self.and(other);
        for (at, word) in out.0.iter_mut().enumerate() {
            let mut rest = *word;
            while rest != 0 {
                let bit = rest.trailing_zeros();
                rest &= rest - 1;
                if !keep(at * 64 + bit as usize) {
                    *word &= !(1 << bit);
                }
            }
        }
        out
    }

    /// Those members for which `keep` holds.
    pub(super) fn filter(&self, keep: impl Fn(usize) -> bool) -> Self {
        let mut out = Self(smallvec![0; self.0.len()]);
        self.iter().filter(|&index| keep(index)).for_each(|index| out.insert(index));
        out
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// Over several words, the last of them not full.
    const LEN: usize = 200;

    fn members() -> impl Strategy<Value = BTreeSet<usize>> {
        prop::collection::btree_set(0..LEN, 0..120)
    }

    fn bits(members: &BTreeSet<usize>) -> Bits {
        Bits::of(LEN, members.iter().copied())
    }

    proptest! {
        /// Each way to put sets together is that of plain sets.
        #[test]
        fn bits_are_sets(
            (a, b, c, d) in (members(), members(), members(), members()),
            at in 0..LEN,
        ) {
            let (x, y, z, w) = (bits(&a), bits(&b), bits(&c), bits(&d));
            let of = |has: &dyn Fn(usize) -> bool| Bits::from_fn(LEN, has);
            let after = |change: &dyn Fn(&mut Bits)| {
                let mut changed = x.clone();
                change(&mut changed);
                changed
            };
            let even = |at: usize| at.is_multiple_of(2);
            let expected: [(Bits, &dyn Fn(usize) -> bool); 12] = [
                (x.clone(), &|i| a.contains(&i)),
                (x.and(&y), &|i| a.contains(&i) && b.contains(&i)),
                (x.minus(&y), &|i| a.contains(&i) && !b.contains(&i)),
                (after(&|x| x.add(&y)), &|i| a.contains(&i) || b.contains(&i)),
                (after(&|x| x.keep_either(&y, &z)), &|i| {
                    a.contains(&i) && (b.contains(&i) || c.contains(&i))
                }),
                (after(&|x| x.add_common(&y, &z)), &|i| {
                    a.contains(&i) || (b.contains(&i) && c.contains(&i))
                }),
                (after(&|x| x.remove_common(&y, &z)), &|i| {
                    a.contains(&i) && !(b.contains(&i) && c.contains(&i))
                }),
                (after(&|x| x.add_common_before((&y, &z), (&w, at), &y)), &|i| {
                    a.contains(&i)
                        || (b.contains(&i)
                            && c.contains(&i)
                            && (b.contains(&i) || (d.contains(&i) && i < at)))
                }),
                (after(&|x| x.add_common_before((&y, &z), (&w, at), &Bits::none(LEN))), &|i| {
                    a.contains(&i) || (b.contains(&i) && c.contains(&i) && d.contains(&i) && i < at)
                }),
                (after(&|x| x.cut_to(at)), &|i| a.contains(&i) && i > at),
                (x.and_where(&y, even), &|i| a.contains(&i) && b.contains(&i) && even(i)),
                (x.filter(even), &|i| a.contains(&i) && even(i)),
            ];
            for (number, (found, has)) in expected.into_iter().enumerate() {
                prop_assert_eq!(found, of(has), "number {}", number);
            }
            prop_assert_eq!(x.meets(&y), !a.is_disjoint(&b));
            prop_assert_eq!(x.within(&y), a.is_subset(&b));
            prop_assert_eq!(x.within_of(&y, &z), a.iter().all(|i| !c.contains(i) || b.contains(i)));
            prop_assert_eq!(x.common(&y), a.intersection(&b).count());
            prop_assert_eq!(x.iter().collect::<BTreeSet<_>>(), a);
        }

        /// Two lists are held against each other place by place.
        #[test]
        fn pairs_are_taken_by_place(pairs in prop::collection::vec((0..9_u8, 0..9_u8), 0..LEN)) {
            let (a, b): (Vec<u8>, Vec<u8>) = pairs.iter().copied().unzip();
            let found = Bits::of_pairs(&a, &b, |a, b| a > b);
            prop_assert_eq!(found, Bits::from_fn(pairs.len(), |at| pairs[at].0 > pairs[at].1));
        }
    }
}
