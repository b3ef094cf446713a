//! Instants to the clock on the wall, by the zone's changes of offset laid out once.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Changes beyond this many are left to the zone itself; rules repeat yearly for ever.
const CHANGES_MAX: usize = 1_000;
const DAY_SECONDS: i64 = 86_400;

/// The clock on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wall {
    /// 0 is Monday.
    pub(super) weekday: usize,
    /// Whole seconds since midnight as the clock shows them, 0 to 86,399.
    pub(super) second: i64,
}

#[derive(Debug)]
pub(crate) struct Zone {
    /// Unix seconds at which the offset changes, sorted.
    changes: Vec<i64>,
    /// Seconds east of UTC before the first change, between each two, and after the last.
    offsets: Vec<i32>,
    /// From here on (Unix seconds) the zone itself is asked.
    until: i64,
    zone: TimeZone,
}

impl Zone {
    pub(crate) fn new(zone: &TimeZone) -> Self {
        let mut changes = Vec::new();
        let mut offsets = vec![zone.to_offset(Timestamp::MIN).seconds()];
        let mut until = i64::MAX;
        for change in zone.following(Timestamp::MIN) {
            if changes.len() == CHANGES_MAX {
                until = change.timestamp().as_second();
                break;
            }
            changes.push(change.timestamp().as_second());
            offsets.push(change.offset().seconds());
        }
        Self { changes, offsets, until, zone: zone.clone() }
    }

    pub(super) fn wall(&self, at: Timestamp) -> Wall {
        let local = self.local_second(at);
        let day = local.div_euclid(DAY_SECONDS);
        // 1970-01-01 was a Thursday
        let weekday = usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0);
        Wall { weekday, second: local.rem_euclid(DAY_SECONDS) }
    }

    /// The day on the calendar there, counted from 1970-01-01.
    pub(crate) fn local_day(&self, at: Timestamp) -> i64 {
        self.local_second(at).div_euclid(DAY_SECONDS)
    }

    fn local_second(&self, at: Timestamp) -> i64 {
        let second = whole_second(at);
        let offset = if second < self.until {
            self.offsets[self.changes.partition_point(|&change| change <= second)]
        } else {
            self.zone.to_offset(at).seconds()
        };
        second + i64::from(offset)
    }

    /// Bytes that it holds on the heap, beside the zone data that the program holds once.
    pub(super) fn bytes(&self) -> usize {
        self.changes.capacity() * size_of::<i64>() + self.offsets.capacity() * size_of::<i32>()
    }
}

/// The Unix second that an instant lies in. The ends of windows and of times of day are whole
/// seconds, so that nothing is lost for comparing with them.
pub(super) fn whole_second(at: Timestamp) -> i64 {
    at.as_second() - i64::from(at.subsec_nanosecond() < 0)
}
