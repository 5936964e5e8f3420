//! Which events show that somebody is at work.

use super::Event;
use crate::SeatId;

/// The seat whose person was certainly there.
pub(super) const fn sign_of_life(event: &Event) -> Option<SeatId> {
    match event {
        Event::StepEntered { seat, .. }
        | Event::StepCompleted { seat, .. }
        | Event::StepReopened { seat, .. }
        | Event::MessagePosted { seat, .. }
        | Event::DirectMessagePosted { seat, .. }
        | Event::Reacted { seat, .. }
        | Event::AnnouncementMade { seat, .. }
        | Event::HelpRaised { seat, .. }
        | Event::HelpResolved { seat, .. }
        | Event::HelpWithdrawn { seat, .. }
        | Event::PaceAnswered { seat, .. }
        | Event::FollowingChanged { seat, .. }
        | Event::QuizAnswered { seat, .. }
        | Event::WorkSubmitted { seat, .. } => Some(*seat),
        Event::FeedbackGiven { seat, .. } => *seat,
        // Nobody is told who answered a poll, not even by a time that grew.
        Event::PollAnswered { .. }
        // What others do to somebody, and what facilitators do in front.
        | Event::WorkshopStarted { .. }
        | Event::CodelabRevised { .. }
        | Event::SeatTaken { .. }
        | Event::MessageDeleted { .. }
        | Event::MessagePinned { .. }
        | Event::SeatMuted { .. }
        | Event::SlowModeChanged { .. }
        | Event::HelpClaimed { .. }
        | Event::HelpHandedBack { .. }
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
        | Event::WorkshopImported { .. }
        | Event::JoinCodeRequirementChanged { .. }
        | Event::EndScheduled { .. }
        | Event::WorkshopEnded { .. } => None,
    }
}
