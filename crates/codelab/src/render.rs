//! One step's Markdown as HTML: boxes, code, tables, images and links in the product's own markup,
//! sanitised as the very last thing.
//!
//! The writer below may be trusted with looks, never with safety: whatever it lets through,
//! [`sanitize`] decides.

pub(crate) mod bare_links;
mod budget;
mod code;
mod coloured_lines;
mod console;
mod highlight;
mod html;
mod info;
mod links;
pub(crate) mod maths;
mod media;
mod quotes;
mod sanitize;
mod short_texts;

pub use budget::{Exceeded, RenderBudget};
pub(crate) use code::plain_block as plain_code_block;
pub use highlight::HIGHLIGHT_CLASSES;
pub(crate) use info::Info;
pub use media::ImageSource;
pub(crate) use sanitize::keeps;

use budget::Bounds;
use pulldown_cmark::{Alignment, Event, HeadingLevel, Tag, TagEnd};

use crate::{
    markdown::{self, Spanned},
    markup::escape,
    polls,
    prepare::prepare,
    quizzes,
};

/// Nothing worth reading is nested deeper; deeper marks are left out and their words stay. Time to
/// parse HTML grows with the square of its depth.
const DEEPEST: u32 = 64;

/// Headings that make the list below them a checklist.
const CHECKLIST_HEADINGS: &[&str] = &["what you'll learn", "what we've covered"];

/// Renders a step's Markdown to safe HTML.
///
/// `images` answers where an image is, by its reference exactly as the Markdown writes it. An
/// image it does not know leaves a placeholder with its description; nothing on the internet is
/// ever loaded, links to it are shown instead.
#[must_use]
pub fn render_step(markdown: &str, images: &dyn Fn(&str) -> Option<ImageSource>) -> String {
    // Without bounds, nothing exceeds them.
    render(markdown, images, &Bounds::NONE).unwrap_or_default()
}

fn render(
    markdown: &str,
    images: &dyn Fn(&str) -> Option<ImageSource>,
    bounds: &Bounds<'_>,
) -> Result<String, Exceeded> {
    bounds.check(0)?;
    let text = prepare(markdown);
    let events = markdown::typeset_events(&text);
    let mut writer = Writer::new(&events, images);
    writer.write(bounds)?;
    let html = sanitize::clean(&writer.out);
    bounds.check(html.len())?;
    Ok(html)
}

/// Events between two looks at the bounds.
const EVENTS_AT_ONCE: usize = 64;

/// Turns events into HTML, with a cursor so that it can look ahead.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says on its own what the cursor is in"
)]
struct Writer<'a> {
    events: &'a [Spanned<'a>],
    next: usize,
    images: &'a dyn Fn(&str) -> Option<ImageSource>,
    out: String,
    /// How many elements that may hold each other are open.
    depth: u32,
    /// The same for tags that the author wrote, which may never be closed.
    raw_depth: u32,
    /// Closing tags of open quotes and boxes.
    quotes: Vec<&'static str>,
    /// Whether each open link has a tag; links do not nest, so one has at most.
    links: Vec<bool>,
    /// Whether one of them has.
    in_link: bool,
    /// Between `<button>` and `</button>`.
    in_button: bool,
    /// The next list belongs to a heading that announces a checklist.
    checklist: bool,
    alignments: Vec<Alignment>,
    column: usize,
    in_table_head: bool,
}

impl<'a> Writer<'a> {
    fn new(events: &'a [Spanned<'a>], images: &'a dyn Fn(&str) -> Option<ImageSource>) -> Self {
        Self {
            events,
            next: 0,
            images,
            out: String::new(),
            depth: 0,
            raw_depth: 0,
            quotes: Vec::new(),
            links: Vec::new(),
            in_link: false,
            in_button: false,
            checklist: false,
            alignments: Vec::new(),
            column: 0,
            in_table_head: false,
        }
    }

    fn put(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn put_open(&mut self, html: &str) {
        self.depth += 1;
        if self.depth <= DEEPEST {
            self.put(html);
        }
    }

    fn put_close(&mut self, html: &str) {
        if self.depth <= DEEPEST {
            self.put(html);
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn take(&mut self) -> Option<&'a Event<'a>> {
        let (event, _) = self.events.get(self.next)?;
        self.next += 1;
        Some(event)
    }

    fn peek(&self, ahead: usize) -> Option<&'a Event<'a>> {
        self.events.get(self.next + ahead).map(|(event, _)| event)
    }

    /// Takes everything up to the end of the element just opened.
    fn take_inside(&mut self) -> &'a [Spanned<'a>] {
        let start = self.next;
        let mut depth = 1_u32;
        while depth > 0 {
            let Some(event) = self.take() else {
                return &self.events[start..];
            };
            if matches!(event, Event::Start(_)) {
                depth += 1;
            } else if matches!(event, Event::End(_)) {
                depth -= 1;
            }
        }
        &self.events[start..self.next - 1]
    }

    fn write(&mut self, bounds: &Bounds<'_>) -> Result<(), Exceeded> {
        while let Some(event) = self.take() {
            if self.next.is_multiple_of(EVENTS_AT_ONCE)
                || matches!(event, Event::Start(Tag::CodeBlock(_)))
            {
                bounds.check(self.out.len())?;
            }
            match event {
                Event::Start(tag) => self.open(tag),
                Event::End(tag) => self.close(*tag),
                Event::Text(words) => self.text(words),
                Event::Code(code) => {
                    self.put(&format!("<code>{}</code>", escape(code)));
                }
                Event::InlineMath(tex) => match maths::inline(tex) {
                    Some(html) => self.put(&html),
                    None => self.text(&format!("${tex}$")),
                },
                Event::DisplayMath(tex) => self.put(&maths::display(tex)),
                Event::Html(html) | Event::InlineHtml(html) => self.html(html),
                Event::SoftBreak => self.out.push('\n'),
                Event::HardBreak => self.put("<br>"),
                Event::Rule => self.put("<hr>"),
                Event::TaskListMarker(done) => self.put(if *done {
                    "<input type=\"checkbox\" disabled checked> "
                } else {
                    "<input type=\"checkbox\" disabled> "
                }),
                Event::FootnoteReference(label) => self.text(&format!("[^{label}]")),
            }
        }
        bounds.check(self.out.len())
    }

    fn text(&mut self, words: &str) {
        if self.in_link {
            self.put(&escape(words));
        } else {
            bare_links::write(words, &mut self.out);
        }
    }

    fn open(&mut self, tag: &'a Tag<'a>) {
        match tag {
            Tag::Paragraph => self.put("<p>"),
            Tag::Heading { level, .. } => self.open_heading(*level),
            Tag::BlockQuote(kind) => self.open_quote(*kind),
            Tag::CodeBlock(kind) => {
                let text = verbatim_text(self.take_inside());
                let html = polls::placeholder(kind, &text);
                let html = html.or_else(|| quizzes::placeholder(kind, &text));
                self.put(&html.unwrap_or_else(|| code::block(kind, &text)));
            }
            Tag::HtmlBlock => {
                let html = verbatim_text(self.take_inside());
                self.html(&html);
            }
            Tag::List(first) => self.open_list(*first),
            Tag::Item => {
                let marker = match self.peek(0) {
                    Some(Event::Start(Tag::Paragraph)) => self.peek(1),
                    other => other,
                };
                let task = matches!(marker, Some(Event::TaskListMarker(_)));
                self.put_open(if task { "<li class=\"task\">" } else { "<li>" });
            }
            Tag::Table(alignments) => {
                self.alignments.clone_from(alignments);
                self.put("<div class=\"table\"><table>");
            }
            Tag::TableHead => {
                (self.column, self.in_table_head) = (0, true);
                self.put("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.put("<tr>");
            }
            Tag::TableCell => self.open_cell(),
            Tag::Emphasis => self.put_open("<em>"),
            Tag::Strong => self.put_open("<strong>"),
            Tag::Strikethrough => self.put_open("<s>"),
            Tag::Superscript => self.put_open("<sup>"),
            Tag::Subscript => self.put_open("<sub>"),
            Tag::Link {
                dest_url, title, ..
            } => {
                let label = self.label_ahead();
                self.open_link(dest_url, title, &label);
            }
            Tag::Image {
                dest_url, title, ..
            } => {
                let description =
                    markdown::plain_text(self.take_inside().iter().map(|(event, _)| event.clone()));
                self.picture(dest_url, &description, title, media::Size::default());
            }
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::FootnoteDefinition(_)
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        let html = match tag {
            TagEnd::Paragraph => "</p>",
            TagEnd::Heading(level) => ["</h3>", "</h4>", "</h5>", "</h6>"][rank(level) - 3],
            TagEnd::BlockQuote(_) => self.quotes.pop().unwrap_or("</blockquote>"),
            TagEnd::List(true) => "</ol>",
            TagEnd::List(false) => "</ul>",
            TagEnd::Item => "</li>",
            TagEnd::Table => "</tbody></table></div>",
            TagEnd::TableHead => {
                self.in_table_head = false;
                "</tr></thead><tbody>"
            }
            TagEnd::TableRow => "</tr>",
            TagEnd::TableCell if self.in_table_head => "</th>",
            TagEnd::TableCell => "</td>",
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</s>",
            TagEnd::Superscript => "</sup>",
            TagEnd::Subscript => "</sub>",
            TagEnd::Link => {
                self.close_link();
                ""
            }
            TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Image
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::FootnoteDefinition
            | TagEnd::MetadataBlock(_) => "",
        };
        if nests(tag) {
            self.put_close(html);
        } else {
            self.put(html);
        }
    }

    fn open_heading(&mut self, level: HeadingLevel) {
        let words = self.label_ahead().replace('’', "'").to_lowercase();
        let words = words.trim_end_matches([':', '?', '!', '.', ' ']);
        self.checklist = CHECKLIST_HEADINGS.contains(&words);
        self.put(&format!("<h{}>", rank(level)));
    }

    fn open_list(&mut self, first: Option<u64>) {
        let class = if self.checklist {
            " class=\"checklist\""
        } else {
            ""
        };
        self.checklist = false;
        self.put_open(&match first {
            None => format!("<ul{class}>"),
            Some(1) => format!("<ol{class}>"),
            Some(first) => format!("<ol{class} start=\"{first}\">"),
        });
    }

    fn open_cell(&mut self) {
        let alignment = self
            .alignments
            .get(self.column)
            .copied()
            .unwrap_or(Alignment::None);
        self.column += 1;
        self.out
            .push_str(if self.in_table_head { "<th" } else { "<td" });
        self.put(match alignment {
            Alignment::None | Alignment::Left => ">",
            Alignment::Center => " align=\"center\">",
            Alignment::Right => " align=\"right\">",
        });
    }

    /// The words from here to the end of the element just opened.
    fn label_ahead(&self) -> String {
        let mut depth = 1_u32;
        let inside = self.events[self.next..]
            .iter()
            .map(|(event, _)| event)
            .take_while(|event| {
                if matches!(event, Event::Start(_)) {
                    depth += 1;
                } else if matches!(event, Event::End(_)) {
                    depth -= 1;
                }
                depth > 0
            });
        markdown::plain_text(inside.cloned())
    }
}

/// Whether an element may stand in another of its kind.
fn nests(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
    )
}

/// Steps own `h2`; whatever is inside them is smaller.
fn rank(level: HeadingLevel) -> usize {
    (level as usize).max(3)
}

fn verbatim_text(events: &[Spanned<'_>]) -> String {
    let text = events.iter().filter_map(|(event, _)| match event {
        Event::Text(text) | Event::Html(text) => Some(text.as_ref()),
        Event::Start(_)
        | Event::End(_)
        | Event::Code(_)
        | Event::InlineMath(_)
        | Event::DisplayMath(_)
        | Event::InlineHtml(_)
        | Event::FootnoteReference(_)
        | Event::SoftBreak
        | Event::HardBreak
        | Event::Rule
        | Event::TaskListMarker(_) => None,
    });
    text.collect()
}

#[cfg(test)]
mod tests;
