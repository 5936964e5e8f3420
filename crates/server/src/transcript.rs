//! A conversation as a file to keep: what was said to everybody and between
//! attendees and facilitators, in the order in which it was said. What was
//! taken back is left out.

mod csv;
mod markdown;
mod plain;
mod time;

use domain::{SeatId, Timestamp, workshop};
use protocol::{Directory as _, Id, MessageKind, Person, Picture, Role};

/// Everything said in a workshop.
#[derive(Clone, Debug)]
pub struct Transcript {
    /// The workshop's title.
    pub title: String,
    lines: Vec<Line>,
}

#[derive(Clone, Debug)]
struct Line {
    id: u32,
    at: Timestamp,
    kind: MessageKind,
    from: Person,
    /// The attendee of a direct message.
    with: Option<Person>,
    reply_to: Option<u32>,
    text: String,
    picture: Option<Picture>,
}

impl Transcript {
    /// What was said so far.
    #[must_use]
    pub fn of(state: &workshop::WorkshopState) -> Self {
        let said = state.messages().iter();
        Self {
            title: state
                .title()
                .map(|title| title.as_str().to_owned())
                .unwrap_or_default(),
            lines: said
                .filter_map(|message| Line::of(message, state))
                .collect(),
        }
    }

    /// As a table for spreadsheets.
    #[must_use]
    pub fn csv(&self) -> String {
        csv::write(self)
    }

    /// As Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::write(self)
    }

    /// As plain text.
    #[must_use]
    pub fn plain(&self) -> String {
        plain::write(self)
    }
}

impl Line {
    fn of(message: &workshop::Message, state: &workshop::WorkshopState) -> Option<Self> {
        if message.deleted_by.is_some() {
            return None;
        }
        let person = |seat: SeatId| state.person(seat);
        Some(Self {
            id: message.id.get(),
            at: message.at,
            kind: message.kind.into(),
            from: person(message.seat)?,
            with: message.kind.thread().and_then(person),
            reply_to: message.reply_to.map(domain::MessageId::get),
            text: message.text.to_string(),
            picture: message.picture.map(|picture| Picture {
                file: Id(picture.file),
                width: picture.width,
                height: picture.height,
            }),
        })
    }

    const fn kind_name(&self) -> &'static str {
        match self.kind {
            MessageKind::Chat => "chat",
            MessageKind::Announcement => "announcement",
            MessageKind::Direct => "direct",
        }
    }

    const fn role_name(&self) -> &'static str {
        match self.from.role {
            Role::Attendee => "attendee",
            Role::Facilitator => "facilitator",
        }
    }

    /// What a reader must know of a message that is more than chat.
    fn mark(&self) -> Option<String> {
        match (self.kind, &self.with) {
            (MessageKind::Chat, _) => None,
            (MessageKind::Announcement, _) => Some("announcement".to_owned()),
            (MessageKind::Direct, Some(with)) => Some(format!("direct, {}", name(with))),
            (MessageKind::Direct, None) => Some("direct".to_owned()),
        }
    }

    /// Where the picture is, on the facilitator's machine.
    fn picture_address(&self) -> Option<String> {
        self.picture
            .map(|picture| format!("/api/v1/files/{}", picture.file.0))
    }
}

/// As on screen: the second Ada is "Ada ·2".
fn name(person: &Person) -> String {
    if person.ordinal > 1 {
        format!("{} ·{}", person.name, person.ordinal)
    } else {
        person.name.to_string()
    }
}
