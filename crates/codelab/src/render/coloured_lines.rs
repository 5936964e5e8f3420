//! Code whose lines are numbered, highlighted, added or taken away: every line an element.
//!
//! Numbers and the marks of a diff are attributes and classes, no text: who copies the code copies
//! the code. The line break is inside of its line, so that a line can be left out with it.

use super::{highlight, info::Info};
use crate::markup::escape;

/// What a line of a diff is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Added,
    Deleted,
    /// Where in which file one is.
    Place,
    Same,
}

impl Change {
    fn class(self) -> &'static str {
        match self {
            Self::Added => " ins",
            Self::Deleted => " del",
            Self::Place => " place",
            Self::Same => "",
        }
    }
}

pub(super) fn html(info: &Info, text: &str) -> String {
    let (changes, code) = if info.diff {
        undiff(text)
    } else {
        (Vec::new(), text.to_owned())
    };
    let coloured = Some(info.language.as_str())
        .filter(|language| *language != "diff")
        .and_then(|language| highlight::highlight(language, &code))
        .unwrap_or_else(|| escape(&code));
    let mut out = String::new();
    let mut number = info.first_line;
    for (index, line) in split(&coloured).into_iter().enumerate() {
        let change = changes.get(index).copied().unwrap_or(Change::Same);
        let position = u32::try_from(index + 1).unwrap_or(u32::MAX);
        out.extend(["<span class=\"line", change.class()]);
        out.push_str(if info.is_marked(position) {
            " mark\""
        } else {
            "\""
        });
        if let Some(number) = &mut number {
            // What is taken away has no number in the file as it will be.
            let has_number = !matches!(change, Change::Deleted | Change::Place);
            let shown = has_number.then(|| number.to_string());
            out.extend([" data-n=\"", shown.as_deref().unwrap_or_default(), "\""]);
            *number = number.saturating_add(u32::from(has_number));
        }
        out.extend([">", &line, "</span>"]);
    }
    out
}

/// The lines without their marks, and what the marks were.
fn undiff(text: &str) -> (Vec<Change>, String) {
    let is_place = |line: &str| {
        ["+++ ", "--- ", "@@ ", "diff ", "index "]
            .iter()
            .any(|start| line.starts_with(start))
    };
    let mut code = String::with_capacity(text.len());
    let mut changes = Vec::new();
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            code.push('\n');
        }
        let (change, rest) = match line.split_at_checked(1) {
            _ if is_place(line) => (Change::Place, line),
            Some(("+", rest)) => (Change::Added, rest),
            Some(("-", rest)) => (Change::Deleted, rest),
            Some((" ", rest)) => (Change::Same, rest),
            Some(_) | None => (Change::Same, line),
        };
        changes.push(change);
        code.push_str(rest);
    }
    (changes, code)
}

/// Cuts coloured code into lines, each with its break. A span that goes on is closed and opened
/// again; spans are never inside each other.
fn split(coloured: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut open: Option<&str> = None;
    for line in coloured.split_inclusive('\n') {
        let mut whole = open.unwrap_or_default().to_owned();
        let mut rest = line;
        while let Some(at) = rest.find('<') {
            let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
            let tag = &rest[at..end];
            open = (!tag.starts_with("</")).then_some(tag);
            rest = &rest[end..];
        }
        match (open, line.strip_suffix('\n')) {
            (Some(_), Some(words)) => whole.extend([words, "</span>\n"]),
            (Some(_), None) => whole.extend([line, "</span>"]),
            (None, _) => whole.push_str(line),
        }
        lines.push(whole);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(info: &str, text: &str) -> String {
        html(&Info::read(info), text)
    }

    #[test]
    fn lines_have_numbers_and_marks() {
        insta::assert_snapshot!(lines("x {start=9 mark=2}", "a\n\nb"), @r#"
        <span class="line" data-n="9">a
        </span><span class="line mark" data-n="10">
        </span><span class="line" data-n="11">b</span>
        "#);
    }

    #[test]
    fn a_span_over_several_lines_is_cut() {
        insta::assert_snapshot!(lines("python {lines}", "x = '''a\n\nb''' # c"), @r#"
        <span class="line" data-n="1">x = <span class="hs">'''a</span>
        </span><span class="line" data-n="2"><span class="hs"></span>
        </span><span class="line" data-n="3"><span class="hs">b'''</span> <span class="hc"># c</span></span>
        "#);
    }

    #[test]
    fn a_diff_keeps_its_code_and_its_colours() {
        insta::assert_snapshot!(lines("python {diff lines}", " a\n-b = 1\n+b = 2"), @r#"
        <span class="line" data-n="1">a
        </span><span class="line del" data-n="">b = <span class="hn">1</span>
        </span><span class="line ins" data-n="2">b = <span class="hn">2</span></span>
        "#);
        insta::assert_snapshot!(lines("diff", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-<a>\n+<b>\nc"), @r#"
        <span class="line place">--- a/x
        </span><span class="line place">+++ b/x
        </span><span class="line place">@@ -1 +1 @@
        </span><span class="line del">&lt;a&gt;
        </span><span class="line ins">&lt;b&gt;
        </span><span class="line">c</span>
        "#);
    }
}
