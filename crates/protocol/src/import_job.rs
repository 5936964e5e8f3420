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
    /// What was found; the import waits to be told what of it to take. Absent
    /// when it does not wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub choice: Option<ImportChoice>,
    /// The one that is read now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reading: Option<String>,
    /// What became of codelabs, those that were known to whoever asked left out.
    pub rows: Vec<ImportRow>,
    /// Whether nothing more will happen and these rows are the last.
    pub done: bool,
}

/// What an import found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportChoice {
    /// Each codelab, or what looks like one.
    pub offers: Vec<ImportOffer>,
}

/// A codelab that could be imported, or why it cannot be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportOffer {
    /// Its number, counted from 0; for taking it.
    pub index: u32,
    /// Its file, or the folder that is a codelab as a whole.
    pub name: String,
    /// The codelab.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub codelab: Option<OfferedCodelab>,
    /// What a backup tells of a past workshop with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub past: Option<OfferedPast>,
    /// Why it cannot be imported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub problem: Option<Problem>,
}

/// What a codelab would bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfferedCodelab {
    /// Its title.
    pub title: String,
    /// Its steps.
    pub steps: u32,
    /// Pictures that it shows.
    pub images: u32,
    /// Links and files for the room.
    pub materials: u32,
    /// What the import would remark on.
    pub remarks: u32,
    /// Whether it is in the library already.
    pub on_shelf: OnShelf,
}

/// Whether a codelab is in the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnShelf {
    /// It is not.
    No,
    /// One of the same id and title is, with another text.
    Edited,
    /// One with the same text is.
    Same,
}

/// How much there is of a past workshop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfferedPast {
    /// People who were there.
    pub attendees: u32,
    /// Messages, and comments in the text.
    pub messages: u32,
    /// Help requests.
    pub help_requests: u32,
    /// Answers to quizzes.
    pub quiz_answers: u32,
    /// Times that feedback was given.
    pub feedback: u32,
    /// Files and links that were handed in.
    pub submissions: u32,
    /// The files of these, as long as the backup says they are.
    pub submitted_bytes: u64,
    /// When it began; milliseconds since the Unix epoch.
    pub started_at_ms: i64,
    /// When it ended.
    pub ended_at_ms: i64,
    /// Whether the history has it already.
    pub in_history: bool,
}

/// What to take of what an import found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TakeImport {
    /// The codelabs to take; the others are left out.
    pub codelabs: Vec<TakenCodelab>,
}

/// A codelab to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TakenCodelab {
    /// Its number among what was found.
    pub index: u32,
    /// Whether its past workshop comes along.
    pub past: bool,
    /// Whether only that comes: it is one of the codelab in the library that has the same text.
    /// Without such a one, the codelab comes along.
    #[serde(default)]
    pub past_only: bool,
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
