//! Many codelabs in one go, one after the other: each is in the library as a
//! whole or not at all, and the work can end after any of them.

use std::{collections::VecDeque, path::PathBuf};

use codelab::{
    import::{Import, batch::Batch},
    past::Past,
};
use domain::{FacilitatorId, Timestamp};
use protocol::{ImportReport, OfferedCodelab, OfferedPast, OnShelf, Problem, Severity};
use store::Store;
use tokio_util::sync::CancellationToken;

use crate::{
    bring,
    import::{add_with, blocking, discard, refused},
    outside::Rules,
    problem::store_problem,
    remote_images::{Remote, along},
};

/// One codelab of many.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its file, or the folder that is a codelab as a whole.
    pub name: String,
    /// What became of it.
    pub outcome: Result<ImportReport, Problem>,
    /// The images that it shows from the internet, or did.
    pub remote: Vec<Remote>,
}

impl Row {
    /// Whether everything that its author wrote is in the library, and every image
    /// that was to be downloaded.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let lost = |report: &ImportReport| {
            let mut found = report.diagnostics.iter();
            found.any(|found| found.severity == Severity::Error)
        };
        let is_refused = |image: &Remote| matches!(image.download, Some(Err(_)));
        let is_whole = self.outcome.as_ref().is_ok_and(|report| !lost(report));
        is_whole && !self.remote.iter().any(is_refused)
    }
}

/// One of them to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its place among what was found, counted from 0.
    pub index: usize,
    /// Whether a past workshop of it comes along.
    pub past: bool,
    /// Whether only that comes, for the codelab of the library that has the
    /// same text. Without such a one, the codelab comes along.
    pub past_only: bool,
}

impl Taken {
    /// A codelab, with its past workshop or without.
    #[must_use]
    pub fn whole(index: usize, past: bool) -> Self {
        let past_only = false;
        Self {
            index,
            past,
            past_only,
        }
    }
}

/// The codelabs that some paths hold, one after the other.
pub struct Many {
    /// Lent to the thread that reads; gone for good if that thread broke.
    batch: Option<Batch>,
    names: Vec<String>,
    /// Those that are still to be taken.
    wanted: VecDeque<Taken>,
    /// Ends the one whose pages are being made.
    cancel: CancellationToken,
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
            wanted: (0..batch.len())
                .map(|index| Taken::whole(index, true))
                .collect(),
            batch: Some(batch),
            cancel: CancellationToken::new(),
        }
    }

    /// From then on `cancel` ends the work, also in the middle of a codelab.
    #[must_use]
    pub fn until(self, cancel: CancellationToken) -> Self {
        Self { cancel, ..self }
    }

    /// What each is called, in order.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Takes only these, in this order, instead of all.
    pub fn only(&mut self, wanted: impl IntoIterator<Item = Taken>) {
        self.wanted = wanted.into_iter().collect();
    }

    /// What the next one is called.
    #[must_use]
    pub fn next_name(&self) -> Option<&str> {
        let next = self.wanted.front()?;
        self.names.get(next.index).map(String::as_str)
    }

    /// Reads one of them, and keeps nothing of it.
    ///
    /// # Errors
    /// Why it is no codelab.
    pub async fn look(&mut self, index: usize, store: &Store) -> Result<Look, Problem> {
        let import = self.read(index).await?;
        look(import, store).await
    }

    /// Brings the next one into the library; nothing when it was the last. With `outside`, the
    /// images that it shows from the internet are downloaded before, as somebody wants it. From
    /// the moment that `by` is removed, nothing comes in. Nothing, too, when it was ended in the
    /// middle.
    pub async fn next(
        &mut self,
        store: &Store,
        by: Option<FacilitatorId>,
        now: Timestamp,
        outside: Option<Rules>,
    ) -> Option<Row> {
        let taken = self.wanted.pop_front()?;
        let name = self.names.get(taken.index)?.clone();
        let mut remote = Vec::new();
        let work = store.for_work_of(by);
        let outcome = self.import(taken, &work, now, outside, &mut remote).await;
        if outcome.is_err() {
            discard(&work).await;
            if self.cancel.is_cancelled() {
                return None;
            }
        }
        Some(Row {
            name,
            outcome,
            remote,
        })
    }

    async fn import(
        &mut self,
        taken: Taken,
        store: &Store,
        now: Timestamp,
        outside: Option<Rules>,
        remote: &mut Vec<Remote>,
    ) -> Result<ImportReport, Problem> {
        let mut import = self.read(taken.index).await?;
        if !taken.past
            && let Some(past) = import.past.take()
        {
            import.diagnostics.push(bring::left_out(&past));
        }
        (import, *remote) = along(import, outside).await?;
        let batch = self.batch.take().ok_or_else(broken)?;
        let files = bring::OneOf(batch, taken.index);
        let references = bring::references(&import);
        let (files, kept) = bring::keep_files(files, references, store, now).await?;
        self.batch = Some(files.0);
        if taken.past
            && taken.past_only
            && let Some(report) = bring::past_alone(&import, &kept, store, now).await?
        {
            return Ok(report);
        }
        add_with(store, now, import, &kept, &self.cancel).await
    }

    async fn read(&mut self, index: usize) -> Result<Import, Problem> {
        let mut batch = self.batch.take().ok_or_else(broken)?;
        let (batch, read) = blocking(move || {
            let read = batch.import(index);
            (batch, read)
        })
        .await?;
        self.batch = Some(batch);
        read.ok_or_else(broken)?.map_err(|error| refused(&error))
    }
}

fn broken() -> Problem {
    let detail = "the importer broke on an earlier codelab; import this one by itself";
    Problem::new(protocol::ProblemCode::Internal, detail)
}

/// What a look at a codelab tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// The codelab.
    pub codelab: OfferedCodelab,
    /// A workshop with it that took place elsewhere.
    pub past: Option<OfferedPast>,
}

async fn look(import: Import, store: &Store) -> Result<Look, Problem> {
    let failed = |error: store::StoreError| store_problem(&error);
    let metadata = &import.codelab.metadata;
    let (same, alike) = store
        .is_on_shelf(&import.source, metadata.id.as_deref(), &metadata.title)
        .await
        .map_err(failed)?;
    let mut past = import.past.as_deref().and_then(offered_past);
    if let (Some(offered), Some(past)) = (&mut past, &import.past) {
        let began = Timestamp::from_ms(offered.started_at_ms);
        let known = store.was_imported(past.title.as_str(), began).await;
        offered.in_history = known.map_err(failed)?;
    }
    let codelab = OfferedCodelab {
        title: import.codelab.metadata.title,
        steps: count(import.codelab.steps.len()),
        images: count(import.images.len()),
        materials: count(import.materials.len()),
        remarks: count(import.diagnostics.len()),
        on_shelf: match (same, alike) {
            (Some(_), _) => OnShelf::Same,
            (None, true) => OnShelf::Edited,
            (None, false) => OnShelf::No,
        },
    };
    Ok(Look { codelab, past })
}

/// How much there is of a past workshop; nothing if nothing happened in it.
#[must_use]
pub fn offered_past(past: &Past) -> Option<OfferedPast> {
    let (began, ended) = past.span()?;
    let figures = past.figures();
    Some(OfferedPast {
        attendees: count(figures.attendees),
        messages: count(figures.messages),
        help_requests: count(figures.help_requests),
        quiz_answers: count(figures.quiz_answers),
        feedback: count(figures.feedback),
        submissions: count(figures.submissions),
        submitted_bytes: past.submitted_bytes,
        started_at_ms: began.as_ms(),
        ended_at_ms: ended.as_ms(),
        in_history: false,
    })
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
