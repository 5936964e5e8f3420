//! One step's Markdown as the stock tool reads it.
//!
//! Only what the tool would read differently is touched; the rest stays as its author wrote it.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, HeadingLevel, Tag, TagEnd};

use super::{BoxStyle, questions};
use crate::{
    boxes::{self, BoxKind},
    export::names::ImageNames,
    lines::Lines,
    markdown::{self, Spanned},
    markup::{self, Piece},
    prepare::prepare_for_export,
    references::{Picture, picture},
};

/// Words that the tool takes for a remark about the step wherever a text begins with them.
const STEP_WORDS: &[&str] = &["duration", "environment"];

pub(super) fn rewrite(markdown: &str, images: &ImageNames<'_>, style: BoxStyle) -> String {
    let text = prepare_for_export(markdown);
    let mut editor = Editor {
        text: &text,
        events: markdown::events(&text),
        lines: Lines::new(&text),
        images,
        edits: Vec::new(),
    };
    editor.read();
    let edited = without_imports(&editor.apply());
    let edited = match style {
        BoxStyle::Quote => edited,
        BoxStyle::Definition => definitions(&edited),
    };
    closed(edited)
}

/// A block that its author left open ends with the step, not with the file.
fn closed(text: String) -> String {
    const ENDS: &[&str] = &[
        "",
        "```",
        "~~~",
        "-->",
        "</pre>",
        "</script>",
        "</style>",
        "</textarea>",
        "?>",
        "]]>",
        ">",
    ];
    // Longer fences are closed by longer ones only.
    let longest = text
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with("```"));
    let longest = longest.map(|line| line.len() - line.trim_start_matches('`').len());
    let long_fence = "`".repeat(longest.max().unwrap_or(3));
    let ends = ENDS.iter().copied().chain([long_fence.as_str()]);
    for end in ends {
        let candidate = if end.is_empty() {
            text.clone()
        } else {
            format!("{text}\n{end}")
        };
        let probe = format!("{candidate}\n\n## x\n");
        let last = markdown::parser(&probe).last();
        if matches!(last, Some(Event::End(TagEnd::Heading(HeadingLevel::H2)))) {
            return candidate;
        }
    }
    text
}

struct Editor<'a> {
    text: &'a str,
    events: Vec<Spanned<'a>>,
    lines: Lines<'a>,
    images: &'a ImageNames<'a>,
    edits: Vec<(Range<usize>, String)>,
}

impl Editor<'_> {
    fn read(&mut self) {
        let events = std::mem::take(&mut self.events);
        let mut inline_depth = 0_u32;
        let mut begins = true;
        for (index, (event, range)) in events.iter().enumerate() {
            let behind = &events[index + 1..];
            match event {
                Event::Start(Tag::Heading { level, .. }) => self.heading(*level, range),
                Event::Start(Tag::BlockQuote(kind)) => self.quote(*kind, range, behind),
                Event::Start(Tag::CodeBlock(kind)) => {
                    let form = questions::form(kind, &markdown::code_text(behind));
                    if let Some(form) = form {
                        // Whatever follows directly would be in the form.
                        self.put_block(range, &format!("{form}\n"));
                    }
                }
                Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => self.html(range),
                Event::Start(Tag::Image {
                    dest_url, title, ..
                }) => self.image(range, dest_url, title, behind),
                Event::Start(
                    Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. },
                ) => {
                    inline_depth += 1;
                }
                Event::End(
                    TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link,
                ) => inline_depth = inline_depth.saturating_sub(1),
                Event::Text(words) if begins => self.step_words(words, range, inline_depth > 0),
                Event::Start(_)
                | Event::End(_)
                | Event::Text(_)
                | Event::Code(_)
                | Event::InlineMath(_)
                | Event::DisplayMath(_)
                | Event::Html(_)
                | Event::FootnoteReference(_)
                | Event::SoftBreak
                | Event::HardBreak
                | Event::Rule
                | Event::TaskListMarker(_) => {}
            }
            begins = !matches!(event, Event::Text(_) | Event::SoftBreak);
        }
    }

    fn put(&mut self, range: Range<usize>, words: impl Into<String>) {
        self.edits.push((range, words.into()));
    }

    /// Puts lines in the place of a block, each behind what stands before the block.
    fn put_block(&mut self, range: &Range<usize>, block: &str) {
        let start = self.lines.start_of(range.start);
        let margin = self.text.get(start..range.start).unwrap_or_default();
        let margin = margin.replace(|c: char| c != '>' && !c.is_whitespace(), " ");
        let block = block.replace('\n', &format!("\n{margin}"));
        self.put(range.clone(), block);
    }

    /// A first- or second-level heading inside of a step would end it.
    fn heading(&mut self, level: HeadingLevel, range: &Range<usize>) {
        if !matches!(level, HeadingLevel::H1 | HeadingLevel::H2) {
            return;
        }
        let source = self.text.get(range.clone()).unwrap_or_default();
        let marks = source.len() - source.trim_start_matches('#').len();
        if marks > 0 {
            self.put(range.start..range.start + marks, "###");
            return;
        }
        let above = source
            .trim_end()
            .rsplit_once('\n')
            .map_or("", |(above, _)| above);
        let words = above
            .lines()
            .map(|line| line.trim_matches(['>', ' ', '\t']));
        let words = words.collect::<Vec<_>>().join(" ");
        let end = range.start + source.trim_end().len();
        self.put(range.start..end, format!("### {words}"));
    }

    fn quote(
        &mut self,
        kind: Option<BlockQuoteKind>,
        range: &Range<usize>,
        inside: &[Spanned<'_>],
    ) {
        if let Some(kind) = kind {
            let word = match kind {
                BlockQuoteKind::Note | BlockQuoteKind::Tip => BoxKind::Positive.word(),
                BlockQuoteKind::Important | BlockQuoteKind::Warning | BlockQuoteKind::Caution => {
                    BoxKind::Negative.word()
                }
            };
            let source = self.text.get(range.clone()).unwrap_or_default();
            if let Some((start, end)) = source.find("[!").zip(source.find(']')) {
                let mark = range.start + start..range.start + end + 1;
                // The tool needs a paragraph of its own only where another would follow.
                self.put(mark, format!("aside {word}"));
            }
            return;
        }
        if let [
            (Event::Start(Tag::Paragraph), _),
            (Event::Text(words), at),
            ..,
        ] = inside
            && let Some((kind, rest)) = boxes::aside_marker(words)
            && self.text.get(at.clone()) == Some(words)
        {
            let mark = at.start..at.end - rest.len();
            let space = if rest.is_empty() { "" } else { " " };
            self.put(mark, format!("aside {}{space}", kind.word()));
        }
    }

    /// The tool ends at an image that it does not find, so those leave their description.
    fn image(&mut self, range: &Range<usize>, source: &str, title: &str, inside: &[Spanned<'_>]) {
        let inner = inside
            .iter()
            .take_while(|(event, _)| !matches!(event, Event::End(TagEnd::Image)));
        let description = markdown::plain_text(inner.map(|(event, _)| event.clone()));
        if let Some(words) = self.picture(source, &description, title, None) {
            self.put(range.clone(), words);
        }
    }

    /// An image under its new name; nothing if it can stay as it is.
    fn picture(
        &self,
        source: &str,
        description: &str,
        title: &str,
        width: Option<&str>,
    ) -> Option<String> {
        let reference = match picture(source, description) {
            Picture::Local(reference) => reference,
            Picture::Unshown(_) | Picture::None => String::new(),
            Picture::Remote(_) | Picture::Video(_) | Picture::Embed(_) => return None,
        };
        let Some(name) = self.images.get(&reference) else {
            return Some(super::escape(description));
        };
        if let Some(width) = width {
            let description = markup::escape(description);
            return Some(format!(
                "<img src=\"{name}\" alt=\"{description}\" width=\"{}\">",
                markup::escape(width)
            ));
        }
        let description = super::escape(description);
        Some(if title.is_empty() {
            format!("![{description}]({name})")
        } else {
            let title = title.replace('\\', "\\\\").replace('"', "\\\"");
            format!("![{description}]({name} \"{title}\")")
        })
    }

    fn html(&mut self, range: &Range<usize>) {
        let html = self.text.get(range.clone()).unwrap_or_default();
        let mut out = String::with_capacity(html.len());
        for piece in markup::pieces(html) {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Comment => out.push_str(markup::NO_WORDS),
                Piece::Tag(tag) if tag.opens("img") => {
                    let of = |name| tag.attribute(name).unwrap_or_default();
                    let width = tag.attribute("width").unwrap_or("");
                    let image = self.picture(of("src"), of("alt"), of("title"), Some(width));
                    out.push_str(&image.unwrap_or_else(|| tag.raw.to_owned()));
                }
                Piece::Tag(tag) if matches!(tag.name.as_str(), "h1" | "h2") => {
                    out.push_str(if tag.closing { "</h3>" } else { "<h3>" });
                }
                Piece::Tag(tag) => out.push_str(tag.raw),
            }
        }
        if out != html {
            self.put(range.clone(), out);
        }
    }

    fn step_words(&mut self, words: &str, range: &Range<usize>, is_nested: bool) {
        let trimmed = words.trim_start();
        let Some((word, _)) = trimmed.split_once(':') else {
            return;
        };
        if !STEP_WORDS.contains(&word.to_ascii_lowercase().as_str()) {
            return;
        }
        let start = range.start + words.len() - trimmed.len();
        let at = start..start + word.len();
        if self.text.get(at.clone()) == Some(word) {
            // Stars inside of stars would be other marks.
            let (open, close) = if is_nested {
                ("<b>", "</b>")
            } else {
                ("**", "**")
            };
            self.put(at, format!("{open}{word}{close}"));
        }
    }

    /// The text with every edit in it; of two that overlap, the outer one.
    fn apply(mut self) -> String {
        self.edits
            .sort_by_key(|(range, _)| (range.start, usize::MAX - range.end));
        let mut out = String::with_capacity(self.text.len());
        let mut done = 0;
        for (range, words) in &self.edits {
            if range.start < done {
                continue;
            }
            out.push_str(self.text.get(done..range.start).unwrap_or_default());
            out.push_str(words);
            done = range.end;
        }
        out.push_str(self.text.get(done..).unwrap_or_default());
        out
    }
}

/// A line that would include a file, anywhere, is a line of text.
fn without_imports(text: &str) -> String {
    let is_import = |line: &str| line.starts_with("<<") && line.trim_end().ends_with(">>");
    if !text.lines().any(is_import) {
        return text.to_owned();
    }
    let lines = text.split('\n').map(|line| {
        let space = if is_import(line) { " " } else { "" };
        format!("{space}{line}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Boxes in their oldest spelling, where they stand by themselves.
fn definitions(text: &str) -> String {
    let mut out = String::new();
    let mut done = 0;
    for (event, range) in markdown::parser(text).into_offset_iter() {
        let source = text.get(range.clone()).unwrap_or_default();
        let begins_line = text[..range.start].ends_with('\n') || range.start == 0;
        if !matches!(event, Event::Start(Tag::BlockQuote(_))) || range.start < done || !begins_line
        {
            continue;
        }
        // Not every line of a quote needs its mark.
        let inside = source.lines().map(|line| {
            let line = line.strip_prefix('>').unwrap_or(line).trim_end();
            line.strip_prefix(' ').unwrap_or(line)
        });
        let inside = inside.collect::<Vec<_>>().join("\n");
        let Some((kind, words)) = boxes::aside_marker(&inside) else {
            continue;
        };
        out.push_str(&text[done..range.start]);
        out.push_str(match kind {
            BoxKind::Positive => "Positive\n",
            BoxKind::Negative => "Negative\n",
        });
        for (index, line) in words.trim().lines().enumerate() {
            // Further lines stand below the first word; a line of its own needs four spaces.
            let margin = if index == 0 { ": " } else { "    " };
            out.push_str(format!("{margin}{line}").trim_end());
            out.push('\n');
        }
        done = range.end;
        // What follows directly must not go on with the box.
        if !text[done..].starts_with('\n') {
            out.push('\n');
        }
    }
    out + &text[done..]
}
