//! Info boxes: their kinds, and the two spellings that are made of ordinary Markdown.
//!
//! The oldest spelling is a definition list, which `CommonMark` does not have:
//!
//! ```text
//! Positive
//! : A tip.
//! ```
//!
//! [`modernise`] rewrites it into the newer one, a quote whose first words are `aside positive`,
//! so that everything behind it knows a single form.

use crate::{
    lines::{self, Lines},
    markdown,
};

/// The two kinds of box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BoxKind {
    Positive,
    Negative,
}

impl BoxKind {
    /// Reads `positive` and `negative`, and the `special` and `warning` of exported pages.
    pub(crate) fn read(word: &str) -> Option<Self> {
        match word.to_ascii_lowercase().as_str() {
            "positive" | "special" => Some(Self::Positive),
            "negative" | "warning" => Some(Self::Negative),
            _ => None,
        }
    }

    /// The kind that a `class` attribute asks for; unknown classes are positive.
    pub(crate) fn of_class(class: Option<&str>) -> Self {
        class
            .into_iter()
            .flat_map(str::split_whitespace)
            .find_map(|word| Self::read(word.strip_prefix("box-").unwrap_or(word)))
            .unwrap_or(Self::Positive)
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Negative => "negative",
        }
    }

    /// The opening tag in rendered HTML.
    pub(crate) fn open(self) -> &'static str {
        match self {
            Self::Positive => "<aside class=\"box box-positive\">",
            Self::Negative => "<aside class=\"box box-negative\">",
        }
    }
}

/// Splits a quote's first words `aside positive …` into the kind and the words after it.
pub(crate) fn aside_marker(text: &str) -> Option<(BoxKind, &str)> {
    let (aside, rest) = text.trim_start().split_once([' ', '\t'])?;
    let rest = rest.trim_start();
    let word_end = rest
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(rest.len());
    let (word, rest) = rest.split_at(word_end);
    let kind = BoxKind::read(word)?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    aside
        .eq_ignore_ascii_case("aside")
        .then_some((kind, rest.trim_start()))
}

/// Rewrites boxes of the oldest spelling; text without them comes back as it was.
pub(crate) fn modernise(text: &str) -> String {
    let all = Lines::new(text);
    let all = all.iter().collect::<Vec<_>>();
    if !all.iter().any(|(_, line)| marker(line).is_some()) {
        return text.to_owned();
    }
    let verbatim = markdown::verbatim(text);
    let mut out = String::with_capacity(text.len());
    let mut index = 0;
    while let Some(&(start, line)) = all.get(index) {
        let found = marker(line)
            .filter(|_| !lines::inside(&verbatim, start + lines::indent(line)))
            .and_then(|kind| Some((kind, Body::read(&all, index + 1, lines::indent(line))?)));
        if let Some((kind, body)) = found {
            let margin = &line[..lines::indent(line)];
            out.extend([margin, "> aside ", kind.word(), "\n", margin, ">\n"]);
            for line in &body.lines {
                out.push_str(format!("{margin}> {line}").trim_end());
                out.push('\n');
            }
            index = body.next;
            // What follows directly must not go on with the quote.
            if all
                .get(index)
                .is_some_and(|(_, line)| !line.trim().is_empty())
            {
                out.push('\n');
            }
        } else {
            out.push_str(line);
            out.push('\n');
            index += 1;
        }
    }
    // Lines are counted between breaks, so the last one got a break too many.
    out.pop();
    out
}

/// A line that holds nothing but the kind, perhaps in bold or with a colon.
fn marker(line: &str) -> Option<BoxKind> {
    let word = line
        .trim()
        .trim_matches(['*', '_'])
        .trim_end_matches(':')
        .trim_matches(['*', '_']);
    match word.to_ascii_lowercase().as_str() {
        "positive" | "negative" => BoxKind::read(word),
        _ => None,
    }
}

/// What a box of the oldest spelling contains.
struct Body {
    lines: Vec<String>,
    /// The index of the first line behind it.
    next: usize,
}

impl Body {
    /// Reads from the line behind the marker: blank lines, then `: text`, then more of it.
    fn read(all: &[(usize, &str)], from: usize, margin: usize) -> Option<Self> {
        let is_blank = |index: usize| {
            all.get(index)
                .is_some_and(|(_, line)| line.trim().is_empty())
        };
        let first = (from..all.len()).find(|index| !is_blank(*index))?;
        colon_text(all[first].1)?;

        let mut body = Self {
            lines: Vec::new(),
            next: first,
        };
        let mut next = first;
        // Directly below the colon two spaces are usual, in a paragraph of its own four.
        let mut inner_margin = margin + 2;
        while let Some(&(_, line)) = all.get(next) {
            let after_blank = next > first && is_blank(next - 1);
            if line.trim().is_empty() {
                next += 1;
                continue;
            }
            if let Some(text) = colon_text(line) {
                if next > first {
                    body.lines.push(String::new());
                }
                body.lines.push(text.to_owned());
            } else if lines::indent(line) >= margin + 2 {
                let blanks = next - body.next;
                body.lines
                    .extend(std::iter::repeat_n(String::new(), blanks));
                if after_blank {
                    inner_margin = margin + 4;
                }
                let strip = lines::indent(line).min(inner_margin);
                body.lines.push(line[strip..].to_owned());
            } else if !after_blank && !begins_block(line) && marker(line).is_none() {
                body.lines.push(line.trim_start().to_owned());
            } else {
                break;
            }
            next += 1;
            body.next = next;
        }
        Some(body)
    }
}

/// The words behind the colon of a definition line.
fn colon_text(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix(':').map(str::trim_start)
}

/// Whether a line directly below a definition begins something of its own.
fn begins_block(line: &str) -> bool {
    let line = line.trim_start();
    ["#", "```", "~~~", "<", ">", "---", "***", "|"]
        .iter()
        .any(|start| line.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_by_word_and_class() {
        assert_eq!(BoxKind::read("Warning"), Some(BoxKind::Negative));
        assert_eq!(BoxKind::read("note"), None);
        assert_eq!(BoxKind::of_class(Some("big special")), BoxKind::Positive);
        assert_eq!(BoxKind::of_class(Some("negative")), BoxKind::Negative);
        assert_eq!(BoxKind::of_class(Some("callout")), BoxKind::Positive);
    }

    #[test]
    fn markers_in_quotes() {
        assert_eq!(
            aside_marker("aside positive"),
            Some((BoxKind::Positive, ""))
        );
        assert_eq!(
            aside_marker("Aside Negative: mind"),
            Some((BoxKind::Negative, "mind"))
        );
        assert_eq!(aside_marker("aside positively yes"), None);
        assert_eq!(aside_marker("asides positive"), None);
    }

    #[test]
    fn the_oldest_spelling_becomes_a_quote() {
        insta::assert_snapshot!(modernise("a\nPositive\n: one\nlazy\n## H\n"), @r"
        a
        > aside positive
        >
        > one
        > lazy

        ## H
        ");
        insta::assert_snapshot!(modernise("1. x\n\n   NEGATIVE\n\n   : one\n   : two\n\n2. y"), @r"
        1. x

           > aside negative
           >
           > one
           >
           > two

        2. y
        ");
        insta::assert_snapshot!(modernise("**Negative**:\n : a\n\n    - b\n\n    ```sh\n    ls\n      x\n    ```\n\nafter"), @r"
        > aside negative
        >
        > a
        >
        > - b
        >
        > ```sh
        > ls
        >   x
        > ```

        after
        ");
    }

    #[test]
    fn code_and_prose_stay() {
        for text in [
            "```\nPositive\n: x\n```\n",
            "    Positive\n    : x\n",
            "Positive\n\nthinking\n",
            "It is positive\n: x\n",
            "Negative\n",
        ] {
            assert_eq!(modernise(text).trim_end(), text.trim_end());
        }
    }
}
