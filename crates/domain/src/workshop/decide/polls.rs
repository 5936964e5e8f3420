//! Polls: one is open at a time.

use std::sync::Arc;

use super::{Decision, when};
use crate::{
    PollId,
    workshop::{Event, POLLS, Poll, PollAnswer, PollForm, Rejection, Seat, WorkshopState},
};

pub(super) fn open(state: &WorkshopState, seat: &Seat, form: Arc<PollForm>) -> Decision {
    let by = seat.facilitator()?;
    if !form.is_valid() {
        return Err(Rejection::InvalidPoll);
    }
    let id = state.next_poll();
    if id.get() > POLLS {
        return Err(Rejection::TooManyPolls { max: POLLS });
    }
    let mut events = close_open_ones(state, seat, id);
    events.push(Event::PollOpened { id, by, form });
    Ok(events)
}

pub(super) fn answer(
    state: &WorkshopState,
    seat: &Seat,
    id: PollId,
    answer: PollAnswer,
) -> Decision {
    let poll = find(state, id)?;
    if !poll.open {
        return Err(Rejection::PollClosed(id));
    }
    if !poll.form.takes(&answer) {
        return Err(Rejection::InvalidPollAnswer(id));
    }
    let changes = poll.answers.get(&seat.id) != Some(&answer);
    let seat = seat.id;
    Ok(when(changes, Event::PollAnswered { id, seat, answer }))
}

pub(super) fn close(state: &WorkshopState, seat: &Seat, id: PollId) -> Decision {
    let by = seat.facilitator()?;
    Ok(when(find(state, id)?.open, Event::PollClosed { id, by }))
}

pub(super) fn reveal(state: &WorkshopState, seat: &Seat, id: PollId, revealed: bool) -> Decision {
    let by = seat.facilitator()?;
    let changes = find(state, id)?.revealed != revealed;
    Ok(when(changes, Event::PollRevealed { id, by, revealed }))
}

pub(super) fn reset(state: &WorkshopState, seat: &Seat, id: PollId) -> Decision {
    let by = seat.facilitator()?;
    let poll = find(state, id)?;
    if poll.open && !poll.revealed && poll.answers.is_empty() {
        return Ok(Vec::new());
    }
    let mut events = close_open_ones(state, seat, id);
    events.push(Event::PollReset { id, by });
    Ok(events)
}

fn close_open_ones(state: &WorkshopState, seat: &Seat, except: PollId) -> Vec<Event> {
    let by = seat.id;
    let open = state.polls().iter().filter(|p| p.open && p.id != except);
    open.map(|poll| Event::PollClosed { id: poll.id, by })
        .collect()
}

fn find(state: &WorkshopState, id: PollId) -> Result<&Poll, Rejection> {
    state.poll(id).ok_or(Rejection::UnknownPoll(id))
}
