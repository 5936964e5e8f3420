//! One step's Markdown as the stock tool reads it.
//!
//! Only what the tool would read differently is touched; the rest stays as its author wrote it.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, HeadingLevel, Tag, TagEnd};

use super::{BoxStyle, missing, questions};
use crate::{
    boxes::{self, BoxKind},
    escape,
    export::{in_place, names::ImageNames, settled},
    markdown::{self, Spanned},
    markup::{self, Piece},
    prepare::prepare_for_export,
    references::{Picture, picture},
    settle,
};

/// Words that the tool takes for a remark about the step wherever a text begins with them.
pub(super) const STEP_WORDS: &[&str] = &["duration", "environment", "environments"];

/// The body of a step or the guide, without blank lines around it; `again` makes of it what is read
/// there.
pub(super) fn rewrite(
    markdown: &str,
    images: &ImageNames<'_>,
    style: BoxStyle,
    again: fn(&str) -> String,
) -> String {
    let marked = settled(markdown, |text| with_marks(&prepare_for_export(text)));
    // Only once: a name that an image has now may have been that of another.
    let named = round(&marked, &|reference| images.get(reference), style);
    rewrite_again(&named, images, style, again)
}

/// The same for a text whose images have their names.
pub(super) fn rewrite_again(
    markdown: &str,
    images: &ImageNames<'_>,
    style: BoxStyle,
    again: fn(&str) -> String,
) -> String {
    settled(markdown, |text| {
        let text = with_marks(&prepare_for_export(text));
        again(&round(&text, &|name| images.again(name), style))
    })
}

fn round<'i>(text: &str, image: &dyn Fn(&str) -> Option<&'i str>, style: BoxStyle) -> String {
    let text = prepare_for_export(text);
    let mut editor = Editor {
        text: &text,
        events: markdown::events(&text),
        image,
        edits: Vec::new(),
    };
    editor.read();
    let edited = without_imports(&editor.apply());
    let edited = match style {
        BoxStyle::Quote => edited,
        BoxStyle::Definition => definitions(&edited),
    };
    settle::closed(edited.trim_end())
}

/// Headings with their marks in front instead of a line below, where they would end the step.
fn with_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (event, range) in markdown::parser(text).into_offset_iter() {
        let Event::Start(Tag::Heading { level, .. }) = event else {
            continue;
        };
        let source = text.get(range.clone()).unwrap_or_default().trim_end();
        if is_large(level)
            && range.start >= done
            && let Some(words) = settle::underlined(source)
        {
            out.push_str(text.get(done..range.start).unwrap_or_default());
            out.extend(["### ", &words]);
            done = range.start + source.len();
        }
    }
    out + text.get(done..).unwrap_or_default()
}

fn is_large(level: HeadingLevel) -> bool {
    matches!(level, HeadingLevel::H1 | HeadingLevel::H2)
}

/// Where an image is.
enum Found<'a> {
    /// Beside the text, under this name.
    Named(&'a str),
    /// Not where the text says.
    Missing,
    /// Somewhere that the tool does not look.
    Elsewhere,
}

struct Editor<'a, 'i> {
    text: &'a str,
    events: Vec<Spanned<'a>>,
    /// The name of an image, by its reference.
    image: &'a dyn Fn(&str) -> Option<&'i str>,
    edits: Vec<(Range<usize>, String)>,
}

impl<'i> Editor<'_, 'i> {
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
                        let form = in_place(self.text, range.start, &format!("{form}\n"));
                        self.put(range.clone(), form);
                    }
                }
                Event::Start(Tag::HtmlBlock) => self.html(range, true),
                Event::InlineHtml(_) => self.html(range, false),
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

    /// A first- or second-level heading inside of a step would end it.
    fn heading(&mut self, level: HeadingLevel, range: &Range<usize>) {
        let source = self.text.get(range.clone()).unwrap_or_default();
        let marks = source.len() - source.trim_start_matches('#').len();
        if is_large(level) && marks > 0 {
            self.put(range.start..range.start + marks, "###");
        }
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

    fn image(&mut self, range: &Range<usize>, source: &str, title: &str, inside: &[Spanned<'_>]) {
        let inner = inside
            .iter()
            .take_while(|(event, _)| !matches!(event, Event::End(TagEnd::Image)));
        let description = markdown::plain_text(inner.map(|(event, _)| event.clone()));
        match self.found(source, &description) {
            Found::Elsewhere => {}
            Found::Missing => self.put(range.clone(), missing::in_words(&description)),
            Found::Named(name) => {
                let description = super::escape(&description);
                let title = escape::one_line(title);
                let title = title.replace('\\', "\\\\").replace('"', "\\\"");
                let title = Some(title).filter(|title| !title.is_empty());
                let title = title.map_or(String::new(), |title| format!(" \"{title}\""));
                self.put(range.clone(), format!("![{description}]({name}{title})"));
            }
        }
    }

    fn found(&self, source: &str, description: &str) -> Found<'i> {
        let reference = match picture(source, description) {
            Picture::Local(reference) => reference,
            Picture::Unshown(_) | Picture::None => return Found::Missing,
            Picture::Remote(_) | Picture::Video(_) | Picture::Embed(_) => return Found::Elsewhere,
        };
        (self.image)(&reference).map_or(Found::Missing, Found::Named)
    }

    fn html(&mut self, range: &Range<usize>, is_block: bool) {
        let html = self.text.get(range.clone()).unwrap_or_default();
        let mut out = String::with_capacity(html.len());
        for piece in markup::pieces(html) {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Comment => out.push_str(markup::NO_WORDS),
                Piece::Tag(tag) if tag.opens("img") => {
                    let of = |name| tag.attribute(name).unwrap_or_default();
                    let description = escape::one_line(of("alt"));
                    match self.found(of("src"), &description) {
                        Found::Elsewhere => out.push_str(tag.raw),
                        Found::Missing if !is_block => {
                            out.push_str(&missing::in_words(&description));
                        }
                        Found::Missing if out.trim().is_empty() => {
                            out.push_str(&missing::first_in_html(&description));
                        }
                        Found::Missing => out.push_str(&missing::in_html(&description)),
                        Found::Named(name) => out.extend([
                            "<img src=\"",
                            name,
                            "\" alt=\"",
                            &markup::escape(&description),
                            "\" width=\"",
                            &markup::escape(&escape::one_line(of("width"))),
                            "\">",
                        ]),
                    }
                }
                Piece::Tag(tag) if matches!(tag.name.as_str(), "h1" | "h2") => {
                    out.push_str(if tag.closing { "</h3>" } else { "<h3>" });
                }
                Piece::Tag(tag) => out.push_str(tag.raw),
            }
        }
        markup::end_as(html, &mut out);
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
        let inside = unquoted(source);
        let Some((kind, words)) = boxes::aside_marker(&inside) else {
            continue;
        };
        out.push_str(&text[done..range.start]);
        out.push_str(match kind {
            BoxKind::Positive => "Positive\n",
            BoxKind::Negative => "Negative\n",
        });
        // Further lines stand below the first word; a paragraph of its own needs four spaces.
        let mut below = "  ";
        for (index, line) in words.trim().lines().enumerate() {
            if line.trim().is_empty() {
                below = "    ";
            }
            let margin = if index == 0 { ": " } else { below };
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

/// The lines of a quote without their marks. A line without one goes on with the line above, whatever
/// it looks like, so it stays there.
fn unquoted(quote: &str) -> String {
    let mut out = String::with_capacity(quote.len());
    for line in quote.lines() {
        let marked = line.trim_start().strip_prefix('>');
        let begins = if marked.is_some() { "\n" } else { " " };
        if !out.is_empty() {
            out.push_str(begins);
        }
        let line = marked.map_or(line.trim(), str::trim_end);
        out.push_str(line.strip_prefix(' ').unwrap_or(line));
    }
    out
}
