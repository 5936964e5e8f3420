//! What an image leaves that is not there: its description. The tool ends at an image that it does
//! not find.
//!
//! The words stand where the image stood, and must neither begin a block of their own nor end the
//! one around them.

use super::body::STEP_WORDS;
use crate::markup;

/// Nothing to read, but not nothing: an empty line would end a block.
const NOTHING: &str = "<b></b>";

/// Among words of Markdown.
pub(super) fn in_words(description: &str) -> String {
    or_nothing(super::words(description))
}

/// Inside of a block of HTML.
pub(super) fn in_html(description: &str) -> String {
    let words = markup::escape(description);
    let key = words.split_once(':').map(|(key, _)| key);
    or_nothing(match key {
        // A remark about the step, for the tool, also here.
        Some(key) if STEP_WORDS.contains(&key.to_ascii_lowercase().as_str()) => {
            format!("<b>{key}</b>{}", &words[key.len()..])
        }
        Some(_) | None => words,
    })
}

/// At the beginning of a block of HTML, which goes on to be one.
pub(super) fn first_in_html(description: &str) -> String {
    format!("<div>{}</div>", in_html(description))
}

fn or_nothing(words: String) -> String {
    if words.is_empty() {
        NOTHING.to_owned()
    } else {
        words
    }
}
