//! Who was there.

use std::collections::HashMap;

use domain::{Name, Timestamp};

use super::rows::{Remarks, Row};
use crate::past::Who;

/// More people than any codelab ever had; beyond this a backup is no backup.
const MOST: usize = 20_000;

/// Facilitators that are told apart by the names they wrote under.
const MOST_FACILITATORS: usize = 20;

/// The people of a past workshop, by what the backup knows them by.
pub(super) struct People {
    words: Words,
    pub(super) attendees: Vec<Attendee>,
    pub(super) facilitators: Vec<Name>,
    by_id: HashMap<String, usize>,
    by_name: HashMap<String, Option<usize>>,
}

/// Somebody, and when they did something.
pub(super) struct Attendee {
    pub(super) name: Name,
    pub(super) first: Timestamp,
    pub(super) last: Timestamp,
}

/// What people are called who have no name.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub(super) attendee: &'static str,
    pub(super) facilitator: &'static str,
}

impl People {
    /// The rows of `attendees`.
    pub(super) fn of(rows: &[Row<'_>], words: Words, remarks: &mut Remarks<'_>) -> Self {
        let mut people = Self {
            words,
            attendees: Vec::new(),
            facilitators: Vec::new(),
            by_id: HashMap::new(),
            by_name: HashMap::new(),
        };
        for row in rows {
            if people.attendees.len() >= MOST {
                remarks.lost(&row.place("id"));
                continue;
            }
            let written = row.fields.text("name");
            let name = name_of(written.as_deref(), words.attendee, row, "name", remarks);
            let index = people.add(name, row.at);
            match row.fields.text("id") {
                Some(id) if !people.by_id.contains_key(&id) => {
                    people.by_id.insert(id, index);
                }
                Some(_) | None => remarks.mended(&row.place("id")),
            }
        }
        people
    }

    fn add(&mut self, name: Name, at: Timestamp) -> usize {
        let index = self.attendees.len();
        let same = self.by_name.entry(name.as_str().to_owned());
        // Of two with the same name nobody knows who is meant.
        same.and_modify(|known| *known = None)
            .or_insert(Some(index));
        self.attendees.push(Attendee {
            name,
            first: at,
            last: at,
        });
        index
    }

    /// The row of `attendees` with this id.
    pub(super) fn known(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Whose a row is by its `attendee_id`. Somebody who is not in the backup gets a place of their
    /// own; nothing when the row names nobody.
    pub(super) fn owner(
        &mut self,
        row: &Row<'_>,
        name_field: &str,
        remarks: &mut Remarks<'_>,
    ) -> Option<usize> {
        let id = row.fields.text("attendee_id")?;
        let name = row.fields.text(name_field);
        self.stranger(&id, name.as_deref(), (row, "attendee_id"), remarks)
    }

    fn stranger(
        &mut self,
        id: &str,
        name: Option<&str>,
        (row, field): (&Row<'_>, &str),
        remarks: &mut Remarks<'_>,
    ) -> Option<usize> {
        if let Some(known) = self.known(id) {
            self.seen(known, row.at);
            return Some(known);
        }
        if self.attendees.len() >= MOST {
            return None;
        }
        remarks.mended(&row.place(field));
        let name = name
            .and_then(|name| Name::parse(name).ok())
            .or_else(|| Name::parse(self.words.attendee).ok())?;
        let index = self.add(name, row.at);
        self.by_id.insert(id.to_owned(), index);
        Some(index)
    }

    /// Who wrote something: by their id, else by a name that only one person has, else somebody
    /// who ran the workshop.
    pub(super) fn author(
        &mut self,
        row: &Row<'_>,
        (id, name): (&str, &str),
        remarks: &mut Remarks<'_>,
    ) -> Option<Who> {
        let id_field = id;
        let (id, name) = (row.fields.text(id), row.fields.text(name));
        let id = id.filter(|id| {
            let lower = id.to_ascii_lowercase();
            !matches!(
                lower.as_str(),
                "facilitator" | "admin" | "host" | "instructor"
            )
        });
        if let Some(id) = id {
            let who = self.stranger(&id, name.as_deref(), (row, id_field), remarks)?;
            return Some(Who::Attendee(who));
        }
        let same = name
            .as_ref()
            .and_then(|name| self.by_name.get(name.as_str()));
        if let Some(Some(index)) = same.copied() {
            self.seen(index, row.at);
            return Some(Who::Attendee(index));
        }
        Some(self.facilitator(name.as_deref(), row, remarks))
    }

    /// Somebody who ran the workshop, under the name they wrote.
    pub(super) fn facilitator(
        &mut self,
        name: Option<&str>,
        row: &Row<'_>,
        remarks: &mut Remarks<'_>,
    ) -> Who {
        let name = name_of(name, self.words.facilitator, row, "sender_name", remarks);
        let known = self.facilitators.iter().position(|other| *other == name);
        let index = known.unwrap_or_else(|| {
            if self.facilitators.len() < MOST_FACILITATORS {
                self.facilitators.push(name);
            }
            self.facilitators.len() - 1
        });
        Who::Facilitator(index)
    }

    /// Somebody did something.
    pub(super) fn seen(&mut self, index: usize, at: Timestamp) {
        if let Some(person) = self.attendees.get_mut(index) {
            person.first = person.first.min(at);
            person.last = person.last.max(at);
        }
    }

    /// Somebody who ran it, whoever that was, if nobody is known.
    pub(super) fn ensure_facilitator(&mut self) {
        if self.facilitators.is_empty()
            && let Ok(name) = Name::parse(self.words.facilitator)
        {
            self.facilitators.push(name);
        }
    }
}

/// A name as it is, else cut, else a word for nobody in particular.
fn name_of(
    written: Option<&str>,
    otherwise: &str,
    row: &Row<'_>,
    field: &str,
    remarks: &mut Remarks<'_>,
) -> Name {
    let written = written.unwrap_or_default();
    if let Ok(name) = Name::parse(written) {
        return name;
    }
    remarks.mended(&row.place(field));
    let short = written.chars().take(Name::MAX_CHARS).collect::<String>();
    Name::parse(&short)
        .or_else(|_| Name::parse(otherwise))
        .unwrap_or_else(|_| unreachable!("a plain word is a name"))
}
