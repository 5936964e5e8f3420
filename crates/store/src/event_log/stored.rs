//! Events as they lie in the database: a JSON document with its `kind`. The
//! form is ours alone, apart from the wire's, and must stay readable for as
//! long as there are databases: fields may be added with `serde(default)`,
//! never renamed or removed.

mod decode;
mod document;
mod encode;

use domain::workshop::Event;

use self::document::Stored;

/// Why a document is no event.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotAnEvent;

/// The document of an event.
pub(super) fn encode(event: &Event) -> serde_json::Result<String> {
    serde_json::to_string(&Stored::from(event))
}

/// The event of a document.
pub(super) fn decode(payload: &str) -> Result<Event, NotAnEvent> {
    let stored: Stored = serde_json::from_str(payload).map_err(|_| NotAnEvent)?;
    stored.try_into()
}

#[cfg(test)]
mod tests;
