//! Reads tags out of raw HTML that authors mix into Markdown.
//!
//! Good enough to find what we translate; it decides nothing about safety, which is the
//! sanitiser's work at the very end.

/// A part of some HTML.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Anything between tags, as written.
    Text(&'a str),
    /// A tag.
    Tag(Tag<'a>),
    /// A comment; its words are nobody's.
    Comment,
}

/// What stands for a comment whose words are left out. Without anything its line could be empty and
/// end the block, or hold one tag alone and begin another.
pub(crate) const NO_WORDS: &str = "<!-- -->";

/// An opening or closing tag.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// Lower case.
    pub(crate) name: String,
    pub(crate) closing: bool,
    attributes: Vec<(String, String)>,
    /// The tag as written.
    pub(crate) raw: &'a str,
}

impl Tag<'_> {
    /// The value of an attribute, entities resolved.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn opens(&self, name: &str) -> bool {
        !self.closing && self.name == name
    }

    pub(crate) fn closes(&self, name: &str) -> bool {
        self.closing && self.name == name
    }
}

/// Tags of some HTML that may stay open to its end, before no further one is looked for: each is
/// read to the end, and a hostile text has nothing else.
const OPEN_TAGS_LIMIT: u32 = 32;

/// Where a part of a text, which must be one, stands in it.
pub(crate) fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// Cuts HTML into its pieces.
pub(crate) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut open_tags = 0;
    let last_end = html.rfind('>').unwrap_or(0);
    let (mut rest, mut text_end) = (html, 0);
    while let Some(at) = rest.get(text_end..).and_then(|tail| tail.find('<')) {
        let start = text_end + at;
        let tail = &rest[start..];
        let (piece, length) = if tail.starts_with("<!--") {
            (
                Piece::Comment,
                tail.find("-->").map_or(tail.len(), |end| end + 3),
            )
        } else {
            // Behind the last `>` no tag can end; not looking keeps hostile text cheap.
            let may_end = html.len() - tail.len() < last_end && open_tags < OPEN_TAGS_LIMIT;
            let Some(tag) = may_end.then(|| tag(tail)).flatten() else {
                let is_open = |tail: &str| {
                    tail.trim_start_matches('/')
                        .starts_with(|c: char| c.is_ascii_alphabetic())
                };
                open_tags += u32::from(may_end && tail.get(1..).is_some_and(is_open));
                text_end = start + 1;
                continue;
            };
            let length = tag.raw.len();
            (Piece::Tag(tag), length)
        };
        if start > 0 {
            pieces.push(Piece::Text(&rest[..start]));
        }
        pieces.push(piece);
        rest = &rest[start + length..];
        text_end = 0;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// Blocks that go on over blank lines, and what ends each.
const ENDS: &[(&str, &str)] = &[
    ("<?", "?>"),
    ("<![cdata[", "]]>"),
    ("<pre", "</pre>"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("<textarea", "</textarea>"),
];

/// Ends what was made of a block of HTML as the block ends: a comment without an end takes all behind
/// it along, and what follows would be more of the block.
pub(crate) fn end_as(html: &str, made: &mut String) {
    let lower = html.to_ascii_lowercase();
    let ends = ENDS.iter().find(|(start, _)| lower.starts_with(start));
    if let Some((_, end)) = ends
        && lower.contains(end)
        && !made.to_ascii_lowercase().contains(end)
    {
        made.push_str(end);
    }
    if html.ends_with('\n') && !made.ends_with('\n') {
        made.push('\n');
    }
}

/// Reads the tag at the start of a text that begins with `<`.
fn tag(text: &str) -> Option<Tag<'_>> {
    let (closing, after) = match text.get(1..)?.strip_prefix('/') {
        Some(after) => (true, after),
        None => (false, text.get(1..)?),
    };
    if !after.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name_end = after.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'))?;
    let name = after[..name_end].to_ascii_lowercase();
    let mut attributes = Vec::new();
    let mut rest = &after[name_end..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(behind) = rest.strip_prefix('>') {
            let raw = &text[..text.len() - behind.len()];
            return Some(Tag {
                name,
                closing,
                attributes,
                raw,
            });
        }
        let (attribute, behind) = attribute(rest)?;
        attributes.push(attribute);
        rest = behind;
    }
}

fn attribute(text: &str) -> Option<((String, String), &str)> {
    let is_end = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/');
    // A stray `=` counts as the first letter of a name, as in the HTML standard.
    let first = text.chars().next()?.len_utf8();
    let key_end = first + text[first..].find(is_end)?;
    let key = text[..key_end].to_ascii_lowercase();
    let rest = text[key_end..].trim_start();
    let Some(value) = rest.strip_prefix('=').map(str::trim_start) else {
        return Some(((key, String::new()), &text[key_end..]));
    };
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (value, rest) = match quote {
        Some(quote) => value[1..].split_once(quote)?,
        None => value.split_at(value.find(|c: char| c.is_ascii_whitespace() || c == '>')?),
    };
    Some(((key, unescape(value)), rest))
}

/// Bytes of the longest character reference we know, `&#x10FFFF;`.
const LONGEST_REFERENCE: usize = 10;

/// Resolves the character references that occur in attributes.
pub(crate) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest
            .bytes()
            .take(LONGEST_REFERENCE)
            .position(|byte| byte == b';');
        let resolved = end.and_then(|end| Some((reference(&rest[1..end])?, end)));
        if let Some((character, end)) = resolved {
            out.push(character);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out + rest
}

fn reference(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{A0}'),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// Text as it may stand in HTML, in or outside an attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_their_attributes() {
        let html =
            r#"a < b <IMG src='x y.png' alt="&quot;q&quot; &#62;" width=300/>c<!-- <b> --></P >"#;
        let pieces = pieces(html);
        let [
            Piece::Text("a < b "),
            Piece::Tag(image),
            Piece::Text("c"),
            Piece::Comment,
            Piece::Tag(end),
        ] = pieces.as_slice()
        else {
            panic!("{pieces:?}");
        };
        assert!(image.opens("img") && end.closes("p"));
        assert_eq!(image.attribute("src"), Some("x y.png"));
        assert_eq!(image.attribute("alt"), Some("\"q\" >"));
        assert_eq!(image.attribute("width"), Some("300/"));
        assert_eq!(image.attribute("height"), None);
    }

    #[test]
    fn what_never_ends_is_text() {
        for html in ["<", "<a", "<a href=\"x", "</", "<é>", "a <b c="] {
            assert_eq!(pieces(html), [Piece::Text(html)], "{html}");
        }
        assert_eq!(pieces("<!-- open"), [Piece::Comment]);
    }

    #[test]
    fn references_resolve_or_stay() {
        assert_eq!(
            unescape("a&amp;b &#x41; &unknown; & &#xD800;"),
            "a&b A &unknown; & &#xD800;"
        );
        assert_eq!(escape("<a b=\"&\">"), "&lt;a b=&quot;&amp;&quot;&gt;");
    }
}
