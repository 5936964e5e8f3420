//! The images that codelabs show from the internet: which there are, and downloads of them that
//! somebody has pressed for. A download lives in memory until everything is here; then one
//! revision refers to what came. After a restart there is nothing of it, nor when it was ended or
//! whoever pressed was removed.

mod along;

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use codelab::{import::Image, remote};
use domain::{CodelabId, FacilitatorId};
use protocol::{
    DownloadOutcome, DownloadState, DownloadedImage, Id, ImageDownload, Problem, ProblemCode,
    RemoteImage, RemoteImages,
};
use store::{Save, Store};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{
    app::App,
    import::{blocking, discard},
    outside::{self, News, Trip, is_offline},
    problem::store_problem,
    secrets, writing,
};

pub use along::{Remote, along};

/// Downloads that run at once; each may hold some hundred megabytes.
const MOST_RUNNING: usize = 2;

/// Downloads whose outcome can be asked for; beyond this the oldest is forgotten.
const REMEMBERED: usize = 20;

/// How long an answer waits for news.
const PATIENCE: Duration = Duration::from_secs(20);

/// Bytes of one image that are news.
const PROGRESS_BYTES: u64 = 128 * 1024;

/// Times that somebody else may save while this does. People are slower.
const MOST_MERGES: usize = 10;

/// The downloads of this start.
#[derive(Debug, Default)]
pub struct Downloads(Mutex<VecDeque<Arc<Job>>>);

#[derive(Debug)]
struct Job {
    codelab: CodelabId,
    state: watch::Sender<ImageDownload>,
    cancel: CancellationToken,
}

/// Who wants images, and what they say of the save point.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Who.
    pub by: FacilitatorId,
    /// Only these; all if absent.
    pub addresses: Option<Vec<String>>,
    /// A note.
    pub note: Option<String>,
}

/// The images from the internet in a text.
#[must_use]
pub fn told(source: &str) -> RemoteImages {
    let images = remote::images(source).into_iter();
    let images = images.map(|image| RemoteImage {
        host: outside::host(&image.address),
        address: image.address,
        description: image.description,
        step: image.step,
    });
    RemoteImages {
        images: images.collect(),
    }
}

/// The images that a codelab shows from the internet. Nobody is asked for them.
///
/// # Errors
/// [`ProblemCode::UnknownCodelab`], or that it cannot be read.
pub async fn list(app: &App, id: CodelabId) -> Result<RemoteImages, Problem> {
    let newest = app.store.codelab_source(id).await;
    let newest = newest.map_err(|error| store_problem(&error))?;
    let source = newest.ok_or_else(writing::unknown_codelab)?.source;
    blocking(move || told(&source)).await
}

/// Begins to download images of a codelab. If that is being done already, it is that download.
///
/// # Errors
/// [`ProblemCode::InvalidRequest`] when the codelab shows no such images,
/// [`ProblemCode::TooManyRequests`] when several downloads are running, and those of [`list`].
pub async fn start(app: &App, id: CodelabId, wish: Wish) -> Result<ImageDownload, Problem> {
    let mut wanted: Vec<String> = list(app, id)
        .await?
        .images
        .into_iter()
        .map(|i| i.address)
        .collect();
    if let Some(only) = &wish.addresses {
        if let Some(unknown) = only.iter().find(|address| !wanted.contains(*address)) {
            let detail = format!("addresses: the codelab shows no image from {unknown}");
            return Err(Problem::new(ProblemCode::InvalidRequest, detail));
        }
        wanted.retain(|address| only.contains(address));
    }
    if wanted.is_empty() {
        let detail = "the codelab shows no images from the internet";
        return Err(Problem::new(ProblemCode::InvalidRequest, detail));
    }
    let trip = Trip::prepare(app.outside)?;
    let images = wanted.iter().map(|address| waiting(address.clone()));
    let job = Arc::new(Job {
        codelab: id,
        state: watch::Sender::new(ImageDownload {
            id: secrets::import_id(),
            codelab: Id(id),
            news: 0,
            images: images.collect(),
            outcome: None,
            revision: None,
            problem: None,
        }),
        cancel: app.stop.child_token(),
    });
    if let Some(running) = app.downloads.add(&job)? {
        return Ok(running);
    }
    let begun = job.state.borrow().clone();
    let worker = app.clone();
    app.tasks.spawn(async move {
        let end = run(&worker, &job, &trip, wanted, wish).await;
        job.tell(|state| {
            state.outcome = Some(end.outcome);
            state.revision = end.revision;
            state.problem = end.problem;
        });
    });
    Ok(begun)
}

fn waiting(address: String) -> DownloadedImage {
    DownloadedImage {
        address,
        state: DownloadState::Waiting,
        received_bytes: 0,
        size_bytes: None,
        refusal: None,
    }
}

impl Downloads {
    /// How far a download is. Waits a while for more than the `known` news.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`].
    pub async fn progress(&self, id: &str, known: u32) -> Result<ImageDownload, Problem> {
        let job = self.job(id)?;
        let mut state = job.state.subscribe();
        let news = state.wait_for(|state| state.outcome.is_some() || state.news > known);
        // Without news the answer says that there is none; so does a job that is gone.
        drop(tokio::time::timeout(PATIENCE, news).await);
        let told = job.state.borrow().clone();
        Ok(told)
    }

    /// Ends a download: nothing of it is kept, unless everything is being saved already.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`].
    pub fn cancel(&self, id: &str) -> Result<(), Problem> {
        self.job(id)?.cancel.cancel();
        Ok(())
    }

    fn job(&self, id: &str) -> Result<Arc<Job>, Problem> {
        let jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let job = jobs.iter().find(|job| job.state.borrow().id == id).cloned();
        job.ok_or_else(|| Problem::new(ProblemCode::NotFound, "there is no such download"))
    }

    /// Adds a download, unless its codelab has one that is running; then that is the answer.
    fn add(&self, job: &Arc<Job>) -> Result<Option<ImageDownload>, Problem> {
        let mut jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let running = |job: &&Arc<Job>| job.state.borrow().outcome.is_none();
        let same = jobs
            .iter()
            .filter(running)
            .find(|known| known.codelab == job.codelab);
        if let Some(same) = same {
            return Ok(Some(same.state.borrow().clone()));
        }
        if jobs.iter().filter(running).count() >= MOST_RUNNING {
            let detail = "other downloads are still running; wait for them or cancel one";
            return Err(Problem::new(ProblemCode::TooManyRequests, detail));
        }
        if jobs.len() >= REMEMBERED
            && let Some(oldest) = jobs
                .iter()
                .position(|job| job.state.borrow().outcome.is_some())
        {
            jobs.remove(oldest);
        }
        jobs.push_back(Arc::clone(job));
        Ok(None)
    }
}

impl Job {
    fn tell(&self, change: impl FnOnce(&mut ImageDownload)) {
        self.state.send_modify(|state| {
            change(state);
            state.news = state.news.saturating_add(1);
        });
    }

    fn note(&self, index: usize, news: News) {
        let is_news = |image: &DownloadedImage| match news {
            News::Received(bytes, _) => {
                bytes == 0 || bytes / PROGRESS_BYTES != image.received_bytes / PROGRESS_BYTES
            }
            News::Asked | News::Taken(_) | News::Refused(_) => true,
        };
        if !self.state.borrow().images.get(index).is_some_and(is_news) {
            return;
        }
        self.tell(|state| {
            let Some(image) = state.images.get_mut(index) else {
                return;
            };
            match news {
                News::Asked => image.state = DownloadState::Loading,
                News::Received(bytes, size) => {
                    image.received_bytes = bytes;
                    image.size_bytes = size;
                }
                News::Taken(bytes) => {
                    image.state = DownloadState::Taken;
                    image.received_bytes = bytes;
                }
                News::Refused(refusal) => {
                    image.state = DownloadState::Refused;
                    image.refusal = Some(refusal);
                }
            }
        });
    }
}

/// How a download ended.
struct End {
    outcome: DownloadOutcome,
    revision: Option<u32>,
    problem: Option<Problem>,
}

impl End {
    fn with(outcome: DownloadOutcome) -> Self {
        Self {
            outcome,
            revision: None,
            problem: None,
        }
    }
}

async fn run(app: &App, job: &Job, trip: &Trip, wanted: Vec<String>, wish: Wish) -> End {
    let fetching = trip.images(&wanted, |index, news| job.note(index, news));
    let outcomes = tokio::select! {
        biased;
        () = job.cancel.cancelled() => return End::with(DownloadOutcome::Cancelled),
        () = app.removals.of(Some(wish.by)) => return End::with(DownloadOutcome::Removed),
        outcomes = fetching => outcomes,
    };
    if is_offline(&outcomes) {
        return End::with(DownloadOutcome::Offline);
    }
    let taken = wanted.into_iter().zip(outcomes);
    let taken: Vec<(String, Image)> = taken
        .filter_map(|(address, outcome)| Some((address, outcome.ok()?)))
        .collect();
    if taken.is_empty() {
        return End::with(DownloadOutcome::NothingTaken);
    }
    let store = app.store.for_work_of(Some(wish.by));
    let kept = keep(app, &store, job.codelab, wish, taken).await;
    // What was not saved, or is in no text any more. After a save that is nothing.
    discard(&store).await;
    match kept {
        Ok(revision) => End {
            revision: Some(revision),
            ..End::with(DownloadOutcome::Saved)
        },
        Err(problem) if problem.code == ProblemCode::NotAuthenticated => {
            End::with(DownloadOutcome::Removed)
        }
        Err(problem) => End {
            problem: Some(problem),
            ..End::with(DownloadOutcome::Failed)
        },
    }
}

/// Gives the codelab its images, and saves its newest text with references to them. The store is
/// asked before each of them, and again as it saves, whether who pressed is a facilitator still.
async fn keep(
    app: &App,
    store: &Store,
    id: CodelabId,
    wish: Wish,
    taken: Vec<(String, Image)>,
) -> Result<u32, Problem> {
    let mut references = BTreeMap::new();
    for (address, image) in taken {
        let (now, name) = (app.clock.now(), remote::file_name(&address));
        let file = writing::add_picture(store, now, id, &name, image.bytes).await?;
        references.insert(address, file.reference);
    }
    let references = Arc::new(references);
    let mut conflict = None;
    for _ in 0..MOST_MERGES {
        let newest = app.store.codelab_source(id).await;
        let newest = newest.map_err(|error| store_problem(&error))?;
        let newest = newest.ok_or_else(writing::unknown_codelab)?;
        let (source, names) = (newest.source, Arc::clone(&references));
        let text = blocking(move || remote::localise(&source, &names)).await?;
        let save = Save {
            base: newest.revision,
            by: wish.by,
            note: wish.note.clone(),
            restored_from: None,
            ends_draft: false,
        };
        match writing::save_in(app, store, id, text, &save).await {
            Ok(point) => return Ok(point.revision),
            // Somebody saved in between: the same again on their text.
            Err(problem) if problem.code == ProblemCode::RevisionConflict => {
                conflict = Some(problem);
            }
            Err(problem) => return Err(problem),
        }
    }
    Err(conflict.unwrap_or_else(writing::unknown_codelab))
}
