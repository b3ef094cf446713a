//! What each rule says as ranks in sixteen lanes, and the least rank of several rules in each.

/// One cache line, of which a short table takes half.
pub(super) const LANES: usize = 16;

/// A rank in each lane, 0 the best.
pub(super) type Lanes = [i32; LANES];

/// In a lane: no rule says anything.
pub(super) const UNSAID: i32 = i32::MAX;

/// The lanes of entries by their place in the index: side by side for rules that match together.
#[derive(Debug)]
pub(super) enum Table {
    /// Where 16 bits hold every rank. Processors of every age take the least of eight such at once.
    Short(Vec<Ranks<i16>>),
    Long(Vec<Ranks<i32>>),
}

#[derive(Debug, Clone, Copy)]
#[repr(align(32))]
pub(super) struct Ranks<T>([T; LANES]);

impl Table {
    pub(super) fn new(entries: impl Iterator<Item = Lanes> + Clone) -> Self {
        let short = |rank: &i32| *rank == UNSAID || *rank < i32::from(i16::MAX);
        if entries.clone().all(|lanes| lanes.iter().all(short)) {
            let lanes = |rank| i16::try_from(rank).unwrap_or(i16::MAX);
            Self::Short(entries.map(|ranks| Ranks(ranks.map(lanes))).collect())
        } else {
            Self::Long(entries.map(Ranks).collect())
        }
    }

    /// The least that these entries say in each lane.
    #[inline]
    pub(super) fn least(&self, entries: &[u32]) -> Lanes {
        match self {
            Self::Short(rows) => least(rows, i16::MAX, entries)
                .map(|rank| if rank == i16::MAX { UNSAID } else { i32::from(rank) }),
            Self::Long(rows) => least(rows, UNSAID, entries),
        }
    }

    /// Bytes that it holds on the heap.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Short(rows) => rows.capacity() * size_of::<Ranks<i16>>(),
            Self::Long(rows) => rows.capacity() * size_of::<Ranks<i32>>(),
        }
    }
}

/// By itself, so that it is compiled to take the least of whole rows and widened after.
#[inline(never)]
fn least<T: Copy + Ord>(rows: &[Ranks<T>], unsaid: T, entries: &[u32]) -> [T; LANES] {
    let mut least = [unsaid; LANES];
    for &entry in entries {
        let ranks = &rows[entry as usize].0;
        for (least, &rank) in least.iter_mut().zip(ranks) {
            *least = (*least).min(rank);
        }
    }
    least
}
