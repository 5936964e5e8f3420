//! From one Markdown text to a codelab: header, title, steps, and what was noticed on the way.
//!
//! A step is a second-level heading that is not inside anything else, with all that follows up to
//! the next. What stands in front of the first, and is neither header nor title, is the guide. Rules of the dialect that are not in `CommonMark` are in `duration.rs`, `metadata.rs`
//! and `prepare.rs`.

mod body;
mod guide;
mod mentions;
mod outline;
mod remarks;
mod unshown;

use crate::{
    Codelab, Diagnostic, DiagnosticCode, ImportError, ImportReason, Step, front_matter, limits,
    lines::Lines,
    metadata::{self, Header, Metadata},
    references::Reference,
    source,
};
pub(crate) use body::{trim_blank_lines, without_lines};
pub(crate) use guide::guarded;
pub(crate) use mentions::Place;
use outline::Block;
pub(crate) use outline::{Kind, Outline};
use remarks::Remarks;

/// A codelab with the remarks of its reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The codelab.
    pub codelab: Codelab,
    /// What the author may want to know, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// A parsed codelab and what its steps point at, with the place of each.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) parsed: Parsed,
    pub(crate) references: Vec<(Reference, Place)>,
}

/// Reads Markdown as a codelab. `file` is the name that diagnostics and refusals give it.
///
/// Images beside the file are not looked for; [`import`](crate::import) does that.
///
/// # Errors
///
/// Refuses text that is empty, has no headings, or has no step.
pub fn parse(file: &str, source: &str) -> Result<Parsed, ImportError> {
    read(file, source).map(|reading| reading.parsed)
}

pub(crate) fn read(file: &str, source: &str) -> Result<Reading, ImportError> {
    read_up_to(usize::MAX, file, source)
}

/// The same for what is new here, and held to its [`limits`].
pub(crate) fn read_new(file: &str, source: &str) -> Result<Reading, ImportError> {
    let reading = read_up_to(limits::STEPS_LIMIT, file, source)?;
    limits::check(file, &reading.parsed.codelab)?;
    Ok(reading)
}

fn read_up_to(most_steps: usize, file: &str, source: &str) -> Result<Reading, ImportError> {
    let text = source::normalise(source);
    if text.trim().is_empty() {
        return Err(ImportError::new(file, ImportReason::Empty));
    }
    let whole = text;
    let (front_matter, text) = front_matter::split(&whole);
    let mut header = Header::default();
    header.read(front_matter);

    let outline = Outline::read(&text);
    let lines = Lines::new(&text);
    let mut remarks = Remarks::new(file);
    let first_step = outline
        .blocks
        .iter()
        .position(|block| is_step(&text, block))
        .ok_or_else(|| no_steps(file, &outline, &lines))?;
    let mut guide = guide::read(&text, &lines, &outline, first_step, &mut header);

    let metadata = titled(header.into_metadata(), &outline, file, &mut remarks);
    let mut references = Vec::new();
    if let Some(guide) = &mut guide {
        let start = outline.blocks[first_step].range.start;
        let slice = text.get(lines.start_of_number(guide.line)..start);
        let slice = slice.unwrap_or_default();
        let place = (guide.line, guide.markdown.as_str());
        guide.polls = remarks.polls(place, slice);
        remarks.guide_quizzes(place, slice);
        references.extend(remarks.on_text(place, slice));
    }
    let starts = outline.blocks.iter().enumerate().skip(first_step);
    let starts = starts
        .filter(|(_, block)| is_step(&text, block))
        .map(|(index, _)| index);
    let starts = starts.collect::<Vec<_>>();
    if let Some(block) = starts
        .get(most_steps)
        .and_then(|at| outline.blocks.get(*at))
    {
        let line = lines.number(block.range.start);
        let reason = ImportReason::TooManySteps { limit: most_steps };
        return Err(ImportError::at(file, line, reason));
    }
    let mut steps = Vec::with_capacity(starts.len());
    for (index, &start) in starts.iter().enumerate() {
        let end = starts
            .get(index + 1)
            .copied()
            .unwrap_or(outline.blocks.len());
        let Some((heading, blocks)) = outline.blocks[start..end].split_first() else {
            continue;
        };
        let limit = outline
            .blocks
            .get(end)
            .map_or(text.len(), |next| lines.start_of(next.range.start));
        let body = body::read(
            &text,
            &lines,
            heading,
            blocks,
            limit,
            &outline,
            &mut remarks,
        );
        let Kind::Heading { text: title, .. } = &heading.kind else {
            continue;
        };
        let mut step = Step {
            title: title.clone(),
            minutes: body.minutes,
            environments: body.environments,
            markdown: body.markdown,
            polls: Vec::new(),
            quizzes: Vec::new(),
            line: lines.number(heading.range.start),
        };
        let slice = text.get(heading.range.start..limit).unwrap_or_default();
        step.polls = remarks.polls((step.line, &step.markdown), slice);
        step.quizzes = remarks.quizzes(&step, slice);
        references.extend(remarks.on_text((step.line, &step.markdown), slice));
        steps.push(step);
    }
    remarks.templates(&text, &outline.verbatim);
    let diagnostics = remarks.into_sorted(&whole);
    Ok(Reading {
        parsed: Parsed {
            codelab: Codelab {
                metadata,
                guide,
                steps,
            },
            diagnostics,
        },
        references,
    })
}

/// A guide as it is read again where we write it: guarded, and without what at its ends is nothing to
/// read.
pub(crate) fn guide_again(markdown: &str) -> String {
    let markdown = guarded(markdown);
    let text = format!("---\nid: a\n---\n\n# T\n\n{markdown}\n\n## S\n");
    let reading = read("", &text).ok();
    let guide = reading.and_then(|reading| reading.parsed.codelab.guide);
    guide.map_or(markdown, |guide| guide.markdown)
}

/// Whether a block is the heading of a step. A header closed by `---` looks like such a heading.
pub(crate) fn is_step(text: &str, block: &Block) -> bool {
    let source = || text.get(block.range.clone()).unwrap_or_default();
    matches!(&block.kind, Kind::Heading { level: 2, text } if !text.is_empty())
        && !is_underlined_header(source())
}

fn is_underlined_header(source: &str) -> bool {
    let Some((above, underline)) = source.trim_end().rsplit_once('\n') else {
        return false;
    };
    underline.trim_start().starts_with('-') && metadata::is_header(above)
}

/// The title is the first heading of the first level, else what the header says, else the name of
/// the file.
fn titled(
    mut metadata: Metadata,
    outline: &Outline,
    file: &str,
    remarks: &mut Remarks<'_>,
) -> Metadata {
    if let Some(heading) = outline.title() {
        metadata.title = heading;
        return metadata;
    }
    if metadata.title.is_empty() {
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let stem = if stem.is_empty() { name } else { stem };
        metadata.title = if stem.is_empty() {
            "Codelab".into()
        } else {
            stem.to_owned()
        };
    }
    remarks.warn(1, DiagnosticCode::NoTitle, metadata.title.as_str());
    metadata
}

fn no_steps(file: &str, outline: &Outline, lines: &Lines<'_>) -> ImportError {
    let heading = outline.blocks.iter().find_map(|block| match &block.kind {
        Kind::Heading { .. } => Some(lines.number(block.range.start)),
        Kind::Paragraph | Kind::Html | Kind::Rule | Kind::Other => None,
    });
    match heading {
        Some(line) => ImportError::at(file, line, ImportReason::NoSteps),
        None => ImportError::at(file, 1, ImportReason::NoHeadings),
    }
}

#[cfg(test)]
mod tests;
