//! Code in what people write to one another: blocks between lines of three
//! backticks, as everywhere. Nothing else of Markdown.

use pulldown_cmark::{CodeBlockKind, CowStr};

use crate::render::code_block;

/// Opens and closes a block.
const FENCE: &str = "```";

/// Blocks of one message that are coloured; the rest stays plain.
const BLOCKS: usize = 8;

/// Whether a message may hold a block of code.
#[must_use]
pub fn has_code(text: &str) -> bool {
    text.contains(FENCE)
}

/// The blocks of code of a message as HTML, in order. What follows an opening
/// fence to the end of its line is the language; a block that is never closed
/// goes to the end.
#[must_use]
pub fn highlight_message(text: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, Vec<&str>)> = None;
    for line in text.lines() {
        let fence = line.trim_start().strip_prefix(FENCE);
        open = match (open.take(), fence) {
            (None, None) => None,
            (None, Some(info)) => Some((info.trim(), Vec::new())),
            (Some((info, lines)), Some(rest)) if rest.trim().is_empty() => {
                blocks.push(block(info, &lines));
                None
            }
            (Some((info, mut lines)), _) => {
                lines.push(line);
                Some((info, lines))
            }
        };
    }
    if let Some((info, lines)) = open {
        blocks.push(block(info, &lines));
    }
    blocks.truncate(BLOCKS);
    blocks
}

fn block(info: &str, lines: &[&str]) -> String {
    code_block(
        &CodeBlockKind::Fenced(CowStr::from(info)),
        &lines.join("\n"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_between_fences_are_coloured() {
        let text = "look:\n```python\nreturn 1\n```\nand\n```\n<b>\n```";
        let blocks = highlight_message(text);
        assert_eq!(blocks.len(), 2);
        assert!(blocks[0].contains("data-lang=\"python\""));
        assert!(blocks[0].contains("<i class=") || blocks[0].contains("<span class="));
        assert!(blocks[1].contains("&lt;b&gt;"), "{}", blocks[1]);
    }

    #[test]
    fn a_block_that_is_not_closed_goes_to_the_end() {
        assert_eq!(highlight_message("```\na\nb").len(), 1);
        assert_eq!(highlight_message("plain `code`").len(), 0);
        assert!(!has_code("plain `code`"));
    }

    #[test]
    fn a_hostile_language_stays_a_word() {
        let blocks = highlight_message("```\"><script>alert(1)</script>\nx\n```");
        assert!(!blocks[0].contains("<script"), "{}", blocks[0]);
    }
}
