//! Addresses that stand in the text without any mark become links.

use crate::{markup::escape, references::untypeset};

/// Writes text, with a link for every address in it.
pub(super) fn write(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((start, length)) = find(rest) {
        let (before, behind) = rest.split_at(start);
        let (address, behind) = behind.split_at(length);
        out.push_str(&escape(before));
        let address = escape(&untypeset(address));
        out.extend([
            "<a href=\"",
            &address,
            "\" target=\"_blank\">",
            &address,
            "</a>",
        ]);
        rest = behind;
    }
    out.push_str(&escape(rest));
}

/// The addresses in a text.
pub(crate) fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (start, length) = find(rest)?;
        let (address, behind) = rest.get(start..)?.split_at_checked(length)?;
        rest = behind;
        Some(address)
    })
}

/// The start and length of the first address.
fn find(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find("http")?;
        let tail = &text[start..];
        let scheme = ["https://", "http://"]
            .into_iter()
            .find(|scheme| tail.starts_with(scheme));
        let apart = !text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '/');
        if let Some(scheme) = scheme.filter(|_| apart) {
            let length = length(tail);
            if length > scheme.len() {
                return Some((start, length));
            }
        }
        from = start + "http".len();
    }
}

/// Up to white space, without the punctuation of the sentence around it.
fn length(text: &str) -> usize {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '`');
    let mut address = &text[..text.find(is_end).unwrap_or(text.len())];
    let (opened, mut closed) = (address.matches('(').count(), address.matches(')').count());
    loop {
        let shorter = address.trim_end_matches(|c: char| ".,;:!?'’*_~…".contains(c));
        let shorter = match shorter.strip_suffix(')') {
            Some(before) if closed > opened => {
                closed -= 1;
                before
            }
            Some(_) | None => shorter,
        };
        if shorter.len() == address.len() {
            return address.len();
        }
        address = shorter;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> String {
        let mut out = String::new();
        write(text, &mut out);
        out.replace(" target=\"_blank\"", "")
    }

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        assert_eq!(
            links("see http://a.b/c, or"),
            "see <a href=\"http://a.b/c\">http://a.b/c</a>, or"
        );
        assert_eq!(
            links("(https://a/b_(c))."),
            "(<a href=\"https://a/b_(c)\">https://a/b_(c)</a>)."
        );
        assert_eq!(
            links("https://a/x–y?z=1&q"),
            "<a href=\"https://a/x--y?z=1&amp;q\">https://a/x--y?z=1&amp;q</a>"
        );
    }

    #[test]
    fn words_are_no_addresses() {
        for text in [
            "http",
            "https://",
            "xhttp://a.b",
            "the http: scheme",
            "http://…",
        ] {
            assert_eq!(links(text), text, "{text}");
        }
    }
}
