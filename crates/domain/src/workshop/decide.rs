//! Whether a seat's command becomes events. One file per part of the room.

mod conversation;
mod help;
mod progress;

use crate::workshop::{Command, Event, Rejection, Seat, Status, WorkshopState};

/// Decides a command. An empty answer means: already so, nothing to do.
///
/// # Errors
/// The [`Rejection`] that says why not.
pub fn decide(
    state: &WorkshopState,
    seat: &Seat,
    command: Command,
) -> Result<Vec<Event>, Rejection> {
    if let Status::Ended { .. } = state.status() {
        return match command {
            Command::EndWorkshop => seat.facilitator().map(|_| Vec::new()),
            Command::EnterStep(_)
            | Command::CompleteStep(_)
            | Command::ReopenStep(_)
            | Command::PostMessage(_)
            | Command::Announce(_)
            | Command::RaiseHelp { .. }
            | Command::ClaimHelp(_)
            | Command::ResolveHelp(_)
            | Command::WithdrawHelp(_)
            | Command::RequireJoinCode(_) => Err(Rejection::WorkshopEnded),
        };
    }
    match command {
        Command::EnterStep(at) => progress::enter(state, seat, at),
        Command::CompleteStep(at) => progress::complete(state, seat, at),
        Command::ReopenStep(at) => progress::reopen(state, seat, at),
        Command::PostMessage(text) => Ok(conversation::post(state, seat, text)),
        Command::Announce(text) => conversation::announce(state, seat, text),
        Command::RaiseHelp { at, message } => help::raise(state, seat, at, message),
        Command::ClaimHelp(id) => help::claim(state, seat, id),
        Command::ResolveHelp(id) => help::resolve(state, seat, id),
        Command::WithdrawHelp(id) => help::withdraw(state, seat, id),
        Command::RequireJoinCode(required) => {
            seat.facilitator()?;
            let change = state.code_required() != required;
            Ok(change
                .then_some(Event::JoinCodeRequirementChanged { required })
                .into_iter()
                .collect())
        }
        Command::EndWorkshop => Ok(vec![Event::WorkshopEnded {
            by: seat.facilitator()?,
        }]),
    }
}
