//! Many codelabs in one go, one after the other: each is in the library as a
//! whole or not at all, and the work can end after any of them.

use std::path::PathBuf;

use codelab::import::batch::Batch;
use domain::Timestamp;
use protocol::{ImportReport, Problem, Severity};
use store::Store;

use crate::import::{add, blocking, refused};

/// One codelab of many.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its file, or the folder that is a codelab as a whole.
    pub name: String,
    /// What became of it.
    pub outcome: Result<ImportReport, Problem>,
}

impl Row {
    /// Whether everything that its author wrote is in the library.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let lost = |report: &ImportReport| {
            let mut found = report.diagnostics.iter();
            found.any(|found| found.severity == Severity::Error)
        };
        self.outcome.as_ref().is_ok_and(|report| !lost(report))
    }
}

/// The codelabs that some paths hold, one after the other.
pub struct Many {
    /// Lent to the thread that reads; gone for good if that thread broke.
    batch: Option<Batch>,
    names: Vec<String>,
    next: usize,
}

impl Many {
    /// Looks for codelabs.
    ///
    /// # Errors
    /// When the importer breaks.
    pub async fn find(paths: Vec<PathBuf>) -> Result<Self, Problem> {
        Ok(Self::of(blocking(move || Batch::open(&paths)).await?))
    }

    /// Looks for the codelabs of an upload.
    ///
    /// # Errors
    /// When the importer breaks.
    pub async fn find_in(folder: PathBuf) -> Result<Self, Problem> {
        Ok(Self::of(blocking(move || Batch::in_folder(&folder)).await?))
    }

    fn of(batch: Batch) -> Self {
        Self {
            names: batch.names().map(str::to_owned).collect(),
            batch: Some(batch),
            next: 0,
        }
    }

    /// What each is called, in order.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Brings the next one into the library; nothing when it was the last.
    pub async fn next(&mut self, store: &Store, now: Timestamp) -> Option<Row> {
        let name = self.names.get(self.next)?.clone();
        let index = self.next;
        self.next += 1;
        let outcome = self.import(index, store, now).await;
        Some(Row { name, outcome })
    }

    async fn import(
        &mut self,
        index: usize,
        store: &Store,
        now: Timestamp,
    ) -> Result<ImportReport, Problem> {
        let broken = || {
            let detail = "the importer broke on an earlier codelab; import this one by itself";
            Problem::new(protocol::ProblemCode::Internal, detail)
        };
        let mut batch = self.batch.take().ok_or_else(broken)?;
        let (batch, read) = blocking(move || {
            let read = batch.import(index);
            (batch, read)
        })
        .await?;
        self.batch = Some(batch);
        let import = read.ok_or_else(broken)?.map_err(|error| refused(&error))?;
        add(store, now, import).await
    }
}
