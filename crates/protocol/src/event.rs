//! Events of the log, as a browser sees them.

use domain::{CodelabId, SeatId, StepId, Timestamp, workshop};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Directory, HelpRequest, HelpStatus, Id, Message, MessageKind, Person};

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
    /// Facilitators and the person: somebody joined.
    SeatTaken(SeatTaken),
    /// Facilitators and the person: a seat moved to a step.
    StepEntered(StepEntered),
    /// Facilitators and the person: a seat finished a step.
    StepCompleted(StepCompleted),
    /// Facilitators and the person: a seat took back that it finished a step.
    StepReopened(StepReopened),
    /// Everybody: somebody said something.
    MessagePosted(MessagePosted),
    /// Everybody: a facilitator announced something.
    AnnouncementMade(AnnouncementMade),
    /// Facilitators and the person: somebody asked for help.
    HelpRaised(HelpRaised),
    /// Facilitators and the person: a facilitator is on the way.
    HelpClaimed(HelpClaimed),
    /// Facilitators and the person: a facilitator closed a request as helped.
    HelpResolved(HelpResolved),
    /// Facilitators and the person: help is no longer needed.
    HelpWithdrawn(HelpWithdrawn),
    /// Facilitators: joining now takes the code, or no longer does.
    JoinCodeRequirementChanged(JoinCodeRequirementChanged),
    /// Everybody: the workshop is over.
    WorkshopEnded(WorkshopEnded),
}

/// The workshop began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkshopStarted {
    /// What it is called.
    pub title: String,
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

/// Somebody said something to everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MessagePosted {
    /// The message.
    pub message: Message,
}

/// A facilitator announced something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AnnouncementMade {
    /// The announcement.
    pub message: Message,
}

/// Somebody asked for help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HelpRaised {
    /// The request.
    pub request: HelpRequest,
}

/// A facilitator is on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HelpClaimed {
    /// The request.
    pub help_request: u32,
    /// Who waits.
    pub seat: u32,
    /// The facilitator.
    pub by: Person,
}

/// A facilitator closed a request as helped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HelpResolved {
    /// The request.
    pub help_request: u32,
    /// Who waited.
    pub seat: u32,
    /// The facilitator.
    pub by: Person,
}

/// Help is no longer needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HelpWithdrawn {
    /// The request.
    pub help_request: u32,
    /// Who waited.
    pub seat: u32,
}

/// Joining now takes the code, or no longer does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct JoinCodeRequirementChanged {
    /// Whether it does.
    pub required: bool,
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
            body: body(&recorded.event, recorded.at, people),
        }
    }
}

fn body(event: &workshop::Event, at: Timestamp, people: &impl Directory) -> EventBody {
    use workshop::Event;
    let person = |seat: SeatId| people.person(seat).unwrap_or_else(|| nobody(seat));
    match event {
        Event::WorkshopStarted { title, .. } => EventBody::WorkshopStarted(WorkshopStarted {
            title: title.as_str().to_owned(),
        }),
        Event::SeatTaken {
            seat,
            role,
            name,
            ordinal,
        } => EventBody::SeatTaken(SeatTaken {
            person: Person {
                seat: seat.get(),
                role: (*role).into(),
                name: name.as_str().into(),
                ordinal: *ordinal,
            },
        }),
        Event::StepEntered { seat, at } => EventBody::StepEntered(StepEntered {
            seat: seat.get(),
            codelab: Id(at.codelab),
            step: Id(at.step),
        }),
        Event::StepCompleted { seat, at } => EventBody::StepCompleted(StepCompleted {
            seat: seat.get(),
            codelab: Id(at.codelab),
            step: Id(at.step),
        }),
        Event::StepReopened { seat, at } => EventBody::StepReopened(StepReopened {
            seat: seat.get(),
            codelab: Id(at.codelab),
            step: Id(at.step),
        }),
        Event::MessagePosted { id, seat, text } => EventBody::MessagePosted(MessagePosted {
            message: Message {
                id: id.get(),
                kind: MessageKind::Chat,
                from: person(*seat),
                text: text.as_str().into(),
                at_ms: at.as_ms(),
            },
        }),
        Event::AnnouncementMade { id, seat, text } => {
            EventBody::AnnouncementMade(AnnouncementMade {
                message: Message {
                    id: id.get(),
                    kind: MessageKind::Announcement,
                    from: person(*seat),
                    text: text.as_str().into(),
                    at_ms: at.as_ms(),
                },
            })
        }
        Event::HelpRaised {
            id,
            seat,
            at: step,
            message,
        } => EventBody::HelpRaised(HelpRaised {
            request: HelpRequest {
                id: id.get(),
                from: person(*seat),
                codelab: step.map(|s| Id(s.codelab)),
                step: step.map(|s| Id(s.step)),
                message: message.as_ref().map(|text| text.as_str().to_owned()),
                raised_at_ms: at.as_ms(),
                status: HelpStatus::Open,
                by: None,
            },
        }),
        Event::HelpClaimed { id, seat, by } => EventBody::HelpClaimed(HelpClaimed {
            help_request: id.get(),
            seat: seat.get(),
            by: person(*by),
        }),
        Event::HelpResolved { id, seat, by } => EventBody::HelpResolved(HelpResolved {
            help_request: id.get(),
            seat: seat.get(),
            by: person(*by),
        }),
        Event::HelpWithdrawn { id, seat } => EventBody::HelpWithdrawn(HelpWithdrawn {
            help_request: id.get(),
            seat: seat.get(),
        }),
        Event::JoinCodeRequirementChanged { required } => {
            EventBody::JoinCodeRequirementChanged(JoinCodeRequirementChanged {
                required: *required,
            })
        }
        Event::WorkshopEnded { .. } => EventBody::WorkshopEnded(WorkshopEnded {}),
    }
}

fn nobody(seat: SeatId) -> Person {
    Person {
        seat: seat.get(),
        role: crate::Role::Attendee,
        name: "".into(),
        ordinal: 1,
    }
}
