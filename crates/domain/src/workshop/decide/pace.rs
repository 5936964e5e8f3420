//! The pace question, the timer, "follow me", and steps that are not open yet.

use super::{Decision, when};
use crate::{
    CodelabId, PaceId, StepId, TimerLabel,
    workshop::{
        Event, Pace, PaceAnswer, Rejection, Seat, StepRef, Timer, WorkshopState,
        decide::conversation::attendee,
    },
};

pub(super) fn ask(state: &WorkshopState, seat: &Seat, at: StepRef) -> Decision {
    let by = seat.facilitator()?;
    state.step(at)?;
    let id = state.next_pace();
    Ok(vec![Event::PaceAsked { id, by, at }])
}

pub(super) fn answer(
    state: &WorkshopState,
    seat: &Seat,
    id: PaceId,
    answer: PaceAnswer,
) -> Decision {
    let seat = attendee(state, seat.id)?;
    let pace = current(state, id)?;
    if !pace.open {
        return Err(Rejection::PaceClosed(id));
    }
    let event = Event::PaceAnswered { id, seat, answer };
    Ok(when(pace.answers.get(&seat) != Some(&answer), event))
}

pub(super) fn close(state: &WorkshopState, seat: &Seat, id: PaceId) -> Decision {
    let by = seat.facilitator()?;
    let pace = current(state, id)?;
    Ok(when(pace.open, Event::PaceClosed { id, by }))
}

fn current(state: &WorkshopState, id: PaceId) -> Result<&Pace, Rejection> {
    state
        .pace()
        .filter(|pace| pace.id == id)
        .ok_or(Rejection::UnknownPace(id))
}

pub(super) fn start_timer(seat: &Seat, seconds: u32, label: Option<TimerLabel>) -> Decision {
    let by = seat.facilitator()?;
    if !(1..=Timer::MAX_SECONDS).contains(&seconds) {
        return Err(Rejection::OutOfRange {
            what: "a timer",
            min: 1,
            max: Timer::MAX_SECONDS,
        });
    }
    Ok(vec![Event::TimerStarted { by, seconds, label }])
}

pub(super) fn stop_timer(state: &WorkshopState, seat: &Seat) -> Decision {
    let by = seat.facilitator()?;
    Ok(when(state.timer().is_some(), Event::TimerStopped { by }))
}

/// There is one lead: taking it takes it from whoever has it.
pub(super) fn take_lead(state: &WorkshopState, seat: &Seat) -> Decision {
    let by = seat.facilitator()?;
    let leads = state.lead().is_some_and(|lead| lead.by == by);
    let at = seat.position();
    let mut events = when(!leads, Event::LeadTaken { by, at });
    if let (false, Some(at)) = (leads, at) {
        events.extend(open_up_to(state, seat, at));
    }
    Ok(events)
}

pub(super) fn release_lead(state: &WorkshopState, seat: &Seat) -> Decision {
    let by = seat.facilitator()?;
    match state.lead() {
        None => Ok(Vec::new()),
        Some(lead) if lead.by == by => Ok(vec![Event::LeadReleased { by }]),
        Some(_) => Err(Rejection::NotLeading),
    }
}

/// What follows from a seat's move, if the room follows that seat. Nobody can
/// follow to a locked step, so that leading there opens it.
pub(super) fn lead_to(state: &WorkshopState, seat: &Seat, at: StepRef) -> Vec<Event> {
    if state.lead().is_none_or(|lead| lead.by != seat.id) {
        return Vec::new();
    }
    let mut events = vec![Event::LeadMoved { by: seat.id, at }];
    events.extend(open_up_to(state, seat, at));
    events
}

fn open_up_to(state: &WorkshopState, seat: &Seat, at: StepRef) -> Option<Event> {
    state.is_locked(at).then_some(Event::StepsLimited {
        by: seat.id,
        codelab: at.codelab,
        last: Some(at.step),
    })
}

pub(super) fn follow(seat: &Seat, following: bool) -> Vec<Event> {
    let event = Event::FollowingChanged {
        seat: seat.id,
        following,
    };
    when(seat.following != following, event)
}

/// Nobody can follow to a locked step, so that the step that is led to stays open.
pub(super) fn limit(
    state: &WorkshopState,
    seat: &Seat,
    codelab: CodelabId,
    last: Option<StepId>,
) -> Decision {
    let by = seat.facilitator()?;
    match last {
        Some(step) => drop(state.step(StepRef { codelab, step })?),
        None if state.agenda().iter().any(|c| c.codelab == codelab) => {}
        None => return Err(Rejection::UnknownCodelab(codelab)),
    }
    let led = state.lead().and_then(|lead| lead.at);
    let led = led.filter(|at| at.codelab == codelab);
    let last = last.map(|last| match led {
        Some(at) if state.lies_beyond(at, last) => at.step,
        _ => last,
    });
    let event = Event::StepsLimited { by, codelab, last };
    Ok(when(state.step_limit(codelab) != last, event))
}
