//! Who may see what. Everything that leaves the server towards a seat asks here.

use crate::{
    SeatId,
    workshop::{Event, Role, Seat},
};

/// The seats that may see something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Every seat of the workshop.
    Everyone,
    /// Facilitators.
    Facilitators,
    /// One seat, and the facilitators.
    SeatAndFacilitators(SeatId),
    /// One seat.
    Seat(SeatId),
}

impl Audience {
    /// Whether `viewer` belongs to it.
    #[must_use]
    pub fn includes(self, viewer: &Seat) -> bool {
        self.admits(viewer.id, viewer.role)
    }

    /// Whether a seat with this id and role belongs to it.
    #[must_use]
    pub fn admits(self, seat: SeatId, role: Role) -> bool {
        let facilitates = matches!(role, Role::Facilitator(_));
        match self {
            Self::Everyone => true,
            Self::Facilitators => facilitates,
            Self::SeatAndFacilitators(whose) => facilitates || seat == whose,
            Self::Seat(whose) => seat == whose,
        }
    }
}

/// Who may see an event.
///
/// An attendee's progress, help, direct messages and arrival are between them
/// and the facilitators; what is said to all, what the room is asked and the end
/// are for everybody, and so is who facilitates. What somebody answers to a poll
/// is theirs alone: others are told counts.
#[must_use]
pub fn audience(event: &Event) -> Audience {
    match event {
        Event::CodelabRevised { .. }
        | Event::MessagePosted { .. }
        | Event::AnnouncementMade { .. }
        | Event::MessagePinned { .. }
        | Event::SlowModeChanged { .. }
        | Event::PaceAsked { .. }
        | Event::PaceClosed { .. }
        | Event::TimerStarted { .. }
        | Event::TimerStopped { .. }
        | Event::LeadTaken { .. }
        | Event::LeadMoved { .. }
        | Event::LeadReleased { .. }
        | Event::StepsLimited { .. }
        | Event::PollOpened { .. }
        | Event::PollClosed { .. }
        | Event::PollRevealed { .. }
        | Event::PollReset { .. }
        | Event::SeatTaken {
            role: Role::Facilitator(_),
            ..
        }
        | Event::EndScheduled { .. }
        | Event::WorkshopEnded { .. } => Audience::Everyone,
        Event::WorkshopStarted { .. }
        | Event::WorkshopImported { .. }
        | Event::JoinCodeRequirementChanged { .. } => Audience::Facilitators,
        Event::FeedbackGiven { seat, .. } => {
            seat.map_or(Audience::Facilitators, Audience::SeatAndFacilitators)
        }
        Event::MessageDeleted { thread, .. } | Event::Reacted { thread, .. } => {
            thread.map_or(Audience::Everyone, Audience::SeatAndFacilitators)
        }
        Event::PollAnswered { seat, .. } => Audience::Seat(*seat),
        Event::DirectMessagePosted { with: seat, .. }
        | Event::SeatTaken { seat, .. }
        | Event::SeatMuted { seat, .. }
        | Event::StepEntered { seat, .. }
        | Event::StepCompleted { seat, .. }
        | Event::StepReopened { seat, .. }
        | Event::HelpRaised { seat, .. }
        | Event::HelpClaimed { seat, .. }
        | Event::HelpHandedBack { seat, .. }
        | Event::HelpResolved { seat, .. }
        | Event::HelpWithdrawn { seat, .. }
        | Event::PaceAnswered { seat, .. }
        | Event::FollowingChanged { seat, .. }
        | Event::QuizAnswered { seat, .. }
        | Event::WorkSubmitted { seat, .. } => Audience::SeatAndFacilitators(*seat),
    }
}
