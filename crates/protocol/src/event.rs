//! Events of the log, as a browser sees them.

mod body;
mod conversation;
mod hand_in;
mod help;
mod pace;
mod polls;
mod quizzes;

use std::sync::Arc;

use domain::{CodelabId, ContentHash, StepId, workshop};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::{
    conversation::{
        AnnouncementMade, DirectMessagePosted, MessageDeleted, MessagePinned, MessagePosted,
        Reacted, SeatMuted, SlowModeChanged,
    },
    hand_in::{FeedbackGiven, WorkSubmitted, WorkshopImported},
    help::{HelpClaimed, HelpHandedBack, HelpRaised, HelpResolved, HelpWithdrawn},
    pace::{
        FollowingChanged, LeadMoved, LeadReleased, LeadTaken, PaceAnswered, PaceAsked, PaceClosed,
        StepsLimited, TimerStarted, TimerStopped,
    },
    polls::{PollAnswered, PollClosed, PollOpened, PollReset, PollRevealed},
    quizzes::QuizAnswered,
};
use crate::{AgendaStep, Directory, Id, Person, Requirement};

/// An event at its place in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventMessage {
    /// Its position in the workshop's log.
    pub seq: i64,
    /// When it happened; milliseconds since the Unix epoch.
    pub at_ms: i64,
    /// What happened.
    #[serde(flatten)]
    pub body: EventBody,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EventBody {
    /// Facilitators: the workshop began.
    WorkshopStarted(WorkshopStarted),
    /// Everybody: a codelab was edited, and is worked through as it is now.
    CodelabRevised(CodelabRevised),
    /// Facilitators and the person, everybody if a facilitator came: somebody joined.
    SeatTaken(SeatTaken),
    /// Facilitators and the person: a seat moved to a step.
    StepEntered(StepEntered),
    /// Facilitators and the person: a seat finished a step.
    StepCompleted(StepCompleted),
    /// Facilitators and the person: a seat took back that it finished a step.
    StepReopened(StepReopened),
    /// Everybody: somebody said something.
    MessagePosted(MessagePosted),
    /// Facilitators and the attendee: something was said between them.
    DirectMessagePosted(DirectMessagePosted),
    /// Everybody: a facilitator announced something.
    AnnouncementMade(AnnouncementMade),
    /// Whoever could see the message: it was taken back.
    MessageDeleted(MessageDeleted),
    /// Everybody: a message now stays in sight, or no longer does.
    MessagePinned(MessagePinned),
    /// Whoever can see the message: somebody reacted to it, or took that back.
    Reacted(Reacted),
    /// Facilitators and the person: a seat may no longer write to everybody, or may again.
    SeatMuted(SeatMuted),
    /// Everybody: how long attendees wait between two chat messages.
    SlowModeChanged(SlowModeChanged),
    /// Facilitators and the person: somebody asked for help.
    HelpRaised(HelpRaised),
    /// Facilitators and the person: a facilitator is on the way.
    HelpClaimed(HelpClaimed),
    /// Facilitators and the person: a claimed request is open again.
    HelpHandedBack(HelpHandedBack),
    /// Facilitators and the person: a facilitator closed a request as helped.
    HelpResolved(HelpResolved),
    /// Facilitators and the person: help is no longer needed.
    HelpWithdrawn(HelpWithdrawn),
    /// Everybody: is everybody at this step?
    PaceAsked(PaceAsked),
    /// Facilitators and the person: somebody answered the pace question.
    PaceAnswered(PaceAnswered),
    /// Everybody: the pace question takes no more answers.
    PaceClosed(PaceClosed),
    /// Everybody: a countdown began.
    TimerStarted(TimerStarted),
    /// Everybody: the countdown was taken away.
    TimerStopped(TimerStopped),
    /// Everybody: the room follows a facilitator.
    LeadTaken(LeadTaken),
    /// Everybody: the leading facilitator moved.
    LeadMoved(LeadMoved),
    /// Everybody: nobody leads any more.
    LeadReleased(LeadReleased),
    /// Facilitators and the person: a seat follows who leads, or goes its own way.
    FollowingChanged(FollowingChanged),
    /// Everybody: how far attendees may go in a codelab.
    StepsLimited(StepsLimited),
    /// Everybody: a poll was asked.
    PollOpened(PollOpened),
    /// The person alone: what they answered.
    PollAnswered(PollAnswered),
    /// Everybody: a poll takes no more answers.
    PollClosed(PollClosed),
    /// Everybody: a poll's result can be seen, or no longer.
    PollRevealed(PollRevealed),
    /// Everybody: a poll begins anew.
    PollReset(PollReset),
    /// Facilitators and the person: somebody answered a quiz.
    QuizAnswered(QuizAnswered),
    /// Facilitators and the person: somebody said what they think of the workshop.
    FeedbackGiven(FeedbackGiven),
    /// Facilitators and the person: somebody handed work in.
    WorkSubmitted(WorkSubmitted),
    /// Facilitators: what the log tells happened elsewhere.
    WorkshopImported(WorkshopImported),
    /// Facilitators: joining now takes the code, or no longer does.
    JoinCodeRequirementChanged(JoinCodeRequirementChanged),
    /// Everybody: the workshop is over.
    WorkshopEnded(WorkshopEnded),
    /// Everybody: the end was planned, or is not planned any more.
    EndScheduled(EndScheduled),
}

/// The workshop began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkshopStarted {
    /// What it is called.
    pub title: String,
}

/// A codelab was edited, and is worked through as it is now. Steps that stay have
/// the ids they had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CodelabRevised {
    /// The codelab.
    #[schema(value_type = String)]
    pub codelab: Id<CodelabId>,
    /// Which of its saved states, counted from 1.
    pub revision: u32,
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

/// Somebody joined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SeatTaken {
    /// Who.
    pub person: Person,
}

/// A seat moved to a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepEntered {
    /// Whose seat.
    pub seat: u32,
    /// The codelab.
    #[schema(value_type = String)]
    pub codelab: Id<CodelabId>,
    /// Its step.
    #[schema(value_type = String)]
    pub step: Id<StepId>,
}

/// A seat finished a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepCompleted {
    /// Whose seat.
    pub seat: u32,
    /// The codelab.
    #[schema(value_type = String)]
    pub codelab: Id<CodelabId>,
    /// Its step.
    #[schema(value_type = String)]
    pub step: Id<StepId>,
}

/// A seat took back that it finished a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepReopened {
    /// Whose seat.
    pub seat: u32,
    /// The codelab.
    #[schema(value_type = String)]
    pub codelab: Id<CodelabId>,
    /// Its step.
    #[schema(value_type = String)]
    pub step: Id<StepId>,
}

/// Joining now takes the code, or no longer does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct JoinCodeRequirementChanged {
    /// Whether it does.
    pub required: bool,
}

/// The end was planned, or is not planned any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EndScheduled {
    /// When the workshop ends by itself; milliseconds since the Unix epoch. Absent: it
    /// does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ends_at_ms: Option<i64>,
}

/// The workshop is over; it can still be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkshopEnded {}

impl EventMessage {
    /// The event with its people's names. A seat that `people` does not know
    /// cannot stand in a log; its name is then empty rather than a lie.
    #[must_use]
    pub fn of(recorded: &workshop::Recorded, people: &impl Directory) -> Self {
        Self {
            seq: recorded.seq.get(),
            at_ms: recorded.at.as_ms(),
            body: body::of(&recorded.event, recorded.at, people),
        }
    }
}

/// What happened: the fields of one kind of event.
macro_rules! event {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)+
        }
    };
}
use event;
