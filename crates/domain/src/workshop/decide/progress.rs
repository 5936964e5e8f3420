//! Steps: entering, completing, reopening.

use crate::workshop::{Event, Rejection, Seat, StepRef, WorkshopState};

type Decision = Result<Vec<Event>, Rejection>;

pub(super) fn enter(state: &WorkshopState, seat: &Seat, at: StepRef) -> Decision {
    state.step(at)?;
    if seat.position() == Some(at) {
        return Ok(Vec::new());
    }
    Ok(vec![Event::StepEntered { seat: seat.id, at }])
}

pub(super) fn complete(state: &WorkshopState, seat: &Seat, at: StepRef) -> Decision {
    state.step(at)?;
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
