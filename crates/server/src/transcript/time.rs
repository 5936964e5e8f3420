//! Points in time as people and spreadsheets read them, in UTC: the server
//! does not know in which zone the file will be read.

use domain::Timestamp;

use crate::civil_time::date;

const MS_PER_DAY: i64 = 86_400_000;

/// Such as `2026-11-25 09:41:07Z` (ISO 8601 but for the space).
pub fn date_and_time(at: Timestamp) -> String {
    let days = at.as_ms().div_euclid(MS_PER_DAY);
    let seconds = at.as_ms().rem_euclid(MS_PER_DAY) / 1000;
    let (year, month, day) = date(days);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}Z")
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
