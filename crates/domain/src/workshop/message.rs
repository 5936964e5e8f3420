//! What is said: chat to all, announcements, direct messages.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{ContentHash, MessageId, MessageText, SeatId, Timestamp};

/// People that one message may mention.
pub const MENTIONS: usize = 20;

/// Messages pinned at the same time.
pub const PINNED: usize = 5;

/// What kind of message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// Chat to all.
    Chat,
    /// A facilitator's announcement.
    Announcement,
    /// Between an attendee and the facilitators.
    Direct {
        /// The attendee.
        with: SeatId,
    },
}

impl MessageKind {
    /// The attendee whose conversation with the facilitators it belongs to;
    /// nothing if everybody may see it.
    #[must_use]
    pub const fn thread(self) -> Option<SeatId> {
        match self {
            Self::Chat | Self::Announcement => None,
            Self::Direct { with } => Some(with),
        }
    }
}

/// A picture in a message. Its bytes are stored before it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picture {
    /// SHA-256 of its bytes.
    pub file: ContentHash,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// What a message says. A text, a picture, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageBody {
    text: Option<MessageText>,
    picture: Option<Picture>,
    /// The message it answers.
    pub reply_to: Option<MessageId>,
    /// Whom it calls by name.
    pub mentions: Arc<[SeatId]>,
}

impl MessageBody {
    /// Nothing but a text.
    #[must_use]
    pub fn text(text: MessageText) -> Self {
        Self {
            text: Some(text),
            picture: None,
            reply_to: None,
            mentions: Arc::default(),
        }
    }

    /// A text, a picture, or both; nothing if there is neither.
    #[must_use]
    pub fn of(text: Option<MessageText>, picture: Option<Picture>) -> Option<Self> {
        (text.is_some() || picture.is_some()).then(|| Self {
            text,
            picture,
            reply_to: None,
            mentions: Arc::default(),
        })
    }

    /// The text; empty for a picture alone.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.text.as_ref().map_or("", MessageText::as_str)
    }

    /// The picture.
    #[must_use]
    pub const fn picture(&self) -> Option<Picture> {
        self.picture
    }

    /// The same with what is known of its picture's size.
    #[must_use]
    pub fn with_picture(mut self, picture: Picture) -> Self {
        self.picture = Some(picture);
        self
    }
}

/// An answer of one character to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// Something said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Which.
    pub id: MessageId,
    /// Chat, announcement or direct.
    pub kind: MessageKind,
    /// By whom.
    pub seat: SeatId,
    /// What; empty for a picture alone and for what was deleted.
    pub text: Arc<str>,
    /// Its picture.
    pub picture: Option<Picture>,
    /// The message it answers.
    pub reply_to: Option<MessageId>,
    /// Whom it calls by name.
    pub mentions: Arc<[SeatId]>,
    /// When.
    pub at: Timestamp,
    /// Who took it back, if somebody did.
    pub deleted_by: Option<SeatId>,
    /// Whether it stays in everybody's sight.
    pub pinned: bool,
    /// Who reacted how.
    pub reactions: BTreeMap<Reaction, BTreeSet<SeatId>>,
}
