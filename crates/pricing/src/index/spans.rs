//! The dimensions whose facts are figures or times: the ends of all rules' spans, sorted, and
//! between each two of them the rules that hold there.

use std::cmp::Reverse;

use commerce::Money;
use jiff::civil::Time;

use super::bitmaps::{Builder, Row, put};
use super::clock::whole_second;
use crate::rule::{Range, TimeOfDay};
use crate::rule_set::InstantWindow;

/// A span `from ≤ value < until`, either end open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: Option<i64>,
    pub(super) until: Option<i64>,
}

/// What a rule says of the dimension: nothing, or one span, or two (a time past midnight).
#[derive(Debug, Clone, Copy)]
pub(super) enum Held {
    Always,
    In(Span),
    /// From the first's start on, and before its end, which is the earlier.
    Outside(Span),
}

impl Held {
    fn span(from: Option<i64>, until: Option<i64>) -> Self {
        if from.is_none() && until.is_none() {
            Self::Always
        } else {
            Self::In(Span { from, until })
        }
    }

    /// Both ends included.
    pub(super) fn figures(range: Option<Range<i64>>) -> Self {
        let (min, max) = range.map_or((None, None), |range| (range.min, range.max));
        Self::span(min, max.map(|max| max.saturating_add(1)))
    }

    /// In minor units, both ends included.
    pub(super) fn prices(range: Option<Range<Money>>) -> Self {
        let minor = |end: Option<Money>| end.map(Money::minor);
        Self::figures(range.map(|range| Range { min: minor(range.min), max: minor(range.max) }))
    }

    /// In seconds since midnight.
    pub(super) fn clock(time: Option<TimeOfDay>) -> Self {
        let second = |time: Time| {
            i64::from(time.hour()) * 3_600
                + i64::from(time.minute()) * 60
                + i64::from(time.second())
        };
        time.map_or(Self::Always, |time| {
            let (from, until) = (second(time.from), second(time.until));
            let span = Span { from: Some(from), until: Some(until) };
            if from < until { Self::In(span) } else { Self::Outside(span) }
        })
    }

    /// In Unix seconds.
    pub(super) fn window(window: &InstantWindow) -> Self {
        Self::span(window.from.map(whole_second), window.until.map(whole_second))
    }
}

#[derive(Debug)]
pub(super) struct Spans {
    /// Sorted, none twice: where what holds changes.
    breaks: Vec<i64>,
    /// Before the first break, between each two, and from the last on.
    rows: Vec<Row>,
    /// Where the fact is not known.
    absent: Row,
}

impl Spans {
    /// Compiles one condition a rule, in the index's order.
    pub(super) fn compile(builder: &mut Builder, conditions: impl Iterator<Item = Held>) -> Self {
        let mut words = builder.none();
        let mut always = builder.none();
        // (place, ends before starts turned round so that an empty span stays empty, rule)
        let mut ends: Vec<(i64, Reverse<bool>, usize)> = Vec::new();
        for (rule, held) in conditions.enumerate() {
            let (from, until, first) = match held {
                Held::Always => {
                    put(&mut always, rule, true);
                    put(&mut words, rule, true);
                    continue;
                }
                Held::In(Span { from, until }) => (from, until, from.is_none()),
                Held::Outside(Span { from, until }) => (from, until, true),
            };
            put(&mut words, rule, first);
            ends.extend(from.map(|place| (place, Reverse(true), rule)));
            ends.extend(until.map(|place| (place, Reverse(false), rule)));
        }
        ends.sort_unstable();
        let absent = builder.row(&always);
        let mut row = builder.row(&words);
        let (mut breaks, mut rows) = (Vec::new(), vec![row]);
        let mut touched = Vec::new();
        for here in ends.chunk_by(|a, b| a.0 == b.0) {
            for &(place, Reverse(starts), rule) in here {
                put(&mut words, rule, starts);
                touched.push(rule / 64);
                if breaks.last() != Some(&place) {
                    breaks.push(place);
                }
            }
            row = builder.varied(row, &words, &mut touched);
            rows.push(row);
        }
        breaks.shrink_to_fit();
        rows.shrink_to_fit();
        Self { breaks, rows, absent }
    }

    pub(super) fn row(&self, value: i64) -> Row {
        self.rows[self.breaks.partition_point(|&place| place <= value)]
    }

    pub(super) fn row_of(&self, value: Option<i64>) -> Row {
        value.map_or(self.absent, |value| self.row(value))
    }

    /// Bytes that it holds on the heap.
    pub(super) fn bytes(&self) -> usize {
        self.breaks.capacity() * size_of::<i64>() + self.rows.capacity() * size_of::<Row>()
    }
}
