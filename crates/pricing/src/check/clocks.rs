//! The weekdays and hours that rules say, each known by a number, so that two of them are held
//! against each other once, however many rules say them in windows of their own.

use std::collections::HashMap;

use super::bits::Bits;
use super::calendar::{Calendar, Hours, Time};

/// A time as a rule says it: a span, and the number of its weekdays and hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Said {
    from: i64,
    until: i64,
    clock: usize,
    /// From its start on, and from its end on, when at last every hour has come.
    all_by: i64,
    all_after: i64,
}

pub(super) struct Clocks<'c> {
    calendar: &'c Calendar,
    numbers: HashMap<(u8, Hours), usize>,
    /// By number.
    clocks: Vec<(u8, Hours)>,
    /// By number, those that share an hour of a weekday with it, and those that have all of it.
    meets: Vec<Bits>,
    holds: Vec<Bits>,
    /// The one that has every hour of every weekday.
    whole: Option<usize>,
}

impl<'c> Clocks<'c> {
    pub(super) fn new<'t>(calendar: &'c Calendar, times: impl Iterator<Item = &'t Time>) -> Self {
        let mut clocks = Self {
            calendar,
            numbers: HashMap::new(),
            clocks: Vec::new(),
            meets: Vec::new(),
            holds: Vec::new(),
            whole: None,
        };
        for time in times {
            let clock = (time.days, time.hours.clone());
            let next = clocks.clocks.len();
            if *clocks.numbers.entry(clock.clone()).or_insert(next) == next {
                clocks.clocks.push(clock);
            }
        }
        // over a span that leaves nothing out
        let always = |(days, hours): &(u8, Hours)| Time {
            from: 0,
            until: 1,
            days: *days,
            hours: hours.clone(),
        };
        let whole: Vec<Time> = clocks.clocks.iter().map(always).collect();
        let among = |has: &dyn Fn(&Time) -> bool| Bits::from_fn(whole.len(), |at| has(&whole[at]));
        clocks.whole = whole.iter().position(Time::is_whole_days);
        clocks.meets = whole.iter().map(|one| among(&|other| one.may_meet(other))).collect();
        clocks.holds = whole.iter().map(|one| among(&|other| one.within(other))).collect();
        clocks
    }

    /// One of the times that it was made of.
    pub(super) fn said(&self, time: &Time) -> Said {
        let clock = self.numbers.get(&(time.days, time.hours.clone())).copied();
        Said {
            from: time.from,
            until: time.until,
            clock: clock.unwrap_or(usize::MAX),
            all_by: self.calendar.every_hour_by(time.from),
            all_after: self.calendar.every_hour_by(time.until),
        }
    }

    fn is_whole(&self, said: &Said) -> bool {
        Some(said.clock) == self.whole
    }

    fn time(&self, said: &Said) -> Time {
        let (days, hours) = self.clocks[said.clock].clone();
        Time { from: said.from, until: said.until, days, hours }
    }

    /// As [`Calendar::meet`].
    pub(super) fn meet(&self, a: &Said, b: &Said) -> bool {
        let later = if a.from < b.from { b } else { a };
        let until = a.until.min(b.until);
        later.from < until
            && self.meets[a.clock].has(b.clock)
            && (until >= later.all_by
                || self.is_whole(a) && self.is_whole(b)
                || self.calendar.meet(&self.time(a), &self.time(b)))
    }

    /// As [`Calendar::within`], of times of which neither is empty.
    pub(super) fn within(&self, part: &Said, whole: &Said) -> bool {
        let inside = whole.from <= part.from && part.until <= whole.until;
        if inside && self.holds[part.clock].has(whole.clock) {
            return true;
        }
        // a part that has something of the clock has it in a span in which every hour comes
        let outside = if inside {
            part.until >= part.all_by
        } else {
            self.is_whole(part)
                || whole.from.min(part.until) >= part.all_by
                || (part.from <= whole.until && part.until >= whole.all_after)
        };
        if outside && self.meets[part.clock].has(part.clock) {
            return false;
        }
        self.calendar.within(&self.time(part), &self.time(whole))
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::*;
    use crate::check::calendar::{EVERY_DAY, all_hours};

    const DAY: i64 = 86_400;

    /// Spans of minutes to months around the shifts of a year, on all days or few, at all hours or few.
    fn time(now: i64) -> impl Strategy<Value = Time> {
        let length = prop_oneof![1..3 * DAY, Just(9 * DAY), 8 * DAY..10 * DAY, 1..90 * DAY];
        let days = prop_oneof![Just(EVERY_DAY), 1..=EVERY_DAY];
        let hour = || (0..24_i64, 1..=8_i64).prop_map(|(from, long)| (from, (from + long).min(24)));
        let hours = prop_oneof![
            Just(all_hours()),
            hour().prop_map(|(from, until)| Hours::from([(from * 3_600, until * 3_600)])),
        ];
        (0..400 * 24_i64, length, days, hours).prop_map(move |(hour, length, days, hours)| Time {
            from: now + 20 * DAY + hour * 3_600,
            until: now + 20 * DAY + hour * 3_600 + length,
            days,
            hours,
        })
    }

    /// Two times, the second at will or near the first: its ends moved by days, its clock wider.
    fn two(now: i64) -> impl Strategy<Value = (Time, Time)> {
        let moved = || prop_oneof![Just(0), -12 * DAY..12 * DAY];
        let near = (time(now), moved(), moved(), 0..=EVERY_DAY, any::<bool>()).prop_map(
            |(one, from, until, days, wide)| {
                let near = Time {
                    from: one.from + from,
                    until: one.until + until,
                    days: one.days | days,
                    hours: if wide { all_hours() } else { one.hours.clone() },
                };
                (one, near)
            },
        );
        prop_oneof![(time(now), time(now)), near]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// What is known of clocks and spans says what the calendar does.
        #[test]
        fn clocks_answer_as_the_calendar(
            zone in prop::sample::select(vec!["Europe/London", "Australia/Lord_Howe", "UTC"]),
            (a, b) in two(1_293_840_000),
        ) {
            let now = Timestamp::from_second(1_293_840_000).unwrap();
            let last = Timestamp::from_second(1_293_840_000 + 600 * DAY).unwrap();
            let calendar = Calendar::new(&TimeZone::get(zone).unwrap(), now, Some(last));
            prop_assume!(calendar.first(&a).is_some() && calendar.first(&b).is_some());
            let clocks = Clocks::new(&calendar, [&a, &b].into_iter());
            for (one, other) in [(&a, &b), (&b, &a), (&a, &a)] {
                let (said, against) = (clocks.said(one), clocks.said(other));
                let both = calendar.first(&one.and(other)).is_some();
                prop_assert_eq!(clocks.meet(&said, &against), both);
                prop_assert_eq!(clocks.within(&said, &against), calendar.within(one, other));
            }
        }
    }
}
