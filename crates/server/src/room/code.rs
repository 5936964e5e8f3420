//! Code in messages, coloured once for everybody.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::workshop::Command;
use protocol::Message;

/// Texts whose code is remembered. When more are, all are forgotten: they are
/// coloured again when somebody next reads them.
const REMEMBERED: usize = 512;

/// The coloured code of texts.
#[derive(Debug, Default)]
pub struct HighlightedCode(Mutex<HashMap<Arc<str>, Arc<[String]>>>);

impl HighlightedCode {
    /// Colours the code of what somebody is about to say, beside the room's own
    /// task: the first block of a language takes longer than a commit.
    pub async fn prepare(self: &Arc<Self>, command: &Command) {
        let (Command::PostMessage(body) | Command::PostDirectMessage { message: body, .. }) =
            command
        else {
            return;
        };
        if !codelab::has_code(body.as_str()) {
            return;
        }
        let (code, text) = (Arc::clone(self), Arc::from(body.as_str()));
        let coloured = tokio::task::spawn_blocking(move || drop(code.of(&text)));
        if coloured.await.is_err() {
            tracing::warn!("the code of a message could not be coloured");
        }
    }

    /// Puts the coloured code into a message.
    pub fn fill(&self, message: &mut Message) {
        if codelab::has_code(&message.text) {
            message.code = self.of(&message.text).to_vec();
        }
    }

    fn of(&self, text: &Arc<str>) -> Arc<[String]> {
        if let Some(known) = self.known().get(text) {
            return Arc::clone(known);
        }
        let coloured: Arc<[String]> = codelab::highlight_message(text).into();
        let mut known = self.known();
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(Arc::clone(text), Arc::clone(&coloured));
        coloured
    }

    fn known(&self) -> std::sync::MutexGuard<'_, HashMap<Arc<str>, Arc<[String]>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
