//! The JSON report of vitest, which has the shape of Jest's.

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::{Counts, number};

/// Counts the tests; pending and todo ones are skipped.
///
/// # Errors
/// When this is not such a report.
pub fn parse(json: &str) -> Result<Counts> {
    let report: Value = serde_json::from_str(json)?;
    let mut counts = Counts {
        passed: number(&report, "/numPassedTests")?,
        failed: number(&report, "/numFailedTests")?,
        skipped: number(&report, "/numPendingTests")? + number(&report, "/numTodoTests")?,
        remarks: Vec::new(),
    };
    for file in report["testResults"]
        .as_array()
        .context("the report has no testResults")?
    {
        let tests = file["assertionResults"]
            .as_array()
            .map_or(&[][..], Vec::as_slice);
        if file["status"] == "failed" && tests.is_empty() {
            counts.failed += 1;
            counts
                .remarks
                .push(format!("failed: {} did not load", text(&file["name"])));
        }
        counts.remarks.extend(tests.iter().filter_map(remark));
    }
    Ok(counts)
}

fn remark(test: &Value) -> Option<String> {
    let name = text(&test["fullName"]);
    match test["status"].as_str()? {
        "passed" => None,
        "failed" => Some(format!("failed: {name}")),
        status => Some(format!("skipped: {name} ({status})")),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_and_files_that_do_not_load_are_counted() {
        let counts = parse(
            r#"{"numTotalTests": 4, "numPassedTests": 2, "numFailedTests": 1,
                "numPendingTests": 1, "numTodoTests": 0, "testResults": [
                {"name": "a.test.ts", "status": "failed", "assertionResults": [
                    {"status": "passed", "fullName": "a works"},
                    {"status": "passed", "fullName": "b works"},
                    {"status": "failed", "fullName": "c works"},
                    {"status": "skipped", "fullName": "d works"}]},
                {"name": "b.test.ts", "status": "failed", "assertionResults": []}]}"#,
        )
        .expect("a report");
        assert_eq!((counts.passed, counts.failed, counts.skipped), (2, 2, 1));
        assert_eq!(
            counts.remarks,
            [
                "failed: c works",
                "skipped: d works (skipped)",
                "failed: b.test.ts did not load"
            ]
        );
    }

    #[test]
    fn what_is_no_report_is_an_error() {
        assert!(parse("{}").is_err());
        assert!(parse("").is_err());
    }
}
