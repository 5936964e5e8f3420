//! Quotes, and the boxes that are written as quotes.

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use super::Writer;
use crate::boxes::{self, BoxKind};

impl Writer<'_> {
    /// A quote is a box when its first words say so.
    pub(super) fn open_quote(&mut self, kind: Option<BlockQuoteKind>) {
        if let Some(kind) = kind {
            self.open_box(match kind {
                BlockQuoteKind::Note | BlockQuoteKind::Tip => BoxKind::Positive,
                BlockQuoteKind::Important | BlockQuoteKind::Warning | BlockQuoteKind::Caution => {
                    BoxKind::Negative
                }
            });
            return;
        }
        let marker = match (self.peek(0), self.peek(1)) {
            (Some(Event::Start(Tag::Paragraph)), Some(Event::Text(words))) => {
                boxes::aside_marker(words)
            }
            _ => None,
        };
        let Some((kind, rest)) = marker else {
            self.put_open("<blockquote>");
            self.quotes.push("</blockquote>");
            return;
        };
        self.open_box(kind);
        self.next += 2;
        let after = self.peek(0);
        if rest.is_empty() && matches!(after, Some(Event::End(TagEnd::Paragraph))) {
            self.next += 1;
            return;
        }
        if rest.is_empty() && matches!(after, Some(Event::SoftBreak | Event::HardBreak)) {
            self.next += 1;
        }
        self.put("<p>");
        self.text(rest);
    }

    fn open_box(&mut self, kind: BoxKind) {
        self.put_open(kind.open());
        self.quotes.push("</aside>");
    }
}
