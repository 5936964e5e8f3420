//! What an import brings besides pictures and text: materials, and a workshop
//! that took place elsewhere. Their files go from the import to the disk
//! without ever being in memory as a whole.

use std::{collections::BTreeMap, fs::File, io::Write as _};

use codelab::{
    DiagnosticCode, ImportError, Severity,
    import::{Brought, Import, Material, MaterialContent, batch::Batch},
    past::{Past, Submitted, What},
};
use domain::{CodelabId, ContentHash, Timestamp, workshop::AgendaCodelab};
use protocol::{ImportReport, Problem};
use store::{Entry, NewMaterial, Store, private_file};

use crate::{
    http::views::codelab_summary,
    import::{blocking, diagnostic, refused},
    past::{KeptFiles, MadeUp, log},
    problem::store_problem,
    secrets,
};

/// The largest file, as for materials that are uploaded.
const FILE_LIMIT_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// Where the files are that an import brings.
pub(crate) trait Files: Send + 'static {
    /// Copies a file, and says how long it is; nothing if it is not there or too long.
    fn copy(&mut self, reference: &str, out: &mut File) -> Result<Option<u64>, ImportError>;
}

/// One codelab of many.
pub(crate) struct OneOf(pub(crate) Batch, pub(crate) usize);

impl Files for OneOf {
    fn copy(&mut self, reference: &str, out: &mut File) -> Result<Option<u64>, ImportError> {
        self.0.copy(self.1, reference, FILE_LIMIT_BYTES, out)
    }
}

impl Files for Brought {
    fn copy(&mut self, reference: &str, out: &mut File) -> Result<Option<u64>, ImportError> {
        Self::copy(self, reference, FILE_LIMIT_BYTES, out)
    }
}

/// Keeps the files that an import brings.
///
/// # Errors
/// That one cannot be read or kept.
pub(crate) async fn keep_files<F: Files>(
    mut files: F,
    references: Vec<String>,
    store: &Store,
    now: Timestamp,
) -> Result<(F, KeptFiles), Problem> {
    let mut kept = KeptFiles::new();
    for reference in references {
        let part = store.new_part();
        let (path, name) = (part.clone(), reference.clone());
        let (back, copied) = blocking(move || {
            let copied = copy(&mut files, &name, &path);
            (files, copied)
        })
        .await?;
        files = back;
        if copied?.is_none() {
            forget(&part).await;
            continue;
        }
        let file = store.keep_part(part, now).await;
        let (sha256, size_bytes) = file.map_err(|error| store_problem(&error))?;
        kept.insert(reference, (ContentHash::from_bytes(sha256), size_bytes));
    }
    Ok((files, kept))
}

fn copy(
    files: &mut impl Files,
    name: &str,
    path: &std::path::Path,
) -> Result<Option<u64>, Problem> {
    let unkept = |error: std::io::Error| store_problem(&error.into());
    let file = private_file().create(true).truncate(true).open(path);
    let mut file = file.map_err(unkept)?;
    let copied = files.copy(name, &mut file);
    file.flush().map_err(unkept)?;
    copied.map_err(|error| refused(&error))
}

async fn forget(part: &std::path::Path) {
    if let Err(error) = tokio::fs::remove_file(part).await {
        tracing::warn!(%error, "a file is left behind until the next start");
    }
}

/// The files that materials and submissions are, each once.
pub(crate) fn references(import: &Import) -> Vec<String> {
    let materials = import
        .materials
        .iter()
        .filter_map(|one| match &one.content {
            MaterialContent::File { reference, .. } => Some(reference),
            MaterialContent::Link { .. } => None,
        });
    let deeds = import.past.iter().flat_map(|past| &past.deeds);
    let submitted = deeds.filter_map(|deed| match &deed.what {
        What::Submitted(Submitted::File { reference, .. }) => Some(reference),
        What::Submitted(Submitted::Link(_))
        | What::Joined
        | What::Passed(_)
        | What::Reached(_)
        | What::Said(_)
        | What::SaidDirectly { .. }
        | What::Commented { .. }
        | What::AskedForHelp(_)
        | What::WasHelped
        | What::AnsweredQuiz { .. }
        | What::GaveFeedback { .. } => None,
    });
    let mut all = materials.chain(submitted).cloned().collect::<Vec<_>>();
    all.sort();
    all.dedup();
    all
}

/// The materials as the store takes them, and remarks on those whose files are
/// not kept.
pub(crate) fn materials(
    found: Vec<Material>,
    kept: &KeptFiles,
) -> (Vec<NewMaterial>, Vec<codelab::Diagnostic>) {
    let (mut materials, mut remarks) = (Vec::new(), Vec::new());
    for material in found {
        let title = material.title.as_str().to_owned();
        let content = match material.content {
            MaterialContent::Link { url } => store::MaterialContent::Link { url },
            MaterialContent::File { reference, name } => {
                let Some((sha256, size_bytes)) = kept.get(&reference) else {
                    let code = DiagnosticCode::MaterialNotTaken;
                    remarks.push(remark(&reference, Severity::Error, code, &title));
                    continue;
                };
                store::MaterialContent::File {
                    sha256: *sha256.as_bytes(),
                    name: name.as_str().to_owned(),
                    size_bytes: *size_bytes,
                }
            }
        };
        materials.push(NewMaterial {
            id: secrets::material_id(),
            title,
            content,
        });
    }
    (materials, remarks)
}

/// A remark of our own on an import.
fn remark(
    file: &str,
    severity: Severity,
    code: DiagnosticCode,
    subject: &str,
) -> codelab::Diagnostic {
    codelab::Diagnostic {
        severity,
        file: file.to_owned(),
        line: None,
        column: None,
        code,
        subject: subject.to_owned(),
        excerpt: None,
    }
}

/// What is said when a past is there and not taken.
pub(crate) fn left_out(past: &Past) -> codelab::Diagnostic {
    let figures = past.figures();
    let counts = BTreeMap::from([
        ("attendees", figures.attendees),
        ("feedback", figures.feedback),
        ("help_requests", figures.help_requests),
        ("messages", figures.messages),
        ("quiz_answers", figures.quiz_answers),
        ("submissions", figures.submissions),
    ]);
    let counts = counts.iter().filter(|(_, count)| **count > 0);
    let counts = counts.map(|(what, count)| format!("{what}: {count}"));
    let subject = counts.collect::<Vec<_>>().join(", ");
    remark(
        "backup.json",
        Severity::Warning,
        DiagnosticCode::HistoryNotTaken,
        &subject,
    )
}

/// The log of a past workshop on a codelab.
pub(crate) fn past_log(
    past: &Past,
    codelab: AgendaCodelab,
    kept: &KeptFiles,
    now: Timestamp,
) -> (domain::WorkshopId, Vec<Entry>) {
    let made_up = MadeUp {
        join_code: secrets::join_code(),
        facilitators: past
            .facilitators
            .iter()
            .map(|_| secrets::facilitator_id())
            .collect(),
        now,
    };
    let events = log(past, codelab, kept, made_up);
    let entry = Entry {
        answered: None,
        events,
        credential: None,
    };
    (secrets::workshop_id(), vec![entry])
}

/// Brings a past workshop to the codelab in the library that has the same text;
/// nothing if there is none.
///
/// # Errors
/// That it cannot be stored.
pub(crate) async fn past_alone(
    import: &Import,
    kept: &KeptFiles,
    store: &Store,
    now: Timestamp,
) -> Result<Option<ImportReport>, Problem> {
    let failed = |error: store::StoreError| store_problem(&error);
    let metadata = &import.codelab.metadata;
    let shelf = store.is_on_shelf(&import.source, metadata.id.as_deref(), &metadata.title);
    let (Some(past), (Some(same), _)) = (&import.past, shelf.await.map_err(failed)?) else {
        return Ok(None);
    };
    let agenda = store.agenda(&[same]).await.map_err(failed)?.pop();
    let there = store.codelab(same).await.map_err(failed)?;
    let (Some(agenda), Some(there)) = (agenda, there) else {
        return Ok(None);
    };
    let (workshop, entries) = past_log(past, agenda, kept, now);
    let brought = store.bring_past(workshop, &entries).await;
    brought.map_err(failed)?;
    Ok(Some(ImportReport {
        codelab: codelab_summary(there.summary),
        diagnostics: import.diagnostics.iter().cloned().map(diagnostic).collect(),
    }))
}

/// What a workshop on a codelab that is being added works through.
pub(crate) fn agenda(id: CodelabId, new: &store::NewCodelab) -> AgendaCodelab {
    let steps = new.steps.iter().map(|step| domain::workshop::AgendaStep {
        step: step.id,
        title: step.title.as_str().into(),
        minutes: step.minutes,
        content: store::content_hash(&step.html),
        quizzes: step.quizzes.as_slice().into(),
    });
    let guide = new.guide.as_ref();
    AgendaCodelab {
        codelab: id,
        revision: 1,
        title: new.title.as_str().into(),
        guide: guide.map(|guide| store::content_hash(&guide.html)),
        required: new.required.as_slice().into(),
        steps: steps.collect(),
    }
}
