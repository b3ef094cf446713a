//! Points of a box outside of other boxes. The box is cut by the block that leaves least to choose,
//! and of the values of a dimension only those are kept that no other is in fewer blocks than, so
//! that mostly nothing is left to choose. Exact, or over its budget.

use super::bits::Bits;
use super::calendar::Calendar;
use super::choices::{Choice, Choices, Dimension, UNHEARD, clocked, number};
use super::names::{Ids, Names};
use super::segments::Segs;
use super::space::{Against, NAMED, NUMBERED, Space};

/// Why a search ended before it was known whether there is a point.
#[derive(Debug)]
pub(super) enum Ended {
    /// The steps are spent: a step is one box held against one piece.
    Spent,
    /// There are too many sets of segments to try each.
    Customers,
}

/// What a search found.
pub(super) enum Found {
    /// A point of the box that is in none of the blocks.
    Point(Box<Space>),
    /// There is none: these blocks, by number, hold the whole box.
    None(Vec<usize>),
}

/// Looks for a point of the box that is in none of the blocks.
pub(super) fn point(
    calendar: &Calendar,
    space: &Space,
    blocks: &[&Space],
    steps_max: usize,
) -> Result<Found, Ended> {
    let mut space = space.clone();
    let mut among: Vec<usize> = (0..blocks.len()).collect();
    let mut shed = Steps { left: steps_max, used: Bits::none(blocks.len()) };
    foregone(&mut space, &mut among, blocks);
    if !shed.cut(&mut space, &mut among, blocks)? {
        return Ok(Found::None(shed.used.iter().collect()));
    }
    foregone(&mut space, &mut among, blocks);
    let left: Vec<&Space> = among.iter().map(|&block| blocks[block]).collect();
    let Some(choices) = Choices::new(calendar, &space, &left) else {
        return Err(Ended::Customers);
    };
    let start = Node {
        values: choices.dimensions.iter().map(|one| Bits::all(one.values.len())).collect(),
        alive: (0..left.len()).collect(),
    };
    let search = Search { calendar, space: &space, choices };
    let mut steps = Steps { left: shed.left, used: Bits::none(left.len()) };
    let found = search.go(start, &mut steps)?;
    let used = || shed.used.iter().chain(steps.used.iter().map(|block| among[block])).collect();
    Ok(found.map_or_else(|| Found::None(used()), |point| Found::Point(Box::new(point))))
}

/// Steps that may still be taken, and the blocks that anything was concluded from.
struct Steps {
    left: usize,
    used: Bits,
}

impl Steps {
    fn take(&mut self, steps: usize) -> Result<(), Ended> {
        self.left = self.left.checked_sub(steps).ok_or(Ended::Spent)?;
        Ok(())
    }

    /// Takes off a box what blocks have that have all of it in the other dimensions, and leaves out
    /// the blocks that have none of what is left; whether anything is.
    fn cut(
        &mut self,
        space: &mut Space,
        among: &mut Vec<usize>,
        blocks: &[&Space],
    ) -> Result<bool, Ended> {
        loop {
            self.take(among.len() + 1)?;
            let (mut narrower, mut kept) = (false, 0);
            for at in 0..among.len() {
                let block = among[at];
                match space.against(blocks[block]) {
                    Against::Apart => {}
                    Against::Within => {
                        self.used.insert(block);
                        return Ok(false);
                    }
                    Against::But(dimension) if space.cut(dimension, blocks[block]) => {
                        self.used.insert(block);
                        narrower = true;
                    }
                    Against::But(_) | Against::Partly => {
                        among[kept] = block;
                        kept += 1;
                    }
                }
            }
            among.truncate(kept);
            if !narrower {
                return Ok(true);
            }
        }
    }
}

/// Chooses the values that no box has which does not have all: an absent figure, a name that is
/// nowhere mentioned, no segment; and leaves out the boxes that do not have them.
fn foregone(space: &mut Space, among: &mut Vec<usize>, blocks: &[&Space]) {
    for at in 0..NUMBERED {
        if space.numbered[at].absent {
            space.numbered[at] = number(None);
            among.retain(|&block| blocks[block].numbered[at].absent);
        }
    }
    for at in 0..NAMED {
        let Names::Except(not) = &space.named[at] else { continue };
        let all_but = |&block: &usize| match &blocks[block].named[at] {
            Names::Only(_) => true,
            Names::Except(ids) => ids.iter().all(|id| not.binary_search(id).is_ok()),
        };
        if among.iter().all(all_but) {
            space.named[at] = Names::Only(Ids::from([UNHEARD]));
            among.retain(|&block| matches!(blocks[block].named[at], Names::Except(_)));
        }
    }
    let segments = &space.segments;
    let suffered = |&block: &usize| {
        let excluded = &blocks[block].segments.absent;
        excluded.iter().all(|name| segments.absent.binary_search(name).is_ok())
    };
    if segments.any.is_empty() && among.iter().all(suffered) {
        among.retain(|&block| blocks[block].segments.has_customer(&space.segments.there));
    }
}

struct Search<'s> {
    calendar: &'s Calendar,
    space: &'s Space,
    choices: Choices,
}

/// A part of the box.
#[derive(Clone)]
struct Node {
    /// By dimension, the values in it.
    values: Vec<Bits>,
    /// The blocks that meet it.
    alive: Vec<usize>,
}

/// How a block stands to a node.
enum Standing {
    Apart,
    /// It has some of it: in how many dimensions it does not have all, and the first of these by
    /// place in its part.
    Partly(usize, usize),
    Whole,
}

impl Search<'_> {
    fn go(&self, mut node: Node, steps: &mut Steps) -> Result<Option<Space>, Ended> {
        let Some(block) = self.narrow(&mut node, steps)? else { return Ok(None) };
        let Some(block) = block else { return Ok(self.at(&node)) };
        steps.used.insert(block);
        for (at, had) in &self.choices.parts[block] {
            let outside = node.values[*at].minus(had);
            if outside.is_empty() {
                continue;
            }
            let mut part = node.clone();
            part.values[*at] = outside;
            if let Some(found) = self.go(part, steps)? {
                return Ok(Some(found));
            }
            node.values[*at].keep(had);
        }
        Ok(None)
    }

    /// Leaves out what cannot matter: blocks that have none of the node, values that a block has
    /// which has all else, and values in more blocks than another. Tells the block by which to cut
    /// what is left, if any meets it still; `None` when nothing is left.
    #[expect(clippy::option_option, reason = "nothing left, and no block left, are two things")]
    fn narrow(&self, node: &mut Node, steps: &mut Steps) -> Result<Option<Option<usize>>, Ended> {
        loop {
            steps.take(node.alive.len() + 1)?;
            let mut narrower = false;
            let mut fewest: Option<(usize, usize)> = None;
            let mut kept = 0;
            for at in 0..node.alive.len() {
                let block = node.alive[at];
                match self.standing(node, block) {
                    Standing::Apart => {}
                    Standing::Whole => {
                        steps.used.insert(block);
                        return Ok(None);
                    }
                    Standing::Partly(1, only) => {
                        steps.used.insert(block);
                        let (at, had) = &self.choices.parts[block][only];
                        node.values[*at].remove(had);
                        narrower = true;
                    }
                    Standing::Partly(dimensions, _) => {
                        node.alive[kept] = block;
                        kept += 1;
                        if fewest.is_none_or(|(least, _)| dimensions < least) {
                            fewest = Some((dimensions, block));
                        }
                    }
                }
            }
            node.alive.truncate(kept);
            if !narrower && !self.least(node) {
                return Ok(Some(fewest.map(|(_, block)| block)));
            }
        }
    }

    fn standing(&self, node: &Node, block: usize) -> Standing {
        let (mut count, mut first) = (0, 0);
        for (place, (at, had)) in self.choices.parts[block].iter().enumerate() {
            let values = &node.values[*at];
            if !had.meets(values) {
                return Standing::Apart;
            }
            if !values.within(had) {
                first = if count == 0 { place } else { first };
                count += 1;
            }
        }
        if count == 0 { Standing::Whole } else { Standing::Partly(count, first) }
    }

    /// Drops the values that are in all the blocks that another is in; whether there were any.
    fn least(&self, node: &mut Node) -> bool {
        let alive = Bits::of(self.choices.parts.len(), node.alive.iter().copied());
        let mut dropped = false;
        for at in 0..self.choices.dimensions.len() {
            let Dimension { values, rows, .. } = &self.choices.dimensions[at];
            let clock = values.first().is_some_and(Choice::is_clock);
            if clock && self.may_be_short(node) {
                continue;
            }
            let of = |at: usize| (rows[at].common(&alive), values[at].is_short(), at);
            let mut order: Vec<(usize, bool, usize)> = node.values[at].iter().map(of).collect();
            if order.len() < 2 {
                continue;
            }
            order.sort_unstable();
            let mut kept: Vec<usize> = Vec::new();
            for &(_, _, value) in &order {
                let outdone = |&other: &usize| {
                    !values[other].is_short() && rows[other].within_of(&rows[value], &alive)
                };
                if !kept.iter().any(outdone) {
                    kept.push(value);
                }
            }
            if kept.len() < order.len() {
                node.values[at] = Bits::of(values.len(), kept);
                dropped = true;
            }
        }
        dropped
    }

    /// Whether some weekday or hour may not come in a window of the node, so that no other may stand
    /// for it.
    fn may_be_short(&self, node: &Node) -> bool {
        match self.windows() {
            Some(at) => node.values[at]
                .iter()
                .any(|value| self.choices.dimensions[at].values[value].is_short()),
            None => {
                let time = &self.space.time;
                !self.calendar.has_every_hour(time.from, time.until)
            }
        }
    }

    /// The dimension of windows.
    fn windows(&self) -> Option<usize> {
        let window = |one: &Dimension| matches!(one.values.first(), Some(Choice::Window(..)));
        self.choices.dimensions.iter().position(window)
    }

    /// A point of a node, if there is such a time; of what is not chosen any will do.
    fn at(&self, node: &Node) -> Option<Space> {
        let mut space = self.space.clone();
        let choices = |at: usize| {
            let values = &self.choices.dimensions[at].values;
            node.values[at].iter().map(move |value| &values[value])
        };
        for at in 0..self.choices.dimensions.len() {
            choices(at)
                .next()
                .into_iter()
                .for_each(|choice| choice.narrow(&mut space, &self.choices.dimensions[at].names));
            clocked(&mut space.time, choices(at));
        }
        let mut first = self.calendar.first(&space.time);
        if let Some(windows) = self.windows() {
            for choice in choices(windows) {
                first = first.or_else(|| {
                    choice.narrow(&mut space, &[]);
                    self.calendar.first(&space.time)
                });
            }
        }
        space.time = self.calendar.second(first?);
        for names in &mut space.named {
            let id = if let Names::Only(ids) = &*names { ids.first().copied() } else { None };
            *names = Names::Only(Ids::from([id.unwrap_or(UNHEARD)]));
        }
        for span in &mut space.numbered {
            *span = number((!span.absent).then_some(span.lo));
        }
        space.customers &= space.customers.wrapping_neg();
        let mut there = space.segments.sample();
        there.sort_unstable();
        space.segments = Segs { there: there.into(), ..Segs::default() };
        Some(space)
    }
}
