//! What was said, and what became of it.

use super::event;
use crate::{Message, Person, Reaction};

event! {
    /// Somebody said something to everybody.
    MessagePosted {
        /// The message.
        message: Message,
    }
}
event! {
    /// An attendee and the facilitators: something was said.
    DirectMessagePosted {
        /// The message; `with` says which attendee.
        message: Message,
    }
}
event! {
    /// A facilitator announced something.
    AnnouncementMade {
        /// The announcement.
        message: Message,
    }
}
event! {
    /// A message was taken back.
    MessageDeleted {
        /// The message.
        message: u32,
        /// By its author or a facilitator.
        by: Person,
    }
}
event! {
    /// A message now stays in sight, or no longer does.
    MessagePinned {
        /// The message.
        message: u32,
        /// Whether it does.
        pinned: bool,
    }
}
event! {
    /// Somebody reacted to a message, or took that back.
    Reacted {
        /// The message.
        message: u32,
        /// Whose seat.
        seat: u32,
        /// How.
        reaction: Reaction,
        /// Whether it stands now.
        on: bool,
    }
}
event! {
    /// A seat may no longer write to everybody, or may again.
    SeatMuted {
        /// Whose.
        seat: u32,
        /// Whether it is muted now.
        muted: bool,
    }
}
event! {
    /// How long attendees wait between two chat messages.
    SlowModeChanged {
        /// Seconds; 0 is off.
        seconds: u32,
    }
}
