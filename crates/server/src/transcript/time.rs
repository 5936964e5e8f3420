//! Points in time as people and spreadsheets read them, in UTC: the server
//! does not know in which zone the file will be read.

use domain::Timestamp;

const MS_PER_DAY: i64 = 86_400_000;

/// Such as `2026-11-25 09:41:07Z` (ISO 8601 but for the space).
pub fn date_and_time(at: Timestamp) -> String {
    let days = at.as_ms().div_euclid(MS_PER_DAY);
    let seconds = at.as_ms().rem_euclid(MS_PER_DAY) / 1000;
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}Z")
}

/// Year, month and day of a number of days since 1970-01-01, in the Gregorian
/// calendar. Counted in eras of 400 years that begin on the first of March, so
/// that a leap day is the last of its year.
const fn civil(days: i64) -> (i64, i64, i64) {
    const DAYS_PER_ERA: i64 = 146_097;
    /// From 0000-03-01 to 1970-01-01.
    const EPOCH: i64 = 719_468;
    let shifted = days + EPOCH;
    let era = shifted.div_euclid(DAYS_PER_ERA);
    let of_era = shifted.rem_euclid(DAYS_PER_ERA);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let cases = [
            (0, "1970-01-01 00:00:00Z"),
            (951_782_399_000, "2000-02-28 23:59:59Z"),
            (951_782_400_000, "2000-02-29 00:00:00Z"),
            (951_868_800_000, "2000-03-01 00:00:00Z"),
            (1_793_433_601_000, "2026-10-31 08:00:01Z"),
            (-1, "1969-12-31 23:59:59Z"),
        ];
        for (ms, expected) in cases {
            assert_eq!(date_and_time(Timestamp::from_ms(ms)), expected);
        }
    }
}
