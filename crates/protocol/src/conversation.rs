//! What is said.

use std::sync::Arc;

use domain::{ContentHash, workshop};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Directory, Id, Person};

/// `chat` to all, an `announcement` by a facilitator, or `direct` between an
/// attendee and the facilitators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// Chat to all.
    Chat,
    /// A facilitator's announcement.
    Announcement,
    /// Between an attendee and the facilitators.
    Direct,
}

/// An answer of one character to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    /// Agreed, or done.
    ThumbsUp,
    /// Liked.
    Heart,
    /// Celebrated.
    Party,
    /// Found funny.
    Laugh,
    /// Astonished.
    Surprise,
    /// Looking into it.
    Eyes,
}

/// Who reacted to a message in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReactionSeats {
    /// How.
    pub reaction: Reaction,
    /// Whose seats; at least one.
    pub seats: Vec<u32>,
}

/// A picture in a message: `/api/v1/files/{file}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Picture {
    /// SHA-256 of its bytes.
    #[schema(value_type = String)]
    pub file: Id<ContentHash>,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// Something said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Its number in the workshop.
    pub id: u32,
    /// Chat, announcement or direct.
    pub kind: MessageKind,
    /// By whom.
    pub from: Person,
    /// Plain text; line breaks count. Empty for a picture alone and for what was deleted.
    #[schema(value_type = String)]
    pub text: Arc<str>,
    /// When; milliseconds since the Unix epoch.
    pub at_ms: i64,
    /// The attendee of a direct message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub with: Option<Person>,
    /// The message it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reply_to: Option<u32>,
    /// Whom the text calls by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Person>,
    /// Its picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub picture: Option<Picture>,
    /// The text's blocks of code as highlighted HTML, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub code: Vec<String>,
    /// Who reacted how.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reactions: Vec<ReactionSeats>,
    /// Whether it stays in everybody's sight.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pinned: bool,
    /// Whether it was taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
}

impl Message {
    /// A message with its author's name; nothing if the author is unknown.
    /// Highlighting is the server's: `code` is empty.
    #[must_use]
    pub fn of(message: &workshop::Message, people: &impl Directory) -> Option<Self> {
        let with = message.kind.thread();
        Some(Self {
            id: message.id.get(),
            kind: message.kind.into(),
            from: people.person(message.seat)?,
            text: Arc::clone(&message.text),
            at_ms: message.at.as_ms(),
            with: with.and_then(|seat| people.person(seat)),
            reply_to: message.reply_to.map(domain::MessageId::get),
            mentions: message
                .mentions
                .iter()
                .filter_map(|seat| people.person(*seat))
                .collect(),
            picture: message.picture.map(Picture::from),
            code: Vec::new(),
            reactions: message
                .reactions
                .iter()
                .map(|(reaction, seats)| ReactionSeats {
                    reaction: (*reaction).into(),
                    seats: seats.iter().map(|seat| seat.get()).collect(),
                })
                .collect(),
            pinned: message.pinned,
            deleted: message.deleted_by.is_some(),
        })
    }
}

impl From<workshop::MessageKind> for MessageKind {
    fn from(kind: workshop::MessageKind) -> Self {
        match kind {
            workshop::MessageKind::Chat => Self::Chat,
            workshop::MessageKind::Announcement => Self::Announcement,
            workshop::MessageKind::Direct { .. } => Self::Direct,
        }
    }
}

impl From<workshop::Picture> for Picture {
    fn from(picture: workshop::Picture) -> Self {
        Self {
            file: Id(picture.file),
            width: picture.width,
            height: picture.height,
        }
    }
}

macro_rules! same_variants {
    ($domain:path, $wire:ident: $($variant:ident),+) => {
        impl From<$domain> for $wire {
            fn from(it: $domain) -> Self {
                use $domain as Domain;
                match it { $(Domain::$variant => Self::$variant),+ }
            }
        }

        impl From<$wire> for $domain {
            fn from(it: $wire) -> Self {
                match it { $($wire::$variant => Self::$variant),+ }
            }
        }
    };
}
pub(crate) use same_variants;

same_variants!(workshop::Reaction, Reaction: ThumbsUp, Heart, Party, Laugh, Surprise, Eyes);
