//! The JSON report of Playwright: <https://playwright.dev/docs/test-reporters#json-reporter>.

use anyhow::Result;
use serde_json::Value;

use super::{Counts, number, skip_lines};

/// Counts the tests. A flaky one failed once, and once is enough: it counts as failed.
///
/// # Errors
/// When this is not such a report.
pub fn parse(json: &str) -> Result<Counts> {
    let report: Value = serde_json::from_str(json)?;
    let mut counts = Counts {
        passed: number(&report, "/stats/expected")?,
        failed: number(&report, "/stats/unexpected")? + number(&report, "/stats/flaky")?,
        skipped: number(&report, "/stats/skipped")?,
        remarks: Vec::new(),
    };
    for error in list(&report["errors"]) {
        let message = error["message"].as_str().unwrap_or("?");
        counts.failed += 1;
        counts.remarks.push(format!(
            "failed: {}",
            message.lines().next().unwrap_or_default()
        ));
    }
    walk(&report, "", &mut counts.remarks);
    Ok(counts)
}

fn walk(suite: &Value, above: &str, remarks: &mut Vec<String>) {
    for child in list(&suite["suites"]) {
        walk(child, &joined(above, child), remarks);
    }
    for spec in list(&suite["specs"]) {
        let name = joined(above, spec);
        for test in list(&spec["tests"]) {
            match test["status"].as_str() {
                Some("skipped") => remarks.push(format!("skipped: {name}{}", reason(test))),
                Some("unexpected") => remarks.push(format!("failed: {name}")),
                Some("flaky") => remarks.push(format!("failed: {name} (flaky)")),
                _ => {}
            }
            let outputs = list(&test["results"])
                .iter()
                .flat_map(|result| list(&result["stdout"]));
            let printed = outputs.filter_map(|output| output["text"].as_str());
            remarks.extend(
                printed
                    .flat_map(skip_lines)
                    .map(|line| format!("{line} [{name}]")),
            );
        }
    }
}

/// Why a test was skipped, where it says so.
fn reason(test: &Value) -> String {
    list(&test["annotations"])
        .iter()
        .find_map(|annotation| annotation["description"].as_str())
        .map_or_else(String::new, |description| format!(" ({description})"))
}

fn joined(above: &str, titled: &Value) -> String {
    let title = titled["title"].as_str().unwrap_or("?");
    if above.is_empty() {
        title.to_owned()
    } else {
        format!("{above} › {title}")
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flaky_is_failed_and_skips_have_names() {
        let counts = parse(
            r#"{"stats": {"expected": 3, "unexpected": 1, "flaky": 1, "skipped": 1}, "errors": [],
                "suites": [{"title": "join.spec.ts", "specs": [
                    {"title": "joins", "tests": [{"status": "expected", "results": [
                        {"stdout": [{"text": "skipped: no second network\n"}]}]}]}],
                  "suites": [{"title": "resume", "specs": [
                    {"title": "moves", "tests": [{"status": "unexpected", "results": []}]},
                    {"title": "waits", "tests": [{"status": "flaky", "results": []}]},
                    {"title": "prints", "tests": [{"status": "skipped", "results": [],
                        "annotations": [{"type": "skip", "description": "no printer"}]}]}]}]}]}"#,
        )
        .expect("a report");
        assert_eq!((counts.passed, counts.failed, counts.skipped), (3, 2, 1));
        assert_eq!(
            counts.remarks,
            [
                "failed: join.spec.ts › resume › moves",
                "failed: join.spec.ts › resume › waits (flaky)",
                "skipped: join.spec.ts › resume › prints (no printer)",
                "skipped: no second network [join.spec.ts › joins]",
            ]
        );
    }

    #[test]
    fn an_error_outside_of_tests_is_a_failure() {
        let counts = parse(
            r#"{"stats": {"expected": 0, "unexpected": 0, "flaky": 0, "skipped": 0},
                "errors": [{"message": "the server did not start\nat line 3"}], "suites": []}"#,
        )
        .expect("a report");
        assert_eq!((counts.passed, counts.failed), (0, 1));
        assert_eq!(counts.remarks, ["failed: the server did not start"]);
    }
}
