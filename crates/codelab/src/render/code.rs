//! Code blocks and terminals.
//!
//! The file's name and whether the code is meant to be run travel with the HTML. A `check` stays
//! behind: what a step is checked against is nothing to hand to those who are checked.

use pulldown_cmark::CodeBlockKind;

use super::{coloured_lines, console, highlight, info::Info};
use crate::markup::escape;

/// A code block as HTML.
pub(crate) fn block(kind: &CodeBlockKind<'_>, text: &str) -> String {
    let info = match kind {
        CodeBlockKind::Fenced(line) => Info::read(line),
        CodeBlockKind::Indented => Info::default(),
    };
    let text = text.strip_suffix('\n').unwrap_or(text);
    match info.language.as_str() {
        "mermaid" => diagram(text),
        _ => code(&info, text),
    }
}

/// Code that is code whatever its language: in a message nothing is drawn and nothing asked.
pub(crate) fn plain_block(info: &str, text: &str) -> String {
    code(&Info::read(info), text.strip_suffix('\n').unwrap_or(text))
}

fn code(info: &Info, text: &str) -> String {
    let is_console = info.language == "console";
    let mut html = String::from("<pre class=\"code");
    if is_console {
        html.push_str(" console");
    }
    if info.diff {
        html.push_str(" diff");
    }
    html.push('"');
    if !info.language.is_empty() {
        html.extend([" data-lang=\"", &info.language, "\""]);
    }
    if let Some(file) = &info.file {
        html.extend([" data-file=\"", &escape(file), "\""]);
    }
    if info.run {
        html.push_str(" data-run=\"\"");
    }
    html.push_str("><code>");
    html.push_str(&if info.has_lines() {
        coloured_lines::html(info, text)
    } else if is_console {
        console::html(text)
    } else {
        highlight::highlight(&info.language, text).unwrap_or_else(|| escape(text))
    });
    html.push_str("</code></pre>");
    html
}

/// A drawing in words. The page draws it; until then, and where it cannot, the words stand there.
fn diagram(text: &str) -> String {
    format!(
        "<pre class=\"diagram\" data-diagram=\"mermaid\"><code>{}</code></pre>",
        escape(text)
    )
}
