//! What is said, over HTTP: for programs, for reading back, and pictures.

use axum::{
    Json as JsonBody,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
};
use codelab::shown::SHOWN_TYPE;
use domain::{
    AnnouncementText, MessageText, SeatId,
    workshop::{self, Command, MessageBody, WorkshopState},
};
use protocol::{Ack, Id, Message, MessagePage, Picture, Problem};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    body::{Json, Query},
    help::{CommandKey, run},
};
use crate::{access::SeatHolder, app::App, pictures, problem::HttpProblem};

/// Messages of one page.
const PAGE: usize = 100;

/// Which messages.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MessagesQuery {
    /// Only those before this one; the newest if absent.
    before: Option<u32>,
    /// Direct messages with this attendee instead of what was said to all.
    with: Option<u32>,
}

/// Something to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// What.
    text: String,
}

/// Read back what was said
///
/// To everybody, or between an attendee and the facilitators.
#[utoipa::path(get, path = "/workshops/{workshop}/messages", tag = "conversation",
    params(("workshop" = String, Path, description = "The workshop"), MessagesQuery),
    responses((status = 200, body = MessagePage), (status = 401, body = Problem),
        (status = 403, body = Problem)))]
pub async fn messages(
    holder: SeatHolder,
    Query(query): Query<MessagesQuery>,
) -> Result<JsonBody<MessagePage>, HttpProblem> {
    let with = query.with.map(SeatId::new);
    if with.is_some_and(|seat| seat != holder.seat) && !holder.facilitates() {
        let detail = "direct messages of others are between them and the facilitators";
        return Err(HttpProblem::new(
            protocol::ProblemCode::NotAFacilitator,
            detail,
        ));
    }
    let before = query.before;
    let page = holder.room.read(move |state| page(state, with, before));
    let mut page = page.await?;
    holder.room.highlight(&mut page.items).await;
    Ok(JsonBody(page))
}

fn page(state: &WorkshopState, with: Option<SeatId>, before: Option<u32>) -> MessagePage {
    let belongs = |message: &&workshop::Message| {
        message.kind.thread() == with && before.is_none_or(|before| message.id.get() < before)
    };
    let mut found = state.messages().iter().rev().filter(belongs);
    let mut items: Vec<Message> = found
        .by_ref()
        .take(PAGE)
        .filter_map(|message| Message::of(message, state))
        .collect();
    items.reverse();
    MessagePage {
        items,
        has_older: found.next().is_some(),
    }
}

/// Upload a picture
///
/// A PNG, JPEG, GIF or WebP as the body. It is drawn anew: upright, at most
/// 2,048 pixels along its longer side, without metadata, and still. It is in a
/// message once one names it by its hash.
#[utoipa::path(post, path = "/workshops/{workshop}/pictures", tag = "conversation",
    params(("workshop" = String, Path, description = "The workshop")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = Picture), (status = 401, body = Problem),
        (status = 413, body = Problem), (status = 422, body = Problem),
        (status = 429, body = Problem)))]
pub async fn upload_picture(
    State(app): State<App>,
    holder: SeatHolder,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<JsonBody<Picture>, HttpProblem> {
    let bytes = bytes?;
    let now = app.clock.now();
    app.limits
        .pictures
        .take((holder.room.id(), holder.seat), now)?;
    let drawn = pictures::redrawn(bytes.into()).await?;
    let (width, height) = (drawn.width, drawn.height);
    let store = holder.store(&app);
    let file = store
        .add_file(&drawn.bytes, SHOWN_TYPE, Some((width, height)), now)
        .await?;
    let file = domain::ContentHash::from_bytes(file);
    store
        .keep_uploaded_picture(holder.room.id(), holder.seat, file)
        .await?;
    Ok(JsonBody(Picture {
        file: Id(file),
        width,
        height,
    }))
}

/// Say something to everybody
#[utoipa::path(post, path = "/workshops/{workshop}/messages", tag = "conversation",
    params(("workshop" = String, Path, description = "The workshop"), CommandKey),
    request_body = Words,
    responses((status = 200, body = Ack), (status = 401, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem),
        (status = 403, body = Problem), (status = 429, body = Problem)))]
pub async fn post_message(
    holder: SeatHolder,
    key: CommandKey,
    Json(words): Json<Words>,
) -> Result<JsonBody<Ack>, HttpProblem> {
    let text = MessageText::parse(&words.text).map_err(|e| Problem::invalid_text("text", e))?;
    run(&holder, key, Command::PostMessage(MessageBody::text(text))).await
}

/// Announce something to everybody
#[utoipa::path(post, path = "/workshops/{workshop}/announcements", tag = "conversation",
    params(("workshop" = String, Path, description = "The workshop"), CommandKey),
    request_body = Words,
    responses((status = 200, body = Ack), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn announce(
    holder: SeatHolder,
    key: CommandKey,
    Json(words): Json<Words>,
) -> Result<JsonBody<Ack>, HttpProblem> {
    let text =
        AnnouncementText::parse(&words.text).map_err(|e| Problem::invalid_text("text", e))?;
    let pinned = false;
    run(&holder, key, Command::Announce { text, pinned }).await
}
