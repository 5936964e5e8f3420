//! What a codelab brings besides its steps.

use domain::{CodelabId, MaterialId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Id;

/// A link, or a file to download.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Material {
    /// The material.
    #[schema(value_type = String)]
    pub id: Id<MaterialId>,
    /// The codelab it belongs to.
    #[schema(value_type = String)]
    pub codelab: Id<CodelabId>,
    /// What it is called.
    pub title: String,
    /// Where it is: of a link an address elsewhere, of a file one of this machine.
    pub href: String,
    /// What is downloaded; absent: it is a link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub file: Option<MaterialFile>,
}

/// The file behind a material.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MaterialFile {
    /// Its name.
    pub name: String,
    /// How long it is.
    pub size_bytes: u64,
}

/// A file that is on its way to this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Upload {
    /// The material it becomes.
    #[schema(value_type = String)]
    pub id: Id<MaterialId>,
    /// What it will be called.
    pub title: String,
    /// The file's name.
    pub file_name: String,
    /// How long it is.
    pub size_bytes: u64,
    /// How much of it is here and safe; the next piece begins there.
    pub received_bytes: u64,
}

/// The materials of a codelab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MaterialList {
    /// What is there, in the order in which it came.
    pub materials: Vec<Material>,
    /// What is on its way; for facilitators.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uploads: Vec<Upload>,
}

/// A link to add.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLink {
    /// What it is called; at most 120 characters.
    pub title: String,
    /// An address that begins with `http://` or `https://`.
    pub url: String,
}

/// A file to upload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewUpload {
    /// What it is called; at most 120 characters. Its name if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub title: Option<String>,
    /// Its name.
    pub file_name: String,
    /// How long it is; 1 byte to 2 GiB.
    pub size_bytes: u64,
}

/// Another title for a material.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MaterialRenaming {
    /// At most 120 characters.
    pub title: String,
}

/// What became of a piece of an upload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UploadProgress {
    /// How much is here and safe.
    pub received_bytes: u64,
    /// Whether that was the last piece: the material is there.
    pub is_whole: bool,
}
