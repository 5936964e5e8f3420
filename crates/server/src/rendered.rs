//! Steps that were rendered for somebody who writes: after a keystroke, all but
//! one of them are known. In memory alone; what is saved is in the store.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use codelab::{ImageSource, Pictures, WRITTEN_FILE};
use domain::ContentHash;
use protocol::Problem;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::heavy_work::{RenderStop, blocking_while_writing};

/// Bytes of Markdown and HTML that are remembered: some dozen codelabs. Beyond
/// this the older half is forgotten.
const REMEMBERED_BYTES: usize = 32 * 1024 * 1024;

/// Texts rendered at once. One processor is left to the rooms.
const AT_ONCE: usize = 2;

/// A step, as it would be shown.
#[derive(Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Its HTML, safe to show.
    pub html: String,
    /// Its words.
    pub words: u32,
}

/// The pictures that a text may show.
#[derive(Debug)]
pub struct PictureShelf {
    pictures: Pictures<ImageSource>,
    /// Tells one shelf from another.
    hash: ContentHash,
}

impl PictureShelf {
    /// A shelf of pictures by their references.
    #[must_use]
    pub fn new(pictures: Vec<(String, ImageSource)>) -> Self {
        let mut lines: Vec<String> = pictures
            .iter()
            .map(|(reference, source)| format!("{reference}\n{source:?}\n"))
            .collect();
        lines.sort_unstable();
        Self {
            hash: store::content_hash(&lines.concat()),
            pictures: Pictures::new(pictures),
        }
    }

    /// A picture by the name that the text gives it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&ImageSource> {
        self.pictures.get(name)
    }
}

/// What was rendered lately.
#[derive(Debug)]
pub struct RenderedSteps {
    turns: Semaphore,
    limit_bytes: usize,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    steps: HashMap<ContentHash, Entry>,
    bytes: usize,
    now: u64,
}

#[derive(Debug)]
struct Entry {
    step: Arc<Rendered>,
    bytes: usize,
    used: u64,
}

impl Default for RenderedSteps {
    fn default() -> Self {
        Self::of(REMEMBERED_BYTES)
    }
}

impl RenderedSteps {
    fn of(limit_bytes: usize) -> Self {
        Self {
            turns: Semaphore::new(AT_ONCE),
            limit_bytes,
            known: Mutex::default(),
        }
    }

    /// The steps of a text with the line of each, rendered; those that are known are not rendered
    /// again. When nobody waits for it any longer, rendering ends.
    ///
    /// # Errors
    /// When a step exceeds what it may take, or rendering breaks.
    pub async fn render(
        &self,
        steps: Vec<(u32, String)>,
        pictures: &Arc<PictureShelf>,
    ) -> Result<Vec<Arc<Rendered>>, Problem> {
        // Nobody closes the semaphore; if somebody did, all would go at once.
        let _turn = self.turns.acquire().await.ok();
        let found: Vec<(ContentHash, Option<Arc<Rendered>>)> = steps
            .iter()
            .map(|(_, step)| {
                let key = store::content_hash(&format!("{}\n{step}", pictures.hash));
                (key, self.find(key))
            })
            .collect();
        let missing: Vec<(ContentHash, (u32, String))> = found
            .iter()
            .zip(steps)
            .filter(|((_, known), _)| known.is_none())
            .map(|((key, _), step)| (*key, step))
            .collect();
        let mut fresh = HashMap::new();
        if !missing.is_empty() {
            let pictures = Arc::clone(pictures);
            let (stop, _guard) = RenderStop::of(&CancellationToken::new());
            fresh = blocking_while_writing(move || render(&missing, &pictures, &stop)).await??;
        }
        for (key, (step, written_bytes)) in &fresh {
            self.remember(*key, step, *written_bytes);
        }
        let step = |(key, known): (ContentHash, Option<Arc<Rendered>>)| {
            known.or_else(|| fresh.get(&key).map(|(step, _)| Arc::clone(step)))
        };
        Ok(found.into_iter().filter_map(step).collect())
    }

    fn find(&self, key: ContentHash) -> Option<Arc<Rendered>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.now += 1;
        let now = known.now;
        let entry = known.steps.get_mut(&key)?;
        entry.used = now;
        Some(Arc::clone(&entry.step))
    }

    fn remember(&self, key: ContentHash, step: &Arc<Rendered>, written_bytes: usize) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = written_bytes + step.html.len();
        let entry = Entry {
            step: Arc::clone(step),
            bytes,
            used: known.now,
        };
        let before = known.steps.insert(key, entry).map_or(0, |old| old.bytes);
        known.bytes = known.bytes + bytes - before;
        if known.bytes > self.limit_bytes {
            known.forget_older_half();
        }
    }
}

impl Known {
    fn forget_older_half(&mut self) {
        let mut by_use: Vec<(u64, ContentHash)> = self
            .steps
            .iter()
            .map(|(key, entry)| (entry.used, *key))
            .collect();
        by_use.sort_unstable_by_key(|(used, _)| *used);
        let half = self.bytes / 2;
        for (_, key) in by_use {
            if self.bytes <= half {
                break;
            }
            self.bytes -= self.steps.remove(&key).map_or(0, |entry| entry.bytes);
        }
    }
}

type Fresh = HashMap<ContentHash, (Arc<Rendered>, usize)>;

fn render(
    steps: &[(ContentHash, (u32, String))],
    pictures: &PictureShelf,
    stop: &RenderStop,
) -> Result<Fresh, Problem> {
    let image = |reference: &str| pictures.get(reference).cloned();
    let texts = steps.iter().map(|(_, (line, text))| (*line, text.as_str()));
    let pages = stop.render(WRITTEN_FILE, texts, &image)?;
    let rendered = steps.iter().zip(pages).map(|((key, (_, text)), html)| {
        let words = codelab::word_count(text);
        (*key, (Arc::new(Rendered { html, words }), text.len()))
    });
    Ok(rendered.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf(url: &str) -> Arc<PictureShelf> {
        let source = ImageSource {
            url: url.to_owned(),
            width: None,
            height: None,
        };
        Arc::new(PictureShelf::new(vec![("a.png".to_owned(), source)]))
    }

    async fn one(steps: &RenderedSteps, text: &str, shelf: &Arc<PictureShelf>) -> Arc<Rendered> {
        let rendered = steps.render(vec![(1, text.to_owned())], shelf).await;
        rendered.unwrap().remove(0)
    }

    #[tokio::test]
    async fn a_step_is_rendered_once() {
        let (steps, shelf_a) = (RenderedSteps::default(), shelf("/a"));
        let first = one(&steps, "text ![a](a.png)", &shelf_a).await;
        let texts = ["new", "text ![a](a.png)", "new"].map(|text| (1, text.to_owned()));
        let both = steps.render(texts.into(), &shelf_a).await.unwrap();
        assert!(Arc::ptr_eq(&both[1], &first));
        assert_eq!(
            (both.len(), &both[0].html, both[0].words),
            (3, &both[2].html, 1)
        );
        // Another picture under the same name is another page.
        let other = one(&steps, "text ![a](a.png)", &shelf("/b")).await;
        assert!(first.html.contains("\"/a\"") && other.html.contains("\"/b\""));
    }

    #[tokio::test]
    async fn memory_stays_bounded_and_what_is_used_stays() {
        let (steps, shelf) = (RenderedSteps::of(4000), shelf("/a"));
        let kept = one(&steps, "kept", &shelf).await;
        for number in 0..500 {
            drop(one(&steps, &format!("text {number}"), &shelf).await);
            assert!(Arc::ptr_eq(&one(&steps, "kept", &shelf).await, &kept));
            let known = steps.known.lock().unwrap();
            assert!(known.bytes <= 4000);
            let sum: usize = known.steps.values().map(|entry| entry.bytes).sum();
            assert_eq!(sum, known.bytes);
        }
    }
}
