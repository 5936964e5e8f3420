//! What is damaged on this machine, over HTTP.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is damaged, and what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DamageKind {
    /// A workshop's log was changed; it is set aside.
    Workshop,
    /// A codelab cannot be read; it is left out of the library.
    Codelab,
    /// A file is missing or changed.
    File,
    /// The newest changes are missing: the database is older than it was.
    ChangesMissing,
    /// The database was changed while the program was closed.
    ChangedOutside,
    /// The database was damaged; what could be read was moved to a new one.
    Repaired,
}

/// Something that is damaged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DamageItem {
    /// What it is.
    pub kind: DamageKind,
    /// The workshop, the codelab, or the file's SHA-256.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub id: Option<String>,
    /// The workshop's or codelab's title; of a file, that of a codelab with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub title: Option<String>,
    /// What was found, in an English sentence.
    pub detail: String,
}

/// Everything that is known to be damaged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DamageReport {
    /// Nothing of it if all is well.
    pub items: Vec<DamageItem>,
}
