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

use std::collections::HashMap;

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

/// Writes a codelab as a file.
///
/// # Errors
/// Refuses a source that is no codelab, as [`parse`](crate::parse) does, and an archive that would
/// be larger than archives can be.
pub fn export(material: &Material<'_>, format: Format) -> Result<Exported, ImportError> {
    // A codelab without a heading is called as its file was.
    let file = format!("{}.md", material.title);
    let codelab = steps::read(&file, material.source)?.parsed.codelab;
    let name = names::file_name(material.title);
    let zip = "application/zip";
    let html = "text/html; charset=utf-8";
    let mut policy = None;
    let mut page = |labels, purpose| {
        let page = page::page(&codelab, material, labels, purpose);
        policy = Some(page.policy);
        page.html.into_bytes()
    };
    let (file_name, media_type, bytes) = match format {
        Format::Claat(boxes) => {
            let bytes = claat::zip(&codelab, material.images, boxes)?;
            (format!("{name} (claat).zip"), zip, bytes)
        }
        Format::Bundle => (format!("{name}.zip"), zip, bundle::zip(material)?),
        Format::OpenCodelabs => {
            let bytes = open_codelabs::zip(&codelab, material.images)?;
            (format!("codelab_{name}.zip"), zip, bytes)
        }
        Format::Page(labels) => {
            let page = page(labels, page::Use::Read);
            (format!("{name}.html"), html, page)
        }
        Format::Handout(labels) => {
            let page = page(labels, page::Use::Print);
            (format!("{name}.html"), html, page)
        }
    };
    Ok(Exported {
        file_name,
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
            links.sort_by_key(|range| std::cmp::Reverse(range.start));
            for range in links {
                let bracket = part.get(range.clone()).and_then(|link| link.find('['));
                if let Some(bracket) = bracket {
                    part.insert(range.start + bracket, '\\');
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
