//! Points of a box at which few rules match: where something is left of a box outside of many
//! others, such a point mostly shows it at once. A guess that fails costs time, never an answer.

use super::calendar::Calendar;
use super::names::{Ids, Names};
use super::space::{NAMED, NUMBERED, Space, Span};

/// Values of one kind tried at most.
const TRIED_MAX: usize = 6;

/// Narrows `space`, which is not empty, to one point, dimension by dimension, and `rules` to those
/// whose boxes have the point; of the values tried each time the one that fewest have is taken.
/// `turn` varies the order of the dimensions.
pub(super) fn point<'s>(
    calendar: &Calendar,
    space: &Space,
    rules: &mut Vec<usize>,
    of: impl Fn(usize) -> &'s Space,
    turn: usize,
) -> Space {
    let mut point = space.clone();
    let dimensions = NAMED + NUMBERED + 3;
    for step in 0..dimensions {
        let dimension = (step + turn * 5) % dimensions;
        let mut best: Option<(Space, Vec<usize>)> = None;
        for value in values(calendar, &point, dimension, rules, &of) {
            if best.as_ref().is_some_and(|(_, left)| left.is_empty()) {
                break;
            }
            let left = rules.iter().copied().filter(|&rule| has(of(rule), &value, dimension));
            let left: Vec<usize> = left.collect();
            if best.as_ref().is_none_or(|(_, least)| left.len() < least.len()) {
                best = Some((value, left));
            }
        }
        if let Some((value, left)) = best {
            (point, *rules) = (value, left);
        }
    }
    point
}

fn has(space: &Space, point: &Space, dimension: usize) -> bool {
    match dimension {
        at if at < NAMED => point.named[at].within(&space.named[at]),
        at if at < NAMED + NUMBERED => {
            point.numbered[at - NAMED].within(space.numbered[at - NAMED])
        }
        at if at == NAMED + NUMBERED => point.customers & !space.customers == 0,
        at if at == NAMED + NUMBERED + 1 => point.segments.within(&space.segments),
        _ => point.time.within(&space.time),
    }
}

/// The box narrowed in one dimension to one value, in a few ways. A value that no rule tells
/// from its neighbours stands for all of them.
fn values<'s>(
    calendar: &Calendar,
    space: &Space,
    dimension: usize,
    rules: &[usize],
    of: &impl Fn(usize) -> &'s Space,
) -> Vec<Space> {
    let with = |change: &dyn Fn(&mut Space)| {
        let mut value = space.clone();
        change(&mut value);
        value
    };
    if dimension < NAMED {
        let names = match &space.named[dimension] {
            Names::Only(ids) => {
                let one = |&id: &u32| Names::Only(Ids::from([id]));
                ids.iter().take(TRIED_MAX).map(one).collect()
            }
            // a name that no rule mentions
            Names::Except(_) => vec![unheard()],
        };
        return names.iter().map(|name| with(&|s| s.named[dimension] = name.clone())).collect();
    }
    if dimension < NAMED + NUMBERED {
        let at = dimension - NAMED;
        let Span { lo, hi, absent } = space.numbered[at];
        let mut spans = Vec::new();
        if absent {
            spans.push(Span { lo: 1, hi: 0, absent: true });
        }
        if lo <= hi {
            let one = |value| Span { lo: value, hi: value, absent: false };
            spans.push(one(lo));
            if hi > lo {
                spans.push(one(hi));
                spans.push(one(lo + (hi - lo).min(100) / 2));
            }
        }
        return spans.into_iter().map(|span| with(&|s| s.numbered[at] = span)).collect();
    }
    match dimension - NAMED - NUMBERED {
        0 => [1, 2]
            .into_iter()
            .filter(|bit| space.customers & bit != 0)
            .map(|bit| with(&|s| s.customers = bit))
            .collect(),
        1 => customers(space, rules, of),
        _ => instants(calendar, space),
    }
}

/// A name that stands for all that no rule mentions.
pub(super) fn unheard() -> Names {
    Names::Only(Ids::from([u32::MAX]))
}

/// A customer in as few segments as the box allows, and one in all that rules exclude.
fn customers<'s>(space: &Space, rules: &[usize], of: &impl Fn(usize) -> &'s Space) -> Vec<Space> {
    let fewest = space.segments.sample();
    let mut excluded = fewest.clone();
    for &rule in rules {
        excluded.extend(of(rule).segments.absent.iter().copied());
    }
    let mut mentioned: Vec<u32> = space.segments.absent.to_vec();
    for &rule in rules {
        let segments = &of(rule).segments;
        mentioned.extend(segments.there.iter().chain(segments.absent.iter()));
        mentioned.extend(segments.any.iter().flat_map(|list| list.iter()));
    }
    mentioned.extend(space.segments.any.iter().flat_map(|list| list.iter()));
    mentioned.sort_unstable();
    mentioned.dedup();
    excluded.retain(|name| space.segments.absent.binary_search(name).is_err());
    [fewest, excluded]
        .into_iter()
        .map(|mut there| {
            there.sort_unstable();
            there.dedup();
            let absent =
                mentioned.iter().copied().filter(|name| there.binary_search(name).is_err());
            let mut value = space.clone();
            value.segments.absent = absent.collect();
            value.segments.there = there.into();
            value.segments.any.clear();
            value
        })
        .collect()
}

/// Seconds spread over the box's span.
fn instants(calendar: &Calendar, space: &Space) -> Vec<Space> {
    let time = &space.time;
    let length = (time.until - time.from).min(400 * 86_400);
    let starts = [0, length / 4, length / 2, length * 3 / 4, length - 3_600];
    let mut out: Vec<Space> = Vec::new();
    for start in starts {
        let mut later = time.clone();
        later.from = time.from + start.max(0);
        if let Some(second) = calendar.first(&later) {
            let mut value = space.clone();
            value.time = calendar.second(second);
            out.push(value);
        }
    }
    out
}
