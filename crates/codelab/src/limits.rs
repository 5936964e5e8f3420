//! How large a codelab may become: what the browsers of a room show, and what is prepared for it
//! while the room goes on.
//!
//! They hold for what comes in and for what is written here. What is in the library already can
//! always leave it.

use pulldown_cmark::{Event, Tag};

use crate::{Codelab, ImportError, ImportReason, markdown};

/// Steps of a codelab. A day's workshop has thirty.
pub const STEPS_LIMIT: usize = 1000;

/// Blocks of a step, with those that others hold: paragraphs, items, cells of tables. A browser lays
/// out as many without being noticed.
pub const BLOCKS_LIMIT: usize = 20_000;

/// Bytes of HTML that a step may become.
pub const STEP_HTML_LIMIT_BYTES: usize = 4 * MEGABYTE;

/// Bytes of HTML that all steps of a codelab may become.
pub const CODELAB_HTML_LIMIT_BYTES: usize = 32 * MEGABYTE;

pub(crate) const MEGABYTE: usize = 1024 * 1024;

/// Refuses a codelab whose steps hold more than they may.
pub(crate) fn check(file: &str, codelab: &Codelab) -> Result<(), ImportError> {
    let guide = codelab.guide.iter();
    let guide = guide.map(|guide| (guide.line, &guide.markdown));
    let steps = codelab.steps.iter().map(|step| (step.line, &step.markdown));
    let mut texts = guide.chain(steps);
    let line = texts.find_map(|(line, markdown)| has_too_many_blocks(markdown).then_some(line));
    line.map_or(Ok(()), |line| {
        let limit = BLOCKS_LIMIT;
        let reason = ImportReason::TooManyBlocks { limit };
        Err(ImportError::at(file, line, reason))
    })
}

fn has_too_many_blocks(markdown: &str) -> bool {
    // Each has a letter at least.
    markdown.len() > BLOCKS_LIMIT
        && markdown::parser(markdown)
            .filter(|event| matches!(event, Event::Start(tag) if is_block(tag)))
            .nth(BLOCKS_LIMIT)
            .is_some()
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        import::{self, NamedFile},
        parse, read_written,
    };

    fn imported(text: &str) -> Result<(), (Option<u32>, ImportReason)> {
        let file = NamedFile {
            name: "a.md".to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        let imported = import::from_files(vec![file]);
        let written = read_written(text, "T", &|_| true);
        assert_eq!(
            imported
                .as_ref()
                .err()
                .map(|error| (error.line, &error.reason)),
            written
                .as_ref()
                .err()
                .map(|error| (error.line, &error.reason)),
            "what is written here is held to the same"
        );
        let refused = |error: ImportError| (error.line, error.reason);
        imported.map(drop).map_err(refused)
    }

    #[test]
    fn steps_are_bounded_and_the_first_too_many_is_named() {
        let steps = |count: usize| format!("# T\n\n{}", "## S\n\nx\n\n".repeat(count));
        assert_eq!(imported(&steps(STEPS_LIMIT)), Ok(()));
        let limit = STEPS_LIMIT;
        let expected = (Some(4 * 1000 + 3), ImportReason::TooManySteps { limit });
        assert_eq!(imported(&steps(STEPS_LIMIT + 1)), Err(expected));
        // What is in the library already can be read, so that it can leave.
        let read = parse("a.md", &steps(STEPS_LIMIT + 1)).expect("a codelab");
        assert_eq!(read.codelab.steps.len(), STEPS_LIMIT + 1);
    }

    #[test]
    fn blocks_of_a_step_are_bounded() {
        let step = |items: usize| format!("# T\n\n## A\n\nx\n\n## S\n\n{}", "- x\n".repeat(items));
        // The list is one, too.
        assert_eq!(imported(&step(BLOCKS_LIMIT - 1)), Ok(()));
        let limit = BLOCKS_LIMIT;
        let expected = (Some(7), ImportReason::TooManyBlocks { limit });
        assert_eq!(imported(&step(BLOCKS_LIMIT)), Err(expected.clone()));
        let table = format!("## S\n\n|a|\n|-|\n{}", "|b|\n".repeat(BLOCKS_LIMIT / 2 + 1));
        let expected = (Some(1), expected.1);
        assert_eq!(imported(&table), Err(expected));
    }
}
