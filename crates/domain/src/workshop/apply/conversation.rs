//! What is said, and what becomes of it.

use std::{collections::BTreeMap, sync::Arc};

use super::seats;
use crate::{
    AnnouncementText, MessageId, SeatId, Timestamp,
    workshop::{Message, MessageBody, MessageKind, Reaction, WorkshopState},
};

pub(super) fn say(
    state: &mut WorkshopState,
    id: MessageId,
    kind: MessageKind,
    seat: SeatId,
    body: &MessageBody,
    at: Timestamp,
) {
    seats::active(state, seat, at);
    if kind == MessageKind::Chat
        && let Some(seat) = state.seat_mut(seat)
    {
        seat.wrote_at = Some(at);
    }
    state.messages.push(Message {
        id,
        kind,
        seat,
        text: body.as_str().into(),
        picture: body.picture(),
        reply_to: body.reply_to,
        mentions: Arc::clone(&body.mentions),
        at,
        deleted_by: None,
        pinned: false,
        reactions: BTreeMap::new(),
    });
}

pub(super) fn announce(
    state: &mut WorkshopState,
    id: MessageId,
    seat: SeatId,
    text: &AnnouncementText,
    at: Timestamp,
) {
    seats::active(state, seat, at);
    state.messages.push(Message {
        id,
        kind: MessageKind::Announcement,
        seat,
        text: text.as_str().into(),
        picture: None,
        reply_to: None,
        mentions: Arc::default(),
        at,
        deleted_by: None,
        pinned: false,
        reactions: BTreeMap::new(),
    });
}

/// What is deleted leaves its place, and nothing else.
pub(super) fn delete(state: &mut WorkshopState, id: MessageId, by: SeatId) {
    if let Some(message) = state.message_mut(id) {
        message.text = Arc::from("");
        message.picture = None;
        message.mentions = Arc::default();
        message.reactions.clear();
        message.pinned = false;
        message.deleted_by = Some(by);
    }
}

pub(super) fn pin(state: &mut WorkshopState, id: MessageId, pinned: bool) {
    if let Some(message) = state.message_mut(id) {
        message.pinned = pinned;
    }
}

pub(super) fn react(
    state: &mut WorkshopState,
    id: MessageId,
    seat: SeatId,
    reaction: Reaction,
    on: bool,
) {
    let Some(message) = state.message_mut(id) else {
        return;
    };
    let seats = message.reactions.entry(reaction).or_default();
    if on {
        seats.insert(seat);
    } else {
        seats.remove(&seat);
    }
    if seats.is_empty() {
        message.reactions.remove(&reaction);
    }
}
