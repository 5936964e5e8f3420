//! Connections below HTTP: how many there may be, whose they are, and how slow
//! they may become.
//!
//! Place in the data's way: between the port and `http/serve.rs`. A connection
//! is anonymous until a request on it shows a seat or a facilitator
//! (`access/extract.rs`). It must never know what is asked or answered.

mod connection_limits;
mod connections;
mod file_slots;
mod minimum_rate;
mod paced_body;
mod paced_stream;
mod seat_sockets;

pub use connection_limits::ConnectionLimits;
pub use connections::{Connection, Connections, Owner};
pub use minimum_rate::MinimumRate;
pub use paced_body::{Guarded, PacedBody};
pub use paced_stream::PacedStream;
pub use seat_sockets::{SeatSocket, SeatSockets};
