//! A codelab that was read and rendered, as the store keeps it.

use codelab::Codelab;
use domain::{CodelabId, StepId, Timestamp, workshop};
use store::{NewCodelab, NewFileRef, NewGuide, NewStep};

/// Puts together what is to be kept. `pages` are the ids and the HTML of the
/// steps, in order, `guide` is the HTML of the guide; the first of the `files` stands for the codelab.
#[must_use]
pub fn new_codelab(
    id: CodelabId,
    codelab: Codelab,
    source: String,
    guide: Option<String>,
    pages: Vec<(StepId, String)>,
    files: Vec<NewFileRef>,
    now: Timestamp,
) -> NewCodelab {
    let metadata = codelab.metadata;
    let steps = codelab
        .steps
        .into_iter()
        .zip(pages)
        .map(|(step, (id, html))| NewStep {
            id,
            title: step.title,
            minutes: step.minutes,
            markdown: step.markdown,
            html,
            polls: step.polls,
            quizzes: quizzes(step.quizzes),
        });
    NewCodelab {
        id,
        authored_id: metadata.id,
        title: metadata.title,
        summary: metadata.summary,
        authors: metadata.authors,
        language: metadata.language,
        feedback_link: metadata.feedback_link,
        categories: metadata.categories,
        tags: metadata.tags,
        source,
        guide: codelab.guide.zip(guide).map(|(guide, html)| NewGuide {
            markdown: guide.markdown,
            html,
            polls: guide.polls,
        }),
        required: metadata.required,
        steps: steps.collect(),
        cover: files.first().map(|file| file.sha256),
        files,
        now,
    }
}

/// The quizzes of a step. One that asks the same as another is the other.
#[must_use]
pub fn quizzes(written: Vec<codelab::Quiz>) -> Vec<workshop::Quiz> {
    let mut quizzes: Vec<workshop::Quiz> = Vec::with_capacity(written.len());
    for quiz in written.into_iter().map(workshop::Quiz::from) {
        if quizzes.iter().all(|known| known.key != quiz.key) {
            quizzes.push(quiz);
        }
    }
    quizzes
}
