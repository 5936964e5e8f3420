//! Code inside of words that are otherwise plain: the questions and options of quizzes.
//!
//! The rule is `CommonMark`'s for code spans: a run of backticks ends at the next one of the same
//! length, and one space on both sides is not part of the code.

use crate::markup::escape;

/// The words as HTML; lines stay lines.
pub(crate) fn html(words: &str) -> String {
    let mut html = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, code, after)) = next(rest) {
        html.push_str(&lines(before));
        html.extend(["<code>", &escape(&code.replace('\n', " ")), "</code>"]);
        rest = after;
    }
    html.push_str(&lines(rest));
    html
}

fn lines(words: &str) -> String {
    escape(words).replace('\n', "<br>")
}

/// What stands before the first code, the code, and the rest.
fn next(words: &str) -> Option<(&str, &str, &str)> {
    let mut runs = runs(words).peekable();
    while let Some((start, length)) = runs.next() {
        let end = runs.clone().find(|(_, other)| *other == length);
        if let Some((end, _)) = end {
            let code = &words[start + length..end];
            return Some((&words[..start], inner(code), &words[end + length..]));
        }
    }
    None
}

/// Where each run of backticks begins, and how long it is.
fn runs(words: &str) -> impl Iterator<Item = (usize, usize)> + Clone {
    let ticks = words.match_indices('`').map(|(at, _)| at);
    ticks.filter_map(move |at| {
        if words[..at].ends_with('`') {
            return None;
        }
        let run = words[at..].bytes().take_while(|byte| *byte == b'`').count();
        Some((at, run))
    })
}

/// Without the space on both sides that lets code begin with a backtick.
fn inner(code: &str) -> &str {
    let stripped = code
        .strip_prefix([' ', '\n'])
        .and_then(|code| code.strip_suffix([' ', '\n']));
    match stripped {
        Some(stripped) if !code.trim().is_empty() => stripped,
        Some(_) | None => code,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same table stands in `ui/src/lib/components/code-spans.test.ts`.
    const CASES: [(&str, &str); 9] = [
        ("plain <b>", "plain &lt;b&gt;"),
        ("`a < b` is", "<code>a &lt; b</code> is"),
        ("a `b` c `d`", "a <code>b</code> c <code>d</code>"),
        ("one ` only", "one ` only"),
        ("``a ` b``", "<code>a ` b</code>"),
        ("`` ` ``", "<code>`</code>"),
        ("` `", "<code> </code>"),
        ("``a` b", "``a` b"),
        ("`a` ``b` c", "<code>a</code> ``b` c"),
    ];

    #[test]
    fn code_stands_between_backticks() {
        for (words, expected) in CASES {
            assert_eq!(html(words), expected, "{words}");
        }
        assert_eq!(html("a\nb `c\nd`"), "a<br>b <code>c d</code>");
    }

    proptest! {
        /// The reader of Markdown says where code is, too, as far as nothing else is Markdown there.
        #[test]
        fn code_is_where_markdown_has_it(words in "[a-z` ]{0,24}") {
            let words = words.trim();
            let code = |html: &str| {
                let parts = html.split("<code>").skip(1);
                parts.map(|part| part.split("</code>").next().unwrap_or("").to_owned()).collect::<Vec<_>>()
            };
            let events = pulldown_cmark::Parser::new(words);
            let mut spans = Vec::new();
            for event in events {
                if let pulldown_cmark::Event::Code(code) = event {
                    spans.push(code.to_string());
                }
            }
            prop_assume!(!words.starts_with("```"));
            prop_assert_eq!(code(&html(words)), spans);
        }
    }
}
