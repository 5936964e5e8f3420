//! The codelabs of this machine, in revisions; their steps rendered once.

mod bring;
mod codelab_files;
mod contents;
mod drafts;
mod index;
mod list;
mod polls;
mod quizzes;
mod read;
mod revisions;
mod save;
mod words;
mod write;

pub use bring::NewMaterial;
pub use codelab_files::CodelabFile;
pub use drafts::Draft;
pub(crate) use index::index_what_is_not;
pub use list::{Found, LibraryItem, LibraryQuery, LibrarySort, Tag};
pub use revisions::{CodelabSource, Revision, RevisionSummary, StepText};
pub use save::{Save, Saved};

use std::{
    io::{self, Read as _},
    sync::Arc,
};

use domain::{
    CodelabId, ContentHash, StepId, Timestamp,
    workshop::{PollForm, Quiz, Requirement},
};
use flate2::read::GzDecoder;
use sha2::{Digest as _, Sha256};

/// The hash that a rendered step is fetched by: SHA-256 of its HTML.
#[must_use]
pub fn content_hash(html: &str) -> ContentHash {
    ContentHash::from_bytes(Sha256::digest(html).into())
}

/// A codelab, or a revision of one, to be kept.
#[derive(Clone, Debug)]
pub struct NewCodelab {
    /// The codelab.
    pub id: CodelabId,
    /// The id its author gave it.
    pub authored_id: Option<String>,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: Option<String>,
    /// Who wrote it.
    pub authors: Option<String>,
    /// Language of its text (BCP 47).
    pub language: Option<String>,
    /// Where its author wants to hear about it.
    pub feedback_link: Option<String>,
    /// Categories, in the author's order.
    pub categories: Vec<String>,
    /// Keywords, in the author's order.
    pub tags: Vec<String>,
    /// The Markdown as it was imported or saved.
    pub source: String,
    /// What to prepare before the first step.
    pub guide: Option<NewGuide>,
    /// What it takes to complete it beside all steps.
    pub required: Vec<Requirement>,
    /// The steps in order; at least one.
    pub steps: Vec<NewStep>,
    /// The files it uses; each must have been added.
    pub files: Vec<NewFileRef>,
    /// SHA-256 of the picture that stands for it; must have been added.
    pub cover: Option<[u8; 32]>,
    /// When this is kept.
    pub now: Timestamp,
}

/// A preparation guide to be kept.
#[derive(Clone, Debug)]
pub struct NewGuide {
    /// As written.
    pub markdown: String,
    /// As rendered; safe to show.
    pub html: String,
    /// The polls its author prepared, in order.
    pub polls: Vec<Arc<PollForm>>,
}

/// A step to be kept.
#[derive(Clone, Debug)]
pub struct NewStep {
    /// The step; the same in every revision.
    pub id: StepId,
    /// Its title.
    pub title: String,
    /// Planned minutes.
    pub minutes: Option<u32>,
    /// As written.
    pub markdown: String,
    /// As rendered; safe to show.
    pub html: String,
    /// The polls its author prepared, in order.
    pub polls: Vec<Arc<PollForm>>,
    /// Its quizzes in order, no two with the same key.
    pub quizzes: Vec<Quiz>,
}

/// A poll that a codelab's author prepared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreparedPoll {
    /// The codelab.
    pub codelab: CodelabId,
    /// The step; `None` when it stands in the preparation guide.
    pub step: Option<StepId>,
    /// What it asks, and how.
    pub form: PollForm,
}

/// A file that a codelab uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFileRef {
    /// As the Markdown writes it.
    pub reference: String,
    /// Its SHA-256.
    pub sha256: [u8; 32],
}

/// A codelab in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodelabSummary {
    /// The codelab.
    pub id: CodelabId,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: Option<String>,
    /// Who wrote it.
    pub authors: Option<String>,
    /// Language of its text (BCP 47).
    pub language: Option<String>,
    /// Keywords.
    pub tags: Vec<String>,
    /// Sum of its steps' minutes.
    pub minutes: u32,
    /// How many steps it has.
    pub steps: u32,
    /// Its newest revision, counted from 1.
    pub revision: u32,
    /// SHA-256 of the picture that stands for it.
    pub cover: Option<[u8; 32]>,
    /// When it came into the library.
    pub created_at: Timestamp,
    /// When it changed last.
    pub updated_at: Timestamp,
    /// When a workshop with it began last.
    pub used_at: Option<Timestamp>,
    /// Where in the library it stands.
    pub shelf: Shelf,
}

/// A part of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Shelf {
    /// In use.
    #[default]
    Active,
    /// Kept out of the way.
    Archived,
    /// Removed; can be restored.
    Removed,
}

impl Shelf {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Archived => "archived",
            Self::Removed => "removed",
        }
    }

    fn read(word: &str) -> Option<Self> {
        [Self::Active, Self::Archived, Self::Removed]
            .into_iter()
            .find(|shelf| shelf.as_str() == word)
    }
}

/// A codelab with what belongs to its newest revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodelabDetail {
    /// The codelab.
    pub summary: CodelabSummary,
    /// The id its author gave it.
    pub authored_id: Option<String>,
    /// Where its author wants to hear about it.
    pub feedback_link: Option<String>,
    /// Categories.
    pub categories: Vec<String>,
    /// What to prepare before the first step, rendered.
    pub guide: Option<ContentHash>,
    /// The steps in order.
    pub steps: Vec<StepDetail>,
    /// The files it uses, by reference.
    pub files: Vec<NewFileRef>,
}

/// A step of a codelab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepDetail {
    /// The step.
    pub id: StepId,
    /// Its place, counted from 1.
    pub position: u32,
    /// Its title.
    pub title: String,
    /// Planned minutes.
    pub minutes: Option<u32>,
    /// The rendered step.
    pub content: ContentHash,
    /// Its quizzes in order.
    pub quizzes: Vec<Quiz>,
}

/// A rendered step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Its HTML, compressed by gzip as small as that gets.
    pub html_gzip: Vec<u8>,
}

impl Content {
    /// The HTML, for who cannot take gzip.
    ///
    /// # Errors
    /// When the stored bytes are no gzip of a text.
    pub fn html(&self) -> io::Result<String> {
        let mut html = String::new();
        GzDecoder::new(self.html_gzip.as_slice()).read_to_string(&mut html)?;
        Ok(html)
    }
}
