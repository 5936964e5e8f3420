//! Who may see what, and who may cause what, a second time.

use domain::{
    SeatId,
    workshop::{Audience, Event, Role, audience},
};

use crate::room::Room;

/// What only a facilitator may cause.
pub fn is_of_a_facilitator(event: &Event) -> bool {
    match event {
        Event::AnnouncementMade { .. }
        | Event::MessagePinned { .. }
        | Event::SeatMuted { .. }
        | Event::SlowModeChanged { .. }
        | Event::HelpClaimed { .. }
        | Event::HelpHandedBack { .. }
        | Event::HelpResolved { .. }
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
        | Event::JoinCodeRequirementChanged { .. }
        | Event::EndScheduled { .. }
        | Event::WorkshopEnded { .. } => true,
        Event::WorkshopStarted { .. }
        | Event::CodelabRevised { .. }
        | Event::SeatTaken { .. }
        | Event::StepEntered { .. }
        | Event::StepCompleted { .. }
        | Event::StepReopened { .. }
        | Event::MessagePosted { .. }
        | Event::DirectMessagePosted { .. }
        | Event::MessageDeleted { .. }
        | Event::Reacted { .. }
        | Event::HelpRaised { .. }
        | Event::HelpWithdrawn { .. }
        | Event::PaceAnswered { .. }
        | Event::FollowingChanged { .. }
        | Event::PollAnswered { .. }
        | Event::QuizAnswered { .. }
        | Event::FeedbackGiven { .. }
        | Event::WorkSubmitted { .. }
        | Event::WorkshopImported { .. } => false,
    }
}

/// Who may see an event, beside the seat it is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Others {
    Everybody,
    Facilitators,
    Nobody,
}

/// The table of `audience.rs`, written down a second time, by hand: the seat
/// that an event is about, which may see it, and who else may.
fn may_see(event: &Event) -> (Option<SeatId>, Others) {
    use Others::{Everybody, Facilitators, Nobody};
    match event {
        Event::WorkshopStarted { .. }
        | Event::WorkshopImported { .. }
        | Event::JoinCodeRequirementChanged { .. } => (None, Facilitators),
        Event::FeedbackGiven { seat, .. } => (*seat, Facilitators),
        Event::SeatTaken {
            role: Role::Facilitator(_),
            ..
        }
        | Event::CodelabRevised { .. }
        | Event::MessagePosted { .. }
        | Event::AnnouncementMade { .. }
        | Event::MessageDeleted { thread: None, .. }
        | Event::Reacted { thread: None, .. }
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
        | Event::EndScheduled { .. }
        | Event::WorkshopEnded { .. } => (None, Everybody),
        Event::SeatTaken {
            seat,
            role: Role::Attendee,
            ..
        }
        | Event::StepEntered { seat, .. }
        | Event::StepCompleted { seat, .. }
        | Event::StepReopened { seat, .. }
        | Event::DirectMessagePosted { with: seat, .. }
        | Event::MessageDeleted {
            thread: Some(seat), ..
        }
        | Event::Reacted {
            thread: Some(seat), ..
        }
        | Event::SeatMuted { seat, .. }
        | Event::HelpRaised { seat, .. }
        | Event::HelpClaimed { seat, .. }
        | Event::HelpHandedBack { seat, .. }
        | Event::HelpResolved { seat, .. }
        | Event::HelpWithdrawn { seat, .. }
        | Event::PaceAnswered { seat, .. }
        | Event::FollowingChanged { seat, .. }
        | Event::QuizAnswered { seat, .. }
        | Event::WorkSubmitted { seat, .. } => (Some(*seat), Facilitators),
        Event::PollAnswered { seat, .. } => (Some(*seat), Nobody),
    }
}

pub fn assert_only_the_audience_sees(room: &Room, event: &Event) {
    let (about, others) = may_see(event);
    for viewer in room.state.seats() {
        let by_role = match others {
            Others::Everybody => true,
            Others::Facilitators => viewer.facilitator().is_ok(),
            Others::Nobody => false,
        };
        assert_eq!(
            audience(event).includes(viewer),
            by_role || about == Some(viewer.id),
            "{event:?} and seat {}",
            viewer.id
        );
    }
    let secret = matches!(
        event,
        Event::WorkshopStarted { .. }
            | Event::WorkshopImported { .. }
            | Event::JoinCodeRequirementChanged { .. }
            | Event::FeedbackGiven { seat: None, .. }
    );
    assert_eq!(audience(event) == Audience::Facilitators, secret);
}
