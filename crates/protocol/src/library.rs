//! Codelabs, as the library shows them.

use domain::{CodelabId, ContentHash, StepId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{DiagnosticCode, Id, Quiz};

/// A codelab in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CodelabSummary {
    /// The codelab.
    #[schema(value_type = String)]
    pub id: Id<CodelabId>,
    /// Its title.
    pub title: String,
    /// What it is about, in a sentence or two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub summary: Option<String>,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub authors: Option<String>,
    /// Language of its text (BCP 47), if it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub language: Option<String>,
    /// Keywords.
    pub tags: Vec<String>,
    /// Sum of its steps' minutes.
    pub minutes: u32,
    /// How many steps it has.
    pub steps: u32,
    /// Which of its saved states this is, counted from 1.
    pub revision: u32,
    /// Address of a picture of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub cover: Option<String>,
    /// When it came into the library; milliseconds since the Unix epoch.
    pub created_at_ms: i64,
    /// When it changed last.
    pub updated_at_ms: i64,
    /// When a workshop with it began last; absent if none did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub used_at_ms: Option<i64>,
    /// Where in the library it stands.
    pub shelf: Shelf,
    /// Where a search found it in its steps; only in answers to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub found: Option<FoundInStep>,
}

/// A part of the library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shelf {
    /// In use.
    #[default]
    Active,
    /// Kept out of the way; can be taught like the others.
    Archived,
    /// Removed; can be restored.
    Removed,
}

/// What comes first in the library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LibrarySort {
    /// What fits the search best; without a search what changed last.
    #[default]
    Relevance,
    /// What changed last.
    Changed,
    /// By title.
    Title,
    /// What a workshop was held with last.
    Used,
}

/// A line of a step that has what was searched for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FoundInStep {
    /// The step's place, counted from 1; 0 is the preparation guide.
    pub position: u32,
    /// The step's title; empty for the guide.
    pub title: String,
    /// The line, or the part of it around what was found.
    pub excerpt: String,
}

/// A tag of the library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Tag {
    /// As the authors write it.
    pub tag: String,
    /// How many codelabs of the shelf have it.
    pub codelabs: u32,
}

/// One page of the library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CodelabPage {
    /// The codelabs, in the order that was asked for.
    pub items: Vec<CodelabSummary>,
    /// Cursor of the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub next: Option<String>,
}

/// A codelab with its steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CodelabDetail {
    /// The codelab.
    pub summary: CodelabSummary,
    /// What to prepare before the first step, rendered: `/api/v1/contents/{guide}`; absent if
    /// nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>)]
    pub guide: Option<Id<ContentHash>>,
    /// Its steps in order.
    pub steps: Vec<StepDetail>,
}

/// A step of a codelab of the library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepDetail {
    /// The step.
    #[schema(value_type = String)]
    pub id: Id<StepId>,
    /// Its title.
    pub title: String,
    /// Planned minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub minutes: Option<u32>,
    /// SHA-256 of the rendered step: `/api/v1/contents/{content}`.
    #[schema(value_type = String)]
    pub content: Id<ContentHash>,
    /// Its quizzes in order, with what is right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quizzes: Vec<Quiz>,
}

/// How bad a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Imported, but not as the author meant.
    Warning,
    /// Could not be imported.
    Error,
}

/// What an importer noticed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What was noticed.
    pub code: DiagnosticCode,
    /// The file, relative to what was imported.
    pub file: String,
    /// The line, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub line: Option<u32>,
    /// The character in that line, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub column: Option<u32>,
    /// What of the text it is about, as written; empty where the place says it all.
    pub subject: String,
    /// What and what to do, in one English sentence.
    pub message: String,
    /// The lines around it, as the codelab now has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub excerpt: Option<Excerpt>,
}

/// Some lines of a codelab's text, to show a remark beside them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Excerpt {
    /// How many of the lines stand before the one that is meant.
    pub before: u32,
    /// The lines; long ones are cut off.
    pub lines: Vec<String>,
}

/// What became of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    /// The new codelab.
    pub codelab: CodelabSummary,
    /// What the importer noticed.
    pub diagnostics: Vec<Diagnostic>,
}
