//! What is said.

use domain::{
    AnnouncementText, ContentHash, MessageId, MessageText, SeatId, TextError,
    workshop::{Command, MENTIONS, MessageBody, Picture},
};

use super::{IntoCommand, command, invalid};
use crate::{Id, Problem, Reaction};

command! {
    /// Say something to everybody: a text, a picture, or both.
    PostMessage {
        /// What; at most 4,000 characters, empty only beside a picture. Between
        /// lines of three backticks it is code.
        text: String,
        /// The message it answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        reply_to: Option<u32>,
        /// Seats whose people the text calls by name, at most 20. An attendee's
        /// that are neither facilitators' nor of people who wrote are left out.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mentions: Vec<u32>,
        /// SHA-256 of a picture that was uploaded before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, nullable = false)]
        picture: Option<Id<ContentHash>>,
    }
}

command! {
    /// Say something that only one attendee and the facilitators see.
    PostDirectMessage {
        /// Facilitators: the attendee. Attendees leave it out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        with: Option<u32>,
        /// What; at most 4,000 characters, empty only beside a picture.
        text: String,
        /// The message it answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        reply_to: Option<u32>,
        /// SHA-256 of a picture that was uploaded before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, nullable = false)]
        picture: Option<Id<ContentHash>>,
    }
}

command! {
    /// Tell everybody something that must not be missed.
    Announce {
        /// What; 1 to 2,000 characters.
        text: String,
        /// Whether it stays in everybody's sight.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pinned: bool,
    }
}

command! {
    /// Take a message back. Its place stays; its words do not.
    DeleteMessage {
        /// The message.
        message: u32,
    }
}

command! {
    /// Keep a message in everybody's sight; at most five at a time.
    PinMessage {
        /// The message.
        message: u32,
        /// Whether.
        pinned: bool,
    }
}

command! {
    /// React to a message, or take that back.
    React {
        /// The message.
        message: u32,
        /// How.
        reaction: Reaction,
        /// Whether it should stand.
        on: bool,
    }
}

command! {
    /// An attendee may no longer write to everybody, or may again. Direct
    /// messages and help stay possible.
    MuteSeat {
        /// The attendee.
        seat: u32,
        /// Whether.
        muted: bool,
    }
}

command! {
    /// How long attendees wait between two chat messages.
    SetSlowMode {
        /// Seconds, at most 300; 0 is off.
        seconds: u32,
    }
}

impl IntoCommand for PostMessage {
    fn command(self) -> Result<Command, Problem> {
        if self.mentions.len() > MENTIONS {
            return Err(invalid("mentions", "too many"));
        }
        let mut body = body(&self.text, self.picture)?;
        body.reply_to = self.reply_to.map(MessageId::new);
        body.mentions = self.mentions.into_iter().map(SeatId::new).collect();
        Ok(Command::PostMessage(body))
    }
}

impl IntoCommand for PostDirectMessage {
    fn command(self) -> Result<Command, Problem> {
        let mut message = body(&self.text, self.picture)?;
        message.reply_to = self.reply_to.map(MessageId::new);
        let with = self.with.map(SeatId::new);
        Ok(Command::PostDirectMessage { with, message })
    }
}

impl IntoCommand for Announce {
    fn command(self) -> Result<Command, Problem> {
        let text =
            AnnouncementText::parse(&self.text).map_err(|e| Problem::invalid_text("text", e))?;
        let pinned = self.pinned;
        Ok(Command::Announce { text, pinned })
    }
}

impl IntoCommand for DeleteMessage {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::DeleteMessage(MessageId::new(self.message)))
    }
}

impl IntoCommand for PinMessage {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::PinMessage {
            message: MessageId::new(self.message),
            pinned: self.pinned,
        })
    }
}

impl IntoCommand for React {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::React {
            message: MessageId::new(self.message),
            reaction: self.reaction.into(),
            on: self.on,
        })
    }
}

impl IntoCommand for MuteSeat {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::MuteSeat {
            seat: SeatId::new(self.seat),
            muted: self.muted,
        })
    }
}

impl IntoCommand for SetSlowMode {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::SetSlowMode(self.seconds))
    }
}

/// The text may be empty beside a picture. How large the picture is, the
/// server knows from its bytes.
fn body(text: &str, picture: Option<Id<ContentHash>>) -> Result<MessageBody, Problem> {
    let picture = picture.map(|file| Picture {
        file: file.0,
        width: 0,
        height: 0,
    });
    let text = match MessageText::parse(text) {
        Err(TextError::Empty) if picture.is_some() => None,
        parsed => Some(parsed.map_err(|e| Problem::invalid_text("text", e))?),
    };
    MessageBody::of(text, picture).ok_or_else(|| Problem::invalid_text("text", TextError::Empty))
}
