//! The records of a backup that come in with none of its codelabs.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Data, Fields};
use crate::{Diagnostic, DiagnosticCode, Severity};

/// Tables about people whose rows name their codelab. Whoever reads one remarks on what is no row.
const OF_CODELABS: &[&str] = &[
    "attendees",
    "chat_messages",
    "help_requests",
    "feedback",
    "submissions",
    "inline_comment_threads",
    "quiz_submissions",
    "audit_logs",
    "codeserver_workspaces",
    "ai_conversations",
    "ai_threads",
];

/// A table whose rows name the thread that they are in, and the table of these.
const COMMENTS: (&str, &str) = ("inline_comment_messages", "inline_comment_threads");

/// Counted with the conversations that they are in.
const AI_MESSAGES: &str = "ai_messages";

/// A remark with how many there are of each kind.
pub(super) fn remark(file: &str, data: &Data) -> Option<Diagnostic> {
    /// Enough kinds to know what is meant; a hostile backup has thousands.
    const SHOWN: usize = 12;
    let counts = counts(data);
    let words = |(table, count): (&String, &usize)| {
        let table = table.chars().take(40).collect::<String>();
        format!("{table}: {count}")
    };
    let mut told = counts.iter().take(SHOWN).map(words).collect::<Vec<_>>();
    if counts.len() > SHOWN {
        told.push("…".to_owned());
    }
    let code = DiagnosticCode::RecordsUnclaimed;
    let remark = Diagnostic::of_file(file, Severity::Warning, code, &told.join(", "));
    (!counts.is_empty()).then_some(remark)
}

fn counts(data: &Data) -> BTreeMap<String, usize> {
    let null = Value::Null;
    let id = |row: &Value| row.get("id").unwrap_or(&null).to_string();
    let codelabs = data.codelabs.iter().map(id).collect::<BTreeSet<_>>();
    let codelab = |row: &Value| row.get("codelab_id").map(Value::to_string);
    let is_claimed = |row: &Value| codelab(row).is_some_and(|id| codelabs.contains(&id));
    let mut counts = BTreeMap::new();
    let mut count = |table: &str, rows: &[Value], is_lost: &dyn Fn(&Value) -> bool| {
        let lost = rows.iter().filter(|row| is_lost(row)).count();
        if lost > 0 {
            counts.insert(table.to_owned(), lost);
        }
    };
    for (table, rows) in [
        ("steps", &data.steps),
        ("quizzes", &data.quizzes),
        ("materials", &data.materials),
    ] {
        count(table, rows, &|row| !is_claimed(row));
    }
    let rows_of = |table: &str| data.people.get(table).and_then(Value::as_array);
    let threads = rows_of(COMMENTS.1).into_iter().flatten();
    let threads = threads.filter_map(|row| Fields(row).text("id"));
    let threads = threads.collect::<BTreeSet<_>>();
    for table in data.people.keys().filter(|table| *table != AI_MESSAGES) {
        let Some(rows) = rows_of(table) else { continue };
        if OF_CODELABS.contains(&table.as_str()) {
            // Without an id of its own a codelab has no people.
            let of_somebody = |row: &Value| is_claimed(row) && row.get("codelab_id") != Some(&null);
            count(table, rows, &|row| row.is_object() && !of_somebody(row));
        } else if table == COMMENTS.0 {
            let thread = |row: &Value| Fields(row).text("thread_id");
            let is_known = |row: &Value| thread(row).is_some_and(|id| threads.contains(&id));
            count(table, rows, &|row| row.is_object() && !is_known(row));
        } else {
            count(table, rows, &|_| true);
        }
    }
    counts
}
