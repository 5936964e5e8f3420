//! Events as they lie in the database: a JSON document with its `kind`. The
//! form is ours alone, apart from the wire's, and must stay readable for as
//! long as there are databases: fields may be added with `serde(default)`,
//! never renamed or removed.

use std::sync::Arc;

use domain::{
    AnnouncementText, CodelabId, ContentHash, FacilitatorId, HelpRequestId, HelpText, JoinCode,
    MessageId, MessageText, Name, SeatId, StepId, WorkshopTitle,
    workshop::{AgendaCodelab, AgendaStep, Event, Role, StepRef},
};
use serde::{Deserialize, Serialize};

/// Why a document is no event.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotAnEvent;

/// The document of an event.
pub(super) fn encode(event: &Event) -> serde_json::Result<String> {
    serde_json::to_string(&Stored::from(event))
}

/// The event of a document.
pub(super) fn decode(payload: &str) -> Result<Event, NotAnEvent> {
    let stored: Stored = serde_json::from_str(payload).map_err(|_| NotAnEvent)?;
    stored.try_into()
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Stored {
    WorkshopStarted {
        title: String,
        join_code: String,
        code_required: bool,
        agenda: Vec<StoredCodelab>,
    },
    SeatTaken {
        seat: u32,
        /// Absent: an attendee.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        facilitator: Option<u64>,
        name: String,
        ordinal: u32,
    },
    StepEntered {
        seat: u32,
        at: StoredStepRef,
    },
    StepCompleted {
        seat: u32,
        at: StoredStepRef,
    },
    StepReopened {
        seat: u32,
        at: StoredStepRef,
    },
    MessagePosted {
        id: u32,
        seat: u32,
        text: String,
    },
    AnnouncementMade {
        id: u32,
        seat: u32,
        text: String,
    },
    HelpRaised {
        id: u32,
        seat: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<StoredStepRef>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
    },
    HelpClaimed {
        id: u32,
        seat: u32,
        by: u32,
    },
    HelpResolved {
        id: u32,
        seat: u32,
        by: u32,
    },
    HelpWithdrawn {
        id: u32,
        seat: u32,
    },
    JoinCodeRequirementChanged {
        required: bool,
    },
    WorkshopEnded {
        by: u32,
    },
}

#[derive(Serialize, Deserialize)]
struct StoredCodelab {
    codelab: u64,
    revision: u32,
    title: Arc<str>,
    steps: Vec<StoredStep>,
}

#[derive(Serialize, Deserialize)]
struct StoredStep {
    step: u64,
    title: Arc<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    minutes: Option<u32>,
    /// SHA-256 in hexadecimal.
    content: String,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
struct StoredStepRef {
    codelab: u64,
    step: u64,
}

impl From<&Event> for Stored {
    fn from(event: &Event) -> Self {
        match event {
            Event::WorkshopStarted {
                title,
                join_code,
                code_required,
                agenda,
            } => Self::WorkshopStarted {
                title: title.as_str().to_owned(),
                join_code: join_code.as_str().to_owned(),
                code_required: *code_required,
                agenda: agenda.iter().map(StoredCodelab::from).collect(),
            },
            Event::SeatTaken {
                seat,
                role,
                name,
                ordinal,
            } => Self::SeatTaken {
                seat: seat.get(),
                facilitator: match role {
                    Role::Attendee => None,
                    Role::Facilitator(id) => Some(id.to_bits()),
                },
                name: name.as_str().to_owned(),
                ordinal: *ordinal,
            },
            Event::StepEntered { seat, at } => Self::StepEntered {
                seat: seat.get(),
                at: at.into(),
            },
            Event::StepCompleted { seat, at } => Self::StepCompleted {
                seat: seat.get(),
                at: at.into(),
            },
            Event::StepReopened { seat, at } => Self::StepReopened {
                seat: seat.get(),
                at: at.into(),
            },
            Event::MessagePosted { id, seat, text } => Self::MessagePosted {
                id: id.get(),
                seat: seat.get(),
                text: text.as_str().to_owned(),
            },
            Event::AnnouncementMade { id, seat, text } => Self::AnnouncementMade {
                id: id.get(),
                seat: seat.get(),
                text: text.as_str().to_owned(),
            },
            Event::HelpRaised {
                id,
                seat,
                at,
                message,
            } => Self::HelpRaised {
                id: id.get(),
                seat: seat.get(),
                at: at.as_ref().map(StoredStepRef::from),
                message: message.as_ref().map(|text| text.as_str().to_owned()),
            },
            Event::HelpClaimed { id, seat, by } => Self::HelpClaimed {
                id: id.get(),
                seat: seat.get(),
                by: by.get(),
            },
            Event::HelpResolved { id, seat, by } => Self::HelpResolved {
                id: id.get(),
                seat: seat.get(),
                by: by.get(),
            },
            Event::HelpWithdrawn { id, seat } => Self::HelpWithdrawn {
                id: id.get(),
                seat: seat.get(),
            },
            Event::JoinCodeRequirementChanged { required } => Self::JoinCodeRequirementChanged {
                required: *required,
            },
            Event::WorkshopEnded { by } => Self::WorkshopEnded { by: by.get() },
        }
    }
}

impl TryFrom<Stored> for Event {
    type Error = NotAnEvent;

    fn try_from(stored: Stored) -> Result<Self, NotAnEvent> {
        Ok(match stored {
            Stored::WorkshopStarted {
                title,
                join_code,
                code_required,
                agenda,
            } => Self::WorkshopStarted {
                title: checked(WorkshopTitle::parse(&title))?,
                join_code: checked(JoinCode::parse(&join_code))?,
                code_required,
                agenda: agenda
                    .into_iter()
                    .map(AgendaCodelab::try_from)
                    .collect::<Result<_, _>>()?,
            },
            Stored::SeatTaken {
                seat,
                facilitator,
                name,
                ordinal,
            } => Self::SeatTaken {
                seat: SeatId::new(seat),
                role: facilitator.map_or(Role::Attendee, |bits| {
                    Role::Facilitator(FacilitatorId::from_bits(bits))
                }),
                name: checked(Name::parse(&name))?,
                ordinal,
            },
            Stored::StepEntered { seat, at } => Self::StepEntered {
                seat: SeatId::new(seat),
                at: at.into(),
            },
            Stored::StepCompleted { seat, at } => Self::StepCompleted {
                seat: SeatId::new(seat),
                at: at.into(),
            },
            Stored::StepReopened { seat, at } => Self::StepReopened {
                seat: SeatId::new(seat),
                at: at.into(),
            },
            Stored::MessagePosted { id, seat, text } => Self::MessagePosted {
                id: MessageId::new(id),
                seat: SeatId::new(seat),
                text: checked(MessageText::parse(&text))?,
            },
            Stored::AnnouncementMade { id, seat, text } => Self::AnnouncementMade {
                id: MessageId::new(id),
                seat: SeatId::new(seat),
                text: checked(AnnouncementText::parse(&text))?,
            },
            Stored::HelpRaised {
                id,
                seat,
                at,
                message,
            } => Self::HelpRaised {
                id: HelpRequestId::new(id),
                seat: SeatId::new(seat),
                at: at.map(StepRef::from),
                message: message
                    .map(|text| checked(HelpText::parse(&text)))
                    .transpose()?,
            },
            Stored::HelpClaimed { id, seat, by } => Self::HelpClaimed {
                id: HelpRequestId::new(id),
                seat: SeatId::new(seat),
                by: SeatId::new(by),
            },
            Stored::HelpResolved { id, seat, by } => Self::HelpResolved {
                id: HelpRequestId::new(id),
                seat: SeatId::new(seat),
                by: SeatId::new(by),
            },
            Stored::HelpWithdrawn { id, seat } => Self::HelpWithdrawn {
                id: HelpRequestId::new(id),
                seat: SeatId::new(seat),
            },
            Stored::JoinCodeRequirementChanged { required } => {
                Self::JoinCodeRequirementChanged { required }
            }
            Stored::WorkshopEnded { by } => Self::WorkshopEnded {
                by: SeatId::new(by),
            },
        })
    }
}

fn checked<T, E>(parsed: Result<T, E>) -> Result<T, NotAnEvent> {
    parsed.map_err(|_| NotAnEvent)
}

impl From<&StepRef> for StoredStepRef {
    fn from(at: &StepRef) -> Self {
        Self {
            codelab: at.codelab.to_bits(),
            step: at.step.to_bits(),
        }
    }
}

impl From<StoredStepRef> for StepRef {
    fn from(at: StoredStepRef) -> Self {
        Self {
            codelab: CodelabId::from_bits(at.codelab),
            step: StepId::from_bits(at.step),
        }
    }
}

impl From<&AgendaCodelab> for StoredCodelab {
    fn from(codelab: &AgendaCodelab) -> Self {
        let steps = codelab.steps.iter().map(|step| StoredStep {
            step: step.step.to_bits(),
            title: Arc::clone(&step.title),
            minutes: step.minutes,
            content: step.content.to_string(),
        });
        Self {
            codelab: codelab.codelab.to_bits(),
            revision: codelab.revision,
            title: Arc::clone(&codelab.title),
            steps: steps.collect(),
        }
    }
}

impl TryFrom<StoredCodelab> for AgendaCodelab {
    type Error = NotAnEvent;

    fn try_from(stored: StoredCodelab) -> Result<Self, NotAnEvent> {
        let step = |step: StoredStep| {
            Ok(AgendaStep {
                step: StepId::from_bits(step.step),
                title: step.title,
                minutes: step.minutes,
                content: step
                    .content
                    .parse::<ContentHash>()
                    .map_err(|_| NotAnEvent)?,
            })
        };
        Ok(Self {
            codelab: CodelabId::from_bits(stored.codelab),
            revision: stored.revision,
            title: stored.title,
            steps: stored
                .steps
                .into_iter()
                .map(step)
                .collect::<Result<_, _>>()?,
        })
    }
}

#[cfg(test)]
mod tests;
