//! Codelabs into the library: read, store the pictures, render every step
//! once, then add the codelab in one transaction. Until that last step
//! nothing can be seen of it.

use std::collections::HashMap;

use codelab::{
    ImageSource, ImportError, Severity,
    import::{Import, NamedFile},
};
use domain::{FacilitatorId, Timestamp};
use protocol::{
    Diagnostic, DiagnosticCode, ImportReason, ImportRefusal, ImportReport, Problem, ProblemCode,
};
use store::{NewFileRef, Store};
use tokio_util::sync::CancellationToken;

pub(crate) use crate::heavy_work::blocking;
use crate::{
    app::App, bring, heavy_work::RenderStop, http::views::codelab_summary, past::KeptFiles,
    problem::store_problem, secrets, shelve::new_codelab, shown,
};

/// Imports files that were sent, named by their paths within a folder: one codelab with all that
/// it brings.
///
/// # Errors
/// [`ProblemCode::ImportFailed`] with file and line, or that it cannot be stored.
pub async fn import_files(
    app: &App,
    by: Option<FacilitatorId>,
    files: Vec<NamedFile>,
) -> Result<ImportReport, Problem> {
    let store = app.store.for_work_of(by);
    let report = bring_files(&store, app.clock.now(), files, &app.stop).await;
    if report.is_err() {
        discard(&store).await;
    }
    report
}

async fn bring_files(
    store: &Store,
    now: Timestamp,
    files: Vec<NamedFile>,
    cancel: &CancellationToken,
) -> Result<ImportReport, Problem> {
    let brought = blocking(move || codelab::import::brought(files)).await?;
    let brought = brought.map_err(|error| refused(&error))?;
    let references = bring::references(&brought.import);
    let (brought, kept) = bring::keep_files(brought, references, store, now).await?;
    add_with(store, now, brought.import, &kept, cancel).await
}

/// Takes away the files of work that came to nothing.
pub(crate) async fn discard(store: &Store) {
    if let Err(error) = store.discard_unsaved().await {
        tracing::warn!(%error, "files are left behind until the next start");
    }
}

/// Keeps what was read: the pictures first, then the codelab as a whole, with
/// its materials and its past, whose files are kept already. `cancel` ends it while its pages are
/// made.
///
/// # Errors
/// That its pages exceed what they may take, or that it cannot be stored.
pub(crate) async fn add_with(
    store: &Store,
    now: Timestamp,
    import: Import,
    kept: &KeptFiles,
    cancel: &CancellationToken,
) -> Result<ImportReport, Problem> {
    let failed = |error: store::StoreError| store_problem(&error);
    let mut files = Vec::new();
    let mut sources: HashMap<String, ImageSource> = HashMap::new();
    for image in &import.images {
        let dimensions = image.width.zip(image.height);
        let sha256 = store
            .add_file(&image.bytes, image.media_type, dimensions, now)
            .await
            .map_err(failed)?;
        files.push(NewFileRef {
            reference: image.reference.clone(),
            sha256,
        });
        let seen = shown::ensure(store, sha256, image, now).await?;
        sources.insert(image.reference.clone(), shown::address(seen));
    }
    let Import {
        codelab,
        source,
        mut diagnostics,
        materials,
        past,
        ..
    } = import;
    let (stop, _guard) = RenderStop::of(cancel);
    let (codelab, guide, rendered) = blocking(move || {
        let image = |reference: &str| sources.get(reference).cloned();
        let guide = codelab.guide.iter();
        let guide = guide.map(|guide| (guide.line, guide.markdown.as_str()));
        let steps = codelab.steps.iter();
        let steps = steps.map(|step| (step.line, step.markdown.as_str()));
        let pages = stop.render(&codelab.metadata.title, guide.chain(steps), &image)?;
        let mut pages = pages.into_iter();
        let guide = codelab.guide.as_ref().and_then(|_| pages.next());
        Ok::<_, Problem>((codelab, guide, pages))
    })
    .await??;

    let id = secrets::codelab_id();
    let pages = rendered.map(|html| (secrets::step_id(), html));
    let new = new_codelab(id, codelab, source, guide, pages.collect(), files, now);
    let (materials, lost) = bring::materials(materials, kept);
    diagnostics.extend(lost);
    let past = past.map(|past| bring::past_log(&past, bring::agenda(id, &new), kept, now));
    let added = store.bring_codelab(new, &materials, past).await;
    added.map_err(failed)?;
    let added = store.codelab(id).await.map_err(failed)?.ok_or_else(|| {
        Problem::new(
            ProblemCode::Internal,
            "the codelab was added but cannot be read",
        )
    })?;
    Ok(ImportReport {
        codelab: codelab_summary(added.summary),
        diagnostics: diagnostics.into_iter().map(diagnostic).collect(),
    })
}

/// Puts the bundled samples into a new library, once: who removes them does
/// not get them back.
///
/// # Errors
/// When they cannot be stored.
pub async fn install_samples(app: &App) -> Result<(), Problem> {
    const INSTALLED: &str = "samples_installed";
    let failed = |error: store::StoreError| store_problem(&error);
    if app
        .store
        .setting(INSTALLED)
        .await
        .map_err(failed)?
        .is_some()
    {
        return Ok(());
    }
    for sample in codelab::samples::all() {
        import_files(app, None, sample.files).await?;
    }
    app.store.set_setting(INSTALLED, "1").await.map_err(failed)
}

/// Why there is no codelab, as the wire says it.
pub(crate) fn refused(error: &ImportError) -> Problem {
    let mut problem = Problem::new(ProblemCode::ImportFailed, error.to_string());
    problem.file = Some(error.file.clone());
    problem.line = error.line;
    problem.import = Some(ImportRefusal {
        reason: reason(&error.reason),
        subject: error.reason.subject(),
    });
    problem
}

fn reason(reason: &codelab::ImportReason) -> ImportReason {
    use codelab::ImportReason as Found;
    match reason {
        Found::NotFound => ImportReason::NotFound,
        Found::Unreadable { .. } => ImportReason::Unreadable,
        Found::Empty => ImportReason::Empty,
        Found::NotMarkdown { .. } => ImportReason::NotMarkdown,
        Found::Binary => ImportReason::Binary,
        Found::Utf16 => ImportReason::Utf16,
        Found::NotUtf8 { .. } => ImportReason::NotUtf8,
        Found::NoHeadings => ImportReason::NoHeadings,
        Found::NoSteps => ImportReason::NoSteps,
        Found::NoMarkdown => ImportReason::NoMarkdown,
        Found::SeveralMarkdownFiles { .. } => ImportReason::SeveralMarkdownFiles,
        Found::TooLarge { .. } => ImportReason::TooLarge,
        Found::TooManyFiles { .. } => ImportReason::TooManyFiles,
        Found::UnsafeName { .. } => ImportReason::UnsafeName,
        Found::DuplicateName { .. } => ImportReason::DuplicateName,
        Found::LinkInArchive { .. } => ImportReason::LinkInArchive,
        Found::Encrypted => ImportReason::Encrypted,
        Found::DamagedArchive { .. } => ImportReason::DamagedArchive,
        Found::UnreadableManifest { .. } => ImportReason::UnreadableManifest,
        Found::NoStepFiles => ImportReason::NoStepFiles,
        Found::NestedArchive { .. } => ImportReason::NestedArchive,
        Found::NameNotUtf8 { .. } => ImportReason::NameNotUtf8,
        Found::TooManySteps { .. } => ImportReason::TooManySteps,
        Found::TooManyBlocks { .. } => ImportReason::TooManyBlocks,
        Found::StepTooLarge { .. } => ImportReason::StepTooLarge,
        Found::CodelabTooLarge { .. } => ImportReason::CodelabTooLarge,
        Found::TooSlow { .. } => ImportReason::TooSlow,
        Found::Bomb { .. } => ImportReason::Bomb,
    }
}

/// A remark, as the wire says it.
pub(crate) fn diagnostic(found: codelab::Diagnostic) -> Diagnostic {
    Diagnostic {
        severity: match found.severity {
            Severity::Warning => protocol::Severity::Warning,
            Severity::Error => protocol::Severity::Error,
        },
        message: found.message(),
        code: diagnostic_code(found.code),
        file: found.file,
        line: found.line,
        column: found.column,
        subject: found.subject,
        excerpt: found.excerpt.map(|excerpt| protocol::Excerpt {
            before: excerpt.before,
            lines: excerpt.lines,
        }),
    }
}

fn diagnostic_code(code: codelab::DiagnosticCode) -> DiagnosticCode {
    use codelab::DiagnosticCode as Found;
    match code {
        Found::NoTitle => DiagnosticCode::NoTitle,
        Found::UnreadableDuration => DiagnosticCode::UnreadableDuration,
        Found::RemoteImage => DiagnosticCode::RemoteImage,
        Found::RemoteEmbed => DiagnosticCode::RemoteEmbed,
        Found::Survey => DiagnosticCode::Survey,
        Found::Template => DiagnosticCode::Template,
        Found::FragmentNotIncluded => DiagnosticCode::FragmentNotIncluded,
        Found::LocalLink => DiagnosticCode::LocalLink,
        Found::UnsafeLink => DiagnosticCode::UnsafeLink,
        Found::MissingImage => DiagnosticCode::MissingImage,
        Found::ImageOutside => DiagnosticCode::ImageOutside,
        Found::ImageTooLarge => DiagnosticCode::ImageTooLarge,
        Found::ImageTooManyPixels => DiagnosticCode::ImageTooManyPixels,
        Found::ImageUnsupported => DiagnosticCode::ImageUnsupported,
        Found::PollWithoutQuestion => DiagnosticCode::PollWithoutQuestion,
        Found::PollTextTooLong => DiagnosticCode::PollTextTooLong,
        Found::PollOptions => DiagnosticCode::PollOptions,
        Found::PollScale => DiagnosticCode::PollScale,
        Found::PollType => DiagnosticCode::PollType,
        Found::PollStrayLine => DiagnosticCode::PollStrayLine,
        Found::UploadNotInFile => DiagnosticCode::UploadNotInFile,
        Found::RequirementNotHeld => DiagnosticCode::RequirementNotHeld,
        Found::MaterialNotTaken => DiagnosticCode::MaterialNotTaken,
        Found::StepNotFound => DiagnosticCode::StepNotFound,
        Found::HeadingFlattened => DiagnosticCode::HeadingFlattened,
        Found::QuizUnreadable => DiagnosticCode::QuizUnreadable,
        Found::ForeignMarkup => DiagnosticCode::ForeignMarkup,
        Found::HistoryNotTaken => DiagnosticCode::HistoryNotTaken,
        Found::RecordUnreadable => DiagnosticCode::RecordUnreadable,
        Found::RecordMended => DiagnosticCode::RecordMended,
        Found::MessageSplit => DiagnosticCode::MessageSplit,
        Found::SubmissionNotFound => DiagnosticCode::SubmissionNotFound,
        Found::CodesNotTaken => DiagnosticCode::CodesNotTaken,
        Found::AddressesNotTaken => DiagnosticCode::AddressesNotTaken,
        Found::QuizAnswersNotTaken => DiagnosticCode::QuizAnswersNotTaken,
        Found::AuditLogNotTaken => DiagnosticCode::AuditLogNotTaken,
        Found::WorkspacesNotTaken => DiagnosticCode::WorkspacesNotTaken,
        Found::AiConversationsNotTaken => DiagnosticCode::AiConversationsNotTaken,
        Found::UnreadableMaths => DiagnosticCode::UnreadableMaths,
        Found::UnknownFenceAttribute => DiagnosticCode::UnknownFenceAttribute,
        Found::QuizWithoutQuestion => DiagnosticCode::QuizWithoutQuestion,
        Found::QuizTextTooLong => DiagnosticCode::QuizTextTooLong,
        Found::QuizOptions => DiagnosticCode::QuizOptions,
        Found::QuizWithoutAnswer => DiagnosticCode::QuizWithoutAnswer,
        Found::QuizStrayLine => DiagnosticCode::QuizStrayLine,
        Found::QuizInGuide => DiagnosticCode::QuizInGuide,
        Found::MarkupLeftOut => DiagnosticCode::MarkupLeftOut,
        Found::RecordsUnclaimed => DiagnosticCode::RecordsUnclaimed,
        Found::LocalMedia => DiagnosticCode::LocalMedia,
        Found::FileLeftOut => DiagnosticCode::FileLeftOut,
        Found::FragmentNested => DiagnosticCode::FragmentNested,
    }
}
