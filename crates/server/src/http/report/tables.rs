//! The report's tables, line by line.

use axum::response::Response;
use domain::workshop::{
    StepRef,
    report::{Attendance, QuizReport, Report, StepReport},
};

use super::{Language, TableQuery};
use crate::{
    civil_time::civil,
    csv::{Csv, MEDIA_TYPE},
    download::download,
};

/// The words of the first lines.
struct Words {
    attendance_file: &'static str,
    attendance: [&'static str; 12],
    minutes_at: fn(position: u32, title: &str) -> String,
    steps_file: &'static str,
    steps: [&'static str; 12],
    quizzes_file: &'static str,
    quizzes: [&'static str; 9],
}

const ENGLISH: Words = Words {
    attendance_file: "attendance",
    attendance: [
        "Seat",
        "Name",
        "Joined",
        "Last active",
        "Minutes at steps",
        "Steps done",
        "Steps",
        "Quizzes answered",
        "Quizzes right in the end",
        "Quizzes",
        "Messages",
        "Help requests",
    ],
    minutes_at: |position, title| format!("Minutes: {position}. {title}"),
    steps_file: "steps",
    steps: [
        "Codelab",
        "Step",
        "Title",
        "Planned minutes",
        "Opened by",
        "Finished by",
        "Lower quartile (min)",
        "Median (min)",
        "Upper quartile (min)",
        "Proposed minutes",
        "Help requests",
        "Median wait for help (min)",
    ],
    quizzes_file: "quizzes",
    quizzes: [
        "Codelab",
        "Step",
        "Title",
        "Question",
        "Right answer",
        "Answered by",
        "Right the first time",
        "Right in the end",
        "Answers",
    ],
};

const KOREAN: Words = Words {
    attendance_file: "출석",
    attendance: [
        "자리",
        "이름",
        "입장",
        "마지막 활동",
        "단계에 쓴 시간(분)",
        "마친 단계",
        "전체 단계",
        "답한 퀴즈",
        "결국 맞힌 퀴즈",
        "전체 퀴즈",
        "메시지",
        "도움 요청",
    ],
    minutes_at: |position, title| format!("분: {position}. {title}"),
    steps_file: "단계",
    steps: [
        "코드랩",
        "단계",
        "제목",
        "예정 시간(분)",
        "연 사람",
        "마친 사람",
        "하위 사분위수(분)",
        "중앙값(분)",
        "상위 사분위수(분)",
        "제안 시간(분)",
        "도움 요청",
        "도움 대기 중앙값(분)",
    ],
    quizzes_file: "퀴즈",
    quizzes: [
        "코드랩",
        "단계",
        "제목",
        "질문",
        "정답",
        "답한 사람",
        "처음에 맞힌 사람",
        "결국 맞힌 사람",
        "답한 횟수",
    ],
};

impl Language {
    const fn words(self) -> &'static Words {
        match self {
            Self::En => &ENGLISH,
            Self::Ko => &KOREAN,
        }
    }
}

/// A line per person.
pub fn attendance(report: &Report, query: &TableQuery) -> Response {
    let words = query.language.words();
    let per_step = report.steps.iter().zip(positions(report));
    let per_step = per_step.map(|(step, position)| (words.minutes_at)(position, &step.title));
    let heading = words.attendance.iter().map(|word| (*word).to_owned());
    let mut csv = Csv::with_heading(heading.chain(per_step));
    for person in &report.people {
        csv.line(attendance_line(person, report, query.utc_offset_minutes));
    }
    let name = file_name(report, words.attendance_file);
    download(MEDIA_TYPE, &name, csv.into_text())
}

fn attendance_line(person: &Attendance, report: &Report, utc_offset_minutes: i32) -> Vec<String> {
    let worked = person.visits.iter().map(|visit| visit.ms).sum();
    // Nobody knows it of a workshop that took place elsewhere.
    let known = |minutes: String| {
        if report.imported_on.is_some() {
            String::new()
        } else {
            minutes
        }
    };
    let mut line = vec![
        person.seat.get().to_string(),
        name(person),
        civil(person.joined_at, utc_offset_minutes),
        civil(person.active_at, utc_offset_minutes),
        known(minutes(worked)),
        person.steps_done.to_string(),
        report.steps.len().to_string(),
        person.quizzes.answered.to_string(),
        person.quizzes.right.to_string(),
        person.quizzes.total.to_string(),
        person.messages.to_string(),
        person.help_requests.to_string(),
    ];
    line.extend((0..).zip(&report.steps).map(|(place, _)| {
        let visit = person.visits.iter().find(|visit| visit.place == place);
        visit
            .map(|visit| known(minutes(visit.ms)))
            .unwrap_or_default()
    }));
    line
}

/// A line per step.
pub fn steps(report: &Report, query: &TableQuery) -> Response {
    let words = query.language.words();
    let mut csv = Csv::with_heading(words.steps);
    for (step, position) in report.steps.iter().zip(positions(report)) {
        csv.line(step_line(step, position, report));
    }
    let name = file_name(report, words.steps_file);
    download(MEDIA_TYPE, &name, csv.into_text())
}

/// A line per quiz, the hardest first.
pub fn quizzes(report: &Report, query: &TableQuery) -> Response {
    let words = query.language.words();
    let positions: Vec<u32> = positions(report).collect();
    let mut csv = Csv::with_heading(words.quizzes);
    for quiz in &report.quizzes {
        let place = usize::try_from(quiz.place).unwrap_or(usize::MAX);
        let step = report.steps.get(place).zip(positions.get(place));
        csv.line(quiz_line(quiz, step, report));
    }
    let name = file_name(report, words.quizzes_file);
    download(MEDIA_TYPE, &name, csv.into_text())
}

fn quiz_line(report: &QuizReport, step: Option<(&StepReport, &u32)>, of: &Report) -> Vec<String> {
    let quiz = &report.quiz;
    let option = |choice: &u8| quiz.options.get(usize::from(*choice)).map(AsRef::as_ref);
    let right: Vec<&str> = quiz.right.iter().filter_map(option).collect();
    vec![
        codelab_title(of, report.at),
        step.map(|(_, position)| position.to_string())
            .unwrap_or_default(),
        step.map(|(step, _)| step.title.as_ref().to_owned())
            .unwrap_or_default(),
        quiz.question.as_ref().to_owned(),
        right.join(" + "),
        report.answered.to_string(),
        report.first_right.to_string(),
        report.right.to_string(),
        report.tries.to_string(),
    ]
}

fn codelab_title(report: &Report, at: StepRef) -> String {
    let codelab = report.agenda.iter().find(|c| c.codelab == at.codelab);
    codelab
        .map(|c| c.title.as_ref().to_owned())
        .unwrap_or_default()
}

fn step_line(step: &StepReport, position: u32, report: &Report) -> Vec<String> {
    let number = |value: Option<u32>| value.map(|value| value.to_string()).unwrap_or_default();
    let span = |ms: Option<i64>| ms.map(minutes).unwrap_or_default();
    vec![
        codelab_title(report, step.at),
        position.to_string(),
        step.title.as_ref().to_owned(),
        number(step.planned_minutes),
        step.entered.to_string(),
        step.finished.to_string(),
        span(step.spread.map(|spread| spread.lower_ms)),
        span(step.spread.map(|spread| spread.median_ms)),
        span(step.spread.map(|spread| spread.upper_ms)),
        number(step.proposed_minutes),
        step.help.requests.to_string(),
        span(step.help.median_wait_ms),
    ]
}

/// Each step's position in its codelab, counted from 1.
fn positions(report: &Report) -> impl Iterator<Item = u32> + '_ {
    let codelabs = report.agenda.iter();
    codelabs.flat_map(|codelab| {
        (1..)
            .zip(codelab.steps.iter())
            .map(|(position, _)| position)
    })
}

/// The name on screen; the second Ada is "Ada ·2".
pub(super) fn name(person: &Attendance) -> String {
    match person.ordinal {
        0 | 1 => person.name.as_str().to_owned(),
        ordinal => format!("{} ·{ordinal}", person.name.as_str()),
    }
}

/// Minutes to one decimal, with a point in every language: a comma would be a
/// further column.
fn minutes(ms: i64) -> String {
    let tenths = (ms + 3_000) / 6_000;
    format!("{}.{}", tenths / 10, tenths % 10)
}

pub(super) fn file_name(report: &Report, what: &str) -> String {
    format!("{} - {what}.csv", report.title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_have_one_decimal() {
        let all = [0, 2_999, 3_000, 60_000, 629_999].map(minutes);
        assert_eq!(all, ["0.0", "0.0", "0.1", "1.0", "10.5"]);
    }
}
