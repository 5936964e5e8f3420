//! Rooms: one task per workshop that owns its state.
//!
//! Place in the data's way: requests come in through a [`Room`] handle, are
//! decided by [`domain::workshop::decide`], made durable by the store and
//! published to the connections by the [`outbox`]. A room must never know a
//! socket or an HTTP request.

mod actor;
mod bells;
mod budget;
mod code;
mod duties;
mod handle;
mod outbox;
mod polls;
mod presence;
mod pulse;
mod registry;

pub use bells::Bell;
pub use code::HighlightedCode;
pub use handle::{Admitted, Credentials, Facts, HelpQueue, Room};
pub use outbox::{Outbox, Read, Sent};
pub use polls::PollFrame;
pub use presence::{Presence, PresenceGuard};
pub use registry::Rooms;
