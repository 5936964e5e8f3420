//! Imports of many codelabs that run beside everything else. They live in
//! memory: after a restart what came in is in the library, and the rest was
//! never begun.

use std::{
    collections::VecDeque,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use protocol::{ImportJob, ImportRow, Problem, ProblemCode};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{app::App, many::Many, secrets};

/// Imports that run at once; more would only wait for the disk.
const MOST_RUNNING: usize = 3;

/// Imports whose outcome can be asked for; beyond this the oldest is forgotten.
const REMEMBERED: usize = 20;

/// How long an answer waits for news.
const PATIENCE: Duration = Duration::from_secs(20);

/// Rows of one answer: a hundred remarks each, and it is some megabytes.
const ROWS_AT_ONCE: usize = 50;

/// The imports of this start.
#[derive(Debug)]
pub struct Imports {
    folder: PathBuf,
    jobs: Mutex<VecDeque<Arc<Job>>>,
}

#[derive(Debug)]
struct Job {
    id: String,
    state: watch::Sender<State>,
    cancel: CancellationToken,
}

#[derive(Debug, Default)]
struct State {
    found: Option<u32>,
    reading: Option<String>,
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
        }
    }

    /// An empty folder for an upload.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn receive(&self) -> io::Result<Upload> {
        let path = self.folder.join(secrets::import_id());
        fs::create_dir_all(&path)?;
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
        let news = state.wait_for(|state| state.done || state.rows.len() > known);
        // Without news the answer says that there is none; so does a job that is gone.
        drop(tokio::time::timeout(PATIENCE, news).await);
        Ok(job.told(known))
    }

    /// Ends an import: the codelab that is being read still comes in, the next
    /// is not begun.
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
        let running = |job: &&Arc<Job>| !job.state.borrow().done;
        if jobs.iter().filter(running).count() >= MOST_RUNNING {
            let detail = "other imports are still running; wait for them or cancel one";
            return Err(Problem::new(ProblemCode::TooManyRequests, detail));
        }
        if jobs.len() >= REMEMBERED {
            let oldest = jobs.iter().position(|job| job.state.borrow().done);
            oldest.map(|oldest| jobs.remove(oldest));
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
            done: state.done && known + rows.len() >= state.rows.len(),
            rows,
        }
    }
}

/// Begins an import.
///
/// # Errors
/// [`ProblemCode::TooManyRequests`] when several are running.
pub fn start(app: &App, origin: Origin) -> Result<ImportJob, Problem> {
    let job = Arc::new(Job {
        id: secrets::import_id(),
        state: watch::Sender::new(State::default()),
        cancel: app.stop.child_token(),
    });
    app.imports.add(&job)?;
    let told = job.told(0);
    let worker = app.clone();
    app.tasks.spawn(async move {
        run(&worker, &job, origin).await;
        job.state.send_modify(|state| {
            state.done = true;
            state.reading = None;
        });
    });
    Ok(told)
}

async fn run(app: &App, job: &Job, origin: Origin) {
    let found = match &origin {
        Origin::Paths(paths) => Many::find(paths.clone()).await,
        Origin::Upload(upload) => Many::find_in(upload.path().to_owned()).await,
    };
    let mut many = match found {
        Ok(many) => many,
        Err(problem) => {
            let name = String::new();
            return job.settle(name, Err(problem));
        }
    };
    let count = u32::try_from(many.names().len()).unwrap_or(u32::MAX);
    job.state.send_modify(|state| state.found = Some(count));
    for name in many.names().to_vec() {
        if job.cancel.is_cancelled() {
            break;
        }
        job.state.send_modify(|state| state.reading = Some(name));
        let Some(row) = many.next(&app.store, app.clock.now()).await else {
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
