//! The pace question, the timer and who leads.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    PaceId, SeatId, TimerLabel, Timestamp,
    workshop::{Lead, Pace, StepRef, Timer, WorkshopState},
};

pub(super) fn ask(state: &mut WorkshopState, id: PaceId, step: StepRef, at: Timestamp) {
    state.paces = id.get();
    state.pacing.pace = Some(Arc::new(Pace {
        id,
        at: step,
        asked_at: at,
        answers: BTreeMap::new(),
        open: true,
    }));
}

pub(super) fn change(state: &mut WorkshopState, id: PaceId, change: impl FnOnce(&mut Pace)) {
    if let Some(pace) = state.pacing.pace.as_mut().filter(|pace| pace.id == id) {
        change(Arc::make_mut(pace));
    }
}

pub(super) fn start_timer(
    state: &mut WorkshopState,
    seconds: u32,
    label: Option<TimerLabel>,
    at: Timestamp,
) {
    state.pacing.timer = Some(Timer {
        started_at: at,
        seconds,
        label,
    });
}

pub(super) fn lead(state: &mut WorkshopState, by: SeatId, at: Option<StepRef>) {
    state.pacing.lead = Some(Lead { by, at });
}
