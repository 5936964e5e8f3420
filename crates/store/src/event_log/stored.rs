//! Events as they lie in the database: a JSON document with its `kind`. The
//! form is ours alone, apart from the wire's, and must stay readable for as
//! long as there are databases: fields may be added with `serde(default)`,
//! never renamed or removed.

mod decode;
mod document;
mod encode;

use domain::workshop::{Event, PollForm, Quiz};

use self::document::{Stored, StoredForm, StoredQuiz};

/// Why a document is no event.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotAnEvent;

/// The document of an event.
pub(super) fn encode(event: &Event) -> serde_json::Result<String> {
    serde_json::to_string(&Stored::from(event))
}

/// The event of a document.
pub(super) fn decode(payload: &str) -> Result<Event, NotAnEvent> {
    let stored: Stored = serde_json::from_str(payload).map_err(|_| NotAnEvent)?;
    stored.try_into()
}

/// The document of what a poll asks, as within the events.
pub(crate) fn encode_form(form: &PollForm) -> serde_json::Result<String> {
    serde_json::to_string(&StoredForm::from(form))
}

/// What a poll asks, from its document.
pub(crate) fn decode_form(document: &str) -> Result<PollForm, NotAnEvent> {
    let stored: StoredForm = serde_json::from_str(document).map_err(|_| NotAnEvent)?;
    stored.try_into()
}

/// The document of a quiz, as within the events.
pub(crate) fn encode_quiz(quiz: &Quiz) -> serde_json::Result<String> {
    serde_json::to_string(&StoredQuiz::from(quiz))
}

/// Quizzes from a list of their documents.
pub(crate) fn decode_quizzes(documents: &str) -> Result<Vec<Quiz>, NotAnEvent> {
    let stored: Vec<StoredQuiz> = serde_json::from_str(documents).map_err(|_| NotAnEvent)?;
    Ok(stored.into_iter().map(Quiz::from).collect())
}

#[cfg(test)]
mod tests;
