//! Seats and their progress.

use std::collections::BTreeMap;

use crate::{
    Name, SeatId, Timestamp,
    workshop::{Progress, Role, Seat, StepRef, WorkshopState, state::same_name_key},
};

pub(super) fn take(
    state: &mut WorkshopState,
    seat: SeatId,
    role: Role,
    name: &Name,
    ordinal: u32,
    at: Timestamp,
) {
    state.names.insert(same_name_key(name), ordinal);
    if let Role::Facilitator(id) = role {
        state.facilitators.insert(id, seat);
    }
    state.seats.push(Seat {
        id: seat,
        role,
        name: name.clone(),
        ordinal,
        joined_at: at,
        progress: BTreeMap::new(),
        last_codelab: None,
        active_at: at,
        wrote_at: None,
        muted: false,
        following: true,
        quizzes: BTreeMap::new(),
    });
}

/// Somebody did something.
pub(super) fn active(state: &mut WorkshopState, seat: SeatId, at: Timestamp) {
    if let Some(seat) = state.seat_mut(seat) {
        seat.active_at = at;
    }
}

pub(super) fn enter(state: &mut WorkshopState, seat: SeatId, step: StepRef, at: Timestamp) {
    with_progress(state, seat, step, at, |progress| {
        progress.current = Some(step.step);
        progress.entered_at = Some(at);
    });
    if let Some(seat) = state.seat_mut(seat) {
        seat.last_codelab = Some(step.codelab);
    }
}

pub(super) fn complete(
    state: &mut WorkshopState,
    seat: SeatId,
    step: StepRef,
    done: bool,
    at: Timestamp,
) {
    with_progress(state, seat, step, at, |progress| {
        if done {
            progress.completed.insert(step.step);
        } else {
            progress.completed.remove(&step.step);
        }
    });
}

fn with_progress(
    state: &mut WorkshopState,
    seat: SeatId,
    step: StepRef,
    at: Timestamp,
    change: impl FnOnce(&mut Progress),
) {
    if let Some(seat) = state.seat_mut(seat) {
        seat.active_at = at;
        change(seat.progress.entry(step.codelab).or_default());
    }
}
