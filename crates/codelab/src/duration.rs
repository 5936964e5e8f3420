//! `Duration:` and `Environment:` lines.
//!
//! The forms are those of the claat format: `5` is minutes, `a:b` minutes and seconds, `a:b:c`
//! hours, minutes and seconds; a part that is no number counts as zero; a started minute is a
//! whole one.

/// A line that says something about its step instead of being part of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum StepLine<'a> {
    /// What follows `Duration:`.
    Duration(&'a str),
    /// What follows `Environment:`.
    Environment(&'a str),
}

impl<'a> StepLine<'a> {
    pub(crate) fn read(line: &'a str) -> Option<Self> {
        let (key, value) = line.split_once(':')?;
        match key.trim_start().to_ascii_lowercase().as_str() {
            "duration" => Some(Self::Duration(value.trim())),
            "environment" | "environments" => Some(Self::Environment(value.trim())),
            _ => None,
        }
    }
}

/// The minutes a duration stands for; `None` when it has none of the known forms.
pub(crate) fn minutes(value: &str) -> Option<u32> {
    let looks_like_one = !value.is_empty()
        && value.chars().all(|c| c.is_ascii_alphanumeric() || c == ':')
        && value.chars().any(|c| c.is_ascii_digit());
    if !looks_like_one {
        return None;
    }
    let parts = value.split(':').collect::<Vec<_>>();
    let number = |part: &str| part.parse::<u32>().unwrap_or(0);
    let (hours, minutes, seconds) = match parts.as_slice() {
        [minutes] => (0, minutes.parse::<u32>().ok()?, 0),
        [minutes, seconds] => (0, number(minutes), number(seconds)),
        [hours, minutes, seconds] => (number(hours), number(minutes), number(seconds)),
        _ => return None,
    };
    Some(
        hours
            .saturating_mul(60)
            .saturating_add(minutes)
            .saturating_add(seconds.div_ceil(60)),
    )
}

/// A comma-separated value as lower-case names, each once, in the order written.
pub(crate) fn environments(value: &str) -> Vec<String> {
    let mut names = Vec::new();
    for name in value.split(',').map(|name| name.trim().to_lowercase()) {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_round_up_to_the_minute() {
        let read = |values: &[&str]| values.iter().map(|v| minutes(v)).collect::<Vec<_>>();
        assert_eq!(
            read(&["5", "05:00", "2:00", "1:25", "0:30", "00:05"]),
            [5, 5, 2, 2, 1, 1].map(Some)
        );
        assert_eq!(
            read(&["0:02:00", "00:05:00", "1:00:00", "1:02:03"]),
            [2, 5, 60, 63].map(Some)
        );
        assert_eq!(read(&["0", "x:30", "1:xx"]), [0, 1, 1].map(Some));
    }

    #[test]
    fn other_words_are_no_duration() {
        for value in ["", "5 min", "long", "1:2:3:4", "99999999999", "five5"] {
            assert_eq!(minutes(value), None, "{value}");
        }
        assert_eq!(minutes("4294967295:4294967295:4294967295"), Some(u32::MAX));
    }

    #[test]
    fn step_lines_need_their_colon() {
        assert_eq!(
            StepLine::read("DURATION:  5 "),
            Some(StepLine::Duration("5"))
        );
        assert_eq!(
            StepLine::read("Environment: web"),
            Some(StepLine::Environment("web"))
        );
        assert_eq!(StepLine::read("Duration 00:01:00"), None);
        assert_eq!(StepLine::read("The duration: 5"), None);
        assert_eq!(environments("Web, kiosk,web ,"), ["web", "kiosk"]);
    }
}
