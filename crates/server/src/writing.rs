//! Codelabs that are written here: read as an import is, rendered step by step,
//! and saved as a further revision. What is being typed is a draft, which no
//! workshop sees; a save point is a revision, which live workshops follow.

pub(crate) mod file_name;

use std::sync::Arc;

use codelab::{Codelab, StepText, Written, shown::check_pixels};
use domain::{CodelabId, CodelabTitle, FacilitatorId, StepId, Timestamp};
use protocol::{
    Id, Preview, PreviewGuide, PreviewMetadata, PreviewStep, Problem, ProblemCode, Quiz,
    RevisionConflict,
};
use store::{CodelabFile, NewCodelab, NewFileRef, Save, Saved, Store, StoreError};

use crate::{
    app::App,
    heavy_work::blocking_while_writing,
    import::{diagnostic, refused},
    problem::store_problem,
    rendered::{PictureShelf, Rendered},
    secrets,
    shelve::{new_codelab, quizzes},
    shown,
};

/// Bytes that the text of a codelab may have; what an import may have, too.
pub const MAX_SOURCE_BYTES: usize = 2 * 1024 * 1024;

/// The folder that pictures are named into.
pub(crate) const PICTURES: &str = "img";

/// A save point, and what the reader noticed.
#[derive(Debug)]
pub struct SavePoint {
    /// The newest revision.
    pub revision: u32,
    /// Whether it was not there before.
    pub is_new: bool,
    /// Remarks on the text.
    pub diagnostics: Vec<protocol::Diagnostic>,
}

/// A text that was read, with everything that is known of it.
struct Reading {
    written: Written,
    /// Per step: the older one that it goes on with.
    steps: Vec<Option<StepId>>,
    guide: Option<Arc<Rendered>>,
    pages: Vec<Arc<Rendered>>,
    /// The files that the text shows.
    files: Vec<NewFileRef>,
}

/// Begins a codelab with a text, and says which it is.
///
/// # Errors
/// When the text has no step, or cannot be stored.
pub async fn begin(
    app: &App,
    by: FacilitatorId,
    title: &CodelabTitle,
    text: String,
) -> Result<CodelabId, Problem> {
    let id = secrets::codelab_id();
    let steps = Steps::default();
    let reading = read(app, title.as_str(), text, Vec::new(), steps).await?;
    let (new, _) = reading.into_revision(app, id);
    let store = app.store.on_behalf_of(by);
    store.begin_codelab(new, by).await.map_err(failed)?;
    Ok(id)
}

/// Makes a copy of a codelab under another title, with its pictures and materials,
/// and says which it is. Its revisions stay with the original.
///
/// # Errors
/// [`ProblemCode::UnknownCodelab`], or that it cannot be stored.
pub async fn duplicate(
    app: &App,
    by: FacilitatorId,
    original: CodelabId,
    title: &CodelabTitle,
) -> Result<CodelabId, Problem> {
    let newest = app.store.codelab_source(original).await.map_err(failed)?;
    let newest = newest.ok_or_else(unknown_codelab)?;
    let files = app.store.codelab_files(original).await.map_err(failed)?;
    let text = codelab::retitle(&newest.source, title.as_str());
    let reading = read(app, title.as_str(), text, files, Steps::default()).await?;
    let id = secrets::codelab_id();
    let (new, _) = reading.into_revision(app, id);
    let store = app.store.on_behalf_of(by);
    store.begin_codelab(new, by).await.map_err(failed)?;
    let copied = store.copy_materials(original, id).await;
    copied.map_err(failed)?;
    Ok(id)
}

/// Saves a text as a further revision.
///
/// # Errors
/// [`ProblemCode::RevisionConflict`] when another came in between, or that the
/// text has no step, or that it cannot be stored. Its draft then stays.
pub async fn save(
    app: &App,
    id: CodelabId,
    text: String,
    save: &Save,
) -> Result<SavePoint, Problem> {
    let store = app.store.on_behalf_of(save.by);
    save_in(app, &store, id, text, save).await
}

/// The same as the end of a piece of work: of what `store` was made for.
///
/// # Errors
/// As [`save`].
pub(crate) async fn save_in(
    app: &App,
    store: &Store,
    id: CodelabId,
    text: String,
    save: &Save,
) -> Result<SavePoint, Problem> {
    let newest = app.store.codelab_source(id).await.map_err(failed)?;
    let title = newest.ok_or_else(unknown_codelab)?.title;
    // What steps the text had when it was opened; restoring goes back to those
    // of the revision that is restored.
    let before = save.restored_from.unwrap_or(save.base);
    let steps = Steps::of(app, id, before).await?;
    let files = app.store.codelab_files(id).await.map_err(failed)?;
    shown::ensure_all(store, &files, app.clock.now()).await?;
    let reading = read(app, &title, text, files, steps).await?;
    let (new, diagnostics) = reading.into_revision(app, id);
    let saved = store.save_revision(new, save).await.map_err(failed)?;
    let (revision, is_new) = match saved.ok_or_else(unknown_codelab)? {
        Saved::New(revision) => {
            app.rooms.follow_revisions().await;
            (revision, true)
        }
        Saved::Same(revision) => (revision, false),
        Saved::Conflict { newest, by } => return Err(conflict(newest, by)),
    };
    Ok(SavePoint {
        revision,
        is_new,
        diagnostics,
    })
}

/// A text as it would be shown; nothing of it is kept but in memory.
///
/// # Errors
/// When the text has no step, or the store cannot be read.
pub async fn preview(app: &App, id: CodelabId, text: String) -> Result<Preview, Problem> {
    let newest = app.store.codelab_source(id).await.map_err(failed)?;
    let newest = newest.ok_or_else(unknown_codelab)?;
    let steps = Steps::of(app, id, newest.revision).await?;
    let files = app.store.codelab_files(id).await.map_err(failed)?;
    let reading = read(app, &newest.title, text, files, steps).await?;
    let minutes = reading.written.codelab.minutes();
    let Codelab {
        metadata,
        guide,
        steps,
    } = reading.written.codelab;
    let guide = guide.zip(reading.guide.as_ref());
    let words = reading.guide.iter().chain(&reading.pages);
    let words = words.map(|page| page.words);
    let places = reading.steps.into_iter().zip(&reading.pages);
    let steps = steps
        .into_iter()
        .zip(places)
        .map(|(step, (id, page))| PreviewStep {
            id: id.map(Id),
            title: step.title,
            minutes: step.minutes,
            line: step.line,
            html: page.html.clone(),
            quizzes: quizzes(step.quizzes).iter().map(Quiz::from).collect(),
        });
    Ok(Preview {
        minutes,
        words: words.fold(0, u32::saturating_add),
        guide: guide.map(|(guide, page)| PreviewGuide {
            line: guide.line,
            html: page.html.clone(),
        }),
        steps: steps.collect(),
        metadata: PreviewMetadata {
            title: metadata.title,
            id: metadata.id,
            summary: metadata.summary,
            authors: metadata.authors,
            language: metadata.language,
            feedback_link: metadata.feedback_link,
            categories: metadata.categories,
            tags: metadata.tags,
        },
        diagnostics: reading
            .written
            .diagnostics
            .into_iter()
            .map(diagnostic)
            .collect(),
    })
}

/// Refuses a text that is too long.
///
/// # Errors
/// [`ProblemCode::TooLarge`].
pub fn check_size(text: &str) -> Result<(), Problem> {
    if text.len() <= MAX_SOURCE_BYTES {
        return Ok(());
    }
    let limit_mb = MAX_SOURCE_BYTES / (1024 * 1024);
    let detail = format!("the text of a codelab may have {limit_mb} MB");
    Err(Problem::new(ProblemCode::TooLarge, detail))
}

/// Gives a codelab a picture, by a name that is made of its file's.
///
/// # Errors
/// [`ProblemCode::NotAPicture`], or that it cannot be stored.
pub async fn add_picture(
    store: &Store,
    now: Timestamp,
    id: CodelabId,
    name: &str,
    bytes: Vec<u8>,
) -> Result<CodelabFile, Problem> {
    let picture = blocking_while_writing(move || codelab::import::identify("", bytes)).await?;
    let picture = picture.ok_or_else(|| {
        let detail = "send a PNG, JPEG, GIF, WebP, AVIF, BMP or SVG";
        Problem::new(ProblemCode::NotAPicture, detail)
    })?;
    let dimensions = picture.width.zip(picture.height);
    check_pixels(&picture).map_err(|too_many| {
        Problem::new(ProblemCode::NotAPicture, format!("{name}: {too_many}"))
    })?;
    let sha256 = store
        .add_file(&picture.bytes, picture.media_type, dimensions, now)
        .await
        .map_err(failed)?;
    shown::ensure(store, sha256, &picture, now).await?;
    let stem = file_name::stem(name);
    let place = (
        PICTURES,
        stem.as_str(),
        file_name::extension(picture.media_type),
    );
    let reference = store.add_codelab_file(id, sha256, place).await;
    Ok(CodelabFile {
        reference: reference.map_err(failed)?.ok_or_else(unknown_codelab)?,
        sha256,
        media_type: picture.media_type.to_owned(),
        dimensions,
    })
}

/// The steps that a text may go on with.
#[derive(Default)]
struct Steps {
    before: Vec<store::StepText>,
    gone: Vec<store::StepText>,
}

impl Steps {
    async fn of(app: &App, id: CodelabId, revision: u32) -> Result<Self, Problem> {
        let store = &app.store;
        Ok(Self {
            before: store.step_texts(id, revision).await.map_err(failed)?,
            gone: store.gone_steps(id, revision).await.map_err(failed)?,
        })
    }

    /// For each step of a codelab, the one that it goes on with.
    fn continued_by(&self, codelab: &Codelab) -> Vec<Option<StepId>> {
        let known = self.before.iter().chain(&self.gone);
        let ids: Vec<StepId> = known.map(|step| step.id).collect();
        let new: Vec<StepText<'_>> = codelab
            .steps
            .iter()
            .map(|step| StepText {
                title: &step.title,
                body: &step.markdown,
            })
            .collect();
        let found = codelab::continued(&texts(&self.before), &texts(&self.gone), &new);
        let id = |index: Option<usize>| index.and_then(|index| ids.get(index).copied());
        found.into_iter().map(id).collect()
    }
}

fn texts(steps: &[store::StepText]) -> Vec<StepText<'_>> {
    let steps = steps.iter().map(|step| StepText {
        title: &step.title,
        body: &step.markdown,
    });
    steps.collect()
}

async fn read(
    app: &App,
    title: &str,
    text: String,
    files: Vec<CodelabFile>,
    steps: Steps,
) -> Result<Reading, Problem> {
    check_size(&text)?;
    let mut sources = Vec::with_capacity(files.len());
    for file in &files {
        sources.push((
            file.reference.clone(),
            shown::source(&app.store, file).await?,
        ));
    }
    let shelf = Arc::new(PictureShelf::new(sources));
    let (title, pictures) = (title.to_owned(), Arc::clone(&shelf));
    let (written, steps, files) = blocking_while_writing(move || {
        let knows = |name: &str| pictures.get(name).is_some();
        let written = codelab::read_written(&text, &title, &knows).map_err(|e| refused(&e))?;
        let continued = steps.continued_by(&written.codelab);
        let shown = shown_files(&written, files);
        Ok::<_, Problem>((written, continued, shown))
    })
    .await??;
    let codelab = &written.codelab;
    let guide = codelab.guide.iter();
    let guide = guide.map(|guide| (guide.line, guide.markdown.clone()));
    let steps_written = codelab.steps.iter();
    let steps_written = steps_written.map(|step| (step.line, step.markdown.clone()));
    let markdown = guide.chain(steps_written).collect();
    let mut pages = app.rendered.render(markdown, &shelf).await?.into_iter();
    let guide = codelab.guide.as_ref().and_then(|_| pages.next());
    Ok(Reading {
        written,
        steps,
        guide,
        pages: pages.collect(),
        files,
    })
}

/// The files that a text shows, as it names them.
fn shown_files(written: &Written, files: Vec<CodelabFile>) -> Vec<NewFileRef> {
    let hashes = files.into_iter().map(|file| (file.reference, file.sha256));
    let hashes = codelab::Pictures::new(hashes);
    let pictures = written.pictures.iter();
    pictures
        .filter_map(|name| {
            Some(NewFileRef {
                reference: name.clone(),
                sha256: *hashes.get(name)?,
            })
        })
        .collect()
}

impl Reading {
    /// The revision to keep; steps that were not there before get new ids.
    fn into_revision(self, app: &App, id: CodelabId) -> (NewCodelab, Vec<protocol::Diagnostic>) {
        let ids = self.steps.into_iter();
        let ids = ids.map(|known| known.unwrap_or_else(secrets::step_id));
        let pages = ids.zip(self.pages.iter().map(|page| page.html.clone()));
        let Written {
            codelab,
            source,
            diagnostics,
            ..
        } = self.written;
        let now = app.clock.now();
        let guide = self.guide.map(|page| page.html.clone());
        let new = new_codelab(id, codelab, source, guide, pages.collect(), self.files, now);
        (new, diagnostics.into_iter().map(diagnostic).collect())
    }
}

fn conflict(newest: u32, saved_by: Option<String>) -> Problem {
    let who = saved_by.as_deref().unwrap_or("an import");
    let detail = format!("revision {newest} was saved by {who}; merge it with your text");
    let mut problem = Problem::new(ProblemCode::RevisionConflict, detail);
    problem.conflict = Some(RevisionConflict { newest, saved_by });
    problem
}

/// No such codelab, or it was removed.
#[must_use]
pub fn unknown_codelab() -> Problem {
    Problem::new(
        ProblemCode::UnknownCodelab,
        "there is no such codelab in the library",
    )
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "handed to map_err, which gives the error away"
)]
fn failed(error: StoreError) -> Problem {
    store_problem(&error)
}
