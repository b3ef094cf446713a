//! Sets of names out of all the names there could be: some, or all but some.

use std::collections::HashMap;
use std::sync::Arc;

/// Names by number, sorted.
pub(super) type Ids = Arc<[u32]>;

/// Numbers for the names that the rules mention.
#[derive(Debug, Default)]
pub(super) struct Interner<'a> {
    ids: HashMap<&'a str, u32>,
    names: Vec<&'a str>,
}

impl<'a> Interner<'a> {
    pub(super) fn id(&mut self, name: &'a str) -> u32 {
        *self.ids.entry(name).or_insert_with(|| {
            self.names.push(name);
            // a document holds far fewer names than this
            u32::try_from(self.names.len() - 1).unwrap_or(u32::MAX)
        })
    }

    pub(super) fn set(&mut self, names: impl IntoIterator<Item = &'a String>) -> Ids {
        let mut ids: Vec<u32> = names.into_iter().map(|name| self.id(name)).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into()
    }

    pub(super) fn get(&self, name: &str) -> Option<u32> {
        self.ids.get(name).copied()
    }

    pub(super) fn name(&self, id: u32) -> &'a str {
        self.names.get(id as usize).copied().unwrap_or_default()
    }

    pub(super) fn every(&self) -> Ids {
        (0..).take(self.names.len()).collect()
    }

    pub(super) fn all(&self) -> &[&'a str] {
        &self.names
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Names {
    Only(Ids),
    Except(Ids),
}

impl Default for Names {
    fn default() -> Self {
        Self::Except(Ids::default())
    }
}

impl Names {
    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Only(ids) if ids.is_empty())
    }

    pub(super) fn has(&self, id: Option<u32>) -> bool {
        let among = |ids: &Ids| id.is_some_and(|id| ids.binary_search(&id).is_ok());
        match self {
            Self::Only(ids) => among(ids),
            Self::Except(ids) => !among(ids),
        }
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Only(a), Self::Only(b)) => meets(a, b),
            (Self::Only(a), Self::Except(b)) | (Self::Except(b), Self::Only(a)) => !within(a, b),
            (Self::Except(_), Self::Except(_)) => true,
        }
    }

    /// Whether all of it is in `other`.
    pub(super) fn within(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Only(a), Self::Only(b)) => within(a, b),
            (Self::Only(a), Self::Except(b)) => !meets(a, b),
            (Self::Except(_), Self::Only(_)) => false,
            (Self::Except(a), Self::Except(b)) => within(b, a),
        }
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Only(a), Self::Only(b)) => Self::Only(and(a, b)),
            (Self::Only(a), Self::Except(b)) | (Self::Except(b), Self::Only(a)) => {
                Self::Only(minus(a, b))
            }
            (Self::Except(a), Self::Except(b)) => Self::Except(or(a, b)),
        }
    }

    pub(super) fn minus(&self, other: &Self) -> Self {
        match other {
            Self::Only(ids) => self.and(&Self::Except(ids.clone())),
            Self::Except(ids) => self.and(&Self::Only(ids.clone())),
        }
    }
}

pub(super) fn meets(a: &[u32], b: &[u32]) -> bool {
    let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    few.iter().any(|id| many.binary_search(id).is_ok())
}

pub(super) fn within(a: &[u32], b: &[u32]) -> bool {
    a.len() <= b.len() && a.iter().all(|id| b.binary_search(id).is_ok())
}

pub(super) fn and(a: &Ids, b: &Ids) -> Ids {
    a.iter().copied().filter(|id| b.binary_search(id).is_ok()).collect()
}

pub(super) fn minus(a: &Ids, b: &Ids) -> Ids {
    if b.is_empty() {
        return a.clone();
    }
    a.iter().copied().filter(|id| b.binary_search(id).is_err()).collect()
}

pub(super) fn or(a: &Ids, b: &Ids) -> Ids {
    if a.is_empty() || b.is_empty() {
        return if a.is_empty() { b.clone() } else { a.clone() };
    }
    let mut ids: Vec<u32> = a.iter().chain(b.iter()).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into()
}
