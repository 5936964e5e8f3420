//! Looking at everything that is stored: what is damaged, and where.

mod contents;
mod database;
mod files;
mod library;
mod log;
mod projections;

use std::fmt;

use domain::WorkshopId;
use serde::Serialize;

pub use files::FileDamage;
pub use projections::Difference;

use crate::{Store, StoreError};

/// What kind of thing a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// What was noticed when the data folder was opened.
    Notice,
    /// The structure of the database file.
    Database,
    /// A row speaks of another that is not there.
    Reference,
    /// The log of a workshop.
    Workshop,
    /// A table does not say what the log says.
    Projection,
    /// A codelab of the library.
    Codelab,
    /// A rendered step.
    Content,
    /// A file is missing or changed.
    File,
    /// A file that nothing refers to; takes up space and harms nothing.
    UnknownFile,
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// What it is about.
    pub kind: FindingKind,
    /// What and where, in a sentence.
    pub sentence: String,
}

impl Finding {
    pub(crate) fn new(kind: FindingKind, sentence: impl Into<String>) -> Self {
        let sentence = sentence.into();
        Self { kind, sentence }
    }

    /// Whether something is lost or wrong.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        self.kind != FindingKind::UnknownFile
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl Store {
    /// Checks the structure of the database, every event's checksum and form, all
    /// tables that follow from the log, every revision, every rendered step and every
    /// file. Changes nothing. Reads everything, so it takes its time.
    ///
    /// # Errors
    /// When something cannot be read for another reason than damage.
    pub async fn verify(&self) -> Result<Vec<Finding>, StoreError> {
        let mut found: Vec<Finding> = self
            .notices()
            .iter()
            .map(|notice| Finding::new(FindingKind::Notice, notice.to_string()))
            .collect();
        self.verify_database(&mut found).await?;
        let damaged = self.verify_logs(&mut found).await?;
        self.verify_tables(&damaged, &mut found).await?;
        self.verify_library(&mut found).await?;
        self.verify_contents(&mut found).await?;
        self.verify_files(&mut found).await?;
        Ok(found)
    }

    async fn verify_tables(
        &self,
        damaged: &[WorkshopId],
        found: &mut Vec<Finding>,
    ) -> Result<(), StoreError> {
        let kind = FindingKind::Projection;
        match self.compare_projections(damaged).await {
            Ok(differences) => {
                found.extend(
                    differences
                        .iter()
                        .map(|d| Finding::new(kind, d.to_string())),
                );
            }
            Err(error) => found.push(unread(kind, "The tables", error)?),
        }
        Ok(())
    }
}

/// A finding about what cannot be read.
///
/// # Errors
/// The error itself, when it is none of damage.
fn unread(kind: FindingKind, what: &str, error: StoreError) -> Result<Finding, StoreError> {
    if error.is_damage() {
        Ok(Finding::new(
            kind,
            format!("{what} cannot be read: {error}."),
        ))
    } else {
        Err(error)
    }
}
