//! What the store found, in the words of the wire.

use protocol::{
    CodelabFile, CodelabSummary, FoundInStep, Id, Quiz, RevisionSummary, Shelf, StepDetail,
    WorkshopSummary,
};

/// The address of a file's bytes.
#[must_use]
pub fn file_url(sha256: &[u8; 32]) -> String {
    format!("/api/v1/files/{}", domain::ContentHash::from_bytes(*sha256))
}

/// A codelab in a list.
pub fn codelab_summary(found: store::CodelabSummary) -> CodelabSummary {
    CodelabSummary {
        id: Id(found.id),
        title: found.title,
        summary: found.summary,
        authors: found.authors,
        language: found.language,
        tags: found.tags,
        minutes: found.minutes,
        steps: found.steps,
        revision: found.revision,
        cover: found.cover.as_ref().map(file_url),
        created_at_ms: found.created_at.as_ms(),
        updated_at_ms: found.updated_at.as_ms(),
        used_at_ms: found.used_at.map(domain::Timestamp::as_ms),
        shelf: match found.shelf {
            store::Shelf::Active => Shelf::Active,
            store::Shelf::Archived => Shelf::Archived,
            store::Shelf::Removed => Shelf::Removed,
        },
        found: None,
    }
}

/// A codelab that may have been searched for.
#[must_use]
pub fn library_item(item: store::LibraryItem) -> CodelabSummary {
    let found = item.found.map(|found| FoundInStep {
        position: found.position,
        title: found.title,
        excerpt: found.excerpt,
    });
    CodelabSummary {
        found,
        ..codelab_summary(item.codelab)
    }
}

/// A codelab with its steps.
#[must_use]
pub fn codelab_detail(found: store::CodelabDetail) -> protocol::CodelabDetail {
    protocol::CodelabDetail {
        guide: found.guide.map(Id),
        steps: found.steps.into_iter().map(step_detail).collect(),
        summary: codelab_summary(found.summary),
    }
}

/// A step of a codelab.
#[must_use]
pub fn step_detail(found: store::StepDetail) -> StepDetail {
    StepDetail {
        id: Id(found.id),
        title: found.title,
        minutes: found.minutes,
        content: Id(found.content),
        quizzes: found.quizzes.iter().map(Quiz::from).collect(),
    }
}

/// A file that a text may refer to.
#[must_use]
pub fn codelab_file(found: store::CodelabFile) -> CodelabFile {
    let (width, height) = found.dimensions.unzip();
    CodelabFile {
        url: file_url(&found.sha256),
        reference: found.reference,
        media_type: found.media_type,
        width,
        height,
    }
}

/// A save point in a list.
#[must_use]
pub fn revision_summary(found: store::RevisionSummary) -> RevisionSummary {
    RevisionSummary {
        number: found.number,
        saved_at_ms: found.saved_at.as_ms(),
        saved_by: found.saved_by,
        note: found.note,
        title: found.title,
        steps: found.steps,
        minutes: found.minutes,
        restored_from: found.restored_from,
    }
}

/// A workshop in the history.
pub fn workshop_summary(found: store::WorkshopSummary) -> WorkshopSummary {
    WorkshopSummary {
        id: Id(found.id),
        title: found.title,
        status: found.status.into(),
        started_at_ms: found.started_at.as_ms(),
        ended_at_ms: found.ended_at.map(domain::Timestamp::as_ms),
        codelabs: found.codelab_titles,
        attendees: found.attendees,
        messages: found.messages,
        help_requests: found.help_requests,
        imported: found.imported,
    }
}
