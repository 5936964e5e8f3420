//! What facilitators do about messages and their authors.

use super::{
    Decision,
    conversation::{attendee, readable},
    when,
};
use crate::{
    MessageId, SeatId,
    workshop::{Event, PINNED, Rejection, Seat, WorkshopState},
};

pub(super) fn delete(state: &WorkshopState, seat: &Seat, id: MessageId) -> Decision {
    let message = readable(state, seat, id)?;
    if message.seat != seat.id && seat.facilitator().is_err() {
        return Err(Rejection::NotYourMessage(id));
    }
    let event = Event::MessageDeleted {
        id,
        by: seat.id,
        thread: message.kind.thread(),
    };
    Ok(when(message.deleted_by.is_none(), event))
}

pub(super) fn pin(state: &WorkshopState, seat: &Seat, id: MessageId, pinned: bool) -> Decision {
    let by = seat.facilitator()?;
    let message = readable(state, seat, id)?;
    if message.kind.thread().is_some() {
        return Err(Rejection::DirectMessage(id));
    }
    if message.pinned == pinned {
        return Ok(Vec::new());
    }
    if message.deleted_by.is_some() {
        return Err(Rejection::MessageDeleted(id));
    }
    if pinned {
        assert_room_for_a_pin(state)?;
    }
    Ok(vec![Event::MessagePinned { id, by, pinned }])
}

pub(super) fn assert_room_for_a_pin(state: &WorkshopState) -> Result<(), Rejection> {
    let pinned = state.messages().iter().filter(|message| message.pinned);
    if pinned.count() >= PINNED {
        return Err(Rejection::TooManyPinned { max: PINNED });
    }
    Ok(())
}

pub(super) fn mute(state: &WorkshopState, seat: &Seat, whose: SeatId, muted: bool) -> Decision {
    let by = seat.facilitator()?;
    let whose = attendee(state, whose)?;
    let is_muted = state.seat(whose).is_some_and(|seat| seat.muted);
    let event = Event::SeatMuted {
        seat: whose,
        by,
        muted,
    };
    Ok(when(is_muted != muted, event))
}

pub(super) fn slow_mode(state: &WorkshopState, seat: &Seat, seconds: u32) -> Decision {
    let by = seat.facilitator()?;
    let max = WorkshopState::MAX_SLOW_MODE_SECONDS;
    if seconds > max {
        return Err(Rejection::OutOfRange {
            what: "slow mode",
            min: 0,
            max,
        });
    }
    let event = Event::SlowModeChanged { by, seconds };
    Ok(when(state.slow_mode_seconds() != seconds, event))
}
