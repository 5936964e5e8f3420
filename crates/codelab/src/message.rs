//! Code in what people write to one another: blocks between lines of three
//! backticks, as everywhere. Nothing else of Markdown.

use crate::render::plain_code_block;

/// Opens and closes a block.
const FENCE: &str = "```";

/// Blocks of one message that are coloured; the rest stays plain.
const BLOCKS: usize = 8;

/// Whether a message may hold a block of code.
#[must_use]
pub fn has_code(text: &str) -> bool {
    text.contains(FENCE)
}

/// A stretch of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessagePart {
    /// Plain text; its lines.
    Text(String),
    /// What stands between two fences.
    Code {
        /// What follows the opening fence: the language, mostly.
        info: String,
        /// The lines between the fences.
        code: String,
    },
}

/// A message in its stretches of text and code, in order. What follows an
/// opening fence to the end of its line is the language; a block that is never
/// closed goes to the end. `ui/src/lib/features/chat/fences.ts` splits in the
/// same way: both are tested with `tests/fences.json`.
#[must_use]
pub fn message_parts(text: &str) -> Vec<MessagePart> {
    let mut parts = Vec::new();
    let mut plain: Vec<&str> = Vec::new();
    let mut open: Option<(&str, Vec<&str>)> = None;
    for line in text.lines() {
        let fence = line.trim_start().strip_prefix(FENCE);
        open = match (open.take(), fence) {
            (None, None) => {
                plain.push(line);
                None
            }
            (None, Some(info)) => {
                push_text(&mut parts, &mut plain);
                Some((info.trim(), Vec::new()))
            }
            (Some((info, lines)), Some(rest)) if rest.trim().is_empty() => {
                parts.push(code(info, &lines));
                None
            }
            (Some((info, mut lines)), _) => {
                lines.push(line);
                Some((info, lines))
            }
        };
    }
    push_text(&mut parts, &mut plain);
    if let Some((info, lines)) = open {
        parts.push(code(info, &lines));
    }
    parts
}

/// The blocks of code of a message as HTML, in order.
#[must_use]
pub fn highlight_message(text: &str) -> Vec<String> {
    let parts = message_parts(text).into_iter();
    let blocks = parts.filter_map(|part| match part {
        MessagePart::Code { info, code } => Some(block(&info, &code)),
        MessagePart::Text(_) => None,
    });
    blocks.take(BLOCKS).collect()
}

fn push_text(parts: &mut Vec<MessagePart>, lines: &mut Vec<&str>) {
    if !lines.is_empty() {
        parts.push(MessagePart::Text(lines.join("\n")));
        lines.clear();
    }
}

fn code(info: &str, lines: &[&str]) -> MessagePart {
    MessagePart::Code {
        info: info.to_owned(),
        code: lines.join("\n"),
    }
}

fn block(info: &str, code: &str) -> String {
    plain_code_block(info, code)
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
