//! What of a codelab needs the internet beyond what the import already remarks on: a room without
//! it cannot follow links, nor fetch what commands fetch.

mod commands;

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::{
    lines::Lines,
    markdown,
    markup::{self, Piece},
    references::{self, LinkTarget},
    render::bare_links,
};
use commands::Code;

/// How something needs the internet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NeedKind {
    /// A link to a page.
    Link,
    /// A command in a code block that fetches something.
    Command,
}

/// Something that does not work in a room without internet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The line in the codelab's text, from 1, where it comes first.
    pub line: u32,
    /// How.
    pub kind: NeedKind,
    /// The address, or the command as written.
    pub subject: String,
}

/// What does not work without internet, in the order of the text; everything once.
///
/// `source` is the whole text of a codelab, [`Import::source`](crate::import::Import::source).
#[must_use]
pub fn needs(source: &str) -> Vec<Need> {
    let lines = Lines::new(source);
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let mut note = |offset: usize, kind, subject: &str| {
        if seen.insert((kind, subject.to_owned())) {
            found.push(Need {
                line: lines.number(offset),
                kind,
                subject: subject.to_owned(),
            });
        }
    };
    let mut code = None;
    let mut depth = 0_u32;
    let mut html = String::new();
    for (event, range) in markdown::events(source) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                depth += 1;
                if is_page(&dest_url) {
                    note(range.start, NeedKind::Link, &dest_url);
                }
            }
            Event::End(TagEnd::Link) => depth = depth.saturating_sub(1),
            Event::Start(Tag::CodeBlock(kind)) => code = Some(Code::of(&kind)),
            Event::End(TagEnd::CodeBlock) => code = None,
            Event::Text(words) => {
                if let Some(code) = code {
                    let mut offset = range.start;
                    for line in source[range].split_inclusive('\n') {
                        for command in commands::fetching(line, code) {
                            note(offset, NeedKind::Command, command);
                        }
                        offset += line.len();
                    }
                } else if depth == 0 {
                    for address in bare_links::addresses(&words) {
                        note(range.start, NeedKind::Link, address);
                    }
                }
            }
            Event::Start(Tag::HtmlBlock) => html.clear(),
            // A tag may stand on several lines, and a comment around one.
            Event::Html(line) => html.push_str(&line),
            Event::End(TagEnd::HtmlBlock) => {
                for (at, address) in anchors(&html) {
                    note(range.start + at, NeedKind::Link, &address);
                }
            }
            Event::InlineHtml(tag) => {
                for (_, address) in anchors(&tag) {
                    note(range.start, NeedKind::Link, &address);
                }
            }
            Event::Start(_)
            | Event::End(_)
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
    found
}

/// The pages that the `<a>` of some HTML lead to, and where their addresses stand.
fn anchors(html: &str) -> impl Iterator<Item = (usize, String)> {
    markup::pieces(html).into_iter().filter_map(|piece| {
        let Piece::Tag(tag) = piece else { return None };
        let address = tag.attribute("href").filter(|_| tag.opens("a"))?.trim();
        let at = markup::offset(html, tag.raw) + tag.raw.find(address).unwrap_or(0);
        is_page(address).then(|| (at, address.to_owned()))
    })
}

fn is_page(address: &str) -> bool {
    references::link_target(address) == LinkTarget::Outside && !address.starts_with("mailto:")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<(u32, NeedKind, String)> {
        let needs = needs(source).into_iter();
        needs.map(|n| (n.line, n.kind, n.subject)).collect()
    }

    #[test]
    fn links_lead_out_and_are_named_once() {
        let source = "# T\n\n## S\n\n[a](https://x.example/a) [b](#s) [c](c.md)\n\n\
                      [again](https://x.example/a) <mailto:a@x.example> <http://y.example>\n";
        assert_eq!(
            found(source),
            [
                (5, NeedKind::Link, "https://x.example/a".into()),
                (7, NeedKind::Link, "http://y.example".into()),
            ]
        );
    }

    #[test]
    fn links_without_marks_lead_out_too() {
        let source = "## S\n\nSee https://x.example/a_b_c, or\n<a href=\"https://z.example/?a=1&amp;b\">z</a>.\n\n\
                      [https://shown.example](https://meant.example) `https://code.example`\n\n\
                      <div>\n<a href='https://block.example'>b</a> <a href=\"#s\">s</a>\n</div>\n\n\
                      <!--\n<a href=\"https://comment.example\">c</a>\n-->\n\n<p><a\n  href=\"https://lines.example\">l</a></p>\n";
        let link = |line, address: &str| (line, NeedKind::Link, address.to_owned());
        assert_eq!(
            found(source),
            [
                link(3, "https://x.example/a_b_c"),
                link(4, "https://z.example/?a=1&b"),
                link(6, "https://meant.example"),
                link(9, "https://block.example"),
                link(17, "https://lines.example"),
            ]
        );
    }

    #[test]
    fn commands_that_fetch_are_named_by_line() {
        let source = "## S\n\n```console\n$ cd app && npm install left-pad\nadded 1 package\n\
                      $ sudo apt-get install -y git\n```\n\n    pip install x\n\nnpm install in a sentence\n";
        assert_eq!(
            found(source),
            [
                (4, NeedKind::Command, "npm install left-pad".into()),
                (6, NeedKind::Command, "$ sudo apt-get install -y git".into()),
                (9, NeedKind::Command, "pip install x".into()),
            ]
        );
    }

    #[test]
    fn what_stays_on_the_machine_is_no_matter() {
        let source = "```\nnpm run build\ngit commit -m \"cargo install\"\ncurl localhost:8080\n\
                      docker ps\ninstall pip\n```\n";
        assert_eq!(found(source), []);
    }

    #[test]
    fn any_text_is_looked_through() {
        for source in [
            "",
            "```",
            "```\n&&;||\n",
            "[](",
            "한글 `npm install`",
            "\u{feff}",
        ] {
            assert_eq!(found(source), [], "{source:?}");
        }
    }
}
