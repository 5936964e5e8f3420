//! The report of cargo-nextest, in the `JUnit` format of <https://nexte.st/docs/machine-readable/junit/>.
//!
//! Only elements and attributes that nextest writes are looked at. Its text is escaped, so a raw
//! `<` is always the start of a tag and no XML library is needed to find one.

use anyhow::{Result, ensure};

use super::{Counts, skip_lines};

/// Counts the test cases. One that printed a `skipped:` line was skipped, whatever else it says,
/// unless it failed.
///
/// # Errors
/// When this is not such a report.
pub fn parse(xml: &str) -> Result<Counts> {
    ensure!(xml.contains("<testsuites"), "no <testsuites> in it");
    let mut counts = Counts::default();
    for case in xml.split("<testcase").skip(1) {
        let (tag, body) = test_case(case);
        let name = format!("{} {}", attribute(tag, "classname"), attribute(tag, "name"));
        if body.contains("<failure") || body.contains("<error") {
            counts.failed += 1;
            counts.remarks.push(format!("failed: {name}"));
            continue;
        }
        let printed = ["system-out", "system-err"]
            .map(|element| text_of(body, element))
            .concat();
        let skips: Vec<String> = skip_lines(&printed)
            .map(|line| format!("{line} [{name}]"))
            .collect();
        if skips.is_empty() {
            counts.passed += 1;
        } else {
            counts.skipped += 1;
            counts.remarks.extend(skips);
        }
    }
    Ok(counts)
}

/// The attributes of a test case and what is inside it.
fn test_case(text: &str) -> (&str, &str) {
    let (tag, rest) = text.split_once('>').unwrap_or((text, ""));
    if let Some(tag) = tag.strip_suffix('/') {
        return (tag, "");
    }
    (
        tag,
        rest.split_once("</testcase>")
            .map_or(rest, |(body, _)| body),
    )
}

fn attribute(tag: &str, name: &str) -> String {
    tag.split_once(&format!(" {name}=\""))
        .and_then(|(_, rest)| rest.split_once('"'))
        .map_or_else(String::new, |(value, _)| unescaped(value))
}

/// The text of every such element, each with a line end after it.
fn text_of(body: &str, element: &str) -> String {
    body.split(&format!("<{element}>"))
        .skip(1)
        .filter_map(|rest| rest.split_once('<'))
        .fold(String::new(), |all, (text, _)| {
            all + &unescaped(text) + "\n"
        })
}

/// Undoes the escapes of XML that a writer uses for text: `&amp;` last, so that none is made anew.
fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&#10;", "\n")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="nextest-run" tests="4" failures="1" errors="0">
    <testsuite name="lan" tests="2">
        <testcase name="mdns::resolves" classname="lan" time="0.01">
            <system-out>running 1 test
</system-out>
            <system-err>skipped: needs root &amp; &lt;iproute2&gt;
</system-err>
        </testcase>
        <testcase name="addresses" classname="lan" time="0.01"/>
    </testsuite>
    <testsuite name="store" tests="2">
        <testcase name="append" classname="store" time="0.01">
            <failure type="test failure" message="boom">thread &apos;append&apos; panicked</failure>
            <system-err>skipped: not really</system-err>
        </testcase>
        <testcase name="opens" classname="store" time="0.01">
            <system-out>a line &lt;testcase</system-out>
        </testcase>
    </testsuite>
</testsuites>"#;

    #[test]
    fn passed_failed_and_skipped_are_told_apart() {
        let counts = parse(REPORT).expect("a report");
        assert_eq!((counts.passed, counts.failed, counts.skipped), (2, 1, 1));
        assert_eq!(
            counts.remarks,
            [
                "skipped: needs root & <iproute2> [lan mdns::resolves]",
                "failed: store append",
            ]
        );
    }

    #[test]
    fn what_is_no_report_is_an_error() {
        assert!(parse("").is_err());
        assert!(parse("{}").is_err());
    }
}
