//! Keeps texts short that the sanitiser's serialiser would take long over.
//!
//! Per character that it writes as a reference, html5ever looks for the next `<` or `>` of the same
//! text, however far that is: time grows with the square of a text that has many of the one and
//! none of the other. What is in an element by itself is a text by itself.

use std::borrow::Cow;

/// An element that is taken out again, because the contract does not name it, and that leaves two
/// texts where one was. Unlike a comment it divides texts inside of tables, too.
const BREAK: &str = "<wbr>";

/// Characters of one text that are written as a reference. Honest texts have fewer.
const REFERENCES_LIMIT: usize = 256;

/// What one value of an attribute may cost, in bytes that are looked at.
const VALUE_LIMIT: usize = 1 << 24;

/// The HTML with a break wherever a text would have more references than one may have.
pub(super) fn divided(html: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let (mut done, mut references) = (0, 0);
    let mut tag = false;
    let mut quote = None;
    let bytes = html.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        if tag {
            match (quote, byte) {
                (Some(open), _) if open == byte => quote = None,
                (None, b'"' | b'\'') if bytes[at - 1] == b'=' => quote = Some(byte),
                (None, b'>') => (tag, references) = (false, 0),
                _ => {}
            }
        } else if byte == b'<' {
            let next = bytes.get(at + 1).copied().unwrap_or_default();
            tag = next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?');
        } else if is_referenced(byte) {
            references += 1;
            if references > REFERENCES_LIMIT {
                out.extend([&html[done..at], BREAK]);
                (done, references) = (at, 1);
            }
        }
    }
    if done == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[done..]);
    Cow::Owned(out)
}

/// Whether the value of an attribute is written in a time that nobody notices. The others are
/// longer than any word or address, and hold nothing but references.
pub(super) fn is_cheap(value: &str) -> bool {
    let references = || value.bytes().filter(|byte| is_referenced(*byte)).count();
    value.len() <= REFERENCES_LIMIT || references().saturating_mul(value.len()) <= VALUE_LIMIT
}

/// `&` and the first byte of a no-break space, which other letters have, too.
fn is_referenced(byte: u8) -> bool {
    matches!(byte, b'&' | 0xC2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sanitize::clean;

    /// The most references of one text, as the serialiser meets them.
    fn most(html: &str) -> usize {
        let texts = html.split(['<', '>']);
        let references = texts.map(|text| text.bytes().filter(|byte| is_referenced(*byte)).count());
        references.max().unwrap_or(0)
    }

    #[test]
    fn no_text_has_many_references_and_none_is_lost() {
        let many = "&amp;".repeat(10_000);
        let latin = "\u{AB}\u{A0}".repeat(5_000);
        for text in [&many, &latin] {
            for html in [
                text.clone(),
                format!("<p title=\"a>b\">{text}</p>"),
                format!("<table><tbody><tr><td>{text}</td></tr></tbody></table>"),
            ] {
                let divided = divided(&html);
                assert!(most(&divided) <= REFERENCES_LIMIT, "{}", most(&divided));
                assert_eq!(divided.replace(BREAK, ""), html);
                let shown = text.replace('\u{A0}', "&nbsp;");
                assert!(clean(&html).contains(&shown), "the text is whole");
            }
        }
    }

    #[test]
    fn honest_texts_and_attributes_stay_as_they_are() {
        let words = "a &amp; b ".repeat(100);
        let attribute = format!("<a href=\"{}\">x</a>", "&amp;".repeat(1000));
        for html in [words, attribute] {
            assert!(matches!(divided(&html), Cow::Borrowed(_)));
        }
        let address = format!("https://x.y/?{}", "a=b&".repeat(500));
        assert!(is_cheap(&address) && is_cheap(&"x".repeat(1 << 20)));
        assert!(!is_cheap(&"&".repeat(1 << 13)));
    }
}
