//! The whole of a workshop as one seat may see it.

use std::sync::Arc;

use domain::{CodelabId, ContentHash, QuizKey, SeatId, StepId, WorkshopId, workshop};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    HelpPlace, HelpRequest, Id, Lead, Message, OwnPollAnswer, Pace, PaceAnswer, PaceReply, Person,
    Poll, QuizAnswer, StepLimit, Timer,
};

/// Messages a snapshot carries; older ones are fetched over HTTP when somebody
/// scrolls up.
const RECENT_MESSAGES: usize = 200;

/// Where a workshop is in its life: `live`, people can join and work; or `ended`,
/// it can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WorkshopStatus {
    /// People can join and work.
    Live,
    /// Over; can be read.
    Ended,
}

impl From<workshop::Status> for WorkshopStatus {
    fn from(status: workshop::Status) -> Self {
        match status {
            workshop::Status::Live => Self::Live,
            workshop::Status::Ended { .. } => Self::Ended,
        }
    }
}

/// The workshop as the seat `you` may see it, at `seq`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// The newest event it contains.
    pub seq: i64,
    /// The workshop.
    #[schema(value_type = String)]
    pub workshop: Id<WorkshopId>,
    /// Its title.
    pub title: String,
    /// Live or ended.
    pub status: WorkshopStatus,
    /// When it started; milliseconds since the Unix epoch.
    pub started_at_ms: i64,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ended_at_ms: Option<i64>,
    /// When it will end by itself, if that is planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ends_at_ms: Option<i64>,
    /// What is worked through, in order.
    pub agenda: Vec<AgendaCodelab>,
    /// The seat this snapshot is for.
    pub you: You,
    /// Who facilitates.
    pub facilitators: Vec<Person>,
    /// The newest chat messages and announcements, oldest first.
    pub messages: Vec<Message>,
    /// Whether there are older messages.
    pub has_older_messages: bool,
    /// What is pinned, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pinned: Vec<Message>,
    /// The newest direct messages that this seat may see, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub direct_messages: Vec<Message>,
    /// Seconds that attendees wait between two chat messages; 0 is none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub slow_mode_seconds: u32,
    /// The newest pace question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub pace: Option<Pace>,
    /// The countdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub timer: Option<Timer>,
    /// Whom the room follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub lead: Option<Lead>,
    /// How far attendees may go, per codelab that has a limit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub step_limits: Vec<StepLimit>,
    /// The polls, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub polls: Vec<Poll>,
    /// Facilitators only: the room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub facilitation: Option<Facilitation>,
}

/// A codelab of the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AgendaCodelab {
    /// The codelab.
    #[schema(value_type = String)]
    pub codelab: Id<CodelabId>,
    /// Its title.
    #[schema(value_type = String)]
    pub title: Arc<str>,
    /// What to prepare before the first step, rendered: `/api/v1/contents/{guide}`; absent if
    /// nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>)]
    pub guide: Option<Id<ContentHash>>,
    /// What it takes to complete it beside all steps; absent if nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<Requirement>,
    /// Its steps in order.
    pub steps: Vec<AgendaStep>,
}

/// What a codelab asks for beside its steps before somebody has completed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Requirement {
    /// Answering its quizzes.
    Quiz,
    /// Saying what one thinks of it.
    Feedback,
    /// Handing in one's work.
    Submission,
}

impl From<workshop::Requirement> for Requirement {
    fn from(required: workshop::Requirement) -> Self {
        match required {
            workshop::Requirement::Quiz => Self::Quiz,
            workshop::Requirement::Feedback => Self::Feedback,
            workshop::Requirement::Submission => Self::Submission,
        }
    }
}

/// A step of the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AgendaStep {
    /// The step.
    #[schema(value_type = String)]
    pub step: Id<StepId>,
    /// Its title.
    #[schema(value_type = String)]
    pub title: Arc<str>,
    /// Planned minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub minutes: Option<u32>,
    /// SHA-256 of the rendered step: `/api/v1/contents/{content}`.
    #[schema(value_type = String)]
    pub content: Id<ContentHash>,
    /// Its quizzes in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>)]
    pub quizzes: Vec<Id<QuizKey>>,
}

/// The seat a snapshot is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct You {
    /// Who you are here.
    pub person: Person,
    /// Your progress, per codelab you have opened.
    pub progress: Vec<Progress>,
    /// The codelab you were in last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    pub last_codelab: Option<Id<CodelabId>>,
    /// The help request you wait with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub help_request: Option<HelpRequest>,
    /// Your place in the help queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub help_place: Option<HelpPlace>,
    /// Whether you may not write to everybody.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub muted: bool,
    /// Whether you follow who leads.
    pub following: bool,
    /// What you answered to the pace question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub pace_answer: Option<PaceAnswer>,
    /// What you answered to polls.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub poll_answers: Vec<OwnPollAnswer>,
    /// What you answered to quizzes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quiz_answers: Vec<QuizAnswer>,
}

/// How far a seat is in one codelab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// The codelab.
    #[schema(value_type = String)]
    pub codelab: Id<CodelabId>,
    /// The step shown last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    pub current: Option<Id<StepId>>,
    /// When it was entered; milliseconds since the Unix epoch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub entered_at_ms: Option<i64>,
    /// The steps marked as done.
    #[schema(value_type = Vec<String>)]
    pub completed: Vec<Id<StepId>>,
}

/// What only facilitators see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Facilitation {
    /// The join code.
    pub join_code: String,
    /// Whether joining takes it.
    pub code_required: bool,
    /// Everybody who joined, in order.
    pub roster: Vec<RosterEntry>,
    /// All help requests, oldest first.
    pub help_requests: Vec<HelpRequest>,
    /// What people answered to the newest pace question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pace_answers: Vec<PaceReply>,
}

/// Somebody in the roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RosterEntry {
    /// Who.
    pub person: Person,
    /// When they joined; milliseconds since the Unix epoch.
    pub joined_at_ms: i64,
    /// Their progress, per codelab they have opened.
    pub progress: Vec<Progress>,
    /// The codelab they were in last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    pub last_codelab: Option<Id<CodelabId>>,
    /// When they last did something; milliseconds since the Unix epoch.
    pub active_at_ms: i64,
    /// Whether they may not write to everybody.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub muted: bool,
    /// Whether they follow who leads.
    pub following: bool,
    /// What they answered to quizzes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quiz_answers: Vec<QuizAnswer>,
}

impl Snapshot {
    /// The workshop as `viewer` may see it; nothing before the first event or
    /// for a seat that is not there.
    #[must_use]
    pub fn of(id: WorkshopId, state: &workshop::WorkshopState, viewer: SeatId) -> Option<Self> {
        let seat = state.seat(viewer)?;
        let facilitation = seat
            .facilitator()
            .is_ok()
            .then(|| Facilitation::of(state))
            .flatten();
        let (messages, has_older_messages) = recent(state, |thread| thread.is_none());
        let (direct_messages, _) = recent(state, |thread| {
            thread.is_some_and(|whose| whose == viewer || facilitation.is_some())
        });
        let pinned = state.messages().iter().filter(|message| message.pinned);
        Some(Self {
            seq: state.seq().get(),
            workshop: Id(id),
            title: state.title()?.as_str().to_owned(),
            status: state.status().into(),
            started_at_ms: state.started_at()?.as_ms(),
            ends_at_ms: state.planned_end().map(|end| end.at.as_ms()),
            ended_at_ms: match state.status() {
                workshop::Status::Live => None,
                workshop::Status::Ended { at } => Some(at.as_ms()),
            },
            agenda: state.agenda().iter().map(AgendaCodelab::from).collect(),
            you: You::of(state, seat),
            facilitators: facilitators(state),
            messages,
            has_older_messages,
            pinned: pinned.filter_map(|m| Message::of(m, state)).collect(),
            direct_messages,
            slow_mode_seconds: state.slow_mode_seconds(),
            pace: state.pace().map(Pace::from),
            timer: state.timer().map(Timer::from),
            lead: state.lead().and_then(|lead| Lead::of(lead, state)),
            step_limits: StepLimit::all(state),
            polls: state.polls().iter().map(Poll::from).collect(),
            facilitation,
        })
    }
}

impl You {
    fn of(state: &workshop::WorkshopState, seat: &workshop::Seat) -> Self {
        let waiting = state.waiting_request(seat.id);
        Self {
            person: Person::from(seat),
            progress: progress_of(seat),
            last_codelab: seat.last_codelab.map(Id),
            help_request: waiting.and_then(|request| HelpRequest::of(request, state)),
            help_place: waiting.and_then(|request| {
                let queue = state.help_queue().into_iter().map(|waiting| waiting.id);
                HelpPlace::of(request.id, queue, state.wait_per_place_ms())
            }),
            muted: seat.muted,
            following: seat.following,
            pace_answer: state
                .pace()
                .and_then(|pace| pace.answers.get(&seat.id))
                .map(|answer| PaceAnswer::from(*answer)),
            poll_answers: state
                .polls()
                .iter()
                .filter_map(|poll| OwnPollAnswer::of(poll, seat.id))
                .collect(),
            quiz_answers: QuizAnswer::own(seat),
        }
    }
}

impl Facilitation {
    fn of(state: &workshop::WorkshopState) -> Option<Self> {
        Some(Self {
            join_code: state.join_code()?.as_str().to_owned(),
            code_required: state.code_required(),
            roster: state.seats().iter().map(RosterEntry::from).collect(),
            help_requests: state
                .help_requests()
                .iter()
                .filter_map(|request| HelpRequest::of(request, state))
                .collect(),
            pace_answers: state.pace().map(PaceReply::all).unwrap_or_default(),
        })
    }
}

impl From<&workshop::Seat> for RosterEntry {
    fn from(seat: &workshop::Seat) -> Self {
        Self {
            person: Person::from(seat),
            joined_at_ms: seat.joined_at.as_ms(),
            progress: progress_of(seat),
            last_codelab: seat.last_codelab.map(Id),
            active_at_ms: seat.active_at.as_ms(),
            muted: seat.muted,
            following: seat.following,
            quiz_answers: QuizAnswer::told(seat),
        }
    }
}

impl From<&workshop::AgendaCodelab> for AgendaCodelab {
    fn from(codelab: &workshop::AgendaCodelab) -> Self {
        Self {
            codelab: Id(codelab.codelab),
            title: Arc::clone(&codelab.title),
            guide: codelab.guide.map(Id),
            required: codelab.required.iter().copied().map(Into::into).collect(),
            steps: codelab
                .steps
                .iter()
                .map(|step| AgendaStep {
                    step: Id(step.step),
                    title: Arc::clone(&step.title),
                    minutes: step.minutes,
                    content: Id(step.content),
                    quizzes: step.quizzes.iter().map(|quiz| Id(quiz.key)).collect(),
                })
                .collect(),
        }
    }
}

/// The newest messages of the threads that `belongs` says yes to, oldest first,
/// and whether there are older ones.
fn recent(
    state: &workshop::WorkshopState,
    belongs: impl Fn(Option<SeatId>) -> bool,
) -> (Vec<Message>, bool) {
    let mut found = state
        .messages()
        .iter()
        .rev()
        .filter(|message| belongs(message.kind.thread()));
    let mut newest: Vec<Message> = found
        .by_ref()
        .take(RECENT_MESSAGES)
        .filter_map(|message| Message::of(message, state))
        .collect();
    newest.reverse();
    (newest, found.next().is_some())
}

fn facilitators(state: &workshop::WorkshopState) -> Vec<Person> {
    let seats = state.seats().iter();
    seats
        .filter(|seat| seat.facilitator().is_ok())
        .map(Person::from)
        .collect()
}

/// For `skip_serializing_if`, which gives a reference.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn progress_of(seat: &workshop::Seat) -> Vec<Progress> {
    seat.progress
        .iter()
        .map(|(codelab, progress)| Progress {
            codelab: Id(*codelab),
            current: progress.current.map(Id),
            entered_at_ms: progress.entered_at.map(domain::Timestamp::as_ms),
            completed: progress.completed.iter().copied().map(Id).collect(),
        })
        .collect()
}
