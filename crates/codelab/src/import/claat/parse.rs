//! Parses a page piece by piece, and stops at one that no machine can hold.
//!
//! A browser's rules repeat every open `<b>` in every new paragraph, and look through all open
//! tags at each new one: a small page that opens thousands grows without measure.

use html5ever::{
    ParseOpts, parse_document,
    tendril::{StrTendril, TendrilSink as _},
};
use scraper::{Html, HtmlTreeSink};

/// Bytes between two looks.
const PIECE_BYTES: usize = 1024;

/// Elements and words; a large codelab has some ten thousand.
const MOST_NODES: usize = 500_000;

/// Tags inside tags; pages have some twenty.
const DEEPEST: usize = 300;

/// The page, or nothing when it grows beyond bounds.
pub(super) fn document(html: &str) -> Option<Html> {
    let sink = HtmlTreeSink::new(Html::new_document());
    let mut parser = parse_document(sink, ParseOpts::default());
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at(rest.ceil_char_boundary(PIECE_BYTES));
        parser.process(StrTendril::from(piece));
        let document = parser.tokenizer.sink.sink.0.borrow();
        let mut nodes = document.tree.nodes();
        let count = nodes.len();
        let depth = nodes.next_back().map_or(0, |last| last.ancestors().count());
        if count > MOST_NODES || depth > DEEPEST {
            return None;
        }
        drop(document);
        rest = behind;
    }
    Some(parser.finish())
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::document;

    #[test]
    fn pages_without_end() {
        assert!(document(&"<p><b>a</b>é</p>".repeat(10_000)).is_some());
        let mut opened = String::new();
        for number in 0..5000 {
            write!(opened, "<p><b id={number}></p>").expect("memory");
        }
        assert!(document(&(opened + &"<p>x".repeat(5000))).is_none());
        for tag in ["<ul>", "<div>", "<table><tr><td>", "<svg>", "<x-y>"] {
            assert!(document(&tag.repeat(20_000)).is_none(), "{tag}");
        }
    }
}
