//! Words as Markdown that reads as these words.

use crate::markdown;

/// One line of plain words as Markdown. Words that mean nothing to Markdown stay as they are.
pub(crate) fn words(text: &str) -> String {
    let line = one_line(text);
    let reads_back = markdown::plain_text(markdown::parser(&line)) == line
        && markdown::is_one_paragraph(&line)
        && !line.contains(['$', '~']);
    if reads_back { line } else { escaped(&line) }
}

/// The same where typographic marks are made: words that keep their quotes, hyphens and dots.
pub(crate) fn typeset_words(text: &str) -> String {
    let line = one_line(text);
    let words = words(&line);
    if markdown::typeset_text(&words) == line {
        words
    } else {
        escaped(&line).replace('"', "\\\"").replace('\'', "\\'")
    }
}

/// One line of plain words as a heading's text.
pub(crate) fn heading(text: &str) -> String {
    let mut line = words(text);
    // A label may be defined elsewhere in the text that the heading is for.
    if line.contains('[') && !line.contains("\\[") {
        line = escaped(&line);
    }
    // Closing marks of a heading would be taken off.
    match line.strip_suffix('#') {
        Some(before) if !before.ends_with('\\') => format!("{before}\\#"),
        Some(_) | None => line,
    }
}

/// White space collapsed, line breaks included.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every mark of Markdown made a plain character.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut before, mut only_digits) = (None, true);
    for (index, c) in text.char_indices() {
        let is_mark = matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '$' | '~' | '|'
        );
        let begins_block = index == 0 && matches!(c, '#' | '-' | '+' | '=' | ':');
        // Two hyphens and three dots would become another character.
        let is_typeset = matches!(c, '-' | '.') && before == Some(c);
        // `1.` and `1)` would begin a list.
        let numbers = matches!(c, '.' | ')') && index > 0 && only_digits;
        only_digits &= c.is_ascii_digit();
        if is_mark || begins_block || is_typeset || numbers {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    out
}

/// A fence that nothing in the text closes.
pub(crate) fn fence(text: &str) -> String {
    "`".repeat((longest_run(text, '`') + 1).max(3))
}

/// The most of one character in a row.
pub(crate) fn longest_run(text: &str, wanted: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// An address between the brackets of a link or an image.
pub(crate) fn address(address: &str) -> String {
    let address = one_line(address);
    let is_plain = !address.is_empty()
        && !address.contains(['(', ')', '<', '>', ' ', '\\', '&', '*', '_', '`']);
    if is_plain {
        address
    } else {
        let escaped = address
            .replace('\\', "\\\\")
            .replace('<', "\\<")
            .replace('>', "\\>")
            .replace('&', "&amp;");
        format!("<{escaped}>")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn plain_words_stay() {
        assert_eq!(
            words("Set up the tools, part 2"),
            "Set up the tools, part 2"
        );
        assert_eq!(words("a *b* c"), "a \\*b\\* c");
        assert_eq!(words("1. First"), "1\\. First");
        assert_eq!(heading("C#"), "C\\#");
        assert_eq!(fence("a ``` b"), "````");
        assert_eq!(address("https://x/a(b)"), "<https://x/a(b)>");
    }

    proptest! {
        #[test]
        fn words_read_as_they_were(text in "[-#*_`~$a-c 1.)<>&\\[\\]!|+=:\"é가]{0,24}") {
            let line = one_line(&text);
            let back = markdown::plain_text(markdown::parser(&words(&text)));
            prop_assert_eq!(&back, &line);
            let back = markdown::typeset_text(&typeset_words(&text));
            prop_assert_eq!(&back, &line);
            let source = format!("## {}\n", heading(&text));
            let back = markdown::plain_text(markdown::parser(&source));
            prop_assert_eq!(back, line);
        }
    }
}
