//! Chat and announcements over HTTP: for programs, and for reading back.

use axum::{Json as JsonBody, extract::State};
use domain::{AnnouncementText, MessageId, MessageText, workshop::Command};
use protocol::{Ack, Message, MessagePage, Problem};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    body::{Json, Query},
    help::{CommandKey, run},
};
use crate::{access::SeatHolder, app::App, problem::HttpProblem};

/// Messages of one page.
const PAGE: u32 = 100;

/// Which messages.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MessagesQuery {
    /// Only those before this one; the newest if absent.
    before: Option<u32>,
}

/// Something to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// What.
    text: String,
}

/// Read back what was said
#[utoipa::path(get, path = "/workshops/{workshop}/messages", tag = "conversation",
    params(("workshop" = String, Path, description = "The workshop"), MessagesQuery),
    responses((status = 200, body = MessagePage), (status = 401, body = Problem)))]
pub async fn messages(
    State(app): State<App>,
    holder: SeatHolder,
    Query(query): Query<MessagesQuery>,
) -> Result<JsonBody<MessagePage>, HttpProblem> {
    let room = &holder.room;
    let before = query.before.map(MessageId::new);
    let mut found = app
        .store
        .messages_before(room.id(), before, PAGE + 1)
        .await?;
    let has_older = found.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    if has_older {
        found.remove(0);
    }
    let people = room.directory();
    let items = found
        .iter()
        .filter_map(|message| Message::of(message, people))
        .collect();
    Ok(JsonBody(MessagePage { items, has_older }))
}

/// Say something to everybody
#[utoipa::path(post, path = "/workshops/{workshop}/messages", tag = "conversation",
    params(("workshop" = String, Path, description = "The workshop"), CommandKey),
    request_body = Words,
    responses((status = 200, body = Ack), (status = 401, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn post_message(
    holder: SeatHolder,
    key: CommandKey,
    Json(words): Json<Words>,
) -> Result<JsonBody<Ack>, HttpProblem> {
    let text = MessageText::parse(&words.text).map_err(|e| Problem::invalid_text("text", e))?;
    run(&holder, key, Command::PostMessage(text)).await
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
    run(&holder, key, Command::Announce(text)).await
}
