//! The blocks of a text that are not inside another block, and its link definitions.

use std::{collections::BTreeMap, ops::Range};

use pulldown_cmark::{Event, LinkType, Tag};

use crate::markdown;

/// What the reader of steps needs to know about a block.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its words; empty headings exist.
        text: String,
    },
    Paragraph,
    Html,
    Rule,
    Other,
}

/// A block at the top level.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) kind: Kind,
    /// Its bytes, from its first character on (not from the margin).
    pub(crate) range: Range<usize>,
}

/// A link definition such as `[docs]: https://example.com "Title"`.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) range: Range<usize>,
    destination: String,
    title: Option<String>,
}

/// The whole text, seen from above.
#[derive(Debug)]
pub(crate) struct Outline {
    pub(crate) blocks: Vec<Block>,
    /// By label, lower case.
    definitions: BTreeMap<String, Definition>,
    /// Where links by label are, and their labels, lower case.
    uses: Vec<(usize, String)>,
    /// Code and raw HTML.
    pub(super) verbatim: Vec<Range<usize>>,
}

impl Outline {
    pub(crate) fn read(text: &str) -> Self {
        let parser = markdown::parser(text);
        let definitions = parser
            .reference_definitions()
            .iter()
            .map(|(label, definition)| {
                let definition = Definition {
                    range: definition.span.clone(),
                    destination: definition.dest.to_string(),
                    title: definition.title.as_ref().map(ToString::to_string),
                };
                (label.to_lowercase(), definition)
            });
        let definitions = definitions.collect();
        let mut outline = Self {
            blocks: Vec::new(),
            definitions,
            uses: Vec::new(),
            verbatim: Vec::new(),
        };

        let mut depth = 0_u32;
        let mut heading: Option<Vec<Event<'_>>> = None;
        for (event, range) in parser.into_offset_iter() {
            match &event {
                Event::Start(tag) => {
                    if depth == 0 {
                        outline.blocks.push(Block {
                            kind: kind(tag),
                            range: range.clone(),
                        });
                        heading = matches!(tag, Tag::Heading { .. }).then(Vec::new);
                    }
                    outline.notice(tag, range);
                    depth += 1;
                }
                Event::End(_) => {
                    depth = depth.saturating_sub(1);
                    if let Some(words) = heading.take_if(|_| depth == 0) {
                        outline.name_heading(markdown::plain_text(words));
                    }
                }
                Event::Rule if depth == 0 => {
                    outline.blocks.push(Block {
                        kind: Kind::Rule,
                        range,
                    });
                }
                Event::Text(_)
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
            if let Some(words) = &mut heading {
                words.push(event);
            }
        }
        outline
    }

    /// The words of the first heading of the first level.
    pub(crate) fn title(&self) -> Option<String> {
        self.blocks.iter().find_map(|block| match &block.kind {
            Kind::Heading { level: 1, text } if !text.is_empty() => Some(text.clone()),
            Kind::Heading { .. } | Kind::Paragraph | Kind::Html | Kind::Rule | Kind::Other => None,
        })
    }

    fn notice(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        if matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock) {
            self.verbatim.push(range);
        } else if let Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. } = tag
            && matches!(
                link_type,
                LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut
            )
        {
            self.uses.push((range.start, id.to_lowercase()));
        }
    }

    fn name_heading(&mut self, words: String) {
        if let Some(Block {
            kind: Kind::Heading { text, .. },
            ..
        }) = self.blocks.last_mut()
        {
            *text = words;
        }
    }

    /// The definitions that links in a range use but that stand elsewhere, as Markdown.
    pub(super) fn definitions_for(&self, step: &Range<usize>) -> String {
        // They are in the order of the text.
        let start = self.uses.partition_point(|(at, _)| *at < step.start);
        let end = self.uses.partition_point(|(at, _)| *at < step.end);
        let uses = self.uses.get(start..end).unwrap_or_default();
        let mut labels = uses.iter().map(|(_, label)| label).collect::<Vec<_>>();
        labels.sort();
        labels.dedup();
        let elsewhere = labels.into_iter().filter_map(|label| {
            let definition = self.definitions.get(label)?;
            (!step.contains(&definition.range.start)).then(|| definition.markdown(label))
        });
        elsewhere.collect()
    }
}

impl Definition {
    fn markdown(&self, label: &str) -> String {
        let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
        let destination = escape(&self.destination, &['<', '>', '\\', '&']);
        match &self.title {
            Some(title) => {
                let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
                format!(
                    "[{label}]: <{destination}> \"{}\"\n",
                    escape(&title, &['"', '\\', '&'])
                )
            }
            None => format!("[{label}]: <{destination}>\n"),
        }
    }
}

fn escape(text: &str, special: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars().filter(|c| *c != '\n') {
        if special.contains(&character) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

fn kind(tag: &Tag<'_>) -> Kind {
    if let Tag::Heading { level, .. } = tag {
        Kind::Heading {
            level: *level as u8,
            text: String::new(),
        }
    } else if matches!(tag, Tag::Paragraph) {
        Kind::Paragraph
    } else if matches!(tag, Tag::HtmlBlock) {
        Kind::Html
    } else {
        Kind::Other
    }
}

/// A text in which no paragraph is read for its first key any more: behind it, the colon is written
/// as a sign of its own.
pub(super) fn with_plain_colons(markdown: &str, is_meant: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(markdown.len() + 1);
    let mut done = 0;
    for block in Outline::read(markdown).blocks {
        let source = markdown.get(block.range.clone()).unwrap_or_default();
        if block.kind == Kind::Paragraph
            && is_meant(source)
            && let Some(colon) = source.find(':')
        {
            let colon = block.range.start + colon;
            out.push_str(markdown.get(done..colon).unwrap_or_default());
            out.push('\\');
            done = colon;
        }
    }
    out.push_str(markdown.get(done..).unwrap_or_default());
    out
}
