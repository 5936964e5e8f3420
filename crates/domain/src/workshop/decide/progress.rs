//! Steps: entering, completing, reopening.

use super::{Decision, pace};
use crate::workshop::{Event, Rejection, Role, Seat, StepRef, WorkshopState};

pub(super) fn enter(state: &WorkshopState, seat: &Seat, at: StepRef) -> Decision {
    open_step(state, seat, at)?;
    if seat.position() == Some(at) {
        return Ok(Vec::new());
    }
    let mut events = vec![Event::StepEntered { seat: seat.id, at }];
    events.extend(pace::lead_to(state, seat, at));
    Ok(events)
}

pub(super) fn complete(state: &WorkshopState, seat: &Seat, at: StepRef) -> Decision {
    open_step(state, seat, at)?;
    if is_completed(seat, at) {
        return Ok(Vec::new());
    }
    Ok(vec![Event::StepCompleted { seat: seat.id, at }])
}

pub(super) fn reopen(state: &WorkshopState, seat: &Seat, at: StepRef) -> Decision {
    state.step(at)?;
    if !is_completed(seat, at) {
        return Ok(Vec::new());
    }
    Ok(vec![Event::StepReopened { seat: seat.id, at }])
}

fn is_completed(seat: &Seat, at: StepRef) -> bool {
    seat.progress
        .get(&at.codelab)
        .is_some_and(|progress| progress.completed.contains(&at.step))
}

/// A step of the agenda that this seat may enter.
pub(super) fn open_step(state: &WorkshopState, seat: &Seat, at: StepRef) -> Result<(), Rejection> {
    state.step(at)?;
    if seat.role == Role::Attendee && state.is_locked(at) {
        return Err(Rejection::StepLocked(at.step));
    }
    Ok(())
}
