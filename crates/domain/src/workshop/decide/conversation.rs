//! Chat, announcements, direct messages and reactions.

use std::{collections::BTreeSet, sync::Arc};

use super::{Decision, when};
use crate::{
    AnnouncementText, MessageId, SeatId, Timestamp,
    workshop::{
        Event, MENTIONS, Message, MessageBody, Reaction, Rejection, Role, Seat, WorkshopState,
        decide::moderation::assert_room_for_a_pin,
    },
};

pub(super) fn post(
    state: &WorkshopState,
    seat: &Seat,
    mut body: MessageBody,
    now: Timestamp,
) -> Decision {
    if seat.muted {
        return Err(Rejection::Muted);
    }
    if seat.role == Role::Attendee {
        wait_for_slow_mode(state, seat, now)?;
    }
    check_reply(state, seat, &body, None)?;
    keep_known_mentions(state, seat, &mut body);
    Ok(vec![Event::MessagePosted {
        id: state.next_message(),
        seat: seat.id,
        body,
    }])
}

pub(super) fn post_direct(
    state: &WorkshopState,
    seat: &Seat,
    with: Option<SeatId>,
    mut body: MessageBody,
) -> Decision {
    let with = match seat.role {
        Role::Attendee => match with {
            Some(other) if other != seat.id => return Err(Rejection::NotAFacilitator),
            Some(_) | None => seat.id,
        },
        Role::Facilitator(_) => attendee(state, with.unwrap_or(seat.id))?,
    };
    check_reply(state, seat, &body, Some(with))?;
    // Its readers are told of it anyway, and nobody else may be named to them.
    body.mentions = Arc::default();
    Ok(vec![Event::DirectMessagePosted {
        id: state.next_message(),
        seat: seat.id,
        with,
        body,
    }])
}

pub(super) fn announce(
    state: &WorkshopState,
    seat: &Seat,
    text: AnnouncementText,
    pinned: bool,
) -> Decision {
    let by = seat.facilitator()?;
    let id = state.next_message();
    if pinned {
        assert_room_for_a_pin(state)?;
    }
    let mut events = vec![Event::AnnouncementMade { id, seat: by, text }];
    if pinned {
        events.push(Event::MessagePinned { id, by, pinned });
    }
    Ok(events)
}

pub(super) fn react(
    state: &WorkshopState,
    seat: &Seat,
    id: MessageId,
    reaction: Reaction,
    on: bool,
) -> Decision {
    let message = readable(state, seat, id)?;
    if message.deleted_by.is_some() {
        return Err(Rejection::MessageDeleted(id));
    }
    if seat.muted && on {
        return Err(Rejection::Muted);
    }
    let stands = message
        .reactions
        .get(&reaction)
        .is_some_and(|seats| seats.contains(&seat.id));
    let event = Event::Reacted {
        id,
        seat: seat.id,
        reaction,
        on,
        thread: message.kind.thread(),
    };
    Ok(when(stands != on, event))
}

/// A message that this seat may see.
pub(super) fn readable<'s>(
    state: &'s WorkshopState,
    seat: &Seat,
    id: MessageId,
) -> Result<&'s Message, Rejection> {
    let message = state.message(id).ok_or(Rejection::UnknownMessage(id))?;
    match message.kind.thread() {
        Some(whose) if whose != seat.id && seat.facilitator().is_err() => {
            Err(Rejection::UnknownMessage(id))
        }
        Some(_) | None => Ok(message),
    }
}

/// The seat, if an attendee sits there.
pub(super) fn attendee(state: &WorkshopState, id: SeatId) -> Result<SeatId, Rejection> {
    match state.seat(id).ok_or(Rejection::UnknownSeat(id))?.role {
        Role::Attendee => Ok(id),
        Role::Facilitator(_) => Err(Rejection::NotAnAttendee(id)),
    }
}

/// An answer stands where its question stands.
fn check_reply(
    state: &WorkshopState,
    seat: &Seat,
    body: &MessageBody,
    thread: Option<SeatId>,
) -> Result<(), Rejection> {
    let Some(id) = body.reply_to else {
        return Ok(());
    };
    let answered = readable(state, seat, id)?.kind.thread();
    if answered == thread {
        Ok(())
    } else {
        Err(Rejection::UnknownMessage(id))
    }
}

/// A mention tells the room somebody's name. An attendee can only give away
/// what they know: who facilitates, and who wrote.
fn keep_known_mentions(state: &WorkshopState, author: &Seat, body: &mut MessageBody) {
    let may_name = |seat: &Seat| {
        author.facilitator().is_ok() || seat.facilitator().is_ok() || seat.wrote_at.is_some()
    };
    let known: BTreeSet<SeatId> = body
        .mentions
        .iter()
        .copied()
        .filter(|id| state.seat(*id).is_some_and(may_name))
        .collect();
    body.mentions = known.into_iter().take(MENTIONS).collect();
}

/// A clock that was set back makes nobody wait: how long ago a message from the
/// future was said, nobody knows.
fn wait_for_slow_mode(state: &WorkshopState, seat: &Seat, now: Timestamp) -> Result<(), Rejection> {
    let pause_ms = i64::from(state.slow_mode_seconds()) * 1000;
    let Some(wrote_at) = seat.wrote_at.filter(|wrote_at| *wrote_at <= now) else {
        return Ok(());
    };
    let since_ms = now.as_ms().saturating_sub(wrote_at.as_ms());
    let wait_ms = pause_ms.saturating_sub(since_ms);
    if wait_ms <= 0 {
        return Ok(());
    }
    let wait_seconds = u32::try_from(wait_ms.saturating_add(999) / 1000).unwrap_or(u32::MAX);
    Err(Rejection::SlowMode { wait_seconds })
}
