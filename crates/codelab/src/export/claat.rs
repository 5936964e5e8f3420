//! Markdown that the stock `claat` tool accepts, with the images in `img/`.
//!
//! The rules are those of its published parser: one header block whose first key is `id` and whose
//! values are plain text, a title, second-level headings for steps and nothing else, durations as
//! `H:MM:SS`, boxes as quotes that begin with `aside`. The guide stands where that parser drops what
//! it finds, in front of the first step: there our own reader finds it again.

mod body;
mod missing;
mod questions;

use super::{MOST_ROUNDS, archive::Archive, keep_words, names, names::ImageNames};
use crate::{
    Codelab, ImportError, Metadata, escape,
    import::Image,
    steps::{self, guide_again, without_lines},
};

/// How info boxes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BoxStyle {
    /// `> aside positive`: what the tool reads today.
    #[default]
    Quote,
    /// `Positive` and `: text` below: what it read for years.
    Definition,
}

/// The Markdown file in the archive.
const MARKDOWN: &str = "codelab.md";

pub(super) fn zip(
    codelab: &Codelab,
    images: &[Image],
    boxes: BoxStyle,
) -> Result<Vec<u8>, ImportError> {
    let names = ImageNames::new(images);
    let mut archive = Archive::new();
    let text = whole(codelab, &names, boxes);
    archive.text(MARKDOWN, &text)?;
    for (name, bytes) in names.files().filter(|(name, _)| text.contains(name)) {
        archive.picture(name, bytes)?;
    }
    archive.finish()
}

/// The text that leaves as the same again after it came back. Its parts do so each by itself; a link
/// definition that its author meant as words still counts for all of them.
fn whole(codelab: &Codelab, images: &ImageNames<'_>, boxes: BoxStyle) -> String {
    let mut text = markdown(codelab, &|body, again| {
        body::rewrite(body, images, boxes, again)
    });
    for _ in 0..MOST_ROUNDS {
        let Ok(read) = steps::read(MARKDOWN, &text) else {
            break;
        };
        let read = read.parsed.codelab;
        let next = markdown(&read, &|body, again| {
            body::rewrite_again(body, images, boxes, again)
        });
        if next == text || !has_same_steps(&read, codelab) {
            break;
        }
        text = next;
    }
    text
}

fn has_same_steps(one: &Codelab, other: &Codelab) -> bool {
    let facts = |codelab: &Codelab| {
        let steps = codelab.steps.iter();
        let steps = steps.map(|step| (step.title.clone(), step.minutes, step.environments.clone()));
        (codelab.guide.is_some(), steps.collect::<Vec<_>>())
    };
    facts(one) == facts(other)
}

/// Makes a body ready, with what makes of it what is read again.
type Rewrite<'a> = dyn Fn(&str, fn(&str) -> String) -> String + 'a;

fn markdown(codelab: &Codelab, rewrite: &Rewrite<'_>) -> String {
    let guide = codelab.guide.as_ref();
    let guide = guide.map(|guide| rewrite(&guide.markdown, guide_again));
    let steps = codelab.steps.iter();
    let bodies = steps.map(|step| rewrite(&step.markdown, without_lines));
    let mut bodies: Vec<String> = guide.into_iter().chain(bodies).collect();
    keep_words(&mut bodies);
    let mut bodies = bodies.into_iter();
    let mut out = header(&codelab.metadata);
    out.extend([format!("\n# {}\n", title(&codelab.metadata.title))]);
    if codelab.guide.is_some() {
        let body = bodies.next().unwrap_or_default();
        out.extend(["\n", &body, "\n"]);
    }
    for (step, body) in codelab.steps.iter().zip(bodies) {
        out.extend([format!("\n## {}\n", title(&step.title))]);
        let minutes = step.minutes.map(|minutes| (minutes / 60, minutes % 60));
        if let Some((hours, minutes)) = minutes {
            out.extend([format!("Duration: {hours}:{minutes:02}:00\n")]);
        }
        if !step.environments.is_empty() {
            // A line directly below the duration would be part of it.
            out.extend([format!("\nEnvironment: {}\n", step.environments.join(", "))]);
        }
        if !body.is_empty() {
            out.extend(["\n", &body, "\n"]);
        }
    }
    out
}

/// The header: what has a key of its own, as text that is nothing but text.
fn header(metadata: &Metadata) -> String {
    let slug = names::slug(&metadata.title);
    let usual = if slug.is_empty() { "codelab" } else { &slug };
    let mut out = String::new();
    let mut put = |key: &str, value: &str| {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() {
            out.extend([key, ": ", &value, "\n"]);
        }
    };
    put("id", metadata.id.as_deref().unwrap_or(usual));
    put(
        "summary",
        &escape(metadata.summary.as_deref().unwrap_or_default()),
    );
    put(
        "authors",
        &escape(metadata.authors.as_deref().unwrap_or_default()),
    );
    put("categories", &metadata.categories.join(", "));
    put("tags", &metadata.tags.join(", "));
    put("status", &metadata.status.join(", "));
    put(
        "feedback link",
        metadata.feedback_link.as_deref().unwrap_or_default(),
    );
    put("language", metadata.language.as_deref().unwrap_or_default());
    let required = metadata.required.iter().map(|one| one.name());
    put("required", &required.collect::<Vec<_>>().join(", "));
    for (key, value) in &metadata.extra {
        put(&key.replace('_', " "), value);
    }
    out
}

/// Marks that would be no text.
const MARKS: &str = "\\`*_[]<>&#~|$";

/// A title as Markdown. Typography is the reader's to make, as it is with the author's own file.
fn title(text: &str) -> String {
    escape_if(text, |c, _| MARKS.contains(c))
}

/// Text as Markdown that means the same text, letter by letter.
fn escape(text: &str) -> String {
    escape_if(text, |c, previous| {
        MARKS.contains(c) || matches!(c, '"' | '\'') || (c == previous && matches!(c, '-' | '.'))
    })
}

/// One line of text as Markdown that means the same text wherever it stands, also as the first words
/// of a line.
fn words(text: &str) -> String {
    let mut out = escape(&escape::one_line(text));
    // `1.` begins a list, and so do a sign alone and what follows a digit in front of this.
    let digits = out.len() - out.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let signs: &[char] = if digits == 0 {
        &['-', '+', '=', ':', '.', ')']
    } else {
        &['.', ')']
    };
    if out
        .get(digits..)
        .is_some_and(|rest| rest.starts_with(signs))
    {
        out.insert(digits, '\\');
    }
    out
}

fn escape_if(text: &str, is_mark: impl Fn(char, char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut previous = ' ';
    for c in text.chars() {
        if is_mark(c, previous) {
            out.push('\\');
        }
        out.push(c);
        previous = c;
    }
    out
}
