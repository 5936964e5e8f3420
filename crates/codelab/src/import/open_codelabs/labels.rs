//! Link definitions of several texts that become one. `[docs]: …` may stand in each step for another
//! address, but a text knows a label once.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, LinkType, Tag};

use crate::{escape, markdown};

/// The labels that earlier steps defined, in lower case, and where they lead.
#[derive(Debug, Default)]
pub(super) struct Labels(BTreeMap<String, String>);

impl Labels {
    /// The text with its own address written at each link whose label leads elsewhere by now.
    /// Lines stay where they are.
    pub(super) fn settle(&mut self, text: &str) -> String {
        let parser = markdown::parser(text);
        let mut taken = false;
        let own = parser.reference_definitions().iter();
        for (label, definition) in own {
            let address = self.0.entry(label.to_lowercase());
            let address = address.or_insert_with(|| definition.dest.to_string());
            taken |= *address != *definition.dest;
        }
        if taken {
            self.inlined(text)
        } else {
            text.to_owned()
        }
    }

    fn inlined(&self, text: &str) -> String {
        let (mut out, mut done) = (String::with_capacity(text.len()), 0);
        for (event, range) in markdown::parser(text).into_offset_iter() {
            let Event::Start(
                Tag::Link {
                    link_type,
                    dest_url,
                    id,
                    ..
                }
                | Tag::Image {
                    link_type,
                    dest_url,
                    id,
                    ..
                },
            ) = event
            else {
                continue;
            };
            let leads_elsewhere = self
                .0
                .get(&id.to_lowercase())
                .is_some_and(|address| *address != *dest_url);
            if !leads_elsewhere || range.start < done {
                continue;
            }
            let source = &text[range.clone()];
            let words = match link_type {
                LinkType::Reference | LinkType::Collapsed => {
                    source.rfind('[').map_or(source, |at| &source[..at])
                }
                LinkType::Shortcut => source,
                LinkType::Inline
                | LinkType::ReferenceUnknown
                | LinkType::CollapsedUnknown
                | LinkType::ShortcutUnknown
                | LinkType::Autolink
                | LinkType::Email
                | LinkType::WikiLink { .. } => continue,
            };
            out.push_str(&text[done..range.start]);
            out.extend([words, "(", &escape::address(&dest_url), ")"]);
            done = range.end;
        }
        out + &text[done..]
    }
}

#[cfg(test)]
mod tests {
    use super::Labels;

    #[test]
    fn a_label_may_lead_elsewhere_in_each_step() {
        let mut labels = Labels::default();
        let first = "[a][1] and [b]\n\n[1]: https://x.y/1\n[b]: b.png\n";
        assert_eq!(labels.settle(first), first);
        let again = "[other][1]\n\n[1]: https://x.y/1\n";
        assert_eq!(labels.settle(again), again);
        let second =
            "[a *b*][1], ![c][], [c] and [b]\n\n[1]: https://x.y/(2)\n[C]: c.png\n[b]: d\n";
        assert_eq!(
            labels.settle(second),
            "[a *b*](<https://x.y/(2)>), ![c][], [c] and [b](d)\n\n\
             [1]: https://x.y/(2)\n[C]: c.png\n[b]: d\n"
        );
    }
}
