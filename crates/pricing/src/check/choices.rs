//! What a point of a box can be in one dimension, as far as some blocks tell values apart: for each
//! such value the blocks that have it. Every value of the box is in as many or more blocks as one of
//! these, so nothing is lost by trying these alone.

use smallvec::SmallVec;

use super::bits::Bits;
use super::calendar::{Calendar, Time};
use super::names::{Ids, Names};
use super::segments::Segs;
use super::space::{CUSTOMERS_TOLD, NAMED, NUMBERED, SEGMENTS_TOLD, Space, Span, TIME_TOLD};

/// One value in one dimension.
#[derive(Debug, Clone)]
pub(super) enum Choice {
    Named(usize, u32),
    Numbered(usize, i64),
    Customer(u8),
    /// Bits by place in the names of the dimension.
    Segments(u64),
    /// From, until; and whether every hour of every weekday comes in it.
    Window(i64, i64, bool),
    Day(u8),
    Hours(i64, i64),
}

impl Choice {
    /// Narrows a box to this value; days and hours are chosen together, see [`clocked`].
    pub(super) fn narrow(&self, space: &mut Space, names: &[u32]) {
        match self {
            Self::Named(at, id) => space.named[*at] = Names::Only(Ids::from([*id])),
            Self::Numbered(at, value) => space.numbered[*at] = number(Some(*value)),
            Self::Customer(bit) => space.customers = *bit,
            Self::Segments(set) => {
                let there = names.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
                let there = there.map(|(_, &name)| name).collect();
                space.segments = Segs { there, ..Segs::default() };
            }
            Self::Window(from, until, _) => (space.time.from, space.time.until) = (*from, *until),
            Self::Day(_) | Self::Hours(..) => {}
        }
    }

    /// Whether which of its values there are depends on the window.
    pub(super) fn is_clock(&self) -> bool {
        matches!(self, Self::Day(_) | Self::Hours(..))
    }

    /// A window in which not every hour of every weekday comes.
    pub(super) fn is_short(&self) -> bool {
        matches!(self, Self::Window(_, _, false))
    }
}

/// The days and hours of some choices, for a time with these.
pub(super) fn clocked<'c>(time: &mut Time, choices: impl Iterator<Item = &'c Choice>) {
    let (mut days, mut hours) = (0, Vec::new());
    for choice in choices {
        match choice {
            Choice::Day(bit) => days |= bit,
            Choice::Hours(from, until) => hours.push((*from, *until)),
            _ => {}
        }
    }
    if days != 0 {
        time.days = days;
    }
    if !hours.is_empty() {
        time.hours = hours.into();
    }
}

pub(super) fn number(value: Option<i64>) -> Span {
    match value {
        Some(value) => Span { lo: value, hi: value, absent: false },
        None => Span { lo: 1, hi: 0, absent: true },
    }
}

/// The customers of a set, each made to be in one segment of a list, out of those it may choose.
fn one_of(set: u64, list: u64, allowed: u64) -> Vec<u64> {
    if set & list != 0 {
        return vec![set];
    }
    let mut left = list & allowed;
    let mut out = Vec::new();
    while left != 0 {
        out.push(set | (left & left.wrapping_neg()));
        left &= left - 1;
    }
    out
}

/// The values of one dimension, each with the blocks that have it.
#[derive(Debug)]
pub(super) struct Dimension {
    pub(super) values: Vec<Choice>,
    /// By value the blocks that have it.
    pub(super) rows: Vec<Bits>,
    /// The segments that its values are of.
    pub(super) names: Vec<u32>,
}

/// By dimension the values of a block, where it does not have all.
pub(super) type Part = SmallVec<[(usize, Bits); 4]>;

/// The dimensions in which some block does not have all of a box.
#[derive(Debug)]
pub(super) struct Choices {
    pub(super) dimensions: Vec<Dimension>,
    /// By block.
    pub(super) parts: Vec<Part>,
}

/// More sets of segments than this are not tried one by one.
const SETS_MAX: usize = 1 << 11;

impl Choices {
    /// `None` where there are too many sets of segments.
    pub(super) fn new(calendar: &Calendar, space: &Space, blocks: &[&Space]) -> Option<Self> {
        let parts = vec![Part::new(); blocks.len()];
        let mut out = Self { dimensions: Vec::new(), parts };
        let told = |dimension: usize, apart: &dyn Fn(&Space) -> bool| {
            let apart = blocks
                .iter()
                .enumerate()
                .filter(|(_, block)| block.tells(dimension) && apart(block));
            Told { space, apart: apart.map(|(at, &block)| (at, block)).collect() }
        };
        for at in 0..NAMED {
            let told = told(at, &|block| !space.named[at].within(&block.named[at]));
            out.put(&told, |told| told.names(at));
        }
        for at in 0..NUMBERED {
            let told = told(NAMED + at, &|block| !space.numbered[at].within(block.numbered[at]));
            out.put(&told, |told| told.numbers(at));
        }
        let kinds = told(CUSTOMERS_TOLD, &|block| space.customers & !block.customers != 0);
        out.put(&kinds, Told::kinds);
        let segments = told(SEGMENTS_TOLD, &|block| !space.segments.within(&block.segments));
        if !segments.apart.is_empty() {
            out.put_customers(&segments)?;
        }
        let time = &space.time;
        let clocked = !time.is_whole_days() || blocks.iter().any(|one| !one.time.is_whole_days());
        let windows =
            told(TIME_TOLD, &|block| block.time.from > time.from || block.time.until < time.until);
        let every = |from, until| !clocked || calendar.has_every_hour(from, until);
        out.put(&windows, |told| told.windows(every));
        let days = told(TIME_TOLD, &|block| time.days & !block.time.days != 0);
        out.put(&days, Told::days);
        let hours =
            told(TIME_TOLD, &|block| !block.time.all_day() && block.time.hours != time.hours);
        out.put(&hours, Told::hours);
        Some(out)
    }

    fn put<'t>(&mut self, told: &Told<'t>, values: impl FnOnce(&Told<'t>) -> Vec<Choice>) {
        if !told.apart.is_empty() {
            let having = |space: &'t Space| move |value: &Choice| has(space, value);
            self.push(told, values(told), Vec::new(), having);
        }
    }

    fn put_customers(&mut self, told: &Told<'_>) -> Option<()> {
        let (names, sets) = told.customers()?;
        let values = sets.into_iter().map(Choice::Segments).collect();
        let known = names.clone();
        self.push(told, values, names, |space| {
            let Segs { there, absent, any } = &space.segments;
            // a name that no customer tried is in
            let strange = there.iter().any(|name| known.binary_search(name).is_err());
            let any = any.iter().map(|list| bits(&known, list)).collect::<SmallVec<[u64; 2]>>();
            let (there, absent) = (bits(&known, there), bits(&known, absent));
            move |value| {
                let &Choice::Segments(set) = value else { return false };
                !strange
                    && there & !set == 0
                    && absent & set == 0
                    && any.iter().all(|list| list & set != 0)
            }
        });
        Some(())
    }

    /// Puts in a dimension of these values; `having` says of a block which it has.
    fn push<'t, H: Fn(&Choice) -> bool>(
        &mut self,
        told: &Told<'t>,
        values: Vec<Choice>,
        names: Vec<u32>,
        having: impl Fn(&'t Space) -> H,
    ) {
        let mut rows = vec![Bits::all(self.parts.len()); values.len()];
        for &(block, space) in &told.apart {
            let mut its = Bits::all(values.len());
            let has = having(space);
            for (at, value) in values.iter().enumerate() {
                if !has(value) {
                    rows[at].take(block);
                    its.take(at);
                }
            }
            self.parts[block].push((self.dimensions.len(), its));
        }
        self.dimensions.push(Dimension { values, rows, names });
    }
}

/// A dimension of a box, and the blocks that do not have all of it.
struct Told<'t> {
    space: &'t Space,
    apart: Vec<(usize, &'t Space)>,
}

/// Names as bits by their place in a list.
fn bits(names: &[u32], of: &[u32]) -> u64 {
    let at = of.iter().filter_map(|name| names.binary_search(name).ok());
    at.fold(0_u64, |bits, at| bits | 1 << at)
}

impl<'t> Told<'t> {
    fn spaces(&self) -> impl Iterator<Item = &'t Space> + '_ {
        self.apart.iter().map(|&(_, space)| space)
    }

    fn kinds(&self) -> Vec<Choice> {
        let bits = [1, 2].into_iter().filter(|bit| self.space.customers & bit != 0);
        bits.map(Choice::Customer).collect()
    }

    fn days(&self) -> Vec<Choice> {
        let bits = (0..7).map(|day| 1 << day).filter(|bit| self.space.time.days & bit != 0);
        bits.map(Choice::Day).collect()
    }

    fn names(&self, at: usize) -> Vec<Choice> {
        let ids: Vec<u32> = match &self.space.named[at] {
            Names::Only(ids) => ids.to_vec(),
            Names::Except(not) => {
                let mut ids = vec![UNHEARD];
                for space in self.spaces() {
                    let (Names::Only(said) | Names::Except(said)) = &space.named[at];
                    ids.extend(said.iter().filter(|id| not.binary_search(id).is_err()));
                }
                ids.sort_unstable();
                ids.dedup();
                ids
            }
        };
        ids.into_iter().map(|id| Choice::Named(at, id)).collect()
    }

    /// Figures that are there: where an absent one will do it is chosen beforehand.
    fn numbers(&self, at: usize) -> Vec<Choice> {
        let Span { lo, hi, .. } = self.space.numbered[at];
        // a figure at which blocks only begin is in all the blocks that the one before it is in
        let ends = self.spaces().map(|space| space.numbered[at].hi.saturating_add(1));
        let mut starts: Vec<i64> = ends.chain([lo]).collect();
        starts.retain(|start| lo <= *start && *start <= hi);
        starts.sort_unstable();
        starts.dedup();
        starts.into_iter().map(|start| Choice::Numbered(at, start)).collect()
    }

    /// Customers by their segments, as bits by place in a list of names: in what the box asks for, in
    /// as little else as it lets, and in any of the segments that some block excludes.
    fn customers(&self) -> Option<(Vec<u32>, Vec<u64>)> {
        let space = &self.space.segments;
        let mut excluded: Vec<u32> =
            self.spaces().flat_map(|space| space.segments.absent.iter().copied()).collect();
        excluded.sort_unstable();
        excluded.dedup();
        excluded.retain(|name| space.absent.binary_search(name).is_err());
        let mut names: Vec<u32> = space.any.iter().flat_map(|list| list.iter().copied()).collect();
        names.extend(space.there.iter().chain(&excluded));
        names.sort_unstable();
        names.dedup();
        if names.len() > 64 {
            return None;
        }
        let bits = |of: &[u32]| bits(&names, of);
        let allowed = !bits(&space.absent);
        let mut sets = vec![bits(&space.there)];
        for list in &space.any {
            let list = bits(list);
            sets = sets.iter().flat_map(|&set| one_of(set, list, allowed)).collect();
            (sets.len() <= SETS_MAX).then_some(())?;
        }
        for name in &excluded {
            let name = bits(&[*name]);
            sets = sets.iter().flat_map(|&set| [set, set | name]).collect();
            sets.sort_unstable();
            sets.dedup();
            (sets.len() <= SETS_MAX).then_some(())?;
        }
        Some((names, sets))
    }

    /// `every` says whether every hour of every weekday comes between two instants.
    fn windows(&self, every: impl Fn(i64, i64) -> bool) -> Vec<Choice> {
        let time = &self.space.time;
        let mut ends = vec![time.from, time.until];
        for space in self.spaces() {
            ends.extend([space.time.from, space.time.until]);
        }
        ends.retain(|end| time.from <= *end && *end <= time.until);
        ends.sort_unstable();
        ends.dedup();
        let window = |ends: &[i64]| Choice::Window(ends[0], ends[1], every(ends[0], ends[1]));
        ends.windows(2).map(window).collect()
    }

    fn hours(&self) -> Vec<Choice> {
        let mut out = Vec::new();
        for &(from, until) in self.space.time.hours.iter() {
            let mut ends = vec![from, until];
            for space in self.spaces() {
                ends.extend(space.time.hours.iter().flat_map(|&(from, until)| [from, until]));
            }
            ends.retain(|end| from <= *end && *end <= until);
            ends.sort_unstable();
            ends.dedup();
            out.extend(ends.windows(2).map(|ends| Choice::Hours(ends[0], ends[1])));
        }
        out
    }
}

/// A name that stands for all that no rule mentions.
pub(super) const UNHEARD: u32 = u32::MAX;

fn has(space: &Space, value: &Choice) -> bool {
    match value {
        Choice::Named(at, id) => space.named[*at].has(Some(*id)),
        Choice::Numbered(at, value) => number(Some(*value)).within(space.numbered[*at]),
        Choice::Customer(bit) => space.customers & bit != 0,
        // told by who made the sets
        Choice::Segments(_) => false,
        Choice::Window(from, ..) => {
            let Time { from: begins, until, .. } = space.time;
            begins <= *from && *from < until
        }
        Choice::Day(bit) => space.time.days & bit != 0,
        Choice::Hours(from, _) => {
            space.time.hours.iter().any(|(begins, until)| begins <= from && from < until)
        }
    }
}
