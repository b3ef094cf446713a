//! Stretches of time and the store-zone days in them. A day has 23 to 25 hours where clocks change.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};

use crate::error::{AppError, AppResult};

/// `[from, until)` in milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) from: i64,
    pub(super) until: i64,
}

/// A store-zone day, or the part of it that lies in a stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Day {
    /// `YYYY-MM-DD`
    pub(super) name: String,
    pub(super) stretch: Stretch,
}

pub(super) fn zoned(ms: i64, zone: &TimeZone) -> AppResult<Zoned> {
    let at = Timestamp::from_millisecond(ms)
        .map_err(|_| AppError::invalid("from", "This moment is beyond the calendar."))?;
    Ok(at.to_zoned(zone.clone()))
}

/// The first moment of a day.
pub(super) fn start_of(date: Date, zone: &TimeZone) -> AppResult<i64> {
    let start = date.to_zoned(zone.clone()).map_err(AppError::internal)?;
    let start = start.start_of_day().map_err(AppError::internal)?;
    Ok(start.timestamp().as_millisecond())
}

/// The days that a stretch touches, in order, each cut to the stretch.
pub(super) fn of(stretch: Stretch, zone: &TimeZone, max: usize) -> AppResult<Vec<Day>> {
    let (mut date, mut days) = (zoned(stretch.from, zone)?.date(), Vec::new());
    loop {
        let start = start_of(date, zone)?;
        if start >= stretch.until {
            return Ok(days);
        }
        if days.len() >= max {
            let message = format!("At most {max} days at once.");
            return Err(AppError::invalid("from", message));
        }
        let name = date.to_string();
        date = date.tomorrow().map_err(AppError::internal)?;
        let (from, until) = (start.max(stretch.from), start_of(date, zone)?.min(stretch.until));
        days.push(Day { name, stretch: Stretch { from, until } });
    }
}

/// Which of the days a moment lies in.
pub(super) fn index(days: &[Day], at: i64) -> Option<usize> {
    let after = days.partition_point(|day| day.stretch.from <= at);
    let day = after.checked_sub(1)?;
    (at < days.get(day)?.stretch.until).then_some(day)
}

/// The stretch of the same length just before: so many days where both ends are midnights (also
/// over a change of clocks), else so many milliseconds.
pub(super) fn before(stretch: Stretch, zone: &TimeZone) -> AppResult<Stretch> {
    let (from, until) = (zoned(stretch.from, zone)?, zoned(stretch.until, zone)?);
    let midnight = |at: &Zoned, ms: i64| AppResult::Ok(start_of(at.date(), zone)? == ms);
    if midnight(&from, stretch.from)? && midnight(&until, stretch.until)? {
        let days = from.date().until(until.date()).map_err(AppError::internal)?.get_days();
        let earlier = from.date().checked_sub(days.days()).map_err(AppError::internal)?;
        return Ok(Stretch { from: start_of(earlier, zone)?, until: stretch.from });
    }
    let length = stretch.until - stretch.from;
    Ok(Stretch { from: stretch.from - length, until: stretch.from })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(at: &str) -> i64 {
        at.parse::<Timestamp>().unwrap().as_millisecond()
    }

    #[test]
    fn days_are_the_stores_and_change_with_its_clocks() {
        let zone = TimeZone::get("Europe/London").unwrap();
        // clocks go back on 25 October 2026: that day has 25 hours
        let stretch =
            Stretch { from: ms("2026-10-23T23:00:00Z"), until: ms("2026-10-27T00:00:00Z") };
        let days = of(stretch, &zone, 10).unwrap();
        let hours: Vec<i64> =
            days.iter().map(|d| (d.stretch.until - d.stretch.from) / 3_600_000).collect();
        let names: Vec<&str> = days.iter().map(|d| d.name.as_str()).collect();
        assert_eq!(names, ["2026-10-24", "2026-10-25", "2026-10-26"]);
        assert_eq!(hours, [24, 25, 24]);
        for (at, expected) in [
            ("2026-10-23T22:59:59Z", None),
            ("2026-10-23T23:00:00Z", Some(0)),
            ("2026-10-25T23:59:59Z", Some(1)),
            ("2026-10-26T00:00:00Z", Some(2)),
            ("2026-10-27T00:00:00Z", None),
        ] {
            assert_eq!(index(&days, ms(at)), expected, "{at}");
        }
        // and before it stand three days too, all of 24 hours
        let earlier = before(stretch, &zone).unwrap();
        assert_eq!(earlier.until, stretch.from);
        assert_eq!(of(earlier, &zone, 10).unwrap().len(), 3);
        assert_eq!((earlier.until - earlier.from) / 3_600_000, 72);
    }

    #[test]
    fn a_stretch_between_days_compares_with_as_many_hours() {
        let stretch = Stretch { from: 10_000_000, until: 17_000_000 };
        let expected = Stretch { from: 3_000_000, until: 10_000_000 };
        assert_eq!(before(stretch, &TimeZone::UTC).unwrap(), expected);
        assert!(of(Stretch { from: 0, until: i64::MAX / 4 }, &TimeZone::UTC, 10).is_err());
    }
}
