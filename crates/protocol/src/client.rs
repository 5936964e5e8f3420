//! What a browser says on the live connection.

use domain::{
    AnnouncementText, CodelabId, CommandId, HelpRequestId, HelpText, MessageText, StepId,
    TextError,
    workshop::{Command, StepRef},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Id, Problem, ProblemCode};

/// A frame from the browser. Every command carries an `id` made by the
/// browser; the same id again is answered like the first time and does nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ClientMessage {
    /// First frame of every connection.
    Hello(Hello),
    /// Show a step.
    EnterStep(EnterStep),
    /// Mark a step as done.
    CompleteStep(CompleteStep),
    /// Mark a step as not done after all.
    ReopenStep(ReopenStep),
    /// Say something to everybody.
    PostMessage(PostMessage),
    /// Facilitators: tell everybody something that must not be missed.
    Announce(Announce),
    /// Ask for help.
    RaiseHelp(RaiseHelp),
    /// Facilitators: take on a help request.
    ClaimHelp(ClaimHelp),
    /// Facilitators: close a help request as helped.
    ResolveHelp(ResolveHelp),
    /// Take back one's own help request.
    WithdrawHelp(WithdrawHelp),
    /// Facilitators: whether joining takes the join code.
    RequireJoinCode(RequireJoinCode),
    /// Facilitators: end the workshop.
    EndWorkshop(EndWorkshop),
}

/// First frame of every connection, due within ten seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Hello {
    /// The protocol number the browser speaks.
    pub protocol: u16,
    /// The last `seq` the browser has seen; absent to be given a snapshot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub after: Option<i64>,
}

/// Show a step: it becomes the seat's current one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EnterStep {
    /// The command's id.
    pub id: Uuid,
    /// The codelab.
    #[schema(value_type = String)]
    pub codelab: Id<CodelabId>,
    /// Its step.
    #[schema(value_type = String)]
    pub step: Id<StepId>,
}

/// Mark a step as done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompleteStep {
    /// The command's id.
    pub id: Uuid,
    /// The codelab.
    #[schema(value_type = String)]
    pub codelab: Id<CodelabId>,
    /// Its step.
    #[schema(value_type = String)]
    pub step: Id<StepId>,
}

/// Mark a step as not done after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReopenStep {
    /// The command's id.
    pub id: Uuid,
    /// The codelab.
    #[schema(value_type = String)]
    pub codelab: Id<CodelabId>,
    /// Its step.
    #[schema(value_type = String)]
    pub step: Id<StepId>,
}

/// Say something to everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PostMessage {
    /// The command's id.
    pub id: Uuid,
    /// What; 1 to 4,000 characters.
    pub text: String,
}

/// Tell everybody something that must not be missed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Announce {
    /// The command's id.
    pub id: Uuid,
    /// What; 1 to 2,000 characters.
    pub text: String,
}

/// Ask for help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RaiseHelp {
    /// The command's id.
    pub id: Uuid,
    /// The codelab one is stuck in; together with `step`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    pub codelab: Option<Id<CodelabId>>,
    /// The step one is stuck at; together with `codelab`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    pub step: Option<Id<StepId>>,
    /// What about; at most 500 characters, may be left out or empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub message: Option<String>,
}

/// Take on a help request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClaimHelp {
    /// The command's id.
    pub id: Uuid,
    /// The request.
    pub help_request: u32,
}

/// Close a help request as helped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResolveHelp {
    /// The command's id.
    pub id: Uuid,
    /// The request.
    pub help_request: u32,
}

/// Take back one's own help request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WithdrawHelp {
    /// The command's id.
    pub id: Uuid,
    /// The request.
    pub help_request: u32,
}

/// Whether joining takes the join code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequireJoinCode {
    /// The command's id.
    pub id: Uuid,
    /// Whether it does.
    pub required: bool,
}

/// End the workshop for everybody. It can still be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EndWorkshop {
    /// The command's id.
    pub id: Uuid,
}

/// A frame, sorted by what the server does with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// The start of the connection.
    Hello(Hello),
    /// A command for the room, or why it is none.
    Command(CommandId, Result<Command, Problem>),
}

impl ClientMessage {
    /// Sorts the frame and checks the texts in it.
    #[must_use]
    pub fn into_request(self) -> Request {
        let step = |codelab: Id<CodelabId>, step: Id<StepId>| StepRef {
            codelab: codelab.0,
            step: step.0,
        };
        let (id, command) = match self {
            Self::Hello(hello) => return Request::Hello(hello),
            Self::EnterStep(m) => (m.id, Ok(Command::EnterStep(step(m.codelab, m.step)))),
            Self::CompleteStep(m) => (m.id, Ok(Command::CompleteStep(step(m.codelab, m.step)))),
            Self::ReopenStep(m) => (m.id, Ok(Command::ReopenStep(step(m.codelab, m.step)))),
            Self::PostMessage(m) => (m.id, post_message(&m.text)),
            Self::Announce(m) => (m.id, announce(&m.text)),
            Self::RaiseHelp(m) => (m.id, raise_help(m.codelab, m.step, m.message.as_deref())),
            Self::ClaimHelp(m) => (
                m.id,
                Ok(Command::ClaimHelp(HelpRequestId::new(m.help_request))),
            ),
            Self::ResolveHelp(m) => (
                m.id,
                Ok(Command::ResolveHelp(HelpRequestId::new(m.help_request))),
            ),
            Self::WithdrawHelp(m) => (
                m.id,
                Ok(Command::WithdrawHelp(HelpRequestId::new(m.help_request))),
            ),
            Self::RequireJoinCode(m) => (m.id, Ok(Command::RequireJoinCode(m.required))),
            Self::EndWorkshop(m) => (m.id, Ok(Command::EndWorkshop)),
        };
        Request::Command(CommandId::from_bits(id.as_u128()), command)
    }
}

fn post_message(text: &str) -> Result<Command, Problem> {
    let text = MessageText::parse(text).map_err(|e| Problem::invalid_text("text", e))?;
    Ok(Command::PostMessage(text))
}

fn announce(text: &str) -> Result<Command, Problem> {
    let text = AnnouncementText::parse(text).map_err(|e| Problem::invalid_text("text", e))?;
    Ok(Command::Announce(text))
}

/// A message of nothing but white space and invisible characters is none.
fn raise_help(
    codelab: Option<Id<CodelabId>>,
    step: Option<Id<StepId>>,
    message: Option<&str>,
) -> Result<Command, Problem> {
    let message = match message.map(HelpText::parse).transpose() {
        Err(TextError::Empty) => None,
        parsed => parsed.map_err(|e| Problem::invalid_text("message", e))?,
    };
    let at = match (codelab, step) {
        (Some(codelab), Some(step)) => Some(StepRef {
            codelab: codelab.0,
            step: step.0,
        }),
        (None, None) => None,
        (Some(_), None) => return Err(missing("step", "a codelab needs its step")),
        (None, Some(_)) => return Err(missing("codelab", "a step needs its codelab")),
    };
    Ok(Command::RaiseHelp { at, message })
}

fn missing(field: &str, why: &str) -> Problem {
    let mut problem = Problem::new(ProblemCode::InvalidRequest, format!("{field}: {why}"));
    problem.field = Some(field.to_owned());
    problem
}
