//! How many tests a stage ran, read from what the test programs write down.

pub mod junit;
pub mod node_test;
pub mod playwright;
pub mod vitest;

use std::path::Path;

use anyhow::{Context as _, Result};

/// What a stage counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that succeeded.
    pub passed: u32,
    /// Tests that failed.
    pub failed: u32,
    /// Tests that were not made, and said so.
    pub skipped: u32,
    /// Lines to repeat at the end: why something was skipped or failed.
    pub remarks: Vec<String>,
}

impl Counts {
    /// A stage that is one test.
    pub fn one(success: bool) -> Self {
        Self {
            passed: u32::from(success),
            failed: u32::from(!success),
            ..Self::default()
        }
    }

    /// A stage that failed as a whole.
    pub fn failure(why: String) -> Self {
        Self {
            failed: 1,
            remarks: vec![why],
            ..Self::default()
        }
    }

    /// A stage that this machine cannot have.
    pub fn skip(why: &str) -> Self {
        Self {
            skipped: 1,
            remarks: vec![format!("{SKIPPED} {why}")],
            ..Self::default()
        }
    }

    /// Adds what another program counted.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.remarks.extend(other.remarks);
    }

    /// The last word on a test program: one that fails without a failed test has failed all the
    /// same, and one that ran no test has proved nothing.
    pub fn judged(mut self, success: bool) -> Self {
        if !success && self.failed == 0 {
            self.failed = 1;
            self.remarks
                .push("ended with an error although no test failed".to_owned());
        }
        if self.passed + self.failed + self.skipped == 0 {
            self.failed = 1;
            self.remarks.push("ran no test".to_owned());
        }
        self
    }
}

/// How a line begins by which a test says that it could not be made here.
const SKIPPED: &str = "skipped:";

/// The lines of a test's output by which it says that it was skipped.
fn skip_lines(output: &str) -> impl Iterator<Item = &str> {
    output
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with(SKIPPED))
}

/// Reads a report that a test program wrote. A report that is not there counts no test.
///
/// # Errors
/// When it is there but cannot be understood.
pub fn from_report(path: &Path, parse: fn(&str) -> Result<Counts>) -> Result<Counts> {
    match std::fs::read_to_string(path) {
        Ok(text) => parse(&text).with_context(|| format!("cannot understand {}", path.display())),
        Err(_) => Ok(Counts::default()),
    }
}

/// A non-negative number of a JSON report.
///
/// # Errors
/// When it is missing or no such number.
fn number(json: &serde_json::Value, pointer: &str) -> Result<u32> {
    json.pointer(pointer)
        .and_then(serde_json::Value::as_u64)
        .and_then(|number| u32::try_from(number).ok())
        .with_context(|| format!("the report has no number at {pointer}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_test_is_a_failure() {
        let counts = Counts::default().judged(true);
        assert_eq!((counts.passed, counts.failed), (0, 1));
        assert_eq!(counts.remarks, ["ran no test"]);
    }

    #[test]
    fn a_program_that_fails_with_all_tests_passed_is_a_failure() {
        let counts = Counts {
            passed: 7,
            ..Counts::default()
        }
        .judged(false);
        assert_eq!((counts.passed, counts.failed), (7, 1));
    }

    #[test]
    fn failed_tests_are_counted_once() {
        let counts = Counts {
            passed: 7,
            failed: 2,
            ..Counts::default()
        }
        .judged(false);
        assert_eq!((counts.passed, counts.failed), (7, 2));
        assert!(counts.remarks.is_empty());
    }

    #[test]
    fn skips_are_lines_that_begin_so() {
        let output = "one\nskipped: needs root\n  skipped: needs Linux\nnot skipped: this\n";
        let lines: Vec<&str> = skip_lines(output).collect();
        assert_eq!(lines, ["skipped: needs root", "skipped: needs Linux"]);
    }

    #[test]
    fn a_missing_report_counts_nothing() {
        let counts = from_report(Path::new("no/such/report"), |_| Ok(Counts::one(true)));
        assert_eq!(counts.expect("absence is no error"), Counts::default());
    }
}
