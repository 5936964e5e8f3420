//! Looking at one person.

use axum::{Json as JsonBody, extract::State};
use domain::{
    SeatId, Seq, WorkshopId,
    workshop::{self, Timeline, WorkshopState},
};
use protocol::{Message, Problem, ProblemCode, SeatTimeline};
use store::Store;

use super::body::Path;
use crate::{access::Caller, app::App, problem::HttpProblem};

/// Messages that are shown of one person.
const MESSAGES: usize = 100;

/// Events read at once: bounds the memory, not the log.
const CHUNK: u32 = 1000;

/// What somebody did so far
///
/// Their time at each step, their answers to pace questions and their newest
/// messages, public and direct.
#[utoipa::path(get, path = "/workshops/{workshop}/seats/{seat}/timeline", tag = "seats",
    params(("workshop" = String, Path, description = "The workshop"),
        ("seat" = u32, Path, description = "The person's seat")),
    responses((status = 200, body = SeatTimeline), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn timeline(
    State(app): State<App>,
    Caller(facilitator): Caller,
    path: Path<(String, u32)>,
) -> Result<JsonBody<SeatTimeline>, HttpProblem> {
    let room = &facilitator.room;
    let seat = SeatId::new(path.0.1);
    if room.person(seat).is_none() {
        let detail = "there is nobody in this seat";
        return Err(HttpProblem::new(ProblemCode::UnknownSeat, detail));
    }
    let timeline = read(&app.store, room.id(), seat).await?;
    let (mut messages, has_older) = room.read(move |state| newest(state, seat)).await?;
    room.highlight(&mut messages).await;
    let found = SeatTimeline::of(seat, &timeline, messages, has_older);
    Ok(JsonBody(found))
}

/// A seat's timeline, from the whole log.
async fn read(store: &Store, workshop: WorkshopId, seat: SeatId) -> Result<Timeline, HttpProblem> {
    let mut timeline = Timeline::of(seat);
    let mut after = Seq::default();
    loop {
        let events = store.events_after(workshop, after, CHUNK).await?;
        for recorded in &events {
            timeline.apply(recorded);
        }
        match events.last() {
            Some(last) => after = last.seq,
            None => return Ok(timeline),
        }
    }
}

/// The newest messages by somebody and directly to them, oldest first, and
/// whether there are older ones.
fn newest(state: &WorkshopState, seat: SeatId) -> (Vec<Message>, bool) {
    let theirs =
        |message: &&workshop::Message| message.seat == seat || message.kind.thread() == Some(seat);
    let mut found = state.messages().iter().rev().filter(theirs);
    let mut messages: Vec<Message> = found
        .by_ref()
        .take(MESSAGES)
        .filter_map(|message| Message::of(message, state))
        .collect();
    messages.reverse();
    (messages, found.next().is_some())
}
