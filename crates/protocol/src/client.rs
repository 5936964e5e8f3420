//! What a browser says on the live connection.

mod conversation;
mod help;
mod pace;
mod polls;
mod quizzes;
mod steps;

use domain::{CommandId, workshop::Command};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

pub use self::{
    conversation::{
        Announce, DeleteMessage, MuteSeat, PinMessage, PostDirectMessage, PostMessage, React,
        SetSlowMode,
    },
    help::{ClaimHelp, HandBackHelp, RaiseHelp, ResolveHelp, WithdrawHelp},
    pace::{
        AnswerPace, AskPace, ClosePace, LimitSteps, ReleaseLead, SetFollowing, StartTimer,
        StopTimer, TakeLead,
    },
    polls::{AnswerPoll, ClosePoll, OpenPoll, ResetPoll, RevealPoll},
    quizzes::AnswerQuiz,
    steps::{CompleteStep, EnterStep, ReopenStep},
};
use crate::{Problem, ProblemCode};

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
    /// Say something between an attendee and the facilitators.
    PostDirectMessage(PostDirectMessage),
    /// Facilitators: tell everybody something that must not be missed.
    Announce(Announce),
    /// Take back one's own message, or as a facilitator any.
    DeleteMessage(DeleteMessage),
    /// Facilitators: keep a message in everybody's sight, or no longer.
    PinMessage(PinMessage),
    /// React to a message, or take that back.
    React(React),
    /// Facilitators: an attendee may no longer write to everybody, or may again.
    MuteSeat(MuteSeat),
    /// Facilitators: how long attendees wait between two chat messages.
    SetSlowMode(SetSlowMode),
    /// Ask for help.
    RaiseHelp(RaiseHelp),
    /// Facilitators: take on a help request.
    ClaimHelp(ClaimHelp),
    /// Facilitators: give a claimed help request back to the queue.
    HandBackHelp(HandBackHelp),
    /// Facilitators: close a help request as helped.
    ResolveHelp(ResolveHelp),
    /// Take back one's own help request.
    WithdrawHelp(WithdrawHelp),
    /// Facilitators: ask whether everybody is at a step.
    AskPace(AskPace),
    /// Answer the pace question.
    AnswerPace(AnswerPace),
    /// Facilitators: take no more answers to the pace question.
    ClosePace(ClosePace),
    /// Facilitators: begin a countdown.
    StartTimer(StartTimer),
    /// Facilitators: take the countdown away.
    StopTimer(StopTimer),
    /// Facilitators: have the room follow.
    TakeLead(TakeLead),
    /// Facilitators: lead no longer.
    ReleaseLead(ReleaseLead),
    /// Follow who leads, or go one's own way.
    SetFollowing(SetFollowing),
    /// Facilitators: how far attendees may go in a codelab.
    LimitSteps(LimitSteps),
    /// Facilitators: ask a poll.
    OpenPoll(OpenPoll),
    /// Answer a poll, perhaps anew.
    AnswerPoll(AnswerPoll),
    /// Facilitators: take no more answers to a poll.
    ClosePoll(ClosePoll),
    /// Facilitators: show the room a poll's result, or hide it.
    RevealPoll(RevealPoll),
    /// Facilitators: ask a poll anew, without its answers.
    ResetPoll(ResetPoll),
    /// Answer a quiz, until the answer is right.
    AnswerQuiz(AnswerQuiz),
    /// Facilitators: whether joining takes the join code.
    RequireJoinCode(RequireJoinCode),
    /// Facilitators: end the workshop in some minutes, or not after all.
    ScheduleEnd(ScheduleEnd),
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

/// Whether joining takes the join code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequireJoinCode {
    /// The command's id.
    pub id: Uuid,
    /// Whether it does.
    pub required: bool,
}

/// End the workshop in some minutes. Until then everything still counts, also
/// what people did while they were offline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScheduleEnd {
    /// The command's id.
    pub id: Uuid,
    /// In how many minutes, 1 to 60; absent: the plan is taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub minutes: Option<u32>,
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
        let (id, command) = match self {
            Self::Hello(hello) => return Request::Hello(hello),
            Self::EnterStep(m) => (m.id, m.command()),
            Self::CompleteStep(m) => (m.id, m.command()),
            Self::ReopenStep(m) => (m.id, m.command()),
            Self::PostMessage(m) => (m.id, m.command()),
            Self::PostDirectMessage(m) => (m.id, m.command()),
            Self::Announce(m) => (m.id, m.command()),
            Self::DeleteMessage(m) => (m.id, m.command()),
            Self::PinMessage(m) => (m.id, m.command()),
            Self::React(m) => (m.id, m.command()),
            Self::MuteSeat(m) => (m.id, m.command()),
            Self::SetSlowMode(m) => (m.id, m.command()),
            Self::RaiseHelp(m) => (m.id, m.command()),
            Self::ClaimHelp(m) => (m.id, m.command()),
            Self::HandBackHelp(m) => (m.id, m.command()),
            Self::ResolveHelp(m) => (m.id, m.command()),
            Self::WithdrawHelp(m) => (m.id, m.command()),
            Self::AskPace(m) => (m.id, m.command()),
            Self::AnswerPace(m) => (m.id, m.command()),
            Self::ClosePace(m) => (m.id, m.command()),
            Self::StartTimer(m) => (m.id, m.command()),
            Self::StopTimer(m) => (m.id, m.command()),
            Self::TakeLead(m) => (m.id, m.command()),
            Self::ReleaseLead(m) => (m.id, m.command()),
            Self::SetFollowing(m) => (m.id, m.command()),
            Self::LimitSteps(m) => (m.id, m.command()),
            Self::OpenPoll(m) => (m.id, m.command()),
            Self::AnswerPoll(m) => (m.id, m.command()),
            Self::ClosePoll(m) => (m.id, m.command()),
            Self::RevealPoll(m) => (m.id, m.command()),
            Self::ResetPoll(m) => (m.id, m.command()),
            Self::AnswerQuiz(m) => (m.id, m.command()),
            Self::RequireJoinCode(m) => (m.id, m.command()),
            Self::ScheduleEnd(m) => (m.id, m.command()),
            Self::EndWorkshop(m) => (m.id, m.command()),
        };
        Request::Command(CommandId::from_bits(id.as_u128()), command)
    }
}

impl IntoCommand for RequireJoinCode {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::RequireJoinCode(self.required))
    }
}

impl IntoCommand for ScheduleEnd {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::ScheduleEnd(self.minutes))
    }
}

impl IntoCommand for EndWorkshop {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::EndWorkshop)
    }
}

/// What a frame asks the room to do.
trait IntoCommand {
    /// The command, if its texts are in order.
    fn command(self) -> Result<Command, Problem>;
}

/// A command's struct: its fields after the `id` that every one of them has.
macro_rules! command {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $name {
            /// The command's id.
            pub id: uuid::Uuid,
            $($(#[$field_meta])* pub $field: $type,)*
        }
    };
}
use command;

/// A field that is not what it should be.
fn invalid(field: &str, why: &str) -> Problem {
    let mut problem = Problem::new(ProblemCode::InvalidRequest, format!("{field}: {why}"));
    problem.field = Some(field.to_owned());
    problem
}
