//! What stands inside a line: words, emphasis, code, links, pictures, buttons.

use scraper::{ElementRef, Node};

use super::blocks::{DEEPEST, UNREAD, Writer};
use crate::{escape, markup};

/// The words inside an element as one piece of Markdown.
pub(super) fn line(writer: &mut Writer, element: ElementRef<'_>, depth: usize) -> String {
    let mut line = String::new();
    children(writer, &mut line, element, depth);
    line.trim().to_owned()
}

fn children(writer: &mut Writer, line: &mut String, parent: ElementRef<'_>, depth: usize) {
    if depth > DEEPEST {
        writer.leave("<…>");
        push_text(line, &parent.text().collect::<String>());
        return;
    }
    for child in parent.children() {
        if let Node::Text(text) = child.value() {
            push_text(line, text);
        } else if let Some(element) = ElementRef::wrap(child) {
            push(writer, line, element, depth + 1);
        }
    }
}

/// Adds words; white space collapses as in a browser.
pub(super) fn push_text(line: &mut String, text: &str) {
    if text.starts_with(char::is_whitespace) && !line.ends_with([' ', '\n']) && !line.is_empty() {
        line.push(' ');
    }
    let words = escape::one_line(text);
    line.push_str(&safe(&words, line.is_empty() || line.ends_with('\n')));
    if text.ends_with(char::is_whitespace) && !words.is_empty() {
        line.push(' ');
    }
}

/// Adds an element.
pub(super) fn push(writer: &mut Writer, line: &mut String, element: ElementRef<'_>, depth: usize) {
    match element.value().name() {
        "strong" | "b" => emphasise(writer, line, element, "**", "strong", depth),
        "em" | "i" | "cite" | "dfn" | "var" => {
            emphasise(writer, line, element, "*", "em", depth);
        }
        "del" | "s" | "strike" => emphasise(writer, line, element, "~~", "del", depth),
        "code" | "kbd" | "samp" | "tt" => {
            let text = escape::one_line(&element.text().collect::<String>());
            if line.ends_with('`') {
                // Two runs of code would read as one.
                line.extend(["<code>", &safe(&text, false), "</code>"]);
            } else {
                line.push_str(&code(&text));
            }
        }
        "br" => line.push_str("\\\n"),
        "img" => line.push_str(&image(element)),
        "a" => link(writer, line, element, depth),
        "iron-icon" | "wbr" => {}
        name if UNREAD.contains(&name) => {}
        _ => children(writer, line, element, depth),
    }
}

/// Marks around words. Where the marks would not be read as such, the tag stays.
fn emphasise(
    writer: &mut Writer,
    line: &mut String,
    element: ElementRef<'_>,
    mark: &str,
    tag: &str,
    depth: usize,
) {
    let mut inner = String::new();
    children(writer, &mut inner, element, depth);
    let words = inner.trim();
    if words.is_empty() {
        push_text(line, &inner);
        return;
    }
    if inner.starts_with(' ') && !line.ends_with([' ', '\n']) && !line.is_empty() {
        line.push(' ');
    }
    let is_word = |c: char| c.is_alphanumeric();
    let glued_before = line.ends_with(|c: char| !c.is_whitespace());
    let glued_behind = !inner.ends_with(' ') && !begins_apart(element);
    let breaks = (glued_before && !words.starts_with(is_word))
        || (glued_behind && !words.ends_with(is_word))
        || (line.ends_with(['*', '~']) || words.contains('\n'));
    if breaks {
        line.extend(["<", tag, ">", words, "</", tag, ">"]);
    } else {
        line.extend([mark, words, mark]);
    }
    if inner.ends_with(' ') {
        line.push(' ');
    }
}

/// Whether what follows an element begins with white space, or nothing follows.
fn begins_apart(element: ElementRef<'_>) -> bool {
    let Some(next) = element.next_sibling() else {
        return true;
    };
    if let Node::Text(text) = next.value() {
        return text.starts_with(|c: char| !c.is_alphanumeric());
    }
    ElementRef::wrap(next).is_some_and(|next| next.value().name() == "br")
}

/// A run of code inside a line.
fn code(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let marks = "`".repeat(escape::longest_run(text, '`') + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{marks}{pad}{text}{pad}{marks}")
}

fn image(element: ElementRef<'_>) -> String {
    let attribute = |name| element.attr(name).map(escape::one_line).unwrap_or_default();
    let (source, description, title) = (attribute("src"), attribute("alt"), attribute("title"));
    let width = width(element);
    if let Some(width) = width {
        let named = |name: &str, value: &str| {
            if value.is_empty() {
                String::new()
            } else {
                format!(" {name}=\"{}\"", markup::escape(value))
            }
        };
        let width = width.to_string();
        let attributes = [
            named("src", &source),
            named("alt", &description),
            named("title", &title),
            named("width", &width),
        ];
        return format!("<img{}>", attributes.concat());
    }
    let title = if title.is_empty() {
        String::new()
    } else {
        format!(" \"{}\"", title.replace('\\', "\\\\").replace('"', "\\\""))
    };
    let description = escape::escaped(&description);
    format!("![{description}]({}{title})", escape::address(&source))
}

/// The width in whole pixels, of the attribute or of `style="width: 312.00px"`.
fn width(element: ElementRef<'_>) -> Option<u32> {
    let style = element.attr("style").unwrap_or_default();
    let styled = style.split(';').find_map(|rule| {
        let (name, value) = rule.split_once(':')?;
        (name.trim() == "width").then(|| value.trim().strip_suffix("px"))?
    });
    let written = element.attr("width").or(styled)?.trim();
    let whole = written.split('.').next().unwrap_or(written);
    whole.parse().ok().filter(|width| *width > 0)
}

/// A link, or a button when one is inside it.
fn link(writer: &mut Writer, line: &mut String, element: ElementRef<'_>, depth: usize) {
    let mut inner = String::new();
    children(writer, &mut inner, element, depth);
    let Some(address) = element.attr("href").map(escape::address) else {
        line.push_str(&inner);
        return;
    };
    let words = inner.trim();
    let is_button = element
        .descendent_elements()
        .any(|inner| matches!(inner.value().name(), "paper-button" | "button"));
    if inner.starts_with(' ') && !line.ends_with([' ', '\n']) && !line.is_empty() {
        line.push(' ');
    }
    if is_button {
        line.extend(["<button>[", words, "](", &address, ")</button>"]);
    } else if !words.is_empty() {
        line.extend(["[", words, "](", &address, ")"]);
    }
    if inner.ends_with(' ') {
        line.push(' ');
    }
}

/// Words in which Markdown sees no marks; `begins` a line or not.
pub(super) fn safe(words: &str, begins: bool) -> String {
    let mut out = String::with_capacity(words.len());
    let chars = words.char_indices().collect::<Vec<_>>();
    for (index, &(at, c)) in chars.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| chars.get(index));
        let before = before.map(|(_, c)| *c);
        let next = chars.get(index + 1).map(|(_, c)| *c);
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_mark = match c {
            '*' | '`' | '[' | ']' | '~' | '$' | '|' => true,
            '_' => !(is_word(before) && is_word(next)),
            '<' => next.is_some_and(|c| c.is_ascii_alphabetic() || "/!?<".contains(c)),
            '&' => next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
            '\\' => next.is_none_or(|c| c.is_ascii_punctuation()),
            '-' | '.' => before == Some(c),
            '#' | '+' | '=' | '>' | ':' => begins && at == 0,
            // A link behind it would be a picture.
            '!' => next.is_none(),
            _ => false,
        } || (begins && at == 0 && c == '-')
            || (begins && matches!(c, '.' | ')') && at > 0 && is_number(&words[..at]));
        if is_mark {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A paragraph without breaks at its ends, whose lines are no lines about the step.
pub(super) fn finished(line: &str) -> String {
    let mut text = line.trim();
    while let Some(before) = text.strip_suffix("\\") {
        // Only what we added for a break goes; a written backslash has two.
        if before.ends_with('\\') {
            break;
        }
        text = before.trim_end();
    }
    let lines = text.split('\n').map(|line| {
        let key = line.split(':').next().unwrap_or_default();
        let is_step_line = key.len() < line.len()
            && matches!(
                key.trim().to_ascii_lowercase().as_str(),
                "duration" | "environment"
            );
        if is_step_line {
            line.replacen(':', "\\:", 1)
        } else {
            line.trim_start().to_owned()
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}
