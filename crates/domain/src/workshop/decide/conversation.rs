//! Chat and announcements.

use crate::{
    AnnouncementText, MessageText,
    workshop::{Event, Rejection, Seat, WorkshopState},
};

pub(super) fn post(state: &WorkshopState, seat: &Seat, text: MessageText) -> Vec<Event> {
    vec![Event::MessagePosted {
        id: state.next_message(),
        seat: seat.id,
        text,
    }]
}

pub(super) fn announce(
    state: &WorkshopState,
    seat: &Seat,
    text: AnnouncementText,
) -> Result<Vec<Event>, Rejection> {
    let seat = seat.facilitator()?;
    Ok(vec![Event::AnnouncementMade {
        id: state.next_message(),
        seat,
        text,
    }])
}
