//! Whether a seat's command becomes events. One file per part of the room.

mod conversation;
mod ending;
mod help;
mod moderation;
mod pace;
mod polls;
mod progress;
mod quizzes;

use crate::{
    Timestamp,
    workshop::{Command, Event, Rejection, Seat, Status, WorkshopState},
};

type Decision = Result<Vec<Event>, Rejection>;

/// Decides a command at a time. An empty answer means: already so, nothing to do.
///
/// # Errors
/// The [`Rejection`] that says why not.
pub fn decide(state: &WorkshopState, seat: &Seat, command: Command, now: Timestamp) -> Decision {
    if let Status::Ended { .. } = state.status() {
        return if command == Command::EndWorkshop {
            seat.facilitator().map(|_| Vec::new())
        } else {
            Err(Rejection::WorkshopEnded)
        };
    }
    match command {
        Command::EnterStep(at) => progress::enter(state, seat, at),
        Command::CompleteStep(at) => progress::complete(state, seat, at),
        Command::ReopenStep(at) => progress::reopen(state, seat, at),
        Command::PostMessage(message) => conversation::post(state, seat, message, now),
        Command::PostDirectMessage { with, message } => {
            conversation::post_direct(state, seat, with, message)
        }
        Command::Announce { text, pinned } => conversation::announce(state, seat, text, pinned),
        Command::DeleteMessage(id) => moderation::delete(state, seat, id),
        Command::PinMessage { message, pinned } => moderation::pin(state, seat, message, pinned),
        Command::React {
            message,
            reaction,
            on,
        } => conversation::react(state, seat, message, reaction, on),
        Command::MuteSeat { seat: whose, muted } => moderation::mute(state, seat, whose, muted),
        Command::SetSlowMode(seconds) => moderation::slow_mode(state, seat, seconds),
        Command::RaiseHelp { at, message } => help::raise(state, seat, at, message),
        Command::ClaimHelp(id) => help::claim(state, seat, id),
        Command::HandBackHelp(id) => help::hand_back(state, seat, id),
        Command::ResolveHelp(id) => help::resolve(state, seat, id),
        Command::WithdrawHelp(id) => help::withdraw(state, seat, id),
        Command::AskPace(at) => pace::ask(state, seat, at),
        Command::AnswerPace { pace, answer } => pace::answer(state, seat, pace, answer),
        Command::ClosePace(id) => pace::close(state, seat, id),
        Command::StartTimer { seconds, label } => pace::start_timer(seat, seconds, label),
        Command::StopTimer => pace::stop_timer(state, seat),
        Command::TakeLead => pace::take_lead(state, seat),
        Command::ReleaseLead => pace::release_lead(state, seat),
        Command::SetFollowing(following) => Ok(pace::follow(seat, following)),
        Command::LimitSteps { codelab, last } => pace::limit(state, seat, codelab, last),
        Command::OpenPoll(form) => polls::open(state, seat, form),
        Command::AnswerPoll { poll, answer } => polls::answer(state, seat, poll, answer),
        Command::ClosePoll(id) => polls::close(state, seat, id),
        Command::RevealPoll { poll, revealed } => polls::reveal(state, seat, poll, revealed),
        Command::ResetPoll(id) => polls::reset(state, seat, id),
        Command::AnswerQuiz { at, quiz, choices } => {
            quizzes::answer(state, seat, at, quiz, choices)
        }
        Command::RequireJoinCode(required) => {
            seat.facilitator()?;
            let event = Event::JoinCodeRequirementChanged { required };
            Ok(when(state.code_required() != required, event))
        }
        Command::ScheduleEnd(minutes) => ending::schedule(state, seat, minutes, now),
        Command::EndWorkshop => Ok(vec![Event::WorkshopEnded {
            by: seat.facilitator()?,
        }]),
    }
}

/// The event if it changes something.
fn when(changes: bool, event: Event) -> Vec<Event> {
    changes.then_some(event).into_iter().collect()
}
