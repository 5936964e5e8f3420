//! People with facilitator rights on this machine, and the invitations to
//! become one, over HTTP.

use domain::{FacilitatorId, InvitationId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Id;

/// A wish for an invitation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Invite {
    /// For whom; 1 to 40 characters. They can change it when they enter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub name: Option<String>,
}

/// An invitation that was just made. Its links are told this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    /// Which.
    #[schema(value_type = String)]
    pub id: Id<InvitationId>,
    /// For whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub name: Option<String>,
    /// The link at each address of this machine, at least one; all carry the
    /// same secret.
    pub links: Vec<String>,
    /// The links' QR codes in the same order, as SVG documents.
    pub qrs: Vec<String>,
    /// Until when; milliseconds since the Unix epoch.
    pub expires_at_ms: i64,
}

/// What became of an invitation: `open`, `redeemed` by somebody, `expired`
/// unused, or `revoked` before it was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InvitationStatus {
    /// Somebody can still use it.
    Open,
    /// Somebody became a facilitator by it.
    Redeemed,
    /// Nobody used it in time.
    Expired,
    /// Taken back before anybody used it.
    Revoked,
}

/// An invitation in the list; never its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitationEntry {
    /// Which.
    #[schema(value_type = String)]
    pub id: Id<InvitationId>,
    /// For whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub name: Option<String>,
    /// Who invited.
    pub invited_by: String,
    /// When; milliseconds since the Unix epoch.
    pub created_at_ms: i64,
    /// Until when it could be used.
    pub expires_at_ms: i64,
    /// What became of it.
    pub status: InvitationStatus,
    /// Who used it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub redeemed_by: Option<String>,
    /// When it was used or taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub settled_at_ms: Option<i64>,
}

/// The newest invitations, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitationList {
    /// At most a hundred.
    pub items: Vec<InvitationEntry>,
}

/// Somebody with facilitator rights on this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FacilitatorEntry {
    /// Who.
    #[schema(value_type = String)]
    pub id: Id<FacilitatorId>,
    /// Their name.
    pub name: String,
    /// Whether it is the person whose machine this is; their access stays.
    pub is_owner: bool,
    /// Whether it is who asks.
    pub is_you: bool,
    /// Since when; milliseconds since the Unix epoch.
    pub since_ms: i64,
    /// Who invited them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub invited_by: Option<String>,
    /// Whether they are connected to a workshop now.
    pub online: bool,
}

/// Everybody with facilitator rights, the longest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FacilitatorList {
    /// Them.
    pub items: Vec<FacilitatorEntry>,
}
