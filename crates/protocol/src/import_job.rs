//! An import of many codelabs, while it runs and after it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{ImportReport, Problem};

/// An import: how far it is, and what became of the codelabs so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportJob {
    /// Its id; for asking again, and for ending it.
    pub id: String,
    /// How many codelabs were found; absent while they are looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub found: Option<u32>,
    /// The one that is read now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reading: Option<String>,
    /// What became of codelabs, those that were known to whoever asked left out.
    pub rows: Vec<ImportRow>,
    /// Whether nothing more will happen and these rows are the last.
    pub done: bool,
}

/// What became of one codelab: either a report or a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportRow {
    /// Its file, or the folder that is a codelab as a whole.
    pub name: String,
    /// It is in the library.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub report: Option<ImportReport>,
    /// Nothing of it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub problem: Option<Problem>,
}
