//! The whole of a workshop as one seat may see it.

use std::sync::Arc;

use domain::{CodelabId, ContentHash, SeatId, StepId, WorkshopId, workshop};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Directory, HelpPlace, Id, Person};

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
    /// What is worked through, in order.
    pub agenda: Vec<AgendaCodelab>,
    /// The seat this snapshot is for.
    pub you: You,
    /// The newest chat messages and announcements, oldest first.
    pub messages: Vec<Message>,
    /// Whether there are older messages.
    pub has_older_messages: bool,
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
    /// Its steps in order.
    pub steps: Vec<AgendaStep>,
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

/// `chat` to all, or an `announcement` by a facilitator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// Chat to all.
    Chat,
    /// A facilitator's announcement.
    Announcement,
}

/// Something said to everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Its number in the workshop.
    pub id: u32,
    /// Chat or announcement.
    pub kind: MessageKind,
    /// By whom.
    pub from: Person,
    /// Plain text; line breaks count.
    #[schema(value_type = String)]
    pub text: Arc<str>,
    /// When; milliseconds since the Unix epoch.
    pub at_ms: i64,
}

/// Where a help request is in its life: `open`, then `claimed` by a facilitator
/// who is on the way, then `resolved`; or `withdrawn` by who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HelpStatus {
    /// Nobody has taken it on.
    Open,
    /// A facilitator is on the way.
    Claimed,
    /// Helped.
    Resolved,
    /// No longer needed.
    Withdrawn,
}

/// A wish for help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HelpRequest {
    /// Its number in the workshop.
    pub id: u32,
    /// Who asked.
    pub from: Person,
    /// The codelab they are stuck in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    pub codelab: Option<Id<CodelabId>>,
    /// The step they are stuck at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    pub step: Option<Id<StepId>>,
    /// What about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub message: Option<String>,
    /// Since when they wait; milliseconds since the Unix epoch.
    pub raised_at_ms: i64,
    /// Where it is in its life.
    pub status: HelpStatus,
    /// The facilitator who claimed or resolved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub by: Option<Person>,
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
        let recent = state.messages().len().saturating_sub(RECENT_MESSAGES);
        Some(Self {
            seq: state.seq().get(),
            workshop: Id(id),
            title: state.title()?.as_str().to_owned(),
            status: state.status().into(),
            started_at_ms: state.started_at()?.as_ms(),
            ended_at_ms: match state.status() {
                workshop::Status::Live => None,
                workshop::Status::Ended { at } => Some(at.as_ms()),
            },
            agenda: state.agenda().iter().map(AgendaCodelab::from).collect(),
            you: You::of(state, seat),
            messages: state.messages()[recent..]
                .iter()
                .filter_map(|message| Message::of(message, state))
                .collect(),
            has_older_messages: recent > 0,
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
                let queue: Vec<_> = state.help_queue().iter().map(|r| r.id).collect();
                HelpPlace::of(request.id, &queue)
            }),
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
        }
    }
}

impl From<&workshop::AgendaCodelab> for AgendaCodelab {
    fn from(codelab: &workshop::AgendaCodelab) -> Self {
        Self {
            codelab: Id(codelab.codelab),
            title: Arc::clone(&codelab.title),
            steps: codelab
                .steps
                .iter()
                .map(|step| AgendaStep {
                    step: Id(step.step),
                    title: Arc::clone(&step.title),
                    minutes: step.minutes,
                    content: Id(step.content),
                })
                .collect(),
        }
    }
}

impl Message {
    /// A message with its author's name; nothing if the author is unknown.
    #[must_use]
    pub fn of(message: &workshop::Message, people: &impl Directory) -> Option<Self> {
        Some(Self {
            id: message.id.get(),
            kind: match message.kind {
                workshop::MessageKind::Chat => MessageKind::Chat,
                workshop::MessageKind::Announcement => MessageKind::Announcement,
            },
            from: people.person(message.seat)?,
            text: Arc::clone(&message.text),
            at_ms: message.at.as_ms(),
        })
    }
}

impl HelpRequest {
    /// A help request with its people's names; nothing if who raised it is unknown.
    #[must_use]
    pub fn of(request: &workshop::HelpRequest, people: &impl Directory) -> Option<Self> {
        let (status, by) = match request.status {
            workshop::HelpStatus::Open => (HelpStatus::Open, None),
            workshop::HelpStatus::Claimed { by, .. } => (HelpStatus::Claimed, Some(by)),
            workshop::HelpStatus::Resolved { by, .. } => (HelpStatus::Resolved, Some(by)),
            workshop::HelpStatus::Withdrawn { .. } => (HelpStatus::Withdrawn, None),
        };
        Some(Self {
            id: request.id.get(),
            from: people.person(request.seat)?,
            codelab: request.at.map(|at| Id(at.codelab)),
            step: request.at.map(|at| Id(at.step)),
            message: request
                .message
                .as_ref()
                .map(|text| text.as_str().to_owned()),
            raised_at_ms: request.raised_at.as_ms(),
            status,
            by: by.and_then(|seat| people.person(seat)),
        })
    }
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
