//! What stands in front of the first step: the header, the title, and the guide.

use super::{
    body,
    outline::{Block, Kind, Outline, with_plain_colons},
};
use crate::{
    Guide,
    lines::Lines,
    metadata::{self, Header},
};

/// What a block in front of the first step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Header, title, or what the stock exporter adds: never shown.
    Apart,
    /// Shown between other text, and nothing by itself.
    Between,
    /// Words to read.
    Words,
}

/// Reads the header's paragraphs; the rest, if it has words, is the guide.
pub(super) fn read(
    text: &str,
    lines: &Lines<'_>,
    outline: &Outline,
    first_step: usize,
    header: &mut Header,
) -> Option<Guide> {
    let blocks = &outline.blocks[..first_step];
    let mut title_seen = false;
    let mut words_seen = false;
    let mut parts = Vec::with_capacity(blocks.len());
    for block in blocks {
        let source = text.get(block.range.clone()).unwrap_or_default();
        // Behind title and words, `Note: this` is a sentence, whatever the key.
        let open = !(title_seen && words_seen && header.has_entries());
        let part = read_block(source, block, header, open, &mut title_seen);
        words_seen |= part == Part::Words;
        parts.push(part);
    }
    let first = parts.iter().position(|part| *part == Part::Words)?;
    // A heading that belongs to the first words stands in front of them.
    let headings = parts[..first].iter().zip(blocks).rev();
    let headings = headings.take_while(|(part, block)| {
        **part == Part::Between && matches!(block.kind, Kind::Heading { .. })
    });
    let first = first - headings.count();
    let behind_last = 1 + parts.iter().rposition(|part| *part == Part::Words)?;
    let start = lines.start_of(blocks.get(first)?.range.start);
    let limit = match blocks.get(behind_last) {
        Some(next) => lines.start_of(next.range.start),
        None => lines.start_of(outline.blocks.get(first_step)?.range.start),
    };
    let mut markdown = String::new();
    let mut done = start;
    for (block, _) in blocks[first..behind_last]
        .iter()
        .zip(&parts[first..behind_last])
        .filter(|(_, part)| **part == Part::Apart)
    {
        let from = lines.start_of(block.range.start);
        markdown.push_str(text.get(done..from).unwrap_or_default());
        done = lines.start_at_or_after(block.range.end).min(limit);
    }
    markdown.push_str(text.get(done..limit).unwrap_or_default());
    let markdown = body::trim_blank_lines(&markdown);
    (!markdown.trim().is_empty()).then(|| Guide {
        markdown: body::with_definitions(markdown, outline, start..limit),
        polls: Vec::new(),
        line: lines.number(start),
    })
}

/// Tells what a block is, and reads it when it is of the header; `open` says whether that may go on.
fn read_block(
    source: &str,
    block: &Block,
    header: &mut Header,
    open: bool,
    title_seen: &mut bool,
) -> Part {
    match &block.kind {
        Kind::Paragraph if open && metadata::is_header(source) => {
            header.read(source.lines());
            Part::Apart
        }
        Kind::Heading { level: 2, .. } if super::is_underlined_header(source) => {
            let above = source.trim_end().rsplit_once('\n');
            header.read(above.map_or("", |(above, _)| above).lines());
            Part::Apart
        }
        Kind::Heading { level: 1, text } if !*title_seen && !text.is_empty() => {
            *title_seen = true;
            Part::Apart
        }
        // A second-level heading without words is no step, and nothing to show.
        Kind::Heading { level: 2, .. } => Part::Apart,
        // The stock exporter writes this link below every title.
        Kind::Paragraph if source.trim_start().starts_with("[Codelab Feedback](") => Part::Apart,
        Kind::Html if source.trim_start().starts_with("<!--") => Part::Between,
        Kind::Heading { text, .. } if text.is_empty() => Part::Between,
        Kind::Heading { level: 1, .. } | Kind::Rule => Part::Between,
        Kind::Heading { .. } | Kind::Paragraph | Kind::Html | Kind::Other => Part::Words,
    }
}

/// A guide that is read as one, also when it begins like a header.
pub(crate) fn guarded(markdown: &str) -> String {
    with_plain_colons(markdown, metadata::is_header)
}
