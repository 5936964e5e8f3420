//! Raw HTML in a step that the sanitiser takes out, and that nothing else remarks on.
//!
//! Often it was never meant as HTML: `<your-name>` in a sentence is gone without a trace.

use std::{collections::BTreeSet, ops::Range};

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::{
    markdown,
    markup::{self, Piece},
    render,
};

/// Translated, or told of elsewhere.
const TOLD: &[&str] = &[
    "audio", "aside", "button", "embed", "form", "h1", "h2", "iframe", "object", "source", "video",
];

/// Tags that look like nothing by themselves.
const SILENT: &[&str] = &[
    "address", "article", "bdi", "bdo", "body", "center", "col", "colgroup", "data", "footer",
    "head", "header", "hgroup", "html", "label", "main", "meta", "nav", "nobr", "param", "picture",
    "section", "time", "track", "wbr",
];

/// What is inside belongs to the tag as a whole.
const WHOLE: &[&str] = &[
    "form", "math", "script", "select", "style", "svg", "template", "textarea",
];

/// Kinds of tags in one text; a hostile one could earn millions of remarks.
const KINDS_LIMIT: usize = 20;

/// What is left out of a text, each kind once, with where it comes first.
pub(super) fn find(source: &str) -> Vec<(String, usize)> {
    let mut search = Search::default();
    let mut block: Vec<(String, Range<usize>)> = Vec::new();
    for (event, range) in markdown::parser(source).into_offset_iter() {
        match event {
            Event::Start(Tag::HtmlBlock) => block.clear(),
            Event::Html(line) => block.push((line.into_string(), range)),
            Event::End(TagEnd::HtmlBlock) => search.read(&block),
            Event::InlineHtml(tag) => search.read(&[(tag.into_string(), range)]),
            Event::Start(_)
            | Event::End(_)
            | Event::Text(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }
    search.found
}

#[derive(Default)]
struct Search {
    found: Vec<(String, usize)>,
    seen: BTreeSet<String>,
    /// The tag that everything belongs to, until it ends.
    inside: Option<String>,
}

impl Search {
    /// Reads some HTML, of which each part stands somewhere in the source.
    fn read(&mut self, parts: &[(String, Range<usize>)]) {
        let html = parts.iter().map(|(html, _)| html.as_str());
        let html = html.collect::<String>();
        let mut at = 0;
        for piece in markup::pieces(&html) {
            match piece {
                Piece::Tag(tag) => {
                    if let Some(what) = self.left_out(&tag)
                        && self.found.len() < KINDS_LIMIT
                        && self.seen.insert(what.clone())
                    {
                        self.found.push((what, place(parts, at)));
                    }
                    at += tag.raw.len();
                }
                Piece::Text(text) => at += text.len(),
                Piece::Comment => at += html[at..].find("-->").map_or(0, |end| end + 3),
            }
        }
    }

    /// What of a tag is left out.
    fn left_out(&mut self, tag: &markup::Tag<'_>) -> Option<String> {
        if let Some(inside) = &self.inside {
            if tag.closes(inside) {
                self.inside = None;
            }
            return None;
        }
        if tag.closing {
            return None;
        }
        let name = tag.name.as_str();
        if WHOLE.contains(&name) && !tag.raw.ends_with("/>") {
            self.inside = Some(tag.name.clone());
        }
        // Only a task's box is an input that is shown, and Markdown makes it.
        let is_shown = render::keeps(name) && name != "input";
        if !is_shown && !TOLD.contains(&name) && !SILENT.contains(&name) {
            return Some(format!("<{name}>"));
        }
        tag.attribute("style").map(|_| "style=\"…\"".to_owned())
    }
}

/// Where in the source something stands that is so far into the parts.
fn place(parts: &[(String, Range<usize>)], mut at: usize) -> usize {
    for (html, range) in parts {
        if at < html.len() {
            return range.start + at;
        }
        at -= html.len();
    }
    parts.last().map_or(0, |(_, range)| range.start)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[track_caller]
    fn assert_found(source: &str, expected: &[(&str, &str)]) {
        let found = find(source);
        let found = found.iter();
        let found = found.map(|(what, at)| {
            let rest = source[*at..].chars().take(6).collect::<String>();
            (what.clone(), rest)
        });
        let expected = expected.iter();
        let expected = expected.map(|(what, rest)| ((*what).to_owned(), (*rest).to_owned()));
        assert_eq!(found.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }

    #[test]
    fn what_is_left_out_is_found_once() {
        assert_found(
            "Type <your-name> or <YOUR-NAME> or <port>.\n\n<svg><path d='x'/></svg> <b>x</b>\n",
            &[
                ("<your-name>", "<your-"),
                ("<port>", "<port>"),
                ("<svg>", "<svg><"),
            ],
        );
        assert_found(
            "> <p>\n> <canvas>a</canvas><input name=x>\n\n<script>\n'<foo>'\n</script>\n\n<svg/><marquee>",
            &[
                ("<canvas>", "<canva"),
                ("<input>", "<input"),
                ("<script>", "<scrip"),
                ("<svg>", "<svg/>"),
                ("<marquee>", "<marqu"),
            ],
        );
        assert_found(
            "<p style='color: red'>a</p> <span style=x>b</span>",
            &[("style=\"…\"", "<p sty")],
        );
    }

    #[test]
    fn a_hostile_text_earns_few_remarks() {
        let tags = (0..50_000).map(|number| format!("<x{number}>\n"));
        let text = format!("<p>\n{}", tags.collect::<String>());
        assert_eq!(find(&text).len(), super::KINDS_LIMIT);
    }

    #[test]
    fn what_is_shown_or_told_of_elsewhere_is_not() {
        for source in [
            "`<svg>` <b>b</b><br/> <a href=x>y</a> <https://x.y> a < b",
            "```\n<svg>\n```\n\n<!-- <svg> -->\n\n<!-- a --><i>b</i>\n",
            "<form>\n<name>Q</name>\n<input value=\"a\">\n\n<input value=\"b\">\n</form>\n",
            "<video id=v></video><iframe src=x></iframe><section><h2>x</h2></section>",
            "- [ ] task\n\n<math><mi>x</mi></math>\n",
        ] {
            assert_found(source, &[]);
        }
    }
}
