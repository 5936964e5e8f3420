//! What was said: chat, direct messages, and comments on passages of the text.

use std::collections::HashMap;

use domain::MessageText;

use super::{
    Reader,
    rows::{Remarks, Row},
};
use crate::past::{What, Who};

/// A quoted passage is a reminder, not the text again.
const QUOTE_CHARS: usize = 500;

impl Reader<'_, '_> {
    pub(super) fn chat(&mut self, rows: &[Row<'_>]) {
        for row in rows {
            let texts = texts(row, "message", "", &mut self.remarks);
            let is_direct = row
                .fields
                .text("msg_type")
                .is_some_and(|kind| kind.eq_ignore_ascii_case("dm"));
            let who = self
                .people
                .author(row, ("sender_id", "sender_name"), &mut self.remarks);
            let with = match who {
                Some(Who::Attendee(index)) => Some(index),
                Some(Who::Facilitator(_) | Who::Nobody) | None => {
                    let target = row.fields.text("target_id");
                    target.and_then(|id| self.people.known(&id))
                }
            };
            let Some(who) = who else {
                self.remarks.lost(&row.place("sender_id"));
                continue;
            };
            // What was between two never becomes public.
            if is_direct && with.is_none() {
                self.remarks.lost(&row.place("target_id"));
                continue;
            }
            if let Some(with) = with.filter(|_| is_direct) {
                self.people.seen(with, row.at);
            }
            for text in texts {
                let what = match with.filter(|_| is_direct) {
                    Some(with) => What::SaidDirectly { with, text },
                    None => What::Said(text),
                };
                self.did(row, who, what);
            }
        }
    }

    /// Threads on passages, as messages that quote them.
    pub(super) fn comments(&mut self, threads: &[Row<'_>], answers: &[Row<'_>]) {
        let ids = threads.iter().enumerate().filter_map(|(index, thread)| {
            let id = thread.fields.text("id")?;
            Some((id, index))
        });
        let ids = ids.collect::<HashMap<_, _>>();
        let mut begun = vec![false; threads.len()];
        for row in answers {
            let thread = row.fields.text("thread_id");
            let Some(index) = thread.and_then(|id| ids.get(&id).copied()) else {
                // It may well be of another codelab.
                continue;
            };
            let Some(thread) = threads.get(index) else {
                continue;
            };
            let is_first = !std::mem::replace(&mut begun[index], true);
            let before = if is_first {
                self.passage(thread)
            } else {
                String::new()
            };
            let role = row.fields.text("author_role").unwrap_or_default();
            let who = if role.eq_ignore_ascii_case("attendee") {
                self.people
                    .author(row, ("author_id", "author_name"), &mut self.remarks)
            } else {
                let name = row.fields.text("author_name");
                Some(
                    self.people
                        .facilitator(name.as_deref(), row, &mut self.remarks),
                )
            };
            let Some(who) = who else {
                self.remarks.lost(&row.place("author_id"));
                continue;
            };
            for text in texts(row, "message", &before, &mut self.remarks) {
                self.did(
                    row,
                    who,
                    What::Commented {
                        thread: index,
                        text,
                    },
                );
            }
        }
        for (thread, begun) in threads.iter().zip(begun) {
            if !begun {
                self.remarks.lost(&thread.place("id"));
            }
        }
    }

    fn guide_word(&self) -> &'static str {
        if self.worked.is_korean {
            "준비 안내"
        } else {
            "Preparation guide"
        }
    }

    /// Where a thread is, and the words that it is about.
    fn passage(&self, thread: &Row<'_>) -> String {
        let id = thread.fields.text("target_step_id");
        let mut steps = self.worked.named_steps.iter();
        let step = id.and_then(|id| steps.find(|(step, _)| *step == id));
        let of_guide = thread.fields.text("target_type");
        let of_guide = of_guide.is_some_and(|kind| kind.eq_ignore_ascii_case("guide"));
        let guide = of_guide.then_some(self.guide_word());
        let place = step.map(|(_, title)| title.as_str()).or(guide);
        let mut lines = place.map(|place| format!("[{place}]")).unwrap_or_default();
        let selected = thread.written("selected_text").unwrap_or_default().trim();
        let cut = selected.chars().count() > QUOTE_CHARS;
        let mut quoted = selected.chars().take(QUOTE_CHARS).collect::<String>();
        if cut {
            quoted.push('…');
        }
        for line in quoted.lines() {
            if !lines.is_empty() {
                lines.push('\n');
            }
            lines.push_str("> ");
            lines.push_str(line);
        }
        if !lines.is_empty() {
            lines.push_str("\n\n");
        }
        lines
    }
}

/// A row's text as one message or several; `before` stands in front of the first.
fn texts(row: &Row<'_>, field: &str, before: &str, remarks: &mut Remarks<'_>) -> Vec<MessageText> {
    let written = row.written(field).unwrap_or_default();
    if MessageText::parse(written).is_err_and(|error| error == domain::TextError::Empty) {
        remarks.lost(&row.place(field));
        return Vec::new();
    }
    let whole = format!("{before}{written}");
    if let Ok(text) = MessageText::parse(&whole) {
        return vec![text];
    }
    remarks.split(&row.place(field));
    let mut texts = Vec::new();
    let mut rest = whole.as_str();
    while !rest.is_empty() {
        let (piece, behind) = cut(rest);
        texts.extend(MessageText::parse(piece));
        rest = behind;
    }
    texts
}

/// The longest beginning that is a message, up to the end of a line or a word where there is one.
fn cut(text: &str) -> (&str, &str) {
    let Some((limit, _)) = text.char_indices().nth(MessageText::MAX_CHARS) else {
        return (text, "");
    };
    let head = &text[..limit];
    let after = |at: usize| at + 1;
    let at = head
        .rfind('\n')
        .or_else(|| head.rfind(' '))
        .map_or(limit, after);
    text.split_at(at)
}
