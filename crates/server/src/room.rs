//! Rooms: one task per workshop that owns its state.
//!
//! Place in the data's way: requests come in through a [`Room`] handle, are
//! decided by [`domain::workshop::decide`], made durable by the store and
//! published to the connections by the [`outbox`]. A room must never know a
//! socket or an HTTP request.

mod actor;
mod handle;
mod outbox;
mod presence;
mod pulse;
mod registry;

pub use handle::{Admitted, Credentials, Facts, Room};
pub use outbox::{Outbox, Read, Sent};
pub use presence::{Presence, PresenceGuard};
pub use registry::Rooms;
