//! Help requests over HTTP, and how a command comes in this way.

use axum::{Json as JsonBody, extract::FromRequestParts, http::request::Parts};
use domain::{
    CodelabId, CommandId, HelpRequestId, HelpText, StepId,
    workshop::{Command, StepRef},
};
use protocol::{Ack, Id, Problem, ProblemCode};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::body::{Json, Path};
use crate::{access::SeatHolder, problem::HttpProblem, secrets};

const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The command's id.
#[derive(Clone, Copy, Debug, IntoParams)]
#[into_params(parameter_in = Header)]
pub struct CommandKey {
    /// Made by the caller; the same key again is answered like the first time and does nothing.
    #[param(rename = "Idempotency-Key", required = false)]
    id: Uuid,
}

impl<S: Send + Sync> FromRequestParts<S> for CommandKey {
    type Rejection = HttpProblem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, HttpProblem> {
        let Some(header) = parts.headers.get(IDEMPOTENCY_KEY) else {
            return Ok(Self {
                id: Uuid::from_u128(secrets::command_id().to_bits()),
            });
        };
        let id = header
            .to_str()
            .ok()
            .and_then(|text| Uuid::parse_str(text).ok());
        id.map(|id| Self { id }).ok_or_else(|| {
            HttpProblem::new(
                ProblemCode::InvalidRequest,
                "Idempotency-Key must be a UUID",
            )
        })
    }
}

/// Has the room do a command.
///
/// # Errors
/// The problem to answer with.
pub async fn run(
    holder: &SeatHolder,
    key: CommandKey,
    command: Command,
) -> Result<JsonBody<Ack>, HttpProblem> {
    let id = CommandId::from_bits(key.id.as_u128());
    let seq = holder.room.command(holder.seat, id, command).await?;
    Ok(JsonBody(Ack {
        id: key.id,
        seq: seq.get(),
    }))
}

/// What help is needed with.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HelpWish {
    /// The codelab one is stuck in; together with `step`.
    #[schema(value_type = Option<String>)]
    codelab: Option<Id<CodelabId>>,
    /// The step one is stuck at.
    #[schema(value_type = Option<String>)]
    step: Option<Id<StepId>>,
    /// What about.
    message: Option<String>,
}

/// Ask for help
#[utoipa::path(post, path = "/workshops/{workshop}/help-requests", tag = "help",
    params(("workshop" = String, Path, description = "The workshop"), CommandKey),
    request_body = HelpWish,
    responses((status = 200, body = Ack), (status = 401, body = Problem), (status = 409, body = Problem)))]
pub async fn raise(
    holder: SeatHolder,
    key: CommandKey,
    Json(wish): Json<HelpWish>,
) -> Result<JsonBody<Ack>, HttpProblem> {
    let message = wish.message.filter(|text| !text.trim().is_empty());
    let message = message
        .map(|text| HelpText::parse(&text))
        .transpose()
        .map_err(|e| Problem::invalid_text("message", e))?;
    let at = wish.codelab.zip(wish.step).map(|(c, s)| StepRef {
        codelab: c.0,
        step: s.0,
    });
    run(&holder, key, Command::RaiseHelp { at, message }).await
}

/// Take on a help request
#[utoipa::path(post, path = "/workshops/{workshop}/help-requests/{id}/claim", tag = "help",
    params(("workshop" = String, Path, description = "The workshop"),
        ("id" = u32, Path, description = "The help request"), CommandKey),
    responses((status = 200, body = Ack), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 401, body = Problem)))]
pub async fn claim(
    holder: SeatHolder,
    key: CommandKey,
    path: Path<(String, u32)>,
) -> Result<JsonBody<Ack>, HttpProblem> {
    run(
        &holder,
        key,
        Command::ClaimHelp(HelpRequestId::new(path.0.1)),
    )
    .await
}

/// Give a claimed help request back to the queue
///
/// It keeps its place.
#[utoipa::path(post, path = "/workshops/{workshop}/help-requests/{id}/hand-back", tag = "help",
    params(("workshop" = String, Path, description = "The workshop"),
        ("id" = u32, Path, description = "The help request"), CommandKey),
    responses((status = 200, body = Ack), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 401, body = Problem)))]
pub async fn hand_back(
    holder: SeatHolder,
    key: CommandKey,
    path: Path<(String, u32)>,
) -> Result<JsonBody<Ack>, HttpProblem> {
    run(
        &holder,
        key,
        Command::HandBackHelp(HelpRequestId::new(path.0.1)),
    )
    .await
}

/// Close a help request as helped
#[utoipa::path(post, path = "/workshops/{workshop}/help-requests/{id}/resolve", tag = "help",
    params(("workshop" = String, Path, description = "The workshop"),
        ("id" = u32, Path, description = "The help request"), CommandKey),
    responses((status = 200, body = Ack), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 401, body = Problem)))]
pub async fn resolve(
    holder: SeatHolder,
    key: CommandKey,
    path: Path<(String, u32)>,
) -> Result<JsonBody<Ack>, HttpProblem> {
    run(
        &holder,
        key,
        Command::ResolveHelp(HelpRequestId::new(path.0.1)),
    )
    .await
}

/// Take back one's own help request
#[utoipa::path(post, path = "/workshops/{workshop}/help-requests/{id}/withdraw", tag = "help",
    params(("workshop" = String, Path, description = "The workshop"),
        ("id" = u32, Path, description = "The help request"), CommandKey),
    responses((status = 200, body = Ack), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 401, body = Problem)))]
pub async fn withdraw(
    holder: SeatHolder,
    key: CommandKey,
    path: Path<(String, u32)>,
) -> Result<JsonBody<Ack>, HttpProblem> {
    run(
        &holder,
        key,
        Command::WithdrawHelp(HelpRequestId::new(path.0.1)),
    )
    .await
}
