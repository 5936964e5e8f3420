//! The rows of a backup's table that belong to one codelab: where each stands, when it was made,
//! and remarks on what is not as it should be.

use std::collections::BTreeMap;

use domain::Timestamp;
use serde_json::Value;

use crate::{Diagnostic, DiagnosticCode, Severity, import::open_codelabs::fields::Fields};

/// Remarks of one kind on one backup; a hostile one could earn millions.
const OF_EACH_KIND: usize = 20;

/// 2000-01-01; the platform is younger.
const EARLIEST_MS: i64 = 946_684_800_000;

/// A row and where it stands in its file: `data.attendees[3]`.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) table: &'static str,
    pub(super) number: usize,
    pub(super) fields: Fields<'a>,
    pub(super) at: Timestamp,
}

impl<'a> Row<'a> {
    /// The place of one of its fields.
    pub(super) fn place(&self, field: &str) -> String {
        let (table, number) = (self.table, self.number);
        format!("data.{table}[{number}].{field}")
    }

    /// A text as it was written; numbers count as words.
    pub(super) fn written(&self, field: &str) -> Option<&'a str> {
        self.fields.0.get(field).and_then(Value::as_str)
    }
}

/// What was noticed, within bounds.
pub(super) struct Remarks<'a> {
    file: &'a str,
    found: Vec<Diagnostic>,
    counts: BTreeMap<&'static str, (Severity, DiagnosticCode, usize)>,
}

impl<'a> Remarks<'a> {
    pub(super) fn new(file: &'a str) -> Self {
        Self {
            file,
            found: Vec::new(),
            counts: BTreeMap::new(),
        }
    }

    /// Something is left out.
    pub(super) fn lost(&mut self, place: &str) {
        self.add(
            "lost",
            Severity::Error,
            DiagnosticCode::RecordUnreadable,
            place,
        );
    }

    /// Something was taken otherwise than it stands there.
    pub(super) fn mended(&mut self, place: &str) {
        self.add(
            "mended",
            Severity::Warning,
            DiagnosticCode::RecordMended,
            place,
        );
    }

    /// A text was cut into several.
    pub(super) fn split(&mut self, place: &str) {
        self.add(
            "split",
            Severity::Warning,
            DiagnosticCode::MessageSplit,
            place,
        );
    }

    /// A file that was handed in is not there.
    pub(super) fn file_missing(&mut self, name: &str) {
        self.add(
            "file",
            Severity::Error,
            DiagnosticCode::SubmissionNotFound,
            name,
        );
    }

    /// So much of something is not taken.
    pub(super) fn not_taken(&mut self, code: DiagnosticCode, count: usize) {
        if count > 0 {
            let subject = count.to_string();
            let remark = Diagnostic::of_file(self.file, Severity::Warning, code, &subject);
            self.found.push(remark);
        }
    }

    fn add(&mut self, kind: &'static str, severity: Severity, code: DiagnosticCode, subject: &str) {
        let (_, _, count) = self.counts.entry(kind).or_insert((severity, code, 0));
        *count += 1;
        if *count <= OF_EACH_KIND {
            let short = subject.chars().take(120).collect::<String>();
            let remark = Diagnostic::of_file(self.file, severity, code, &short);
            self.found.push(remark);
        }
    }

    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        for (severity, code, count) in self.counts.into_values() {
            if count > OF_EACH_KIND {
                let more = format!("… +{}", count - OF_EACH_KIND);
                let remark = Diagnostic::of_file(self.file, severity, code, &more);
                self.found.push(remark);
            }
        }
        self.found
    }
}

/// The bounds of the time in which the workshop can have been.
#[derive(Clone, Copy)]
pub(super) struct Era {
    /// What counts when nothing else is known.
    pub(super) otherwise: Timestamp,
    /// Nothing can be later.
    pub(super) until: Timestamp,
}

impl Era {
    /// From when the backup and the codelab were made.
    pub(super) fn of(backup: Option<&str>, codelab: Option<&str>) -> Self {
        const DAY_MS: i64 = 24 * 60 * 60 * 1000;
        /// 2100-01-01.
        const LATEST_MS: i64 = 4_102_444_800_000;
        let within = |ms: &i64| (EARLIEST_MS..LATEST_MS).contains(ms);
        let made = backup.and_then(moment_ms).filter(within);
        let until = made.map_or(LATEST_MS, |made| made.saturating_add(DAY_MS));
        let codelab = codelab.and_then(moment_ms).filter(within);
        let otherwise = codelab.filter(|begun| *begun <= until).or(made);
        Self {
            otherwise: Timestamp::from_ms(otherwise.unwrap_or(EARLIEST_MS)),
            until: Timestamp::from_ms(until),
        }
    }

    /// A moment of a row; nothing when there is none, or it cannot be.
    pub(super) fn moment(self, fields: Fields<'_>, field: &str) -> Option<Timestamp> {
        let ms = moment_ms(&fields.text(field)?)?;
        let is_possible = (EARLIEST_MS..=self.until.as_ms()).contains(&ms);
        is_possible.then(|| Timestamp::from_ms(ms))
    }
}

/// The rows of a table that belong to a codelab. A row without a time has that of its neighbour.
pub(super) fn rows<'a>(
    (table, all): (&'static str, Option<&'a Value>),
    belongs: &dyn Fn(&Value) -> bool,
    era: Era,
    remarks: &mut Remarks<'_>,
) -> Vec<Row<'a>> {
    let all = match all {
        Some(Value::Array(all)) => all.as_slice(),
        None | Some(Value::Null) => &[],
        Some(Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_)) => {
            remarks.lost(&format!("data.{table}"));
            &[]
        }
    };
    let mut rows = Vec::new();
    let mut timeless = 0;
    let mut last = None;
    for (number, value) in all.iter().enumerate() {
        if !value.is_object() {
            remarks.lost(&format!("data.{table}[{number}]"));
            continue;
        }
        if !belongs(value) {
            continue;
        }
        let fields = Fields(value);
        let found = era.moment(fields, "created_at");
        let row = Row {
            table,
            number,
            fields,
            at: found.or(last).unwrap_or(era.otherwise),
        };
        if found.is_none() {
            remarks.mended(&row.place("created_at"));
        }
        last = found.or(last);
        if last.is_none() {
            timeless += 1;
        }
        rows.push(row);
    }
    // The first ones have no neighbour but the next.
    if let Some(next) = rows.get(timeless).map(|row| row.at) {
        for row in rows.iter_mut().take(timeless) {
            row.at = next;
        }
    }
    rows
}

/// Milliseconds since 1970 of what databases write (`2026-03-04 09:30:00`, in UTC) and of RFC 3339.
fn moment_ms(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<jiff::Timestamp>() {
        return Some(moment.as_millisecond());
    }
    let civil = text.parse::<jiff::civil::DateTime>().ok()?;
    let moment = jiff::tz::Offset::UTC.to_timestamp(civil).ok()?;
    Some(moment.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::moment_ms;

    #[test]
    fn moments_are_read_as_databases_and_as_the_web_write_them() {
        let noon = Some(1_772_625_600_000);
        for text in [
            "2026-03-04 12:00:00",
            "2026-03-04T12:00:00Z",
            "2026-03-04T21:00:00+09:00",
            "2026-03-04 12:00:00.000",
        ] {
            assert_eq!(moment_ms(text), noon, "{text}");
        }
        for text in ["", "yesterday", "2026-13-04 12:00:00", "99999-01-01"] {
            assert_eq!(moment_ms(text), None, "{text}");
        }
    }
}
