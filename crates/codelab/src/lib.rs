//! Codelabs as authored: Markdown in, steps and safe HTML out.
//!
//! Place in the data's way: a facilitator's file enters through [`import`], becomes a [`Codelab`]
//! by [`parse`], and each step becomes HTML by [`render_step`], once per revision. This crate knows
//! nothing of rooms, the wire, the database or the clock; only [`import`] reads the file system,
//! and nothing here ever reaches the network.
//!
//! The dialect is that of the `claat` codelab tools, read more leniently (every spelling of the
//! header, four spellings of the info boxes, front matter with or without a blank line), plus task
//! lists, strikethrough, bare links, maths marks and attributes on fences.
//!
//! To teach the reader a new construct: 1. if plain Markdown cannot express it, rewrite it in
//! `prepare.rs` or recognise it in `render.rs`; 2. allow its tags and classes in
//! `render/sanitize.rs`; 3. if the import must fetch or report something for it, add it to
//! `references.rs` and give it a [`DiagnosticCode`].
//!
//! # Markup contract
//!
//! What a style sheet meets in rendered steps, and nothing else:
//!
//! | construct | markup |
//! |---|---|
//! | info box | `aside.box.box-positive`, `aside.box.box-negative` |
//! | code | `pre.code[data-lang][data-file][data-run] > code` with `span`s of [`HIGHLIGHT_CLASSES`] |
//! | lines that are numbered, highlighted, of a diff | `span.line[data-n]`, `.mark`, `.ins`, `.del`, `.place` inside, each with its break; `pre.diff` |
//! | terminal | `pre.code.console[data-lang=console] > code` with `span.prompt` and `span.out` |
//! | diagram (source; the page draws it) | `pre.diagram[data-diagram=mermaid] > code` |
//! | maths | `math`, `math[display=block]` of `MathML` Core |
//! | maths that cannot be set (TeX) | `code.math`, `code.math.display` |
//! | table | `div.table > table`, cells with `align` |
//! | checklist ("What you'll learn") | `ul.checklist`, `ol.checklist` |
//! | task list | `li.task > input[type=checkbox][disabled]` |
//! | button | `a.button`, `a.button.download` |
//! | survey (read only) | `div.survey > p.question + ul` |
//! | prepared poll (asked in the room, answered elsewhere) | `div.poll > p.question` |
//! | quiz (answers are not in it) | `div.quiz[data-quiz][data-choose=one\|several] > p.question + ul` |
//! | image | `img[loading=lazy][width][height]` |
//! | image that is not there | `span.image-missing` holding its description |
//! | needs internet | `span.remote.remote-image`, `.remote-video`, `.remote-embed` holding a description and a link |
//! | sound, video or page in a file (not played here) | its title or name as text |
//!
//! Headings inside a step are `h3` to `h6`.

mod boxes;
mod code_spans;
mod diagnostics;
mod duration;
mod error;
mod escape;
pub mod export;
mod front_matter;
pub mod import;
pub mod limits;
mod lines;
mod markdown;
mod markup;
mod message;
mod metadata;
mod mistake;
pub mod offline;
pub mod past;
mod polls;
mod prepare;
mod quizzes;
mod references;
pub mod remote;
mod render;
mod retitle;
mod same_steps;
pub mod samples;
mod settle;
pub mod shown;
mod source;
mod steps;
mod words;
mod written;

pub use diagnostics::{Diagnostic, DiagnosticCode, Excerpt, Severity};
pub use error::{ImportError, ImportReason};
pub use message::{MessagePart, has_code, highlight_message, message_parts};
pub use metadata::Metadata;
pub use quizzes::Quiz;
pub use render::{Exceeded, HIGHLIGHT_CLASSES, ImageSource, RenderBudget, render_step};
pub use retitle::retitle;
pub use same_steps::{StepText, continued};
pub use steps::{Parsed, parse};
pub use words::word_count;
pub use written::{Pictures, WRITTEN_FILE, Written, read_written};

use std::sync::Arc;

use domain::workshop::PollForm;

/// Authored material: what it is about, what to prepare, and its steps in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codelab {
    /// What the header says.
    pub metadata: Metadata,
    /// What readers prepare before the first step; `None` when the author asks for nothing.
    pub guide: Option<Guide>,
    /// The steps, at least one.
    pub steps: Vec<Step>,
}

impl Codelab {
    /// The time the author plans for the whole codelab: the sum of the steps that name a duration.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.steps
            .iter()
            .filter_map(|step| step.minutes)
            .fold(0, u32::saturating_add)
    }
}

/// The preparation guide: the text between the title with its header and the first step. It is no
/// step: it has no number, no duration, and nobody has it done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guide {
    /// The guide as Markdown, never blank; with the link definitions it uses from elsewhere in the
    /// file put in front.
    pub markdown: String,
    /// The polls its author prepared in it, in the order of the text.
    pub polls: Vec<Arc<PollForm>>,
    /// The line of its beginning in the source, from 1.
    pub line: u32,
}

/// One page of a codelab: everything from one `## ` heading to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The heading as plain text.
    pub title: String,
    /// The duration in minutes, rounded up; `None` when the author gives none.
    pub minutes: Option<u32>,
    /// The environments the step is written for (`web`, `kiosk`), lower case.
    pub environments: Vec<String>,
    /// The body as Markdown: without its heading and its duration and environment lines, and with
    /// the link definitions it uses from elsewhere in the file put in front.
    pub markdown: String,
    /// The polls its author prepared, in the order of the text. A codelab's text tells how they
    /// are written: see `docs/polls-in-codelabs.md`.
    pub polls: Vec<Arc<PollForm>>,
    /// Its questions with right answers, in the order of the text; see `docs/writing-steps.md`.
    pub quizzes: Vec<Quiz>,
    /// The line of its heading in the source, from 1.
    pub line: u32,
}
