//! Raw HTML in a step: tags that mean something to us are translated, the rest goes on to the
//! sanitiser as it is.

use super::{DEEPEST, Writer, media};
use crate::{
    boxes::BoxKind,
    markup::{Piece, Tag, escape, pieces},
    references::{self, Embedded, Picture},
};

/// Tags that hold nothing, or that end where the next of their kind begins.
const NEVER_NESTED: &[&str] = &[
    "br", "col", "dd", "dt", "hr", "li", "option", "p", "tbody", "td", "tfoot", "th", "thead",
    "tr", "wbr",
];

impl Writer<'_> {
    pub(super) fn html(&mut self, html: &str) {
        let pieces = pieces(html);
        for (index, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Text(text) => self.put(text),
                Piece::Comment => {}
                Piece::Tag(tag) => {
                    let label = match pieces.get(index + 1) {
                        Some(Piece::Text(text)) => text,
                        Some(Piece::Tag(_) | Piece::Comment) | None => "",
                    };
                    self.tag(tag, label);
                }
            }
        }
    }

    fn tag(&mut self, tag: &Tag<'_>, label: &str) {
        match (tag.name.as_str(), tag.closing) {
            ("img", false) => {
                let source = tag.attribute("src").unwrap_or_default();
                let description = tag.attribute("alt").unwrap_or_default();
                let title = tag.attribute("title").unwrap_or_default();
                self.picture(source, description, title, media::Size::of_tag(tag));
            }
            ("a", false) => match tag.attribute("href") {
                Some(address) => {
                    let title = tag.attribute("title").unwrap_or_default();
                    self.open_link(address, title, label);
                }
                None => self.links.push(false),
            },
            ("a", true) => self.close_link(),
            ("button", closing) => self.in_button = !closing,
            ("aside", false) => {
                self.raw_depth += 1;
                if self.raw_depth <= DEEPEST {
                    self.put(BoxKind::of_class(tag.attribute("class")).open());
                }
            }
            ("h1" | "h2", false) => self.put("<h3>"),
            ("h1" | "h2", true) => self.put("</h3>"),
            // Not ours to fill in; a survey has become a list before.
            ("input" | "form" | "name" | "select" | "option", _) => {}
            ("video" | "audio" | "source" | "iframe" | "embed" | "object", _) => {
                if !tag.closing
                    && let Some(embedded) = references::embedded(tag)
                {
                    let title = tag.attribute("title").unwrap_or_default();
                    let picture = match embedded {
                        Embedded::Video(address) => Picture::Video(address),
                        Embedded::Page(address) => Picture::Embed(address),
                        Embedded::File(address) => {
                            let words = if title.trim().is_empty() {
                                Embedded::name(&address)
                            } else {
                                title
                            };
                            // A tag may name several, one right behind the other.
                            return self.put(&format!("{} ", escape(words)));
                        }
                    };
                    self.show(picture, title, "", media::Size::default());
                }
            }
            _ => self.foreign(tag),
        }
    }

    /// A tag that is the sanitiser's to judge.
    fn foreign(&mut self, tag: &Tag<'_>) {
        if !NEVER_NESTED.contains(&tag.name.as_str()) {
            if tag.closing {
                self.raw_depth = self.raw_depth.saturating_sub(1);
            } else {
                self.raw_depth += 1;
            }
            if self.raw_depth > DEEPEST {
                return;
            }
        }
        self.put(tag.raw);
    }
}
