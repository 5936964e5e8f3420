//! What the store found, in the words of the wire.

use protocol::{CodelabSummary, FoundInStep, Id, Shelf, StepDetail, WorkshopSummary};

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
    let steps = found.steps.into_iter().map(|step| StepDetail {
        id: Id(step.id),
        title: step.title,
        minutes: step.minutes,
        content: Id(step.content),
    });
    protocol::CodelabDetail {
        steps: steps.collect(),
        summary: codelab_summary(found.summary),
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
    }
}
