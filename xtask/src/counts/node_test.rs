//! The closing lines of Node's own test runner, in both forms it prints: TAP (`# pass 3`) and
//! spec (`ℹ pass 3`). <https://nodejs.org/docs/latest-v20.x/api/test.html#test-reporters>

use super::{Counts, skip_lines};

/// Counts the tests of every run whose closing lines are in `output`. A cancelled test did not
/// succeed: it counts as failed.
pub fn parse(output: &str) -> Counts {
    let mut counts = Counts::default();
    for line in output.lines() {
        let line = without_colours(line);
        let closing = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ "));
        let words: Vec<&str> = closing.unwrap_or_default().split_whitespace().collect();
        let [what, number] = words[..] else {
            counts.remarks.extend(remark(&line));
            continue;
        };
        let Ok(number) = number.parse::<u32>() else {
            continue;
        };
        match what {
            "pass" => counts.passed += number,
            "fail" | "cancelled" => counts.failed += number,
            "skipped" | "todo" => counts.skipped += number,
            _ => {}
        }
    }
    counts
}

fn remark(line: &str) -> Option<String> {
    let line = line.trim();
    // TAP says what a test printed after a `# `.
    if let Some(skip) = skip_lines(line.trim_start_matches("# ")).next() {
        return Some(skip.to_owned());
    }
    if let Some((name, reason)) = line.split_once("# SKIP") {
        let name = name
            .trim()
            .trim_start_matches("﹣ ")
            .trim_start_matches("ok ");
        return Some(
            format!("skipped: {name} {}", reason.trim())
                .trim_end()
                .to_owned(),
        );
    }
    line.strip_prefix("not ok ")
        .map(|name| format!("failed: {name}"))
}

/// The line without the escape sequences that colour it.
fn without_colours(line: &str) -> String {
    let mut pieces = line.split("\u{1b}[");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| {
        text + piece.split_once('m').map_or(piece, |(_, rest)| rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tap_is_counted() {
        let counts = parse(
            "TAP version 13\n# skipped: no Korean font\nok 1 - opens\nnot ok 2 - imports\n\
             ok 3 - prints # SKIP no printer\n1..3\n# tests 3\n# suites 0\n# pass 1\n# fail 1\n\
             # cancelled 0\n# skipped 1\n# todo 0\n# duration_ms 120.5\n",
        );
        assert_eq!((counts.passed, counts.failed, counts.skipped), (1, 1, 1));
        assert_eq!(
            counts.remarks,
            [
                "skipped: no Korean font",
                "failed: 2 - imports",
                "skipped: 3 - prints no printer"
            ]
        );
    }

    #[test]
    fn spec_is_counted_in_colour_too_and_runs_add_up() {
        let counts = parse(
            "✔ opens (12ms)\n\u{1b}[34mℹ tests 2\u{1b}[39m\n\u{1b}[34mℹ pass 2\u{1b}[39m\n\
             ℹ fail 0\nℹ cancelled 0\nℹ skipped 0\nℹ pass 3\nℹ cancelled 1\n",
        );
        assert_eq!((counts.passed, counts.failed, counts.skipped), (5, 1, 0));
    }

    #[test]
    fn other_output_counts_nothing() {
        assert_eq!(parse("pass 3\n# pass\n# pass many\n"), Counts::default());
    }
}
