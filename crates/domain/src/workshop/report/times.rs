//! How long people were at steps, as far as the log knows.

use std::collections::BTreeMap;

use crate::{
    SeatId, Timestamp,
    workshop::{Event, Recorded, StepRef, WorkshopState, sign_of_life::sign_of_life},
};

/// The longest silence that counts as work, unless the step is planned for
/// longer: past it somebody is at lunch.
const SILENCE_MS: i64 = 30 * 60 * 1000;

/// The time that seats were at steps.
///
/// A seat is at the step that it entered last, until it marks that step as done:
/// who is done and waits for the others no longer works on it. Time passes
/// between one sign of life of a seat and the next: entering, finishing or
/// reopening a step, writing, asking for help or being helped, saying how it goes. It ends
/// with the last sign, since nobody knows when people got up. Two signs further
/// apart than half an hour, or twice the step's planned minutes if that is longer,
/// count as that long: in between, people were away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Times {
    seats: BTreeMap<SeatId, Seat>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Seat {
    at: StepRef,
    /// Whether they are still at work on it.
    working: bool,
    seen: Timestamp,
    spent_ms: BTreeMap<StepRef, i64>,
}

impl Times {
    /// Takes in an event that `state` contains.
    pub(super) fn take(&mut self, state: &WorkshopState, recorded: &Recorded) {
        let Some(seat) = sign_of_life(&recorded.event) else {
            return;
        };
        self.pass(state, seat, recorded.at);
        if let Event::StepEntered { at, .. } = recorded.event {
            self.enter(seat, at, recorded.at);
        } else if let Event::StepCompleted { at, .. } = recorded.event {
            self.set_working(seat, at, false);
        } else if let Event::StepReopened { at, .. } = recorded.event {
            self.set_working(seat, at, true);
        }
    }

    /// How long a seat was at a step in all, in milliseconds; nothing if it
    /// never entered it.
    #[must_use]
    pub fn spent_ms(&self, seat: SeatId, at: StepRef) -> Option<i64> {
        self.seats.get(&seat)?.spent_ms.get(&at).copied()
    }

    fn pass(&mut self, state: &WorkshopState, seat: SeatId, now: Timestamp) {
        let Some(seat) = self.seats.get_mut(&seat) else {
            return;
        };
        // The machine's clock may have been set back in between.
        let passed = now.as_ms().saturating_sub(seat.seen.as_ms()).max(0);
        if seat.working {
            let spent = seat.spent_ms.entry(seat.at).or_default();
            *spent = spent.saturating_add(passed.min(longest_silence_ms(state, seat.at)));
        }
        seat.seen = now;
    }

    fn enter(&mut self, seat: SeatId, at: StepRef, now: Timestamp) {
        let seat = self.seats.entry(seat).or_insert_with(|| Seat {
            at,
            working: true,
            seen: now,
            spent_ms: BTreeMap::new(),
        });
        seat.at = at;
        seat.working = true;
        seat.spent_ms.entry(at).or_default();
    }

    fn set_working(&mut self, seat: SeatId, at: StepRef, working: bool) {
        if let Some(seat) = self.seats.get_mut(&seat).filter(|seat| seat.at == at) {
            seat.working = working;
        }
    }
}

fn longest_silence_ms(state: &WorkshopState, at: StepRef) -> i64 {
    let planned = state.step(at).ok().and_then(|step| step.minutes);
    let twice = i64::from(planned.unwrap_or(0)) * 2 * 60 * 1000;
    twice.max(SILENCE_MS)
}
