//! The one place that sets up the Markdown parser.

use std::{collections::HashMap, ops::Range};

use pulldown_cmark::{
    BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TextMergeWithOffset,
};

/// An event of the parser with its bytes in the text.
pub(crate) type Spanned<'a> = (Event<'a>, Range<usize>);

fn structure() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

/// A parser that leaves words as they are written: for titles, lines and references.
pub(crate) fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, structure())
}

/// The events of a text as it is written.
pub(crate) fn events(text: &str) -> Vec<Spanned<'_>> {
    TextMergeWithOffset::new(parser(text).into_offset_iter()).collect()
}

/// The events of a text as it is shown: curly quotes, dashes and maths.
pub(crate) fn typeset_events(text: &str) -> Vec<Spanned<'_>> {
    let options = structure() | Options::ENABLE_SMART_PUNCTUATION | Options::ENABLE_MATH;
    TextMergeWithOffset::new(Parser::new_ext(text, options).into_offset_iter()).collect()
}

/// The link definitions of a text: where each label, in lower case, leads, and its title.
pub(crate) fn definitions(text: &str) -> HashMap<String, (String, Option<String>)> {
    let parser = parser(text);
    let definitions = parser.reference_definitions().iter();
    let definitions = definitions.map(|(label, definition)| {
        let title = definition.title.as_ref().map(ToString::to_string);
        (label.to_lowercase(), (definition.dest.to_string(), title))
    });
    definitions.collect()
}

/// Where a text has words between brackets that would be links or images if it defined these labels.
pub(crate) fn links_without<T>(text: &str, labels: &HashMap<String, T>) -> Vec<Range<usize>> {
    let know = |link: BrokenLink<'_>| {
        let known = labels.contains_key(&link.reference.to_lowercase());
        known.then(|| (CowStr::from("#"), CowStr::from("")))
    };
    let parser = Parser::new_with_broken_link_callback(text, structure(), Some(know));
    let events = parser.into_offset_iter();
    let unknown = events.filter(|(event, _)| {
        let Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) = event else {
            return false;
        };
        matches!(
            link_type,
            LinkType::ReferenceUnknown | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown
        )
    });
    unknown.map(|(_, range)| range).collect()
}

/// One line of Markdown as plain text with typographic quotes and dashes.
pub(crate) fn typeset_text(line: &str) -> String {
    let options = structure() | Options::ENABLE_SMART_PUNCTUATION;
    let parser = Parser::new_ext(line, options);
    plain_text(parser)
}

/// The words of some inline events, white space collapsed.
pub(crate) fn plain_text<'a>(events: impl IntoIterator<Item = Event<'a>>) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::Text(words)
            | Event::Code(words)
            | Event::InlineMath(words)
            | Event::DisplayMath(words) => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::Start(_)
            | Event::End(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a line is a paragraph of plain words: no list, no heading, no quote.
pub(crate) fn is_one_paragraph(line: &str) -> bool {
    let mut blocks = parser(line).filter(|event| matches!(event, Event::Start(_)));
    matches!(blocks.next(), Some(Event::Start(Tag::Paragraph)) | None) && blocks.next().is_none()
}

/// The lines of a code block, from the events behind its start.
pub(crate) fn code_text(behind: &[Spanned<'_>]) -> String {
    let mut text = String::new();
    for (event, _) in behind {
        let Event::Text(lines) = event else { break };
        text.push_str(lines);
    }
    text
}

/// The ranges of code and raw HTML blocks: lines in there mean nothing to us.
pub(crate) fn verbatim(text: &str) -> Vec<Range<usize>> {
    parser(text)
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)))
        .map(|(_, range)| range)
        .collect()
}
