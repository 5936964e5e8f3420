//! The blocks of a step: headings, paragraphs, boxes, code, and what is embedded.

use std::collections::BTreeSet;

use scraper::{ElementRef, Node, node::Element};

use super::{inline, lists, tables};
use crate::{escape, markup};

/// Deeper markup is taken as its words.
pub(super) const DEEPEST: usize = 64;

/// Tags that say nothing by themselves; what is inside counts.
const TRANSPARENT: &[&str] = &[
    "article",
    "body",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "header",
    "html",
    "main",
    "section",
    "summary",
    "google-codelab-step",
];

/// Tags whose words nobody reads.
pub(super) const UNREAD: &[&str] = &["script", "style", "template", "noscript", "head", "title"];

/// Tags inside a line, which [`inline`] reads.
const INLINE: &[&str] = &[
    "a",
    "abbr",
    "b",
    "big",
    "br",
    "button",
    "cite",
    "code",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "img",
    "ins",
    "kbd",
    "label",
    "mark",
    "paper-button",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "tt",
    "u",
    "var",
    "wbr",
    "iron-icon",
];

/// Writes steps, and notes what could not be written.
#[derive(Default)]
pub(super) struct Writer {
    left: BTreeSet<String>,
}

impl Writer {
    /// A step's body.
    pub(super) fn body(&mut self, step: ElementRef<'_>) -> String {
        self.blocks(step, 0).join("\n\n")
    }

    /// What Markdown could not say, each once.
    pub(super) fn into_left(self) -> Vec<String> {
        self.left.into_iter().collect()
    }

    /// Notes markup that Markdown cannot say.
    pub(super) fn leave(&mut self, markup: &str) {
        self.left.insert(markup.to_owned());
    }

    /// The blocks inside an element; words between them are paragraphs.
    pub(super) fn blocks(&mut self, parent: ElementRef<'_>, depth: usize) -> Vec<String> {
        let mut blocks = Vec::new();
        if depth > DEEPEST {
            self.leave("<…>");
            let words = parent.text().collect::<String>();
            push_paragraph(&mut blocks, &inline::safe(&words, false));
            return blocks;
        }
        let mut line = String::new();
        let mut last_list = None;
        for child in parent.children() {
            if let Node::Text(text) = child.value() {
                inline::push_text(&mut line, text);
            }
            let Some(child) = ElementRef::wrap(child) else {
                continue;
            };
            let element = child.value();
            if INLINE.contains(&element.name()) && !holds_blocks(child) {
                inline::push(self, &mut line, child, depth + 1);
                continue;
            }
            push_paragraph(&mut blocks, &std::mem::take(&mut line));
            let is_list = matches!(element.name(), "ul" | "ol");
            // Two lists in a row would read as one, so the second gets another mark.
            let other_mark = is_list && last_list == Some((blocks.len(), false));
            self.block(child, element, other_mark, depth, &mut blocks);
            last_list = is_list.then_some((blocks.len(), other_mark));
        }
        push_paragraph(&mut blocks, &line);
        blocks
    }

    fn block(
        &mut self,
        element: ElementRef<'_>,
        tag: &Element,
        other_mark: bool,
        depth: usize,
        blocks: &mut Vec<String>,
    ) {
        match tag.name() {
            "p" => blocks.extend(self.blocks(element, depth + 1)),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = tag.name().as_bytes().get(1).map_or(2, |digit| digit - b'0');
                // Exported headings are one size larger than they were written.
                let marks = "#".repeat(usize::from(level + 1).clamp(3, 6));
                let words = inline::line(self, element, depth + 1).replace('\n', " ");
                let words = words.trim().trim_end_matches('\\').trim_end();
                if !words.is_empty() {
                    blocks.push(format!("{marks} {}", closed(words)));
                }
            }
            "ul" | "ol" => {
                let list = lists::write(self, element, other_mark, depth + 1);
                if !list.is_empty() {
                    blocks.push(list);
                }
            }
            "pre" => blocks.push(code(element)),
            "aside" => {
                let kind = match tag.attr("class") {
                    Some(class) if class.contains("warning") || class.contains("negative") => {
                        "negative"
                    }
                    Some(_) | None => "positive",
                };
                let inside = self.blocks(element, depth + 1).join("\n\n");
                blocks.push(format!("<aside class=\"{kind}\">\n\n{inside}\n\n</aside>"));
            }
            "blockquote" => {
                let inside = self.blocks(element, depth + 1).join("\n\n");
                blocks.push(lists::indented(&inside, "> ", "> "));
            }
            "table" => blocks.extend(tables::write(self, element, depth + 1)),
            "iframe" | "embed" => {
                blocks.extend(tag.attr("src").and_then(embedded));
            }
            "video" | "audio" => {
                let address = tag.attr("src").unwrap_or_default();
                let address = markup::escape(&escape::one_line(address));
                blocks.push(format!("<video src=\"{address}\"></video>"));
            }
            "google-codelab-survey" => blocks.push(survey(element)),
            "hr" => blocks.push("***".to_owned()),
            name if UNREAD.contains(&name) => {}
            name => {
                if !TRANSPARENT.contains(&name) && !INLINE.contains(&name) && name != "li" {
                    self.leave(&format!("<{name}>"));
                }
                blocks.extend(self.blocks(element, depth + 1));
            }
        }
    }
}

/// Whether something that belongs into a line holds what cannot.
fn holds_blocks(element: ElementRef<'_>) -> bool {
    const BLOCKS: &[&str] = &[
        "p",
        "pre",
        "ul",
        "ol",
        "table",
        "aside",
        "h2",
        "h3",
        "h4",
        "iframe",
        "blockquote",
    ];
    element
        .descendent_elements()
        .any(|inner| BLOCKS.contains(&inner.value().name()))
}

fn push_paragraph(blocks: &mut Vec<String>, line: &str) {
    let paragraph = inline::finished(line);
    if !paragraph.is_empty() {
        blocks.push(paragraph);
    }
}

/// A heading whose last marks are words.
fn closed(words: &str) -> String {
    match words.strip_suffix('#') {
        Some(before) => format!("{before}\\#"),
        None => words.to_owned(),
    }
}

/// Code in a fence; what is no `<code>` is a terminal.
fn code(pre: ElementRef<'_>) -> String {
    let inner = pre
        .child_elements()
        .find(|child| child.value().name() == "code");
    let text = pre.text().collect::<String>();
    let text = text.trim_end_matches('\n');
    let language = inner.map_or("console".to_owned(), |code| {
        let written = code.attr("language").or_else(|| code.attr("class"));
        let written = written.unwrap_or_default();
        let word = written.split_whitespace().next().unwrap_or_default();
        word.trim_start_matches("language-")
            .trim_start_matches("lang-")
            .replace(['`', '{', '}'], "")
    });
    let fence = escape::fence(text);
    format!("{fence}{language}\n{text}\n{fence}")
}

/// A video by its name, another page by its address in a picture's description, as authors write
/// them.
fn embedded(address: &str) -> Option<String> {
    let address = escape::one_line(address).replace(' ', "%20");
    let address = address
        .strip_prefix("//")
        .map_or_else(|| address.clone(), |rest| format!("https://{rest}"));
    if !address.starts_with("https://") && !address.starts_with("http://") {
        return None;
    }
    let video = address
        .split_once("youtube.com/embed/")
        .or_else(|| address.split_once("youtube-nocookie.com/embed/"))
        .map(|(_, rest)| rest.split(['?', '&', '/', '#']).next().unwrap_or(rest))
        .filter(|id| {
            let is_id = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
            !id.is_empty() && id.chars().all(is_id)
        });
    Some(match video {
        Some(id) => format!("<video id=\"{id}\"></video>"),
        None => format!("![{}](.)", escape::escaped(&address)),
    })
}

/// A survey as a form of questions and answers.
fn survey(element: ElementRef<'_>) -> String {
    let mut form = vec!["<form>".to_owned()];
    for inner in element.descendent_elements() {
        let words = || escape::one_line(&inner.text().collect::<String>());
        let words = match inner.value().name() {
            "h4" => format!("<name>{}</name>", markup::escape(&words())),
            "paper-radio-button" | "paper-checkbox" => {
                format!("<input value=\"{}\">", markup::escape(&words()))
            }
            _ => continue,
        };
        form.push(words);
    }
    form.push("</form>".to_owned());
    form.join("\n")
}
