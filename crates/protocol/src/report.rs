//! A workshop after the fact, or so far, over HTTP; for facilitators.

use std::sync::Arc;

use domain::{CodelabId, SeatId, StepId, Timestamp, WorkshopId, workshop::report};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    AgendaCodelab, EventMessage, Feedback, Id, Person, Poll, PollResult, Quiz, Role, Submission,
    WorkshopStatus,
};

/// What can be learned from a workshop.
///
/// Somebody's time at a step runs from entering to finishing it, as far as the
/// log shows signs of life; a silence longer than half an hour, or twice the
/// planned time, counts as that long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkshopReport {
    /// The workshop.
    #[schema(value_type = String)]
    pub workshop: Id<WorkshopId>,
    /// Its title.
    #[schema(value_type = String)]
    pub title: Arc<str>,
    /// Live or ended.
    pub status: WorkshopStatus,
    /// When it started; milliseconds since the Unix epoch.
    pub started_at_ms: i64,
    /// The newest thing that happened; the end, if it has ended.
    pub until_ms: i64,
    /// What was worked through, in order.
    pub agenda: Vec<AgendaCodelab>,
    /// The steps of all codelabs, in order.
    pub steps: Vec<StepReport>,
    /// Attendees, in the order they joined.
    pub people: Vec<Attendance>,
    /// Facilitators who came.
    pub facilitators: u32,
    /// Help requests.
    pub help: HelpReport,
    /// What was said and still stands.
    pub messages: MessageFigures,
    /// The polls, oldest first; they name nobody.
    pub polls: Vec<PollReport>,
    /// The quizzes, the hardest first; they name nobody.
    pub quizzes: Vec<QuizReport>,
    /// What people think of it, oldest first.
    pub feedback: Vec<Feedback>,
    /// What was handed in, oldest first.
    pub submissions: Vec<Submission>,
    /// When it was brought here from elsewhere; absent if it took place here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub imported_on_ms: Option<i64>,
}

/// A step after the fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepReport {
    /// The codelab.
    #[schema(value_type = String)]
    pub codelab: Id<CodelabId>,
    /// Its step.
    #[schema(value_type = String)]
    pub step: Id<StepId>,
    /// The step's title.
    #[schema(value_type = String)]
    pub title: Arc<str>,
    /// Planned minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub planned_minutes: Option<u32>,
    /// Attendees who opened it.
    pub entered: u32,
    /// Attendees who finished it.
    pub finished: u32,
    /// How long it took those who opened and finished it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub spread: Option<Spread>,
    /// The median rounded up; absent before three people have finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub proposed_minutes: Option<u32>,
    /// Help requests from people at the step.
    pub help_requests: u32,
    /// Their median wait; milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub median_wait_ms: Option<i64>,
}

/// The quartiles of how long something took people, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Spread {
    /// People it is made of.
    pub people: u32,
    /// A quarter took no longer.
    pub lower_ms: i64,
    /// Half took no longer.
    pub median_ms: i64,
    /// Three quarters took no longer.
    pub upper_ms: i64,
}

/// An attendee after the fact. Whether they answered polls is told to nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Attendance {
    /// Their seat.
    pub seat: u32,
    /// The name they gave.
    pub name: String,
    /// Tells people of the same name apart: 1 for the first, 2 for the second, …
    pub ordinal: u32,
    /// When they joined; milliseconds since the Unix epoch.
    pub joined_at_ms: i64,
    /// When they last did something.
    pub active_at_ms: i64,
    /// Steps they finished.
    pub steps_done: u32,
    /// Quizzes they answered, of those that there are now.
    pub quizzes_answered: u32,
    /// Of these, right in the end.
    pub quizzes_right: u32,
    /// Messages to everybody and to the facilitators.
    pub messages: u32,
    /// Times they asked for help.
    pub help_requests: u32,
    /// The steps they opened or finished, in order.
    pub visits: Vec<Visit>,
}

/// What became of a step in somebody's hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Visit {
    /// The step: its place in the report's `steps`, counted from 0.
    pub place: u32,
    /// How long they were at it; milliseconds.
    pub ms: i64,
    /// Whether they finished it.
    pub finished: bool,
}

/// Help after the fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HelpReport {
    /// Requests in all.
    pub requests: u32,
    /// Of these, helped.
    pub resolved: u32,
    /// Of these, taken back.
    pub withdrawn: u32,
    /// The median wait of those whom a facilitator came to; milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub median_wait_ms: Option<i64>,
    /// The longest that anybody waited, also in vain; milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub longest_wait_ms: Option<i64>,
    /// The median of how long helping took; milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub median_help_ms: Option<i64>,
}

/// How much was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MessageFigures {
    /// To everybody.
    pub chat: u32,
    /// Announcements.
    pub announcements: u32,
    /// Between attendees and facilitators.
    pub direct: u32,
}

/// A poll after the fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PollReport {
    /// What was asked.
    pub poll: Poll,
    /// What came of it.
    pub result: PollResult,
}

/// A quiz after the fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuizReport {
    /// Its step: its place in the report's `steps`, counted from 0.
    pub place: u32,
    /// What was asked, and what is right.
    pub quiz: Quiz,
    /// Attendees who answered.
    pub answered: u32,
    /// Of these, right the first time.
    pub first_right: u32,
    /// Of these, right in the end.
    pub right: u32,
    /// All their answers.
    pub tries: u32,
    /// Per option: how many chose it the first time.
    pub first_choices: Vec<u32>,
}

/// Part of a workshop's log, as a facilitator may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventPage {
    /// The events, in order. What was taken back later comes without its words.
    pub items: Vec<EventMessage>,
    /// The log was read up to here; ask for what comes `after` it.
    pub up_to: i64,
    /// The newest event of the log.
    pub head: i64,
}

impl WorkshopReport {
    /// The report of a workshop.
    #[must_use]
    pub fn of(workshop: WorkshopId, report: &report::Report) -> Self {
        Self {
            workshop: Id(workshop),
            title: Arc::clone(&report.title),
            status: report.status.into(),
            started_at_ms: report.started_at.as_ms(),
            until_ms: report.until.as_ms(),
            agenda: report.agenda.iter().map(AgendaCodelab::from).collect(),
            steps: report.steps.iter().map(StepReport::from).collect(),
            people: report.people.iter().map(Attendance::from).collect(),
            facilitators: report.facilitators,
            help: HelpReport::from(&report.help),
            messages: MessageFigures::from(report.messages),
            polls: report
                .polls
                .iter()
                .map(|poll| PollReport {
                    poll: poll.into(),
                    result: poll.into(),
                })
                .collect(),
            quizzes: report.quizzes.iter().map(QuizReport::from).collect(),
            feedback: report
                .feedback
                .iter()
                .map(|given| Feedback::of(given, given.seat.map(|seat| person(report, seat))))
                .collect(),
            submissions: report
                .submissions
                .iter()
                .map(|work| Submission::of(work, person(report, work.seat)))
                .collect(),
            imported_on_ms: report.imported_on.map(Timestamp::as_ms),
        }
    }
}

/// Somebody who was there.
fn person(report: &report::Report, seat: SeatId) -> Person {
    let found = report.people.iter().find(|person| person.seat == seat);
    Person {
        seat: seat.get(),
        role: Role::Attendee,
        name: found.map_or_else(|| "".into(), |person| person.name.as_str().into()),
        ordinal: found.map_or(1, |person| person.ordinal),
    }
}

impl From<&report::StepReport> for StepReport {
    fn from(step: &report::StepReport) -> Self {
        Self {
            codelab: Id(step.at.codelab),
            step: Id(step.at.step),
            title: Arc::clone(&step.title),
            planned_minutes: step.planned_minutes,
            entered: step.entered,
            finished: step.finished,
            spread: step.spread.map(Spread::from),
            proposed_minutes: step.proposed_minutes,
            help_requests: step.help.requests,
            median_wait_ms: step.help.median_wait_ms,
        }
    }
}

impl From<&report::QuizReport> for QuizReport {
    fn from(quiz: &report::QuizReport) -> Self {
        Self {
            place: quiz.place,
            quiz: (&quiz.quiz).into(),
            answered: quiz.answered,
            first_right: quiz.first_right,
            right: quiz.right,
            tries: quiz.tries,
            first_choices: quiz.first_choices.clone(),
        }
    }
}

impl From<report::Spread> for Spread {
    fn from(spread: report::Spread) -> Self {
        Self {
            people: spread.people,
            lower_ms: spread.lower_ms,
            median_ms: spread.median_ms,
            upper_ms: spread.upper_ms,
        }
    }
}

impl From<&report::Attendance> for Attendance {
    fn from(person: &report::Attendance) -> Self {
        let visit = |visit: &report::Visit| Visit {
            place: visit.place,
            ms: visit.ms,
            finished: visit.finished,
        };
        Self {
            seat: person.seat.get(),
            name: person.name.as_str().to_owned(),
            ordinal: person.ordinal,
            joined_at_ms: person.joined_at.as_ms(),
            active_at_ms: person.active_at.as_ms(),
            steps_done: person.steps_done,
            quizzes_answered: person.quizzes.answered,
            quizzes_right: person.quizzes.right,
            messages: person.messages,
            help_requests: person.help_requests,
            visits: person.visits.iter().map(visit).collect(),
        }
    }
}

impl From<&report::HelpFigures> for HelpReport {
    fn from(help: &report::HelpFigures) -> Self {
        Self {
            requests: help.requests,
            resolved: help.resolved,
            withdrawn: help.withdrawn,
            median_wait_ms: help.median_wait_ms,
            longest_wait_ms: help.longest_wait_ms,
            median_help_ms: help.median_help_ms,
        }
    }
}

impl From<report::MessageFigures> for MessageFigures {
    fn from(figures: report::MessageFigures) -> Self {
        Self {
            chat: figures.chat,
            announcements: figures.announcements,
            direct: figures.direct,
        }
    }
}
