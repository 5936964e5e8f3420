//! Tables of what people left: feedback, and work that they handed in.

use axum::response::Response;
use domain::{
    SeatId,
    workshop::{Grade, Work, report::Report},
};

use super::{
    Language, TableQuery,
    tables::{file_name, name},
};
use crate::{
    civil_time::civil,
    csv::{Csv, MEDIA_TYPE},
    download::download,
};

/// The words of the first lines.
struct Words {
    feedback_file: &'static str,
    feedback: [&'static str; 5],
    submissions_file: &'static str,
    submissions: [&'static str; 6],
}

const ENGLISH: Words = Words {
    feedback_file: "feedback",
    feedback: [
        "Name",
        "Time",
        "Difficulty (1-5)",
        "Satisfaction (1-5)",
        "Comment",
    ],
    submissions_file: "submissions",
    submissions: ["Number", "Name", "Time", "Link", "File", "Bytes"],
};

const KOREAN: Words = Words {
    feedback_file: "피드백",
    feedback: ["이름", "시각", "난이도(1~5)", "만족도(1~5)", "의견"],
    submissions_file: "제출물",
    submissions: ["번호", "이름", "시각", "링크", "파일", "바이트"],
};

const fn words(language: Language) -> &'static Words {
    match language {
        Language::En => &ENGLISH,
        Language::Ko => &KOREAN,
    }
}

/// A line for each time that somebody said what they think.
pub fn feedback(report: &Report, query: &TableQuery) -> Response {
    let words = words(query.language);
    let mut csv = Csv::with_heading(words.feedback);
    let grade = |grade: Option<Grade>| {
        let number = grade.map(|grade| grade.get().to_string());
        number.unwrap_or_default()
    };
    for given in &report.feedback {
        csv.line([
            given
                .seat
                .map(|seat| person(report, seat))
                .unwrap_or_default(),
            civil(given.at, query.utc_offset_minutes),
            grade(given.difficulty),
            grade(given.satisfaction),
            given
                .comment
                .as_ref()
                .map(|text| text.as_str().to_owned())
                .unwrap_or_default(),
        ]);
    }
    let name = file_name(report, words.feedback_file);
    download(MEDIA_TYPE, &name, csv.into_text())
}

/// A line for each thing that was handed in.
pub fn submissions(report: &Report, query: &TableQuery) -> Response {
    let words = words(query.language);
    let mut csv = Csv::with_heading(words.submissions);
    for submission in &report.submissions {
        let [link, file, bytes] = match &submission.work {
            Work::Link(address) => [address.as_str().to_owned(), String::new(), String::new()],
            Work::File {
                name, size_bytes, ..
            } => [
                String::new(),
                name.as_str().to_owned(),
                size_bytes.to_string(),
            ],
        };
        csv.line([
            submission.id.to_string(),
            person(report, submission.seat),
            civil(submission.at, query.utc_offset_minutes),
            link,
            file,
            bytes,
        ]);
    }
    let name = file_name(report, words.submissions_file);
    download(MEDIA_TYPE, &name, csv.into_text())
}

fn person(report: &Report, seat: SeatId) -> String {
    let found = report.people.iter().find(|person| person.seat == seat);
    found.map(name).unwrap_or_default()
}
