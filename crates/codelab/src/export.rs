//! Everything can leave again: codelabs as files for other programs, for this one, and for people.
//!
//! | format | for |
//! |---|---|
//! | [`Format::Bundle`] | this program: comes back as it was |
//! | [`Format::Claat`] | the stock `claat` tool |
//! | [`Format::OpenCodelabs`] | the web platform |
//! | [`Format::Page`] | readers without any program but a browser, and without a network |
//! | [`Format::Handout`] | paper: the same page, with all steps open |
//!
//! The same codelab gives the same bytes, always. To add a format: 1. a file here that writes it;
//! 2. its variant in [`Format`]; the compiler names the rest.

mod archive;
mod bundle;
mod claat;
mod names;
mod open_codelabs;
mod page;

pub use claat::BoxStyle;
pub use page::Labels;

use std::{
    collections::HashMap,
    io::{Cursor, Seek, Write},
    path::Path,
};

use crate::{ImportError, import::Image, markdown, settle, steps};

/// A codelab as it is kept.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// What it is called.
    pub title: &'a str,
    /// Its whole Markdown.
    pub source: &'a str,
    /// The images its steps show.
    pub images: &'a [Image],
    /// The script that draws the diagrams of a page; without it they are text.
    pub drawing: Option<&'a str>,
    /// Links and files that it brings for the room, for a bundle.
    pub brings: &'a [Brings<'a>],
}

/// A link or file for the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brings<'a> {
    /// What it is called.
    pub title: &'a str,
    /// What is behind it.
    pub what: What<'a>,
}

/// What is behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What<'a> {
    /// An address on the web.
    Link(&'a str),
    /// A file, which may be large.
    File {
        /// What it is called.
        name: &'a str,
        /// Where it lies.
        path: &'a Path,
    },
}

/// What it becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Markdown that the stock `claat` tool accepts, with its images, as a ZIP.
    Claat(BoxStyle),
    /// Everything as it is, as a ZIP that imports back identically.
    Bundle,
    /// The ZIP of the web platform Open Codelabs.
    OpenCodelabs,
    /// One HTML file with everything in it.
    Page(Labels),
    /// The same, to be printed.
    Handout(Labels),
}

/// A file to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// What it may be called on every system.
    pub file_name: String,
    /// What it is.
    pub media_type: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
    /// The policy that a page carries, for whoever serves it.
    pub policy: Option<String>,
}

/// What the file of a codelab may be called on every system.
#[must_use]
pub fn file_name(title: &str, format: Format) -> String {
    let name = names::file_name(title);
    match format {
        Format::Claat(_) => format!("{name} (claat).zip"),
        Format::Bundle => format!("{name}.zip"),
        Format::OpenCodelabs => format!("codelab_{name}.zip"),
        Format::Page(_) | Format::Handout(_) => format!("{name}.html"),
    }
}

/// Writes a bundle to where it is kept, however large the files are that it brings.
///
/// # Errors
/// As [`export`].
pub fn bundle(material: &Material<'_>, out: impl Write + Seek) -> Result<(), ImportError> {
    bundle::write(material, out)
}

/// Writes a codelab as a file, in memory.
///
/// # Errors
/// Refuses a source that is no codelab, as [`parse`](crate::parse) does, an archive that would be
/// larger than archives can be, and a file that cannot be read.
pub fn export(material: &Material<'_>, format: Format) -> Result<Exported, ImportError> {
    // A codelab without a heading is called as its file was.
    let file = format!("{}.md", material.title);
    let codelab = steps::read(&file, material.source)?.parsed.codelab;
    let zip = "application/zip";
    let html = "text/html; charset=utf-8";
    let mut policy = None;
    let mut page = |labels, purpose| {
        let page = page::page(&codelab, material, labels, purpose);
        policy = Some(page.policy);
        page.html.into_bytes()
    };
    let (media_type, bytes) = match format {
        Format::Claat(boxes) => (zip, claat::zip(&codelab, material.images, boxes)?),
        Format::Bundle => {
            let mut bytes = Cursor::new(Vec::new());
            bundle(material, &mut bytes)?;
            (zip, bytes.into_inner())
        }
        Format::OpenCodelabs => (zip, open_codelabs::zip(&codelab, material.images)?),
        Format::Page(labels) => (html, page(labels, page::Use::Read)),
        Format::Handout(labels) => (html, page(labels, page::Use::Print)),
    };
    Ok(Exported {
        file_name: file_name(material.title, format),
        media_type,
        bytes,
        policy,
    })
}

/// Rounds of rewriting one text. Few need a third; beyond this it is made to go round in circles.
const MOST_ROUNDS: usize = 8;

/// Rewrites a text, as it is between blank lines, until there is nothing left to rewrite: what
/// leaves and comes back then leaves as the same again.
fn settled(text: &str, rewrite: impl Fn(&str) -> String) -> String {
    // Closed first: an end makes tags of what was words.
    let mut text = settle::closed(steps::trim_blank_lines(text));
    for _ in 0..MOST_ROUNDS {
        let next = steps::trim_blank_lines(&rewrite(&text)).to_owned();
        if next == text {
            break;
        }
        text = next;
    }
    text
}

/// Lines for the place of a block that begins at `start`, each behind what stands in front of it.
fn in_place(text: &str, start: usize, block: &str) -> String {
    let before = text.get(..start).unwrap_or_default();
    let margin = before.rsplit('\n').next().unwrap_or_default();
    let margin = margin.replace(|c: char| c != '>' && !c.is_whitespace(), " ");
    block.replace('\n', &format!("\n{margin}"))
}

/// Keeps words between brackets words: a label that only another part of the codelab defines would
/// make links of them where the parts are one text.
fn keep_words(parts: &mut [String]) {
    let labels: HashMap<_, _> = parts
        .iter()
        .flat_map(|part| markdown::definitions(part))
        .collect();
    if labels.is_empty() {
        return;
    }
    for part in parts {
        // Of `[a][b]` first one pair of brackets is words, then the other.
        for _ in 0..MOST_ROUNDS {
            let mut links = markdown::links_without(part, &labels);
            if links.is_empty() {
                break;
            }
            links.sort_by_key(|range| range.start);
            let mut kept = String::with_capacity(part.len() + links.len());
            let mut done = 0;
            for range in links {
                let bracket = part.get(range.clone()).and_then(|link| link.find('['));
                let Some(bracket) = bracket.map(|bracket| range.start + bracket) else {
                    continue;
                };
                kept.extend([part.get(done..bracket).unwrap_or_default(), "\\"]);
                done = done.max(bracket);
            }
            kept.push_str(part.get(done..).unwrap_or_default());
            *part = kept;
        }
    }
}

#[cfg(test)]
mod tests;
