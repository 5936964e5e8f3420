//! Where the room is: counts per step, never names.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    SeatId, StepId,
    workshop::{AgendaCodelab, Role, Seat, WorkshopState},
};
use protocol::{CodelabPulse, Id, Pulse, StepPulse};

/// Counts the attendees of `state`.
pub fn pulse(state: &WorkshopState, online: &BTreeSet<SeatId>) -> Pulse {
    let attendees: Vec<&Seat> = state
        .seats()
        .iter()
        .filter(|seat| seat.role == Role::Attendee)
        .collect();
    Pulse {
        attendees: count(attendees.len()),
        online: count(
            attendees
                .iter()
                .filter(|seat| online.contains(&seat.id))
                .count(),
        ),
        codelabs: state
            .agenda()
            .iter()
            .map(|codelab| of_codelab(codelab, &attendees))
            .collect(),
    }
}

fn of_codelab(codelab: &AgendaCodelab, attendees: &[&Seat]) -> CodelabPulse {
    let mut here: BTreeMap<StepId, u32> = BTreeMap::new();
    let mut completed: BTreeMap<StepId, u32> = BTreeMap::new();
    for progress in attendees
        .iter()
        .filter_map(|seat| seat.progress.get(&codelab.codelab))
    {
        if let Some(step) = progress.current {
            *here.entry(step).or_default() += 1;
        }
        for step in &progress.completed {
            *completed.entry(*step).or_default() += 1;
        }
    }
    let steps = codelab.steps.iter().filter_map(|step| {
        let here = here.get(&step.step).copied().unwrap_or(0);
        let completed = completed.get(&step.step).copied().unwrap_or(0);
        (here + completed > 0).then_some(StepPulse {
            step: Id(step.step),
            here,
            completed,
        })
    });
    CodelabPulse {
        codelab: Id(codelab.codelab),
        steps: steps.collect(),
    }
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
