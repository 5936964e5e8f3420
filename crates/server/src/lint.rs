//! What can be said of a codelab before anybody imports it: what the import would
//! remark on, and what a room without internet will miss.

use std::path::PathBuf;

use codelab::{
    ImportError,
    import::{Import, batch::Batch},
    offline::{self, NeedKind},
};
use protocol::{Diagnostic, OfferedPast, Problem, Severity};
use serde::Serialize;

use crate::{
    import::{diagnostic, refused},
    many::offered_past,
};

/// Everything about one codelab.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Lint {
    /// Its file, or the folder that is a codelab as a whole.
    pub path: String,
    /// The codelab; absent if it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codelab: Option<Found>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<Problem>,
    /// What the import remarks on.
    pub diagnostics: Vec<Diagnostic>,
    /// What else needs the internet.
    pub offline: Vec<Offline>,
}

/// The codelab that was found.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// Its title.
    pub title: String,
    /// Its steps.
    pub steps: usize,
    /// The minutes its author plans.
    pub minutes: u32,
    /// The images it brings.
    pub images: usize,
    /// The links and files it brings for the room.
    pub materials: usize,
    /// What a backup tells of a past workshop with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub past: Option<OfferedPast>,
}

/// Something that does not work without internet.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Offline {
    /// The line in the codelab's text, from 1.
    pub line: u32,
    /// What kind of thing it is.
    pub kind: OfflineKind,
    /// The address, or the command.
    pub subject: String,
}

/// How something needs the internet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OfflineKind {
    /// A link.
    Link,
    /// A command that fetches something.
    Command,
}

impl Lint {
    /// Reads Markdown files, folders and ZIPs as an import would, each with all
    /// the codelabs in it. Blocks.
    #[must_use]
    pub fn of(paths: &[PathBuf]) -> Vec<Self> {
        let mut batch = Batch::open(paths);
        let names: Vec<String> = batch.names().map(str::to_owned).collect();
        let lints = names.into_iter().enumerate();
        lints
            .filter_map(|(index, name)| Some(Self::one(name, batch.import(index)?)))
            .collect()
    }

    fn one(path: String, read: Result<Import, ImportError>) -> Self {
        match read {
            Ok(import) => Self {
                path,
                offline: offline::needs(&import.source)
                    .into_iter()
                    .map(Offline::from)
                    .collect(),
                codelab: Some(Found {
                    minutes: import.codelab.minutes(),
                    steps: import.codelab.steps.len(),
                    images: import.images.len(),
                    materials: import.materials.len(),
                    past: import.past.as_deref().and_then(offered_past),
                    title: import.codelab.metadata.title,
                }),
                refused: None,
                diagnostics: import.diagnostics.into_iter().map(diagnostic).collect(),
            },
            Err(error) => Self {
                path,
                codelab: None,
                refused: Some(refused(&error)),
                diagnostics: Vec::new(),
                offline: Vec::new(),
            },
        }
    }

    /// Whether it can be imported with everything its author wrote.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let lost = |found: &Diagnostic| found.severity == Severity::Error;
        self.refused.is_none() && !self.diagnostics.iter().any(lost)
    }
}

impl From<offline::Need> for Offline {
    fn from(need: offline::Need) -> Self {
        Self {
            line: need.line,
            kind: match need.kind {
                NeedKind::Link => OfflineKind::Link,
                NeedKind::Command => OfflineKind::Command,
            },
            subject: need.subject,
        }
    }
}
