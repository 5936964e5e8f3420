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
        }
    }
}

/// Who may see an event.
///
/// An attendee's progress, help and arrival are between them and the
/// facilitators; what is said to all and the end are for everybody.
#[must_use]
pub fn audience(event: &Event) -> Audience {
    match event {
        Event::MessagePosted { .. }
        | Event::AnnouncementMade { .. }
        | Event::WorkshopEnded { .. } => Audience::Everyone,
        Event::WorkshopStarted { .. } | Event::JoinCodeRequirementChanged { .. } => {
            Audience::Facilitators
        }
        Event::SeatTaken { seat, .. }
        | Event::StepEntered { seat, .. }
        | Event::StepCompleted { seat, .. }
        | Event::StepReopened { seat, .. }
        | Event::HelpRaised { seat, .. }
        | Event::HelpClaimed { seat, .. }
        | Event::HelpResolved { seat, .. }
        | Event::HelpWithdrawn { seat, .. } => Audience::SeatAndFacilitators(*seat),
    }
}
