//! What can be learned from a workshop: how long the steps took, who was there,
//! how long people waited for help, what came of the polls and the quizzes.
//!
//! Reads the log alone, from its beginning, so that a workshop that still runs
//! has a report "so far". What the log does not know is not guessed: it holds no
//! presence, so that somebody who says nothing may be reading or gone. How time
//! is counted nevertheless is told in [`Times`].

mod attendance;
mod help;
mod quizzes;
mod spread;
mod times;

pub use self::{
    attendance::{Attendance, Visit},
    help::{HelpFigures, StepHelp},
    quizzes::QuizReport,
    spread::Spread,
    times::Times,
};

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    Timestamp,
    workshop::{
        AgendaCodelab, AgendaStep, Feedback, MessageKind, Poll, Recorded, Status, StepRef,
        Submission, WorkshopState, apply,
    },
};

/// People whose times make a median worth following; of two, one is the exception.
const ENOUGH_PEOPLE: u32 = 3;

/// A step of the agenda, after the fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepReport {
    /// Which.
    pub at: StepRef,
    /// Its title.
    pub title: Arc<str>,
    /// Planned minutes.
    pub planned_minutes: Option<u32>,
    /// Attendees who opened it.
    pub entered: u32,
    /// Attendees who marked it as done.
    pub finished: u32,
    /// How long those took who opened and finished it; nothing if nobody did.
    pub spread: Option<Spread>,
    /// The median rounded up to a minute: what to plan next time. Nothing
    /// before three people have finished.
    pub proposed_minutes: Option<u32>,
    /// Help at this step.
    pub help: StepHelp,
}

/// What was said. What was taken back does not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MessageFigures {
    /// To everybody.
    pub chat: u32,
    /// Announcements.
    pub announcements: u32,
    /// Between attendees and facilitators.
    pub direct: u32,
}

/// A workshop, after the fact or so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Live or ended.
    pub status: Status,
    /// What it is called.
    pub title: Arc<str>,
    /// When it started.
    pub started_at: Timestamp,
    /// The newest event: the report knows nothing of what came later.
    pub until: Timestamp,
    /// The codelabs, in order.
    pub agenda: Arc<[AgendaCodelab]>,
    /// The steps of all codelabs, in order.
    pub steps: Vec<StepReport>,
    /// Attendees, in the order they joined.
    pub people: Vec<Attendance>,
    /// Facilitators who came.
    pub facilitators: u32,
    /// Help requests.
    pub help: HelpFigures,
    /// What was said.
    pub messages: MessageFigures,
    /// The polls with their answers, oldest first.
    pub polls: Vec<Poll>,
    /// The quizzes of the agenda, the hardest first.
    pub quizzes: Vec<QuizReport>,
    /// What people think of it, oldest first.
    pub feedback: Vec<Feedback>,
    /// What was handed in, oldest first.
    pub submissions: Vec<Submission>,
    /// When it was brought here from elsewhere. How long people waited for help
    /// is then not known.
    pub imported_on: Option<Timestamp>,
}

/// Reads a log, event by event.
#[derive(Clone, Debug, Default)]
pub struct Reporter {
    state: WorkshopState,
    times: Times,
    until: Option<Timestamp>,
}

impl Reporter {
    /// Takes in the next event of the log.
    pub fn take(&mut self, recorded: &Recorded) {
        // Who looks at it afterwards does not make it longer.
        if let Status::Live = self.state.status() {
            self.until = Some(recorded.at);
        }
        apply(&mut self.state, recorded);
        self.times.take(&self.state, recorded);
    }

    /// The report; nothing for an empty log.
    #[must_use]
    pub fn finish(self) -> Option<Report> {
        let Self {
            state,
            times,
            until,
        } = self;
        let (started_at, until) = (state.started_at()?, until?);
        let agenda: Arc<[AgendaCodelab]> = Arc::from(state.agenda());
        let places = places(&agenda);
        let people = attendance::of(&state, &times, &places);
        let steps = agenda
            .iter()
            .flat_map(|codelab| codelab.steps.iter().map(move |step| (codelab, step)))
            .zip(0..)
            .map(|((codelab, step), place)| step_report(&state, codelab, step, place, &people))
            .collect();
        Some(Report {
            status: state.status(),
            title: state.title()?.as_str().into(),
            started_at,
            until,
            agenda,
            steps,
            facilitators: facilitators(&state, until),
            help: if state.imported_on().is_some() {
                HelpFigures::of(state.help_requests(), until).without_times()
            } else {
                HelpFigures::of(state.help_requests(), until)
            },
            feedback: state.feedback().to_vec(),
            submissions: state.submissions().to_vec(),
            imported_on: state.imported_on(),
            messages: messages(&state),
            polls: state.polls().to_vec(),
            quizzes: QuizReport::all(&state),
            people,
        })
    }
}

/// The report on a log that is in memory.
#[must_use]
pub fn report<'log>(log: impl IntoIterator<Item = &'log Recorded>) -> Option<Report> {
    let mut reporter = Reporter::default();
    for recorded in log {
        reporter.take(recorded);
    }
    reporter.finish()
}

/// Where each step stands among the steps of all codelabs, counted from 0.
fn places(agenda: &[AgendaCodelab]) -> BTreeMap<StepRef, u32> {
    let steps = agenda.iter().flat_map(|codelab| {
        let at = |step: &AgendaStep| StepRef {
            codelab: codelab.codelab,
            step: step.step,
        };
        codelab.steps.iter().map(at)
    });
    steps.zip(0..).collect()
}

fn step_report(
    state: &WorkshopState,
    codelab: &AgendaCodelab,
    step: &AgendaStep,
    place: u32,
    people: &[Attendance],
) -> StepReport {
    let at = StepRef {
        codelab: codelab.codelab,
        step: step.step,
    };
    let visits = people.iter().flat_map(|person| &person.visits);
    let visits: Vec<&Visit> = visits.filter(|visit| visit.place == place).collect();
    // A step that was ticked off from afar took nobody's time.
    let worked = visits
        .iter()
        .filter(|visit| visit.entered && visit.finished);
    let spread = Spread::of(worked.map(|visit| visit.ms).collect());
    StepReport {
        at,
        title: Arc::clone(&step.title),
        planned_minutes: step.minutes,
        entered: count(visits.iter().filter(|visit| visit.entered).count()),
        finished: count(visits.iter().filter(|visit| visit.finished).count()),
        spread,
        proposed_minutes: spread
            .filter(|spread| spread.people >= ENOUGH_PEOPLE)
            .map(|spread| minutes_up(spread.median_ms)),
        help: if state.imported_on().is_some() {
            StepHelp::of(state.help_requests(), at).without_times()
        } else {
            StepHelp::of(state.help_requests(), at)
        },
    }
}

fn messages(state: &WorkshopState) -> MessageFigures {
    let mut figures = MessageFigures::default();
    for message in state.messages() {
        if message.deleted_by.is_some() {
            continue;
        }
        match message.kind {
            MessageKind::Chat => figures.chat += 1,
            MessageKind::Announcement => figures.announcements += 1,
            MessageKind::Direct { .. } => figures.direct += 1,
        }
    }
    figures
}

fn facilitators(state: &WorkshopState, until: Timestamp) -> u32 {
    let came = state.seats().iter().filter(|seat| seat.joined_at <= until);
    count(came.filter(|seat| seat.facilitator().is_ok()).count())
}

/// Whole minutes that hold so many milliseconds; at least one.
fn minutes_up(ms: i64) -> u32 {
    u32::try_from((ms.max(1) - 1) / 60_000 + 1).unwrap_or(u32::MAX)
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
