//! Planning the end.

use super::{Decision, when};
use crate::{
    Timestamp,
    workshop::{Event, Rejection, Seat, WorkshopState},
};

const MS_PER_MINUTE: i64 = 60_000;

pub(super) fn schedule(
    state: &WorkshopState,
    seat: &Seat,
    minutes: Option<u32>,
    now: Timestamp,
) -> Decision {
    let by = seat.facilitator()?;
    let max = WorkshopState::MAX_GRACE_MINUTES;
    if minutes.is_some_and(|minutes| !(1..=max).contains(&minutes)) {
        return Err(Rejection::OutOfRange {
            what: "minutes until the end",
            min: 1,
            max,
        });
    }
    let at = minutes.map(|minutes| {
        let grace = i64::from(minutes) * MS_PER_MINUTE;
        Timestamp::from_ms(now.as_ms().saturating_add(grace))
    });
    let planned = state.planned_end().map(|end| end.at);
    Ok(when(planned != at, Event::EndScheduled { by, at }))
}
