//! Help requests: open → claimed → resolved, or withdrawn.

use super::Decision;
use crate::{
    HelpRequestId, HelpText,
    workshop::{Event, HelpRequest, HelpStatus, Rejection, Seat, StepRef, WorkshopState},
};

pub(super) fn raise(
    state: &WorkshopState,
    seat: &Seat,
    at: Option<StepRef>,
    message: Option<HelpText>,
) -> Decision {
    if let Some(waiting) = state.waiting_request(seat.id) {
        return Err(Rejection::HelpAlreadyRaised(waiting.id));
    }
    if let Some(at) = at {
        state.step(at)?;
    }
    Ok(vec![Event::HelpRaised {
        id: state.next_help_request(),
        seat: seat.id,
        at,
        message,
    }])
}

pub(super) fn claim(state: &WorkshopState, seat: &Seat, id: HelpRequestId) -> Decision {
    let by = seat.facilitator()?;
    let request = find(state, id)?;
    match request.status {
        HelpStatus::Open => Ok(vec![Event::HelpClaimed {
            id,
            seat: request.seat,
            by,
        }]),
        HelpStatus::Claimed { by: whose, .. } if whose == by => Ok(Vec::new()),
        HelpStatus::Claimed { by: whose, .. } => {
            Err(Rejection::HelpAlreadyClaimed { id, by: whose })
        }
        HelpStatus::Resolved { .. } | HelpStatus::Withdrawn { .. } => {
            Err(Rejection::HelpAlreadyClosed(id))
        }
    }
}

/// Any facilitator may hand back: who claimed it may have been called away.
pub(super) fn hand_back(state: &WorkshopState, seat: &Seat, id: HelpRequestId) -> Decision {
    let by = seat.facilitator()?;
    let request = find(state, id)?;
    match request.status {
        HelpStatus::Claimed { .. } => Ok(vec![Event::HelpHandedBack {
            id,
            seat: request.seat,
            by,
        }]),
        HelpStatus::Open => Err(Rejection::HelpNotClaimed(id)),
        HelpStatus::Resolved { .. } | HelpStatus::Withdrawn { .. } => {
            Err(Rejection::HelpAlreadyClosed(id))
        }
    }
}

/// Any facilitator may resolve, also what another claimed or nobody did: the
/// person may have been helped in passing.
pub(super) fn resolve(state: &WorkshopState, seat: &Seat, id: HelpRequestId) -> Decision {
    let by = seat.facilitator()?;
    let request = find(state, id)?;
    if !request.status.is_waiting() {
        return Err(Rejection::HelpAlreadyClosed(id));
    }
    Ok(vec![Event::HelpResolved {
        id,
        seat: request.seat,
        by,
    }])
}

pub(super) fn withdraw(state: &WorkshopState, seat: &Seat, id: HelpRequestId) -> Decision {
    let request = find(state, id)?;
    if request.seat != seat.id {
        return Err(Rejection::NotYourHelpRequest(id));
    }
    if !request.status.is_waiting() {
        return Err(Rejection::HelpAlreadyClosed(id));
    }
    Ok(vec![Event::HelpWithdrawn { id, seat: seat.id }])
}

fn find(state: &WorkshopState, id: HelpRequestId) -> Result<&HelpRequest, Rejection> {
    state
        .help_request(id)
        .ok_or(Rejection::UnknownHelpRequest(id))
}
