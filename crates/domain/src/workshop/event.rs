//! What happened. Events are facts: once in the log they never change.

use std::sync::Arc;

use crate::{
    AnnouncementText, CodelabId, ContentHash, HelpRequestId, HelpText, JoinCode, MessageId,
    MessageText, Name, SeatId, Seq, StepId, Timestamp, WorkshopTitle, workshop::Role,
};

/// An event at its place in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its position, counted from 1 without gaps.
    pub seq: Seq,
    /// When it was decided.
    pub at: Timestamp,
    /// What happened.
    pub event: Event,
}

/// One step of one codelab of the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepRef {
    /// The codelab.
    pub codelab: CodelabId,
    /// Its step.
    pub step: StepId,
}

/// A codelab of the agenda, as it was when the workshop started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaCodelab {
    /// The codelab.
    pub codelab: CodelabId,
    /// Which of its saved states, counted from 1.
    pub revision: u32,
    /// Its title.
    pub title: Arc<str>,
    /// Its steps in order; at least one.
    pub steps: Arc<[AgendaStep]>,
}

/// A step of the agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaStep {
    /// The step.
    pub step: StepId,
    /// Its title.
    pub title: Arc<str>,
    /// Planned minutes; nothing when the author gave none.
    pub minutes: Option<u32>,
    /// The rendered step.
    pub content: ContentHash,
}

/// What happened, in the past tense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The workshop began; always the first event of a log.
    WorkshopStarted {
        /// What it is called.
        title: WorkshopTitle,
        /// The code for joining.
        join_code: JoinCode,
        /// Whether joining takes the code.
        code_required: bool,
        /// What will be worked through; at least one codelab.
        agenda: Arc<[AgendaCodelab]>,
    },
    /// Somebody joined.
    SeatTaken {
        /// The new seat.
        seat: SeatId,
        /// What they are here for.
        role: Role,
        /// The name they gave.
        name: Name,
        /// 1 for the first of that name, 2 for the second, …
        ordinal: u32,
    },
    /// A seat moved to a step.
    StepEntered {
        /// Whose.
        seat: SeatId,
        /// Where to.
        at: StepRef,
    },
    /// A seat finished a step.
    StepCompleted {
        /// Whose.
        seat: SeatId,
        /// Which.
        at: StepRef,
    },
    /// A seat took back that it finished a step.
    StepReopened {
        /// Whose.
        seat: SeatId,
        /// Which.
        at: StepRef,
    },
    /// Somebody said something to everybody.
    MessagePosted {
        /// The message.
        id: MessageId,
        /// By whom.
        seat: SeatId,
        /// What.
        text: MessageText,
    },
    /// A facilitator announced something.
    AnnouncementMade {
        /// The announcement; counted with the messages.
        id: MessageId,
        /// By whom.
        seat: SeatId,
        /// What.
        text: AnnouncementText,
    },
    /// Somebody asked for help.
    HelpRaised {
        /// The request.
        id: HelpRequestId,
        /// Who waits.
        seat: SeatId,
        /// Where they are stuck.
        at: Option<StepRef>,
        /// What about.
        message: Option<HelpText>,
    },
    /// A facilitator took a request on.
    HelpClaimed {
        /// The request.
        id: HelpRequestId,
        /// Who waits.
        seat: SeatId,
        /// The facilitator.
        by: SeatId,
    },
    /// A facilitator closed a request as helped.
    HelpResolved {
        /// The request.
        id: HelpRequestId,
        /// Who waited.
        seat: SeatId,
        /// The facilitator.
        by: SeatId,
    },
    /// The attendee no longer needs help.
    HelpWithdrawn {
        /// The request.
        id: HelpRequestId,
        /// Who waited.
        seat: SeatId,
    },
    /// Joining now takes the code, or no longer does.
    JoinCodeRequirementChanged {
        /// Whether it does.
        required: bool,
    },
    /// The workshop is over; it can still be read.
    WorkshopEnded {
        /// The facilitator who ended it.
        by: SeatId,
    },
}
