//! The log of a workshop, page by page, for looking back.

use std::collections::BTreeSet;

use axum::{Json as JsonBody, extract::State};
use domain::{
    MessageId, SeatId, Seq,
    workshop::{Recorded, Role, WorkshopState, audience},
};
use protocol::{EventBody, EventMessage, EventPage, Message, Problem, ProblemCode};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{body::Query, page::wanted};
use crate::{access::Caller, app::App, problem::HttpProblem, room::Room};

/// Events of a page if the request does not say, and at most.
const PAGE: u32 = 1000;

/// Which part of the log.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EventsQuery {
    /// The position after which to begin; 0 is the beginning.
    #[serde(default)]
    #[param(minimum = 0)]
    after: i64,
    /// Events to read; 1,000 if absent and at most.
    #[param(minimum = 1)]
    limit: Option<u32>,
}

/// Read what happened
///
/// In order, as a facilitator may see it: who answered a poll how stays with
/// them. Words that were taken back are not told again.
#[utoipa::path(get, path = "/workshops/{workshop}/events", tag = "report",
    params(("workshop" = String, Path, description = "The workshop"), EventsQuery),
    responses((status = 200, body = EventPage), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn events(
    State(app): State<App>,
    Caller(me): Caller,
    Query(query): Query<EventsQuery>,
) -> Result<JsonBody<EventPage>, HttpProblem> {
    let (room, seat) = (&me.room, me.seat);
    let view = room.read(move |state| View::of(state, seat)).await?;
    if query.after < 0 {
        let detail = "after: a position is not negative";
        return Err(HttpProblem::new(ProblemCode::InvalidRequest, detail));
    }
    let after = Seq::new(query.after);
    let limit = wanted(query.limit, PAGE, PAGE)?;
    let read = app.store.events_after(room.id(), after, limit).await?;
    // Deletions are known up to here; what was published since waits for the next page.
    let known = |recorded: &&Recorded| recorded.seq <= view.head;
    let newest = read.iter().rfind(known);
    let up_to = newest.map_or(after, |last| last.seq);
    let items = read.iter().filter(known);
    Ok(JsonBody(EventPage {
        items: items.filter_map(|event| view.tell(event, room)).collect(),
        up_to: up_to.get(),
        head: view.head.get(),
    }))
}

/// What a facilitator may see of the log.
struct View {
    seat: SeatId,
    role: Role,
    head: Seq,
    deleted: BTreeSet<MessageId>,
}

impl View {
    fn of(state: &WorkshopState, holder: SeatId) -> Self {
        let deleted = state.messages().iter();
        let deleted = deleted.filter(|message| message.deleted_by.is_some());
        Self {
            seat: holder,
            role: state.seat(holder).map_or(Role::Attendee, |seat| seat.role),
            head: state.seq(),
            deleted: deleted.map(|message| message.id).collect(),
        }
    }

    fn tell(&self, recorded: &Recorded, room: &Room) -> Option<EventMessage> {
        if !audience(&recorded.event).admits(self.seat, self.role) {
            return None;
        }
        let mut event = EventMessage::of(recorded, room.directory());
        if let Some(message) = message_of(&mut event.body) {
            if self.deleted.contains(&MessageId::new(message.id)) {
                message.text = "".into();
                message.picture = None;
                message.mentions.clear();
            } else {
                room.fill_code(message);
            }
        }
        Some(event)
    }
}

/// The message that an event brings.
fn message_of(body: &mut EventBody) -> Option<&mut Message> {
    if let EventBody::MessagePosted(posted) = body {
        return Some(&mut posted.message);
    }
    if let EventBody::DirectMessagePosted(posted) = body {
        return Some(&mut posted.message);
    }
    if let EventBody::AnnouncementMade(made) = body {
        return Some(&mut made.message);
    }
    None
}
