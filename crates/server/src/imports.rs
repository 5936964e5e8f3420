//! Imports of many codelabs that run beside everything else. They live in
//! memory: after a restart what came in is in the library, and the rest was
//! never begun. They end when whoever began them is removed.

use std::{
    collections::{BTreeSet, HashMap, VecDeque},
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use domain::FacilitatorId;
use protocol::{ImportChoice, ImportJob, ImportOffer, ImportRow, Problem, ProblemCode};
use store::Store;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{
    app::App,
    many::{Look, Many, Taken},
    secrets,
};

/// Imports that run at once; more would only wait for the disk.
const MOST_RUNNING: usize = 3;

/// Uploads for imports that come in at once, in all: each may fill the disk with
/// gigabytes, and the small ones are in memory until they are whole.
const MOST_RECEIVING: usize = 6;

/// Of these, those of one facilitator.
const MOST_RECEIVING_OF_ONE: usize = 3;

/// Imports whose outcome can be asked for; beyond this the oldest is forgotten.
const REMEMBERED: usize = 20;

/// How long an upload waits for somebody to choose.
const CHOICE: Duration = Duration::from_hours(1);

/// How long an answer waits for news.
const PATIENCE: Duration = Duration::from_secs(20);

/// Rows of one answer: a hundred remarks each, and it is some megabytes.
const ROWS_AT_ONCE: usize = 50;

/// The imports of this start.
#[derive(Debug)]
pub struct Imports {
    folder: PathBuf,
    jobs: Mutex<VecDeque<Arc<Job>>>,
    /// Uploads that are coming in, by whom.
    receiving: Mutex<HashMap<FacilitatorId, usize>>,
}

/// An upload that is coming in.
#[derive(Debug)]
pub struct Receiving<'i> {
    imports: &'i Imports,
    by: FacilitatorId,
}

impl Drop for Receiving<'_> {
    fn drop(&mut self) {
        let receiving = &self.imports.receiving;
        let mut receiving = receiving.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = receiving.get_mut(&self.by) {
            *own -= 1;
        }
        receiving.retain(|_, own| *own > 0);
    }
}

#[derive(Debug)]
struct Job {
    id: String,
    state: watch::Sender<State>,
    cancel: CancellationToken,
    /// Who began it; nobody, if that is the person at the machine.
    by: Option<FacilitatorId>,
    /// What somebody wants of what was found.
    taken: watch::Sender<Option<Vec<Taken>>>,
}

#[derive(Debug, Default)]
struct State {
    found: Option<u32>,
    reading: Option<String>,
    /// What somebody is to choose from.
    choice: Option<ImportChoice>,
    rows: Vec<ImportRow>,
    done: bool,
}

/// A folder that holds an upload until it was imported, and then is gone.
#[derive(Debug)]
pub struct Upload(PathBuf);

impl Upload {
    /// Where its files are.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, "an upload was not removed");
        }
    }
}

/// Whether somebody is asked before anything is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// Everything is taken.
    Nothing,
    /// What to take, if there is more than one codelab or a past workshop.
    WhatToTake,
}

/// Where codelabs come from.
#[derive(Debug)]
pub enum Origin {
    /// Files, folders and ZIPs of this machine.
    Paths(Vec<PathBuf>),
    /// What a browser sent.
    Upload(Upload),
}

impl Imports {
    /// None yet. Uploads that an earlier start left behind are removed.
    #[must_use]
    pub fn new(data_dir: &Path) -> Self {
        let folder = data_dir.join("imports");
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(%error, "old uploads were not removed");
            }
            Ok(()) | Err(_) => {}
        }
        Self {
            folder,
            jobs: Mutex::default(),
            receiving: Mutex::default(),
        }
    }

    /// Counts an upload until it has come in.
    ///
    /// # Errors
    /// [`ProblemCode::TooManyRequests`] when several are coming in.
    pub fn begin_receiving(&self, by: FacilitatorId) -> Result<Receiving<'_>, Problem> {
        let receiving = self.receiving.lock();
        let mut receiving = receiving.unwrap_or_else(PoisonError::into_inner);
        let own = receiving.get(&by).copied().unwrap_or(0);
        let all: usize = receiving.values().sum();
        if own >= MOST_RECEIVING_OF_ONE || all >= MOST_RECEIVING {
            let detail = "other uploads are still coming in; wait for them and try again";
            return Err(Problem::new(ProblemCode::TooManyRequests, detail));
        }
        *receiving.entry(by).or_default() += 1;
        Ok(Receiving { imports: self, by })
    }

    /// An empty folder for an upload.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn receive(&self) -> io::Result<Upload> {
        let path = self.folder.join(secrets::import_id());
        store::create_private_folder(&path)?;
        Ok(Upload(path))
    }

    /// How far an import is, with the rows behind the first `known` ones. Waits
    /// a while for news.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`].
    pub async fn progress(&self, id: &str, known: usize) -> Result<ImportJob, Problem> {
        let job = self.job(id)?;
        let mut state = job.state.subscribe();
        let news = state
            .wait_for(|state| state.done || state.choice.is_some() || state.rows.len() > known);
        // Without news the answer says that there is none; so does a job that is gone.
        drop(tokio::time::timeout(PATIENCE, news).await);
        Ok(job.told(known))
    }

    /// Says what of an import is to be taken.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`]; [`ProblemCode::InvalidRequest`] when the
    /// import does not wait for it, or found no such codelab.
    pub fn take(&self, id: &str, wanted: Vec<Taken>) -> Result<(), Problem> {
        let job = self.job(id)?;
        let invalid = |detail: &str| Problem::new(ProblemCode::InvalidRequest, detail.to_owned());
        let found = {
            let state = job.state.borrow();
            let choice = state.choice.as_ref();
            choice.map_or(0, |choice| choice.offers.len())
        };
        if found == 0 {
            return Err(invalid("the import does not wait for a choice"));
        }
        if wanted.iter().any(|taken| taken.index >= found) {
            return Err(invalid("codelabs: the import found no such codelab"));
        }
        let mut seen = BTreeSet::new();
        if !wanted.iter().all(|taken| seen.insert(taken.index)) {
            return Err(invalid("codelabs: one of them is named twice"));
        }
        job.taken.send_replace(Some(wanted));
        Ok(())
    }

    /// Ends an import: what has come in stays, the codelab whose pages are being
    /// made does not come in, the next is not begun.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`].
    pub fn cancel(&self, id: &str) -> Result<(), Problem> {
        self.job(id)?.cancel.cancel();
        Ok(())
    }

    fn job(&self, id: &str) -> Result<Arc<Job>, Problem> {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let job = jobs.iter().find(|job| job.id == id).cloned();
        job.ok_or_else(|| Problem::new(ProblemCode::NotFound, "there is no such import"))
    }

    fn add(&self, job: &Arc<Job>) -> Result<(), Problem> {
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let running = |job: &&Arc<Job>| {
            let state = job.state.borrow();
            !state.done && state.choice.is_none()
        };
        if jobs.iter().filter(running).count() >= MOST_RUNNING {
            let detail = "other imports are still running; wait for them or cancel one";
            return Err(Problem::new(ProblemCode::TooManyRequests, detail));
        }
        if jobs.len() >= REMEMBERED {
            let oldest = jobs.iter().position(|job| job.state.borrow().done);
            let Some(oldest) = oldest else {
                let detail = "too many imports wait for a choice; make it or cancel them";
                return Err(Problem::new(ProblemCode::TooManyRequests, detail));
            };
            jobs.remove(oldest);
        }
        jobs.push_back(Arc::clone(job));
        Ok(())
    }
}

impl Job {
    fn told(&self, known: usize) -> ImportJob {
        let state = self.state.borrow();
        let rows = state.rows.iter().skip(known).take(ROWS_AT_ONCE);
        let rows: Vec<ImportRow> = rows.cloned().collect();
        ImportJob {
            id: self.id.clone(),
            found: state.found,
            reading: state.reading.clone(),
            choice: state.choice.clone(),
            done: state.done && known + rows.len() >= state.rows.len(),
            rows,
        }
    }
}

/// Begins an import, which takes everything or, if there is a choice, waits to
/// be told. From the moment that `by` is removed, nothing of it comes in.
///
/// # Errors
/// [`ProblemCode::TooManyRequests`] when several are running.
pub fn start(
    app: &App,
    by: Option<FacilitatorId>,
    origin: Origin,
    asking: Asking,
) -> Result<ImportJob, Problem> {
    let job = Arc::new(Job {
        id: secrets::import_id(),
        state: watch::Sender::new(State::default()),
        cancel: app.stop.child_token(),
        by,
        taken: watch::Sender::new(None),
    });
    app.imports.add(&job)?;
    let told = job.told(0);
    let worker = app.clone();
    app.tasks.spawn(async move {
        let running = run(&worker, &job, origin, asking);
        tokio::pin!(running);
        tokio::select! {
            () = &mut running => {}
            () = worker.removals.of(by) => {
                job.cancel.cancel();
                running.await;
            }
        }
        job.state.send_modify(|state| {
            state.done = true;
            state.reading = None;
            state.choice = None;
        });
    });
    Ok(told)
}

async fn run(app: &App, job: &Job, origin: Origin, asking: Asking) {
    let found = match &origin {
        Origin::Paths(paths) => Many::find(paths.clone()).await,
        Origin::Upload(upload) => Many::find_in(upload.path().to_owned()).await,
    };
    let mut many = match found {
        Ok(many) => many.until(job.cancel.clone()),
        Err(problem) => {
            let name = String::new();
            return job.settle(name, Err(problem));
        }
    };
    let count = u32::try_from(many.names().len()).unwrap_or(u32::MAX);
    job.state.send_modify(|state| state.found = Some(count));
    if asking == Asking::WhatToTake {
        job.ask(&mut many, &app.store).await;
    }
    while let Some(name) = many.next_name().map(str::to_owned) {
        if job.cancel.is_cancelled() {
            break;
        }
        job.state.send_modify(|state| state.reading = Some(name));
        let Some(row) = many.next(&app.store, job.by, app.clock.now(), None).await else {
            break;
        };
        job.settle(row.name, row.outcome);
    }
    // The upload is removed while nobody waits.
    let removed = tokio::task::spawn_blocking(move || drop((many, origin))).await;
    if let Err(error) = removed {
        tracing::error!(%error, "an upload was not removed");
    }
}

impl Job {
    /// Looks at everything that was found and, if that leaves a choice, waits
    /// to be told what to take. Whoever does not answer wants nothing.
    async fn ask(&self, many: &mut Many, store: &Store) {
        let mut offers = Vec::new();
        for (index, name) in many.names().to_vec().into_iter().enumerate() {
            if self.cancel.is_cancelled() {
                return;
            }
            let reading = Some(name.clone());
            self.state.send_modify(|state| state.reading = reading);
            offers.push(offer(index, name, many.look(index, store).await));
        }
        let codelabs = offers.iter().filter(|offer| offer.codelab.is_some());
        let is_choice = codelabs.count() > 1 || offers.iter().any(|offer| offer.past.is_some());
        if !is_choice {
            return;
        }
        self.state.send_modify(|state| {
            state.reading = None;
            state.choice = Some(ImportChoice { offers });
        });
        let mut taken = self.taken.subscribe();
        let wanted = tokio::select! {
            wanted = taken.wait_for(Option::is_some) => {
                wanted.ok().and_then(|wanted| wanted.clone()).unwrap_or_default()
            }
            () = self.cancel.cancelled() => Vec::new(),
            () = tokio::time::sleep(CHOICE) => Vec::new(),
        };
        let found = u32::try_from(wanted.len()).unwrap_or(u32::MAX);
        self.state.send_modify(|state| {
            state.choice = None;
            state.found = Some(found);
        });
        many.only(wanted);
    }

    fn settle(&self, name: String, outcome: Result<protocol::ImportReport, Problem>) {
        let (report, problem) = match outcome {
            Ok(report) => (Some(report), None),
            Err(problem) => (None, Some(problem)),
        };
        self.state.send_modify(|state| {
            state.rows.push(ImportRow {
                name,
                report,
                problem,
            });
        });
    }
}

fn offer(index: usize, name: String, look: Result<Look, Problem>) -> ImportOffer {
    let (look, problem) = match look {
        Ok(look) => (Some(look), None),
        Err(problem) => (None, Some(problem)),
    };
    let (codelab, past) = look.map(|look| (look.codelab, look.past)).unzip();
    ImportOffer {
        index: u32::try_from(index).unwrap_or(u32::MAX),
        name,
        codelab,
        past: past.flatten(),
        problem,
    }
}
