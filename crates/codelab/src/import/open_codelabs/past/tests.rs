use domain::workshop::Grade;
use serde_json::{Value, json};

use super::super::backup::Backup;
use crate::{
    Diagnostic, DiagnosticCode,
    import::manifest::Converted,
    past::{Deed, Past, Submitted, What, Who},
};

fn read(data: &Value, has: &dyn Fn(&str) -> bool) -> Converted {
    let backup = json!({ "version": 1, "created_at": "2026-03-05T00:00:00Z", "data": data });
    let backup = Backup::read("backup.json", backup.to_string().as_bytes()).expect("a backup");
    backup.convert("backup.json", 0, has).expect("a codelab")
}

fn past(data: &Value) -> (Past, Vec<String>) {
    let converted = read(data, &|name| name == "uploads/submissions/a.zip");
    let past = converted.past.expect("somebody was there").past;
    (past, subjects(&converted.diagnostics))
}

fn subjects(remarks: &[Diagnostic]) -> Vec<String> {
    let remarks = remarks.iter();
    remarks
        .map(|remark| format!("{:?} {}", remark.code, remark.subject))
        .collect()
}

fn with(mut tables: Value) -> Value {
    let codelab = json!([{ "id": "c", "title": "Git", "created_at": "2026-03-01 08:00:00" }]);
    let step = |number: i64| json!({ "id": format!("s{number}"), "codelab_id": "c", "step_number": number, "title": format!("Step {number}"), "content_markdown": "Words." });
    tables["codelabs"] = codelab;
    tables["steps"] = json!([step(1), step(2), step(3)]);
    if tables["quizzes"].is_null() {
        tables["quizzes"] = json!([
            { "id": "c", "codelab_id": "c", "question": "Which?", "options": ["a", "b"], "correct_answer": 1 },
        ]);
    }
    tables
}

fn told(past: &Past) -> Vec<String> {
    let deed = |deed: &Deed| {
        let who = match deed.who {
            Who::Attendee(index) => past.attendees[index].as_str(),
            Who::Facilitator(index) => past.facilitators[index].as_str(),
            Who::Nobody => "somebody",
        };
        let what = match &deed.what {
            What::Said(text) => format!("said {}", text.as_str()),
            What::SaidDirectly { with, text } => {
                format!("told {} {}", past.attendees[*with].as_str(), text.as_str())
            }
            What::Commented { thread, text } => format!("commented {thread} {}", text.as_str()),
            What::GaveFeedback {
                difficulty,
                satisfaction,
                comment,
            } => format!(
                "thinks {:?} {:?} {}",
                difficulty.map(Grade::get),
                satisfaction.map(Grade::get),
                comment.as_ref().map_or("", |text| text.as_str())
            ),
            What::AnsweredQuiz { choices, right, .. } => format!("chose {choices:?}, {right}"),
            What::Submitted(Submitted::Link(address)) => format!("gave {}", address.as_str()),
            What::Submitted(Submitted::File { reference, name }) => {
                format!("gave {} ({reference})", name.as_str())
            }
            other @ (What::Joined
            | What::Passed(_)
            | What::Reached(_)
            | What::AskedForHelp(_)
            | What::WasHelped) => format!("{other:?}"),
        };
        let minute = (deed.at.as_ms() - 1_772_614_800_000) / 60_000;
        format!("{minute:>3} {who} {what}")
    };
    past.deeds.iter().map(deed).collect()
}

#[test]
fn what_people_did_stands_in_the_order_of_time() {
    let at = |time: &str| format!("2026-03-04 {time}:00");
    let data = with(json!({
        "attendees": [
            { "id": "a", "codelab_id": "c", "name": "Ada", "code": "v1:x", "email": "a@b.c",
              "current_step": 3, "is_completed": true, "completed_at": at("10:30"), "created_at": at("09:00") },
            { "id": "b", "codelab_id": "c", "name": "Ada", "current_step": 2, "created_at": at("09:05") },
            { "id": "z", "codelab_id": "other", "name": "Zoe", "created_at": at("09:05") },
        ],
        "chat_messages": [
            { "codelab_id": "c", "sender_name": "Grace", "message": "Welcome", "msg_type": "chat", "created_at": at("09:10") },
            { "codelab_id": "c", "sender_id": "b", "sender_name": "Ada", "message": "psst", "msg_type": "dm", "target_id": "facilitator", "created_at": at("09:11") },
            { "codelab_id": "c", "sender_name": "Grace", "message": "yes?", "msg_type": "dm", "target_id": "b", "created_at": at("09:12") },
            { "codelab_id": "c", "sender_name": "Grace", "message": "secret", "msg_type": "dm", "target_id": "gone", "created_at": at("09:12") },
            { "codelab_id": "c", "sender_id": "gone", "sender_name": "Lin", "message": "hi", "msg_type": "chat" },
        ],
        "help_requests": [
            { "codelab_id": "c", "attendee_id": "b", "step_number": 2, "status": "resolved", "created_at": at("09:20") },
            { "codelab_id": "c", "attendee_id": "b", "step_number": 99, "status": "pending", "created_at": at("09:30") },
        ],
        "feedback": [
            { "codelab_id": "c", "attendee_id": "a", "difficulty": "2", "satisfaction": 5, "comment": "More!", "created_at": at("10:31") },
            { "codelab_id": "c", "difficulty": "9", "satisfaction": "4", "created_at": at("10:32") },
        ],
        "submissions": [
            { "codelab_id": "c", "attendee_id": "a", "file_path": "/uploads/submissions/a.zip", "file_name": "work.zip", "file_size": 12, "created_at": at("10:00") },
            { "codelab_id": "c", "attendee_id": "a", "submission_type": "link", "link_url": "https://x.y", "created_at": at("10:01") },
            { "codelab_id": "c", "attendee_id": "a", "file_path": "/uploads/submissions/b.zip", "file_name": "b.zip", "created_at": at("10:02") },
        ],
        "inline_comment_threads": [
            { "id": "t", "codelab_id": "c", "target_type": "step", "target_step_id": "s2", "selected_text": "two\nlines", "created_at": at("09:40") },
        ],
        "inline_comment_messages": [
            { "thread_id": "t", "author_role": "attendee", "author_id": "b", "author_name": "Ada", "message": "Why?", "created_at": at("09:41") },
            { "thread_id": "t", "author_role": "facilitator", "author_name": "Grace", "message": "So.", "created_at": at("09:42") },
        ],
        "quiz_submissions": [{ "codelab_id": "c" }, { "codelab_id": "other" }],
        "audit_logs": [{ "codelab_id": "c", "ip": "1.2.3.4" }],
        "ai_threads": [{ "codelab_id": "c" }, { "codelab_id": "c" }],
    }));
    let (past, remarks) = past(&data);
    assert_eq!(past.title.as_str(), "Git (Open Codelabs backup)");
    insta::assert_snapshot!(told(&past).join("\n"), @r"
      0 Ada Joined
      5 Ada Joined
     10 Grace said Welcome
     11 Ada told Ada psst
     12 Lin Joined
     12 Grace told Ada yes?
     12 Lin said hi
     20 Ada AskedForHelp(Some(1))
     20 Ada WasHelped
     30 Ada AskedForHelp(Some(2))
     41 Ada commented 0 [Step 2]
    > two
    > lines

    Why?
     41 Ada Passed(0)
     41 Ada Reached(1)
     42 Grace commented 0 So.
     60 Ada gave work.zip (uploads/submissions/a.zip)
     61 Ada gave https://x.y
     91 Ada thinks Some(2) Some(5) More!
     91 Ada Passed(0)
     91 Ada Passed(1)
     91 Ada Passed(2)
     92 somebody thinks None Some(4)
    ");
    insta::assert_snapshot!(remarks.join("\n"), @r"
    RecordsUnclaimed attendees: 1, quiz_submissions: 1
    AuditLogNotTaken 1
    AiConversationsNotTaken 2
    CodesNotTaken 1
    AddressesNotTaken 1
    RecordMended data.chat_messages[4].created_at
    RecordMended data.quiz_submissions[0].created_at
    RecordUnreadable data.chat_messages[3].target_id
    RecordMended data.chat_messages[4].sender_id
    QuizAnswersNotTaken 1
    RecordMended data.feedback[1].difficulty
    SubmissionNotFound b.zip
    ");
    assert_eq!(past.submitted_bytes, 12);
    let figures = past.figures();
    assert_eq!((figures.attendees, figures.messages), (3, 6));
    assert_eq!(
        (figures.help_requests, figures.feedback, figures.submissions),
        (2, 2, 2)
    );
}

#[test]
fn answers_to_quizzes_are_taken_with_how_they_were_judged() {
    let answer = |quiz: &str, who: &str, answer: Value, right: bool| {
        json!({ "codelab_id": "c", "quiz_id": quiz, "attendee_id": who, "answer": answer,
            "is_correct": right, "created_at": "2026-03-04 09:30:00" })
    };
    let data = with(json!({
        "attendees": [{ "id": "a", "codelab_id": "c", "name": "Ada", "created_at": "2026-03-04 09:00:00" }],
        "quizzes": [
            { "id": "q", "codelab_id": "c", "question": "Which?", "options": "[\"a\",\"b\"]", "correct_answer": 1 },
            { "id": "own", "codelab_id": "c", "question": "Why?" },
        ],
        "quiz_submissions": [
            answer("q", "a", json!("0"), false),
            answer("q", "a", json!(1), true),
            answer("own", "a", json!("Because"), true),
            answer("gone", "a", json!(1), true),
            answer("q", "a", json!(7), true),
            answer("q", "nobody", json!(1), true),
        ],
    }));
    let (past, remarks) = past(&data);
    assert_eq!(
        told(&past),
        [
            "  0 Ada Joined",
            " 30 Attendee Joined",
            " 30 Ada chose {0}, false",
            " 30 Ada chose {1}, true",
            " 30 Attendee chose {1}, true",
        ]
    );
    assert_eq!(
        remarks,
        [
            "RecordUnreadable data.quiz_submissions[4].answer",
            "RecordMended data.quiz_submissions[5].attendee_id",
            "QuizAnswersNotTaken 2",
        ]
    );
    assert_eq!(past.figures().quiz_answers, 3);
}

#[test]
fn long_messages_are_cut_between_words_and_nothing_is_lost() {
    let words = "word ".repeat(2000);
    let data = with(json!({ "chat_messages": [
        { "codelab_id": "c", "sender_name": "Grace", "message": words, "created_at": "2026-03-04 09:00:00" },
        { "codelab_id": "c", "sender_name": "Grace", "message": " ", "created_at": "2026-03-04 09:00:00" },
    ] }));
    let (past, remarks) = past(&data);
    let said = past.deeds.iter().filter_map(|deed| match &deed.what {
        What::Said(text) => Some(text.as_str()),
        What::Joined
        | What::Passed(_)
        | What::Reached(_)
        | What::SaidDirectly { .. }
        | What::Commented { .. }
        | What::AskedForHelp(_)
        | What::WasHelped
        | What::GaveFeedback { .. }
        | What::AnsweredQuiz { .. }
        | What::Submitted(_) => None,
    });
    let said = said.collect::<Vec<_>>();
    assert_eq!(said.len(), 3);
    assert_eq!(said.join(" "), words.trim());
    assert_eq!(
        remarks,
        [
            "MessageSplit data.chat_messages[0].message",
            "RecordUnreadable data.chat_messages[1].message"
        ]
    );
}

#[test]
fn times_that_cannot_be_are_those_of_a_neighbour() {
    let person =
        |id: &str, at: Value| json!({ "id": id, "codelab_id": "c", "name": id, "created_at": at });
    let data = with(json!({ "attendees": [
        person("a", Value::Null),
        person("b", json!("2026-03-04 09:00:00")),
        person("c", json!("9999-12-31 23:59:59")),
        person("d", json!(-5)),
        person("e", json!("2026-03-04T19:00:00+09:00")),
    ] }));
    let (past, remarks) = past(&data);
    insta::assert_snapshot!(told(&past).join("\n"), @r"
     0 a Joined
     0 b Joined
     0 c Joined
     0 d Joined
    60 e Joined
    ");
    assert_eq!(remarks.len(), 3, "{remarks:?}");
}

#[test]
fn a_hostile_backup_earns_few_remarks() {
    let many = (0..30_000).map(|number| json!({ "id": number, "codelab_id": "c", "name": 5 }));
    let data = with(json!({
        "attendees": many.collect::<Vec<_>>(),
        "chat_messages": { "not": "a list" },
        "feedback": [3, "x", null],
    }));
    let (past, remarks) = past(&data);
    assert_eq!(past.attendees.len(), 20_000);
    assert!(remarks.len() < 50, "{}", remarks.len());
    assert!(remarks.contains(&"RecordUnreadable data.chat_messages".to_owned()));
    assert!(remarks.contains(&"RecordUnreadable data.feedback[1]".to_owned()));
    let counted = remarks.iter().filter(|remark| remark.contains("… +"));
    assert_eq!(counted.count(), 2, "{remarks:?}");
}

#[test]
fn what_belongs_to_no_codelab_is_counted() {
    let data = with(json!({
        "quizzes": [{ "codelab_id": "gone", "question": "?" }, 5],
        "materials": [{ "title": "T" }],
        "attendees": [{ "id": "z", "codelab_id": "gone" }, { "id": "y" }, 7],
        "chat_messages": [{ "codelab_id": "gone", "message": "hi" }],
        "inline_comment_threads": [{ "id": "t", "codelab_id": "c" }],
        "inline_comment_messages": [{ "thread_id": "t", "message": "a" }, { "thread_id": "u" }],
        "audit_logs": [{ "codelab_id": null }, { "codelab_id": "c" }],
        "ai_threads": [{ "id": "u" }],
        "ai_messages": [{ "thread_id": "u" }],
        "reactions": [{ "codelab_id": "c" }],
    }));
    let of_no_codelab = |converted: &Converted| {
        let mut remarks = converted.diagnostics.iter();
        let remark = remarks.find(|found| found.code == DiagnosticCode::RecordsUnclaimed);
        remark.map(|found| found.subject.clone())
    };
    assert_eq!(
        of_no_codelab(&read(&data, &|_| true)).as_deref(),
        Some(
            "ai_threads: 1, attendees: 2, audit_logs: 1, chat_messages: 1, \
             inline_comment_messages: 1, materials: 1, quizzes: 2, reactions: 1"
        )
    );
    // Said once, by the first codelab that comes in.
    let mut two = with(json!({ "reactions": [1] }));
    two["codelabs"] = json!([{ "id": "empty" }, { "id": "c", "title": "Git" }, { "id": "d" }]);
    two["steps"][2]["codelab_id"] = json!("d");
    let backup = json!({ "data": two }).to_string();
    let backup = Backup::read("backup.json", backup.as_bytes()).expect("a backup");
    let said = [1, 2].map(|index| {
        let converted = backup.convert("backup.json", index, &|_| true);
        of_no_codelab(&converted.expect("a codelab"))
    });
    assert_eq!(said, [Some("reactions: 1".to_owned()), None]);
}

#[test]
fn nobody_was_there() {
    let converted = read(&with(json!({})), &|_| true);
    assert!(converted.past.is_none());
    assert_eq!(subjects(&converted.diagnostics), Vec::<String>::new());
    let codes = converted.diagnostics.iter().map(|remark| remark.code);
    assert!(
        !codes
            .into_iter()
            .any(|code| code == DiagnosticCode::HistoryNotTaken)
    );
}

mod hostile {
    use proptest::{collection::vec, prelude::*};
    use serde_json::{Map, Value, json};

    use super::{read, with};

    const FIELDS: &[&str] = &[
        "id",
        "codelab_id",
        "name",
        "code",
        "email",
        "current_step",
        "is_completed",
        "completed_at",
        "created_at",
        "attendee_id",
        "attendee_name",
        "step_number",
        "status",
        "sender_name",
        "sender_id",
        "target_id",
        "message",
        "msg_type",
        "difficulty",
        "satisfaction",
        "comment",
        "file_path",
        "file_name",
        "file_size",
        "submission_type",
        "link_url",
        "target_step_id",
        "selected_text",
        "thread_id",
        "author_role",
        "author_id",
        "author_name",
        "quiz_id",
        "answer",
        "is_correct",
    ];

    const TABLES: &[&str] = &[
        "attendees",
        "help_requests",
        "chat_messages",
        "feedback",
        "submissions",
        "quiz_submissions",
        "inline_comment_threads",
        "inline_comment_messages",
        "audit_logs",
    ];

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            3 => Just(json!("c")),
            2 => prop::sample::select(vec![
                "a", "", "dm", "link", "attendee", "2026-03-04 09:00:00", "9999-12-31T23:59:59Z",
                "-000001-01-01", "../../etc/passwd", "/uploads/x", "\u{0}\u{202E}", "s1",
            ]).prop_map(|text| json!(text)),
            1 => any::<String>().prop_map(Value::from),
            1 => any::<i64>().prop_map(Value::from),
            1 => any::<f64>().prop_map(|number| json!(number)),
            1 => any::<bool>().prop_map(Value::from),
            1 => Just(Value::Null),
            1 => Just(json!([{ "id": [] }])),
            1 => Just(json!("x".repeat(9000))),
        ]
    }

    fn row() -> impl Strategy<Value = Value> {
        let fields = vec((prop::sample::select(FIELDS), value()), 0..20);
        let row = fields.prop_map(|fields| {
            let mut row = Map::new();
            row.insert("codelab_id".to_owned(), json!("c"));
            row.extend(
                fields
                    .into_iter()
                    .map(|(field, value)| (field.to_owned(), value)),
            );
            Value::Object(row)
        });
        prop_oneof![9 => row, 1 => value()]
    }

    proptest! {
        #[test]
        fn whatever_a_backup_says_of_people_is_read(
            tables in vec((prop::sample::select(TABLES), vec(row(), 0..6)), 0..8),
            odd in prop::sample::select(TABLES), oddity in value(), is_there in any::<bool>(),
        ) {
            let mut data = with(json!({}));
            data[odd] = oddity;
            for (table, rows) in tables {
                data[table] = Value::Array(rows);
            }
            let converted = read(&data, &|_| is_there);
            let Some(past) = converted.past.map(|converted| converted.past) else {
                return Ok(());
            };
            let times = past.deeds.iter().map(|deed| deed.at);
            prop_assert!(times.is_sorted());
            let mut here = vec![false; past.attendees.len()];
            for deed in &past.deeds {
                match deed.who {
                    super::Who::Attendee(index) => {
                        if deed.what == super::What::Joined {
                            here[index] = true;
                        }
                        prop_assert!(here[index], "nobody does anything before they come");
                    }
                    super::Who::Facilitator(index) => prop_assert!(index < past.facilitators.len()),
                    super::Who::Nobody => {}
                }
                if let super::What::SaidDirectly { with, .. } = deed.what {
                    prop_assert!(here[with]);
                }
            }
        }
    }
}
