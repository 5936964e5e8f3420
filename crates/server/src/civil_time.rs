//! Points in time as a wall clock shows them, for files that people open.

use domain::Timestamp;

const MINUTES_PER_DAY: i64 = 24 * 60;

/// `2026-11-25 19:17` on a clock that is ahead of UTC by some minutes.
/// Spreadsheet programs of every language read it as a date.
#[must_use]
pub fn civil(at: Timestamp, utc_offset_minutes: i32) -> String {
    let minutes = at.as_ms().div_euclid(60_000) + i64::from(utc_offset_minutes);
    let (year, month, day) = date(minutes.div_euclid(MINUTES_PER_DAY));
    let minute = minutes.rem_euclid(MINUTES_PER_DAY);
    format!(
        "{year:04}-{month:02}-{day:02} {:02}:{:02}",
        minute / 60,
        minute % 60
    )
}

/// Year, month and day in the Gregorian calendar, from days since 1970-01-01.
/// Years are counted from March, so that the leap day is a year's last.
#[must_use]
pub fn date(days: i64) -> (i64, i64, i64) {
    const DAYS_TO_1970: i64 = 719_468; // from 0000-03-01
    const DAYS_PER_ERA: i64 = 146_097; // of 400 years
    let days = days + DAYS_TO_1970;
    let era = days.div_euclid(DAYS_PER_ERA);
    let day_of_era = days.rem_euclid(DAYS_PER_ERA);
    let leap_days = day_of_era / 1460 - day_of_era / 36_524 + day_of_era / 146_096;
    let year_of_era = (day_of_era - leap_days) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // Months from March have 31 and 30 days in turn, five of them 153.
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        assert_eq!(date(0), (1970, 1, 1));
        assert_eq!(date(-1), (1969, 12, 31));
        assert_eq!(date(11_016), (2000, 2, 29));
        assert_eq!(date(11_017), (2000, 3, 1));
        assert_eq!(date(20_512), (2026, 2, 28));
        assert_eq!(date(47_541), (2100, 3, 1), "2100 has no leap day");
    }

    #[test]
    fn every_day_follows_the_one_before() {
        let mut before = date(-200_000);
        for days in -199_999..200_000 {
            let (year, month, day) = date(days);
            let next_day = (year, month, day) == (before.0, before.1, before.2 + 1);
            let next_month = day == 1 && (year, month) == (before.0, before.1 + 1);
            let next_year = (year, month, day) == (before.0 + 1, 1, 1);
            assert!(next_day || next_month || next_year, "day {days}");
            before = (year, month, day);
        }
    }

    #[test]
    fn a_clock_may_be_ahead_or_behind() {
        let at = Timestamp::from_ms(1_764_066_000_000);
        assert_eq!(civil(at, 0), "2025-11-25 10:20");
        assert_eq!(civil(at, 9 * 60), "2025-11-25 19:20");
        assert_eq!(civil(at, -11 * 60), "2025-11-24 23:20");
    }
}
