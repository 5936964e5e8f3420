//! Codelabs, as the editor reads and writes them.

use domain::StepId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Diagnostic, Id, Quiz, StepDetail};

/// A codelab to begin with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BeginCodelab {
    /// What it is called, if `source` does not say.
    pub title: String,
    /// Language of its text (BCP 47), if `source` does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub language: Option<String>,
    /// The Markdown to begin with, in the author's language; one empty step if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub source: Option<String>,
}

/// What a copy of a codelab is to be called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DuplicateCodelab {
    /// At most 200 characters.
    pub title: String,
}

/// A file that the text of a codelab may refer to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CodelabFile {
    /// As the Markdown writes it.
    pub reference: String,
    /// The address of its bytes.
    pub url: String,
    /// What it is.
    pub media_type: String,
    /// Pixels across, of a picture whose size is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub width: Option<u32>,
    /// Pixels down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub height: Option<u32>,
}

/// What somebody has typed since the last save point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// The revision that was open when the writing began.
    pub base: u32,
    /// The Markdown.
    pub source: String,
    /// When it was kept; milliseconds since the Unix epoch.
    pub saved_at_ms: i64,
}

/// The text of a codelab, to be edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CodelabSource {
    /// The newest revision.
    pub revision: u32,
    /// Its Markdown.
    pub source: String,
    /// All files that the codelab ever had.
    pub files: Vec<CodelabFile>,
    /// What who asks has typed since; absent if nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub draft: Option<Draft>,
}

/// What somebody types, to be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeepDraft {
    /// The revision that was open when the writing began.
    pub base: u32,
    /// The Markdown.
    pub source: String,
}

/// A draft is on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DraftKept {
    /// Since when; milliseconds since the Unix epoch.
    pub saved_at_ms: i64,
}

/// A save point to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SaveRevision {
    /// The revision that was edited.
    pub base: u32,
    /// The Markdown.
    pub source: String,
    /// What to remember of it, in a line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub note: Option<String>,
}

/// A save point was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SavedRevision {
    /// The newest revision.
    pub revision: u32,
    /// Its steps in order.
    pub steps: Vec<StepDetail>,
    /// What the reader noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// A save point in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RevisionSummary {
    /// Counted from 1.
    pub number: u32,
    /// When it was saved; milliseconds since the Unix epoch.
    pub saved_at_ms: i64,
    /// By whom; absent if it was imported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub saved_by: Option<String>,
    /// What they said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub note: Option<String>,
    /// The codelab's title in it.
    pub title: String,
    /// How many steps it has.
    pub steps: u32,
    /// Sum of its steps' minutes.
    pub minutes: u32,
    /// The revision whose text it brought back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub restored_from: Option<u32>,
}

/// One page of the save points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RevisionPage {
    /// The save points, newest first.
    pub items: Vec<RevisionSummary>,
    /// Cursor of the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub next: Option<String>,
}

/// A save point with its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Revision {
    /// What the list says of it.
    #[serde(flatten)]
    pub summary: RevisionSummary,
    /// The Markdown.
    pub source: String,
}

/// A text to be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreviewText {
    /// The Markdown.
    pub source: String,
}

/// A text, as it would be shown. Nothing of it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// What its header says.
    pub metadata: PreviewMetadata,
    /// Sum of its steps' minutes.
    pub minutes: u32,
    /// Words of its steps, code left out.
    pub words: u32,
    /// What to prepare before the first step; absent if nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub guide: Option<PreviewGuide>,
    /// Its steps in order.
    pub steps: Vec<PreviewStep>,
    /// What the reader noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// What the header of a text says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreviewMetadata {
    /// The title.
    pub title: String,
    /// The id its author gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub id: Option<String>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub summary: Option<String>,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub authors: Option<String>,
    /// Language of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub language: Option<String>,
    /// Where its author wants to hear about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub feedback_link: Option<String>,
    /// Categories, in the author's order.
    pub categories: Vec<String>,
    /// Keywords.
    pub tags: Vec<String>,
}

/// The preparation guide of a text, as it would be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreviewGuide {
    /// The line it begins at, counted from 1.
    pub line: u32,
    /// Its HTML, sanitised.
    pub html: String,
}

/// A step of a text, as it would be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreviewStep {
    /// The step of the newest revision that it goes on with; absent: it is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>)]
    pub id: Option<Id<StepId>>,
    /// Its title.
    pub title: String,
    /// Planned minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub minutes: Option<u32>,
    /// The line of its heading, counted from 1.
    pub line: u32,
    /// Its HTML, sanitised.
    pub html: String,
    /// Its quizzes in order, with what is right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quizzes: Vec<Quiz>,
}

/// Another revision came in between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RevisionConflict {
    /// The newest revision.
    pub newest: u32,
    /// Who saved it; absent if it was imported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub saved_by: Option<String>,
}
