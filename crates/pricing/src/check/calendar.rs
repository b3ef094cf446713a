//! Sets of instants: a span, and in it the weekdays and the hours on the wall clock of the rule
//! set's zone. Whether such a set is empty is answered from the zone's own shifts, so that an
//! hour that a day skips is never taken for one that it has. Instants are whole seconds since
//! 1970; every end of every set is one.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

const DAY: i64 = 86_400;
pub(super) const EVERY_DAY: u8 = 0b111_1111;

/// Spans of the wall clock in seconds after midnight, ends left out, sorted, apart.
pub(super) type Hours = Arc<[(i64, i64)]>;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Time {
    pub(super) from: i64,
    pub(super) until: i64,
    /// Bit 0 is Monday.
    pub(super) days: u8,
    pub(super) hours: Hours,
}

pub(super) fn all_hours() -> Hours {
    Hours::from([(0, DAY)])
}

impl Time {
    pub(super) fn whole(calendar: &Calendar) -> Self {
        let until = calendar.end();
        Self { from: calendar.now(), until, days: EVERY_DAY, hours: all_hours() }
    }

    pub(super) fn is_whole_days(&self) -> bool {
        self.days == EVERY_DAY && self.all_day()
    }

    pub(super) fn all_day(&self) -> bool {
        self.hours.len() == 1 && self.hours[0] == (0, DAY)
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        let hours = if other.all_day() {
            self.hours.clone()
        } else if self.all_day() {
            other.hours.clone()
        } else {
            and(&self.hours, &other.hours)
        };
        Self {
            from: self.from.max(other.from),
            until: self.until.min(other.until),
            days: self.days & other.days,
            hours,
        }
    }

    /// Whether the two share an instant, as far as is seen span by span: `false` is certain.
    pub(super) fn may_meet(&self, other: &Self) -> bool {
        let hours = |&(from, until): &(i64, i64)| {
            other.hours.iter().any(|&(start, end)| from.max(start) < until.min(end))
        };
        self.from.max(other.from) < self.until.min(other.until)
            && self.days & other.days != 0
            && self.hours.iter().any(hours)
    }

    /// Whether all of it is in `other`, span by span; a set that is not seen to be so may still be.
    pub(super) fn within(&self, other: &Self) -> bool {
        other.from <= self.from
            && self.until <= other.until
            && self.days & !other.days == 0
            && (other.all_day() || minus(&self.hours, &other.hours).is_empty())
    }

    /// Takes off what `other`, of whole days, has at the one end; whether that was so.
    pub(super) fn cut(&mut self, other: &Self) -> bool {
        let ends = (other.from <= self.from, self.until <= other.until);
        match ends {
            _ if !other.is_whole_days() => return false,
            (true, false) => self.from = other.until,
            (false, true) => self.until = other.from,
            _ => return false,
        }
        true
    }

    /// The part outside `other` and the part inside, by the first of its conditions not met.
    pub(super) fn split(&self, other: &Self) -> Option<(Self, Self)> {
        let (mut outside, mut inside) = (self.clone(), self.clone());
        if other.from > self.from {
            (outside.until, inside.from) = (other.from.min(self.until), other.from);
        } else if other.until < self.until {
            (outside.from, inside.until) = (other.until.max(self.from), other.until);
        } else if self.days & !other.days != 0 {
            (outside.days, inside.days) = (self.days & !other.days, self.days & other.days);
        } else {
            outside.hours = minus(&self.hours, &other.hours);
            if other.all_day() || outside.hours.is_empty() {
                return None;
            }
            inside.hours = and(&self.hours, &other.hours);
        }
        Some((outside, inside))
    }
}

fn and(a: &Hours, b: &Hours) -> Hours {
    let spans = a.iter().flat_map(|&(from, until)| {
        b.iter().map(move |&(start, end)| (from.max(start), until.min(end)))
    });
    spans.filter(|(from, until)| from < until).collect()
}

fn minus(a: &Hours, b: &Hours) -> Hours {
    let mut out = Vec::new();
    for &(mut from, until) in a.iter() {
        for &(start, end) in b.iter() {
            if start > from {
                out.push((from, until.min(start)));
            }
            from = from.max(end);
            if from >= until {
                break;
            }
        }
        out.push((from, until));
    }
    out.retain(|(from, until)| from < until);
    out.into()
}

/// The rule set's zone from the present on: stretches of one offset from UTC.
#[derive(Debug)]
pub(super) struct Calendar {
    /// Start, and offset to add for the wall clock.
    stretches: Vec<(i64, i64)>,
    now: Timestamp,
}

impl Calendar {
    /// `last` is the last instant that any rule names; a year and a half beyond it, every day of
    /// the week has had every hour, and no later shift matters.
    pub(super) fn new(zone: &TimeZone, now: Timestamp, last: Option<Timestamp>) -> Self {
        let start = now.as_second() - i64::from(now.subsec_nanosecond() < 0);
        let last = last.map_or(start, Timestamp::as_second).max(start).saturating_add(550 * DAY);
        let first = (start, i64::from(zone.to_offset(now).seconds()));
        let later = zone
            .following(now)
            .map(|shift| (shift.timestamp().as_second(), i64::from(shift.offset().seconds())))
            .take_while(|&(at, _)| at <= last);
        Self { stretches: std::iter::once(first).chain(later).collect(), now }
    }

    /// The second in which the present lies.
    pub(super) fn now(&self) -> i64 {
        self.stretches.first().map_or(0, |&(start, _)| start)
    }

    /// After the last second that can be written.
    pub(super) fn end(&self) -> i64 {
        Timestamp::MAX.as_second()
    }

    /// The first second of the set, if it has any.
    pub(super) fn first(&self, time: &Time) -> Option<i64> {
        if time.from >= time.until || time.days == 0 || time.hours.is_empty() {
            return None;
        }
        if time.is_whole_days() {
            return Some(time.from);
        }
        let at = self.stretches.partition_point(|&(start, _)| start <= time.from).max(1) - 1;
        for (index, &(start, offset)) in self.stretches.iter().enumerate().skip(at) {
            if start >= time.until {
                return None;
            }
            let end = self.stretches.get(index + 1).map_or(self.end(), |&(next, _)| next);
            let (from, until) = (time.from.max(start) + offset, time.until.min(end) + offset);
            // nine days hold every hour of every weekday
            let days = from.div_euclid(DAY)..=(until - 1).div_euclid(DAY);
            for day in days.take(9) {
                let weekday = (day + 3).rem_euclid(7);
                if time.days >> weekday & 1 == 0 {
                    continue;
                }
                for &(open, close) in time.hours.iter() {
                    let (open, close) = (from.max(day * DAY + open), until.min(day * DAY + close));
                    if open < close {
                        return Some(open - offset);
                    }
                }
            }
        }
        None
    }

    /// Whether it is known that every hour of every weekday comes between two instants.
    pub(super) fn has_every_hour(&self, from: i64, until: i64) -> bool {
        until >= self.every_hour_by(from)
    }

    /// From an instant on, when at last every hour of every weekday is known to have come.
    pub(super) fn every_hour_by(&self, from: i64) -> i64 {
        let at = self.stretches.partition_point(|&(start, _)| start <= from).max(1) - 1;
        let starts = || self.stretches.iter().skip(at).map(|&(start, _)| start);
        let mut stretches = starts().zip(starts().skip(1).chain([self.end()]));
        stretches
            .find_map(|(start, end)| {
                let all = from.max(start).saturating_add(9 * DAY);
                (all <= end).then_some(all)
            })
            .unwrap_or(i64::MAX)
    }

    pub(super) fn meet(&self, a: &Time, b: &Time) -> bool {
        if a.is_whole_days() && b.is_whole_days() {
            return a.from.max(b.from) < a.until.min(b.until);
        }
        let (from, until) = (a.from.max(b.from), a.until.min(b.until));
        if from >= until || a.days & b.days == 0 {
            return false;
        }
        let apart = |&(from, until): &(i64, i64)| {
            b.hours.iter().all(|&(start, end)| until <= start || end <= from)
        };
        if a.hours.iter().all(apart) {
            return false;
        }
        self.has_every_hour(from, until) || self.first(&a.and(b)).is_some()
    }

    /// Whether all of the one set is in the other.
    pub(super) fn within(&self, part: &Time, whole: &Time) -> bool {
        let mut part = part.clone();
        while let Some((outside, inside)) = part.split(whole) {
            if self.first(&outside).is_some() {
                return false;
            }
            part = inside;
        }
        true
    }

    /// One second as a set.
    pub(super) fn second(&self, second: i64) -> Time {
        let at = self.stretches.partition_point(|&(start, _)| start <= second).max(1) - 1;
        let local = second + self.stretches.get(at).map_or(0, |&(_, offset)| offset);
        let (day, time) = (local.div_euclid(DAY), local.rem_euclid(DAY));
        Time {
            from: second,
            until: second + 1,
            days: 1 << (day + 3).rem_euclid(7),
            hours: Hours::from([(time, time + 1)]),
        }
    }

    /// A second as an instant that is not before the present.
    pub(super) fn instant(&self, second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap_or(self.now).max(self.now)
    }
}
