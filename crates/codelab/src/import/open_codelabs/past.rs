//! What a backup tells of the people who worked through one of its codelabs: what they did, in the
//! order of time. Whatever is there must be read: wrong types, ids that lead nowhere, times that
//! cannot be are remarked on and mended, or left out alone.

mod answers;
mod left;
mod people;
mod rows;
mod talk;

use std::collections::BTreeMap;

use domain::{Timestamp, WorkshopTitle};
use serde_json::Value;

use super::fields::Fields;
use crate::{
    Diagnostic, DiagnosticCode,
    past::{Deed, Past, What, Who},
};
use people::{People, Words};
use rows::{Era, Remarks, Row, rows};

/// What is known of the codelab that the people worked through.
pub(super) struct Worked<'a> {
    /// The backup's file.
    pub(super) file: &'a str,
    /// The codelab's row.
    pub(super) codelab: Fields<'a>,
    /// When the backup was made.
    pub(super) backup_made: Option<&'a str>,
    /// The numbers of its steps, in order.
    pub(super) steps: Vec<i64>,
    /// Their ids, as numbers or words, and titles.
    pub(super) named_steps: Vec<(String, String)>,
    /// The rows of its quizzes.
    pub(super) quizzes: &'a [Value],
    pub(super) is_korean: bool,
    /// Whether a file is there.
    pub(super) has: &'a dyn Fn(&str) -> bool,
}

/// What is not taken, by its table and why.
const LEFT: &[(&[&str], DiagnosticCode)] = &[
    (&["audit_logs"], DiagnosticCode::AuditLogNotTaken),
    (
        &["codeserver_workspaces"],
        DiagnosticCode::WorkspacesNotTaken,
    ),
    (
        &["ai_conversations", "ai_threads"],
        DiagnosticCode::AiConversationsNotTaken,
    ),
];

/// Everything there is to read, as it is gathered.
struct Reader<'a, 'w> {
    worked: &'w Worked<'a>,
    people: People,
    deeds: Vec<Deed>,
    remarks: Remarks<'w>,
    submitted_bytes: u64,
}

/// Reads the past of one codelab. Nothing comes of it when nobody was ever there.
pub(super) fn read(
    tables: &BTreeMap<String, Value>,
    worked: &Worked<'_>,
) -> (Option<Past>, Vec<Diagnostic>) {
    let id = worked.codelab.0.get("id").filter(|id| !id.is_null());
    let belongs = |row: &Value| id.is_some() && row.get("codelab_id") == id;
    let created_at = worked.codelab.text("created_at");
    let era = Era::of(worked.backup_made, created_at.as_deref());
    let mut remarks = Remarks::new(worked.file);
    for (names, code) in LEFT {
        let rows = names
            .iter()
            .filter_map(|table| tables.get(*table)?.as_array());
        let count = rows.flatten().filter(|row| belongs(row)).count();
        remarks.not_taken(*code, count);
    }
    let of = |table: &'static str, remarks: &mut Remarks<'_>| {
        rows((table, tables.get(table)), &belongs, era, remarks)
    };
    let attendees = of("attendees", &mut remarks);
    left::secrets(&attendees, &mut remarks);
    let chat = of("chat_messages", &mut remarks);
    let help = of("help_requests", &mut remarks);
    let feedback = of("feedback", &mut remarks);
    let submissions = of("submissions", &mut remarks);
    let threads = of("inline_comment_threads", &mut remarks);
    let answers = of("quiz_submissions", &mut remarks);
    let is_empty = [
        &attendees,
        &chat,
        &help,
        &feedback,
        &submissions,
        &threads,
        &answers,
    ]
    .iter()
    .all(|rows| rows.is_empty());
    if is_empty {
        return (None, remarks.finish());
    }
    let people = People::of(&attendees, words(worked.is_korean), &mut remarks);
    let mut reader = Reader {
        worked,
        people,
        deeds: Vec::new(),
        remarks,
        submitted_bytes: 0,
    };
    reader.chat(&chat);
    let every = |_: &Value| true;
    let comments = (
        "inline_comment_messages",
        tables.get("inline_comment_messages"),
    );
    let comments = if threads.is_empty() {
        Vec::new()
    } else {
        rows(comments, &every, era, &mut reader.remarks)
    };
    reader.comments(&threads, &comments);
    reader.quiz_answers(&answers);
    reader.help(&help);
    reader.feedback(&feedback);
    reader.submissions(&submissions);
    reader.progress(&attendees, era);
    reader.finish()
}

fn words(is_korean: bool) -> Words {
    if is_korean {
        Words {
            attendee: "참가자",
            facilitator: "진행자",
        }
    } else {
        Words {
            attendee: "Attendee",
            facilitator: "Facilitator",
        }
    }
}

impl Reader<'_, '_> {
    fn did(&mut self, row: &Row<'_>, who: Who, what: What) {
        self.deeds.push(Deed {
            at: row.at,
            who,
            what,
        });
    }

    /// Where the step with a number stands; the last one for a number beyond.
    fn step(&self, number: i64) -> Option<usize> {
        let steps = &self.worked.steps;
        let exact = steps.iter().position(|step| *step == number);
        exact.or_else(|| {
            let beyond = steps.last().is_some_and(|last| number > *last);
            beyond.then(|| steps.len() - 1)
        })
    }

    fn help(&mut self, rows: &[Row<'_>]) {
        for row in rows {
            let Some(who) = self
                .people
                .owner(row, "attendee_name", &mut self.remarks)
                .map(Who::Attendee)
            else {
                self.remarks.lost(&row.place("attendee_id"));
                continue;
            };
            let step = row.fields.number("step_number");
            let step = step.and_then(|number| self.step(number));
            self.did(row, who, What::AskedForHelp(step));
            let status = row.fields.text("status").unwrap_or_default();
            let open = ["pending", "open", "waiting", "helping", "in_progress"];
            if !open.contains(&status.to_ascii_lowercase().as_str()) {
                self.did(row, who, What::WasHelped);
            }
        }
    }

    /// How far people came. The platform knows the step they were at last, and when they finished;
    /// it counts as known by the last that is known of them.
    fn progress(&mut self, rows: &[Row<'_>], era: Era) {
        for row in rows {
            let Some(index) = row.fields.text("id").and_then(|id| self.people.known(&id)) else {
                continue;
            };
            let done = row.fields.flag("is_completed");
            if let Some(at) = era.moment(row.fields, "completed_at") {
                self.people.seen(index, at);
            } else if row.fields.text("completed_at").is_some() {
                self.remarks.mended(&row.place("completed_at"));
            }
            let Some(last) = self.people.attendees.get(index).map(|person| person.last) else {
                continue;
            };
            let current = match row.fields.number("current_step") {
                Some(number) if number > 0 => self.step(number),
                Some(0) | None => None,
                Some(_) => {
                    self.remarks.mended(&row.place("current_step"));
                    None
                }
            };
            let passed = if done {
                self.worked.steps.len()
            } else {
                current.unwrap_or(0)
            };
            let mut deed = |what| {
                self.deeds.push(Deed {
                    at: last,
                    who: Who::Attendee(index),
                    what,
                });
            };
            (0..passed).map(What::Passed).for_each(&mut deed);
            if let Some(current) = current.filter(|_| !done) {
                deed(What::Reached(current));
            }
        }
    }

    fn finish(mut self) -> (Option<Past>, Vec<Diagnostic>) {
        self.people.ensure_facilitator();
        let People {
            attendees,
            facilitators,
            ..
        } = self.people;
        let joined = attendees.iter().enumerate().map(|(index, person)| Deed {
            at: person.first,
            who: Who::Attendee(index),
            what: What::Joined,
        });
        let mut deeds = joined.collect::<Vec<_>>();
        deeds.append(&mut self.deeds);
        // Stable: of the same moment, whoever joins is first, and rows stay in their order.
        deeds.sort_by_key(|deed| deed.at);
        let began = deeds.first().map(|deed| deed.at);
        let past = Past {
            title: title(self.worked),
            attendees: attendees.into_iter().map(|person| person.name).collect(),
            facilitators,
            deeds,
            submitted_bytes: self.submitted_bytes,
        };
        (began.map(|_: Timestamp| past), self.remarks.finish())
    }
}

/// The codelab's title and where the workshop comes from.
fn title(worked: &Worked<'_>) -> WorkshopTitle {
    let behind = if worked.is_korean {
        " (Open Codelabs 백업)"
    } else {
        " (Open Codelabs backup)"
    };
    let room = WorkshopTitle::MAX_CHARS - behind.chars().count();
    let title = worked.codelab.text("title").unwrap_or_default();
    let short = title.chars().take(room).collect::<String>();
    WorkshopTitle::parse(&format!("{short}{behind}"))
        .unwrap_or_else(|_| unreachable!("its end alone is a title"))
}

#[cfg(test)]
mod tests;
