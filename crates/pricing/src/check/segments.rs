//! Sets of customers by their segments: names that are there, names that are not, and lists of
//! which one at least is there. Since lists only ask for names to be there, the customer with
//! every name that is not forbidden decides whether such a set is empty.

use super::names::{Ids, meets, or, within};

#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Segs {
    pub(super) there: Ids,
    pub(super) absent: Ids,
    /// Of each list one name at least is there.
    pub(super) any: Vec<Ids>,
}

impl Segs {
    pub(super) fn is_empty(&self) -> bool {
        meets(&self.there, &self.absent) || self.any.iter().any(|list| within(list, &self.absent))
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        let mut any = self.any.clone();
        for list in &other.any {
            if !any.contains(list) {
                any.push(list.clone());
            }
        }
        Self { there: or(&self.there, &other.there), absent: or(&self.absent, &other.absent), any }
    }

    /// Whether two sets, neither empty, share a customer.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let absent =
            |name: &u32| [self, other].iter().any(|one| one.absent.binary_search(name).is_ok());
        let missed = |list: &Ids| list.iter().all(absent);
        !meets(&self.there, &other.absent)
            && !meets(&self.absent, &other.there)
            && !self.any.iter().chain(&other.any).any(missed)
    }

    /// Whether every customer of a set that is not empty is in `other` too.
    pub(super) fn within(&self, other: &Self) -> bool {
        other.there.iter().all(|&name| self.has(name))
            && within(&other.absent, &self.absent)
            && other.any.iter().all(|list| self.has_one_of(list))
    }

    /// Whether a customer in exactly these segments, sorted, is in.
    pub(super) fn has_customer(&self, there: &[u32]) -> bool {
        within(&self.there, there)
            && !meets(&self.absent, there)
            && self.any.iter().all(|list| meets(list, there))
    }

    /// Whether all its customers have the name.
    fn has(&self, name: u32) -> bool {
        self.has_one_of(&[name])
    }

    fn has_one_of(&self, list: &[u32]) -> bool {
        let missed = |name: &u32| self.absent.binary_search(name).is_ok();
        meets(&self.there, list)
            || self
                .any
                .iter()
                .any(|given| given.iter().all(|name| missed(name) || list.contains(name)))
    }

    /// The part outside `other` and the part inside, by the first of its conditions that not all
    /// customers meet.
    pub(super) fn split(&self, other: &Self) -> Option<(Self, Self)> {
        let with = |part: &Self| self.and(part);
        let there = |name: u32| Self { there: Ids::from([name]), ..Self::default() };
        let absent = |name: u32| Self { absent: Ids::from([name]), ..Self::default() };
        if let Some(&name) = other.there.iter().find(|&&name| !self.has(name)) {
            return Some((with(&absent(name)), with(&there(name))));
        }
        if let Some(&name) =
            other.absent.iter().find(|&name| self.absent.binary_search(name).is_err())
        {
            return Some((with(&there(name)), with(&absent(name))));
        }
        let list = other.any.iter().find(|&list| !self.has_one_of(list))?;
        let outside = Self { absent: list.clone(), ..Self::default() };
        let inside = Self { any: vec![list.clone()], ..Self::default() };
        Some((with(&outside), with(&inside)))
    }

    /// The part outside `other`, where that has one condition and something is seen to be left.
    pub(super) fn outside(&self, other: &Self) -> Option<Self> {
        if other.there.len() + other.absent.len() + other.any.len() != 1 {
            return None;
        }
        let (outside, _) = self.split(other)?;
        (!outside.is_empty()).then_some(outside)
    }

    /// The fewest names found that make a customer of a set that is not empty.
    pub(super) fn sample(&self) -> Vec<u32> {
        let mut names = self.there.to_vec();
        for list in &self.any {
            if !list.iter().any(|name| names.contains(name)) {
                names.extend(list.iter().find(|name| self.absent.binary_search(name).is_err()));
            }
        }
        names
    }
}
