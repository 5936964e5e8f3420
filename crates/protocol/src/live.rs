//! What the server says on the live connection.

use domain::{CodelabId, StepId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{EventMessage, HelpPlace, Id, Person, PollResult, Problem, Snapshot};

/// A frame from the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerMessage {
    /// Answer to the hello.
    Welcome(Welcome),
    /// The whole workshop, replacing what the browser had.
    Snapshot(Box<Snapshot>),
    /// The next part of the log.
    Events(Events),
    /// A command is durable.
    Ack(Ack),
    /// A command was refused for good, and why.
    Rejected(Rejected),
    /// A command was neither done nor refused: send it again later.
    Deferred(Deferred),
    /// Facilitators: who is connected.
    Presence(Presence),
    /// Where the room is, at most once a second.
    Pulse(Pulse),
    /// Your place in the help queue.
    HelpPlace(HelpPlace),
    /// Facilitators, and everybody once it is revealed: what came of a poll.
    PollResult(PollResult),
    /// A sign of life.
    Heartbeat(Heartbeat),
}

/// Answer to the hello; a snapshot or the missed events follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Welcome {
    /// The protocol number the server speaks.
    pub protocol: u16,
    /// The product's release.
    pub release: String,
    /// Who this connection is.
    pub person: Person,
    /// The server's clock; milliseconds since the Unix epoch.
    pub now_ms: i64,
    /// Other addresses of the server, to try when this one no longer answers.
    pub addresses: Vec<String>,
}

/// The log from after `after` to `upTo`, less what this seat may not see.
///
/// The browser has lost nothing as long as `after` is the `upTo` of the
/// previous `events`, or the `seq` of the snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Events {
    /// Where the part begins.
    pub after: i64,
    /// Where it ends; resume from here.
    pub up_to: i64,
    /// What happened, in order.
    pub events: Vec<EventMessage>,
}

/// The command is durable: it survives a crash of the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Ack {
    /// The command.
    pub id: Uuid,
    /// The last event it caused; the newest event if it changed nothing.
    pub seq: i64,
}

/// The command was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Rejected {
    /// The command; absent when the frame had no readable id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub id: Option<Uuid>,
    /// Why not.
    pub problem: Problem,
}

/// The command was neither done nor refused: the disk is full, something broke,
/// or this seat asks for too much at once. The browser keeps the command and
/// sends it again, with the same id, after `retryAfterMs`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Deferred {
    /// The command.
    pub id: Uuid,
    /// Why not yet.
    pub problem: Problem,
    /// Milliseconds to wait before it is sent again.
    pub retry_after_ms: u32,
}

/// A sign of life, every fifteen seconds: pages cannot see a WebSocket's
/// pings. Without any frame for forty seconds the connection is dead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Heartbeat {
    /// The server's clock; milliseconds since the Unix epoch.
    pub now_ms: i64,
}

/// Who is connected. The first one of a connection is complete; each later
/// one holds what changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Presence {
    /// Whether the lists are everybody and not only changes.
    pub complete: bool,
    /// Seats with a connection.
    pub online: Vec<u32>,
    /// Seats without one.
    pub offline: Vec<u32>,
}

/// Where the room is. Counts attendees only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Pulse {
    /// Attendees who joined.
    pub attendees: u32,
    /// Attendees with a connection.
    pub online: u32,
    /// Per codelab of the agenda, in order.
    pub codelabs: Vec<CodelabPulse>,
}

/// Where the room is in one codelab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CodelabPulse {
    /// The codelab.
    #[schema(value_type = String)]
    pub codelab: Id<CodelabId>,
    /// Per step somebody is at or has done.
    pub steps: Vec<StepPulse>,
}

/// Where the room is at one step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepPulse {
    /// The step.
    #[schema(value_type = String)]
    pub step: Id<StepId>,
    /// Attendees whose current step it is.
    pub here: u32,
    /// Attendees who have done it.
    pub completed: u32,
}
