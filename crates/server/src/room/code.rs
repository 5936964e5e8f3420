//! Code in messages, highlighted once for everybody.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use domain::{SeatId, workshop::Command};
use protocol::Message;
use tokio::{sync::Semaphore, time::timeout};

/// Texts whose code is remembered. When more are, all are forgotten: they are
/// highlighted again when somebody next reads them.
const REMEMBERED: usize = 512;

/// Bytes of highlighted code that are remembered; some thousand ordinary blocks.
const REMEMBERED_BYTES: usize = 4 * 1024 * 1024;

/// How long a message waits for its code to be highlighted. Past this the block
/// is shown plain: a room never waits for colours. Only its own author waits, and
/// the first code of a start takes longer, since the languages are read then.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long a page of older messages may take to be highlighted.
const PAGE_PATIENCE: Duration = Duration::from_millis(400);

/// The highlighted code of texts.
#[derive(Debug)]
pub struct HighlightedCode {
    known: Mutex<Known>,
    /// Seats whose code is being highlighted, each for one message.
    busy: Mutex<BTreeSet<SeatId>>,
    /// Held by the thread that highlights, also when nobody waits for it any
    /// more: a flood of code occupies one core at most.
    turn: Arc<Semaphore>,
}

#[derive(Debug, Default)]
struct Known {
    blocks: HashMap<Arc<str>, Arc<[String]>>,
    bytes: usize,
}

impl Default for HighlightedCode {
    fn default() -> Self {
        Self {
            known: Mutex::default(),
            busy: Mutex::default(),
            turn: Arc::new(Semaphore::new(1)),
        }
    }
}

impl HighlightedCode {
    /// Highlights the code of a message that a seat is about to post, beside the
    /// room's own task. One message of a seat at a time; code that cannot be
    /// highlighted in time stays plain.
    pub async fn prepare(self: &Arc<Self>, seat: SeatId, command: &Command) {
        let text = if let Command::PostMessage(body)
        | Command::PostDirectMessage { message: body, .. } = command
        {
            body.as_str()
        } else if let Command::Announce { text, .. } = command {
            text.as_str()
        } else {
            return;
        };
        if !codelab::has_code(text) || !lock(&self.busy).insert(seat) {
            return;
        }
        let _busy = Busy { code: self, seat };
        let texts = vec![Arc::from(text)];
        drop(timeout(PATIENCE, self.highlight(texts)).await);
    }

    /// Puts the highlighted code into messages, as far as there is time.
    pub async fn fill_all(self: &Arc<Self>, messages: &mut [Message]) {
        self.warm(messages.iter().map(|message| Arc::clone(&message.text)))
            .await;
        for message in messages {
            self.fill(message);
        }
    }

    /// Highlights the code of texts that nobody read lately, as far as there is time.
    pub async fn warm(self: &Arc<Self>, texts: impl Iterator<Item = Arc<str>>) {
        let missing: Vec<Arc<str>> = {
            let known = lock(&self.known);
            texts
                .filter(|text| codelab::has_code(text) && !known.blocks.contains_key(text))
                .collect()
        };
        if !missing.is_empty() {
            drop(timeout(PAGE_PATIENCE, self.highlight(missing)).await);
        }
    }

    /// Puts the highlighted code into a message, if it is known; takes no time.
    pub fn fill(&self, message: &mut Message) {
        if codelab::has_code(&message.text)
            && let Some(blocks) = lock(&self.known).blocks.get(&message.text)
        {
            message.code = blocks.to_vec();
        }
    }

    async fn highlight(self: &Arc<Self>, texts: Vec<Arc<str>>) {
        // Nobody closes the semaphore.
        let Ok(turn) = Arc::clone(&self.turn).acquire_owned().await else {
            return;
        };
        let code = Arc::clone(self);
        let highlighted = tokio::task::spawn_blocking(move || {
            for text in texts {
                code.remember(text);
            }
            drop(turn);
        });
        if highlighted.await.is_err() {
            tracing::warn!("the code of a message could not be highlighted");
        }
    }

    fn remember(&self, text: Arc<str>) {
        if lock(&self.known).blocks.contains_key(&text) {
            return;
        }
        let blocks: Arc<[String]> = codelab::highlight_message(&text).into();
        let bytes = text.len() + blocks.iter().map(String::len).sum::<usize>();
        let mut known = lock(&self.known);
        if known.blocks.len() >= REMEMBERED || known.bytes + bytes > REMEMBERED_BYTES {
            *known = Known::default();
        }
        known.bytes += bytes;
        known.blocks.insert(text, blocks);
    }
}

/// A seat waits for its code; over when it is dropped, also by a connection that ends.
struct Busy<'a> {
    code: &'a HighlightedCode,
    seat: SeatId,
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        lock(&self.code.busy).remove(&self.seat);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use domain::{MessageText, workshop::MessageBody};

    use super::*;

    fn post(text: &str) -> Command {
        Command::PostMessage(MessageBody::text(MessageText::parse(text).unwrap()))
    }

    fn is_known(code: &HighlightedCode, text: &str) -> bool {
        lock(&code.known).blocks.contains_key(text)
    }

    #[tokio::test]
    async fn code_stays_plain_while_another_flood_is_highlighted() {
        let code = Arc::new(HighlightedCode::default());
        let busy = Arc::clone(&code.turn).acquire_owned().await.unwrap();
        code.prepare(SeatId::new(1), &post("```\nlate\n```")).await;
        assert!(!is_known(&code, "```\nlate\n```"));
        assert!(lock(&code.busy).is_empty(), "the seat may try again");
        drop(busy);
        code.warm(std::iter::once(Arc::from("```\nlate\n```")))
            .await;
        assert!(is_known(&code, "```\nlate\n```"), "whoever reads it next");
    }

    #[tokio::test]
    async fn one_message_of_a_seat_is_highlighted_at_a_time() {
        let code = Arc::new(HighlightedCode::default());
        lock(&code.busy).insert(SeatId::new(1));
        code.prepare(SeatId::new(1), &post("```\nsecond\n```"))
            .await;
        assert!(!is_known(&code, "```\nsecond\n```"));
        code.prepare(SeatId::new(2), &post("```\nother\n```")).await;
        assert!(is_known(&code, "```\nother\n```"));
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let code = HighlightedCode::default();
        for number in 0..2 * REMEMBERED {
            code.remember(Arc::from(format!("```\n{number}\n```")));
            let known = lock(&code.known);
            assert!(known.blocks.len() <= REMEMBERED && known.bytes <= REMEMBERED_BYTES);
        }
    }
}
