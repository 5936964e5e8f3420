//! How much there is to read.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::{markdown, prepare::prepare};

/// The words of a step's Markdown, code blocks left out. Where a script writes no spaces, each
/// character counts, as word processors do.
#[must_use]
pub fn word_count(step: &str) -> u32 {
    let text = prepare(step);
    let (mut words, mut in_code) = (0_u32, false);
    for (event, _) in markdown::events(&text) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(text) | Event::Code(text) if !in_code => {
                let found = text
                    .split_whitespace()
                    .map(words_of)
                    .fold(0, u32::saturating_add);
                words = words.saturating_add(found);
            }
            Event::Start(_)
            | Event::End(_)
            | Event::Text(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }
    words
}

/// The words between two spaces.
fn words_of(text: &str) -> u32 {
    let (unspaced, spaced): (Vec<char>, Vec<char>) = text
        .chars()
        .filter(|c| c.is_alphanumeric())
        .partition(|c| is_unspaced(*c));
    u32::try_from(unspaced.len())
        .unwrap_or(u32::MAX)
        .saturating_add(u32::from(!spaced.is_empty()))
}

/// Hiragana, Katakana and Han (Unicode blocks 3040–30FF, 3400–9FFF, F900–FAFF, 20000–3FFFF).
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_people_count_them() {
        assert_eq!(
            word_count("Run `git log`, then – *carefully* – read it."),
            7
        );
        assert_eq!(
            word_count("one\n\n```\nnot this\n```\n\n    nor this\n\ntwo"),
            2
        );
        assert_eq!(word_count("안녕하세요 여러분"), 2);
        assert_eq!(word_count("日本語のテキスト"), 8);
        assert_eq!(word_count("![a cat](cat.png) <b>x</b>"), 3);
        assert_eq!(word_count(""), 0);
    }
}
