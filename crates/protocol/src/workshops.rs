//! The entrance, seats, facilitators, the lobby and the history, over HTTP.

use domain::WorkshopId;
use domain::{CodelabId, FacilitatorId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Id, Message, Person, Snapshot, WorkshopStatus};

/// A sign of life. Readable from any origin, so that a browser whose address
/// stopped answering can look for the server at another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Health {
    /// Always `open-codelabs`.
    pub product: String,
    /// The product's release.
    pub release: String,
    /// The protocol number the server speaks.
    pub protocol: u16,
    /// Random number of this installation; tells one machine from another.
    pub installation: String,
}

/// The disk below the data folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DiskState {
    /// Its condition.
    pub condition: DiskCondition,
    /// Bytes that may still be written, if the system says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub free_bytes: Option<u64>,
}

/// What is wrong with the disk or will soon be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DiskCondition {
    /// There is space, and writing works.
    Good,
    /// Little space is left.
    Low,
    /// So little space is left that imports, pictures and materials are refused.
    Critical,
    /// Nothing more can be saved until there is space.
    Full,
    /// The data folder cannot be written to.
    ReadOnly,
    /// The database was deleted, moved or replaced while the app was running.
    Replaced,
    /// The disk reports errors.
    Failing,
}

/// What a browser finds at the door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Entrance {
    /// The product's release.
    pub release: String,
    /// The facilitator this browser belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub facilitator: Option<Facilitator>,
    /// Workshops that can be joined, and ended ones this browser has a seat in.
    pub workshops: Vec<EntranceWorkshop>,
}

/// A workshop at the door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EntranceWorkshop {
    /// The workshop.
    #[schema(value_type = String)]
    pub id: Id<WorkshopId>,
    /// Its title.
    pub title: String,
    /// Live or ended.
    pub status: WorkshopStatus,
    /// Whether joining takes the join code.
    pub code_required: bool,
    /// Whether the code in the question is this workshop's.
    pub code_matches: bool,
    /// The seat this browser has there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub seat: Option<Person>,
}

/// A wish to join.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Join {
    /// Made by the browser, secret; joining again with the same id gives the same seat.
    pub id: Uuid,
    /// The name to go by; 1 to 40 characters.
    pub name: String,
    /// The join code, as typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub code: Option<String>,
}

/// A seat was given to this browser; the cookie with its token comes along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Joined {
    /// Moves the seat to another device; shown to nobody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub resume_code: Option<String>,
    /// The workshop as the seat may see it.
    pub snapshot: Snapshot,
}

/// A wish to take a seat to this browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Resume {
    /// The seat's resume code, as typed.
    pub resume_code: String,
}

/// A new resume code; the seat's older one no longer works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ResumeCode {
    /// The code.
    pub resume_code: String,
}

/// A wish for facilitator rights, with the secret of a launch or an invitation link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EnterAsFacilitator {
    /// The one-time secret from the link.
    pub secret: String,
    /// The name to go by; for an invitation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub name: Option<String>,
}

/// Somebody with facilitator rights on this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Facilitator {
    /// Who.
    #[schema(value_type = String)]
    pub id: Id<FacilitatorId>,
    /// Their name.
    pub name: String,
}

/// A wish to be called something else, in workshops joined from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RenameFacilitator {
    /// The new name; 1 to 40 characters.
    pub name: String,
}

/// A wish to start a workshop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StartWorkshop {
    /// What it is called; the first codelab's title if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub title: Option<String>,
    /// The codelabs, in order.
    #[schema(value_type = Vec<String>)]
    pub codelabs: Vec<Id<CodelabId>>,
    /// Whether joining takes the join code; it does if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub code_required: Option<bool>,
}

/// A workshop in the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkshopSummary {
    /// The workshop.
    #[schema(value_type = String)]
    pub id: Id<WorkshopId>,
    /// Its title.
    pub title: String,
    /// Live or ended.
    pub status: WorkshopStatus,
    /// When it started; milliseconds since the Unix epoch.
    pub started_at_ms: i64,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ended_at_ms: Option<i64>,
    /// Titles of its codelabs.
    pub codelabs: Vec<String>,
    /// Attendees who joined.
    pub attendees: u32,
    /// Chat messages and announcements.
    pub messages: u32,
    /// Help requests.
    pub help_requests: u32,
    /// Whether it took place elsewhere and was brought here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub imported: bool,
}

/// One page of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkshopPage {
    /// The workshops, newest first.
    pub items: Vec<WorkshopSummary>,
    /// Cursor of the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub next: Option<String>,
}

/// One page of what was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MessagePage {
    /// The messages, oldest first.
    pub items: Vec<Message>,
    /// Whether there are older ones.
    pub has_older: bool,
}

/// How people get in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Lobby {
    /// The join code.
    pub join_code: String,
    /// Whether joining takes it.
    pub code_required: bool,
    /// One per network, the most likely first; empty without a network.
    pub addresses: Vec<LobbyAddress>,
    /// The name on the local network.
    pub local_name: LocalName,
}

/// What kind of network an address is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NetworkKind {
    /// A network this machine offers to others.
    Hotspot,
    /// A cable.
    Wired,
    /// Wi-Fi.
    Wireless,
    /// Between programs of this machine only.
    Virtual,
    /// Cannot be told.
    Other,
}

/// An address attendees may type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LobbyAddress {
    /// What to type, such as `http://192.168.1.20`.
    pub url: String,
    /// The same with the join code, as in the QR code.
    pub join_url: String,
    /// The operating system's name of the interface.
    pub interface: String,
    /// What kind of network.
    pub kind: NetworkKind,
    /// Address of the QR code (SVG) of `join_url`.
    pub qr: String,
}

/// The machine's name on the local network (mDNS).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(
    tag = "state",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum LocalName {
    /// Being announced; not known yet.
    Pending,
    /// Really advertised.
    Advertised {
        /// What to type, such as `http://codelabs.local`.
        url: String,
    },
    /// This network does not carry it.
    Unavailable {
        /// Why.
        reason: NoName,
    },
}

/// Why there is no name on the local network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoName {
    /// Nobody asked for one.
    SwitchedOff,
    /// This machine is in no network.
    NoNetwork,
    /// This machine does not let a name be announced.
    NotAllowed,
    /// The network does not carry it.
    NotAnnounced,
}
