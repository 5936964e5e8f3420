//! One step's body: its duration and environments taken out, its link definitions put in.

use std::ops::Range;

use super::{
    outline::{Block, Kind, Outline, with_plain_colons},
    remarks::Remarks,
};
use crate::{
    DiagnosticCode,
    duration::{self, StepLine},
    lines::Lines,
    markdown,
};

/// What is under a step's heading.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) minutes: Option<u32>,
    pub(super) environments: Vec<String>,
    pub(super) markdown: String,
}

/// Reads from behind a heading up to `limit`.
pub(super) fn read(
    text: &str,
    lines: &Lines<'_>,
    heading: &Block,
    blocks: &[Block],
    limit: usize,
    outline: &Outline,
    remarks: &mut Remarks<'_>,
) -> Body {
    let start = lines.start_at_or_after(heading.range.end).min(limit);
    let mut body = Body::default();
    let mut markdown = String::new();
    let mut done = start;
    let mut leading = true;
    for block in blocks {
        let is_paragraph = block.kind == Kind::Paragraph;
        let source = text.get(block.range.clone()).unwrap_or_default();
        if is_paragraph && let Some(end) = body.take_lines(source, block, leading, lines, remarks) {
            let cut = lines.start_of(block.range.start)..end;
            markdown.push_str(text.get(done..cut.start).unwrap_or_default());
            done = cut.end;
            let rest = text.get(cut.end..block.range.end).unwrap_or_default();
            if !rest.is_empty() && !is_paragraph_alone(rest) {
                markdown.push_str(NOTHING);
            }
            // A paragraph that is gone takes the blank line behind it along.
            if cut.end == block.range.end && text[done..limit].starts_with('\n') {
                done += 1;
            }
        }
        let is_comment = block.kind == Kind::Html && source.trim_start().starts_with("<!--");
        leading &= is_comment || (is_paragraph && done >= block.range.end);
    }
    markdown.push_str(text.get(done..limit).unwrap_or_default());
    body.markdown = with_definitions(trim_blank_lines(&markdown), outline, start..limit);
    body
}

/// Stands in front of the rest of a paragraph, which it leaves as it is and is not seen in.
const NOTHING: &str = "&#32;";

/// Whether lines are a paragraph without the lines above them: a tag that begins them would begin a
/// block of HTML, and a number other than 1 a list.
fn is_paragraph_alone(lines: &str) -> bool {
    let blocks = Outline::read(lines).blocks;
    matches!(blocks.as_slice(), [block] if block.kind == Kind::Paragraph)
}

impl Body {
    /// Takes the lines at the start of a paragraph that are about the step.
    ///
    /// They count in the first paragraph of a step, whatever follows in it, and later only when
    /// the paragraph is nothing else: a sentence that happens to begin with `Duration:` stays.
    /// Returns where the rest begins.
    fn take_lines(
        &mut self,
        source: &str,
        block: &Block,
        leading: bool,
        lines: &Lines<'_>,
        remarks: &mut Remarks<'_>,
    ) -> Option<usize> {
        let found = source.lines().map_while(StepLine::read).collect::<Vec<_>>();
        let is_all = found.len() == source.lines().count();
        let readable = found.iter().all(|line| match line {
            StepLine::Duration(value) => duration::minutes(value).is_some(),
            StepLine::Environment(_) => true,
        });
        if found.is_empty() || !(leading || (is_all && readable)) {
            return None;
        }
        let mut end = block.range.start;
        for (line, taken) in source.split_inclusive('\n').zip(&found) {
            match taken {
                StepLine::Duration(value) => {
                    self.minutes = duration::minutes(value);
                    if self.minutes.is_none() {
                        remarks.warn(lines.number(end), DiagnosticCode::UnreadableDuration, value);
                    }
                }
                StepLine::Environment(value) => {
                    self.environments = duration::environments(value);
                }
            }
            end += line.len();
        }
        let rest = source.get(end - block.range.start..).unwrap_or_default();
        Some(end + crate::lines::indent(rest))
    }
}

/// A step's text without lines that would be taken out of it.
pub(crate) fn without_lines(markdown: &str) -> String {
    let is_taken = |paragraph: &str| paragraph.lines().next().is_some_and(is_step_line);
    with_plain_colons(markdown, is_taken)
}

fn is_step_line(line: &str) -> bool {
    StepLine::read(line).is_some()
}

/// Without the blank lines around it.
pub(crate) fn trim_blank_lines(markdown: &str) -> &str {
    let mut rest = markdown;
    while let Some((line, behind)) = rest.split_once('\n') {
        if !line.trim().is_empty() {
            break;
        }
        rest = behind;
    }
    rest.trim_end()
}

/// Definitions go in front, because behind an unclosed fence they would be code.
pub(super) fn with_definitions(markdown: &str, outline: &Outline, step: Range<usize>) -> String {
    let definitions = outline.definitions_for(&step);
    let definitions = if definitions.is_empty() {
        definitions
    } else {
        // The step may have one that says the same, as a text has that was written from another.
        let own = markdown::definitions(markdown);
        let is_missing = |line: &&str| {
            let mut wanted = markdown::definitions(line).into_iter();
            !wanted.all(|(label, leads)| own.get(&label) == Some(&leads))
        };
        let lines = definitions.split_inclusive('\n');
        lines.filter(is_missing).collect()
    };
    if definitions.is_empty() {
        markdown.to_owned()
    } else {
        format!("{definitions}\n{markdown}")
    }
}
