//! What is said at the very end: why, then the table, then the one line that machines read.

use std::time::Duration;

use crate::counts::Counts;

/// A stage that is over.
pub struct Report {
    /// The name of the stage.
    pub name: &'static str,
    /// How long it took; nothing when it was not run.
    pub took: Option<Duration>,
    /// What it counted.
    pub counts: Counts,
}

impl Report {
    /// The result in one word.
    pub fn result(&self) -> &'static str {
        match (self.took, &self.counts) {
            (None, Counts { failed: 0, .. }) => "skipped",
            (None, _) => "not run",
            (Some(_), Counts { failed: 0, .. }) => "ok",
            (Some(_), _) => "FAILED",
        }
    }
}

/// The sum over all stages.
pub fn total(reports: &[Report]) -> Counts {
    reports.iter().fold(Counts::default(), |mut sum, report| {
        sum.add(report.counts.clone());
        sum
    })
}

/// Every remark with the stage it comes from.
pub fn remarks(reports: &[Report]) -> Vec<String> {
    reports
        .iter()
        .flat_map(|report| {
            report
                .counts
                .remarks
                .iter()
                .map(move |remark| format!("{}: {remark}", report.name))
        })
        .collect()
}

/// The table, one line a stage.
pub fn table(reports: &[Report]) -> Vec<String> {
    let width = reports
        .iter()
        .map(|report| report.name.len())
        .max()
        .unwrap_or_default()
        .max(5);
    let head = format!(
        "{:width$}  result   seconds  passed  failed  skipped",
        "stage"
    );
    let rows = reports.iter().map(|report| {
        let seconds = report.took.map_or_else(
            || "-".to_owned(),
            |took| format!("{:.1}", took.as_secs_f64()),
        );
        let Counts {
            passed,
            failed,
            skipped,
            ..
        } = report.counts;
        format!(
            "{:width$}  {:7}  {seconds:>7}  {passed:>6}  {failed:>6}  {skipped:>7}",
            report.name,
            report.result(),
        )
    });
    std::iter::once(head).chain(rows).collect()
}

/// The last line: `N passed, N failed`, and `, N skipped` where something was.
pub fn last_line(total: &Counts) -> String {
    let Counts {
        passed,
        failed,
        skipped,
        ..
    } = total;
    let skipped = if *skipped > 0 {
        format!(", {skipped} skipped")
    } else {
        String::new()
    };
    format!("{passed} passed, {failed} failed{skipped}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reports() -> Vec<Report> {
        let took = Some(Duration::from_millis(1_250));
        vec![
            Report {
                name: "fmt",
                took,
                counts: Counts::one(true),
            },
            Report {
                name: "nextest",
                took,
                counts: Counts {
                    passed: 140,
                    failed: 2,
                    skipped: 0,
                    remarks: vec!["failed: store append".to_owned()],
                },
            },
            Report {
                name: "budget",
                took: None,
                counts: Counts::failure("not run".to_owned()),
            },
            Report {
                name: "window",
                took: None,
                counts: Counts::skip("needs Linux"),
            },
        ]
    }

    #[test]
    fn the_table_lines_up() {
        assert_eq!(
            table(&reports()),
            [
                "stage    result   seconds  passed  failed  skipped",
                "fmt      ok           1.2       1       0        0",
                "nextest  FAILED       1.2     140       2        0",
                "budget   not run        -       0       1        0",
                "window   skipped        -       0       0        1",
            ]
        );
    }

    #[test]
    fn the_last_line_is_for_machines() {
        assert_eq!(
            last_line(&total(&reports())),
            "141 passed, 3 failed, 1 skipped"
        );
        assert_eq!(last_line(&Counts::one(true)), "1 passed, 0 failed");
    }

    #[test]
    fn remarks_name_their_stage() {
        assert_eq!(
            remarks(&reports()),
            [
                "nextest: failed: store append",
                "budget: not run",
                "window: skipped: needs Linux"
            ]
        );
    }
}
