//! Who a request is from. A handler that needs a facilitator or a seat takes
//! one as a parameter; there is no role check in a body.

mod cookie;
mod extract;
pub mod guard;
pub mod launch;
mod reader;
mod removals;
pub mod rights;

pub use cookie::CookieNames;
pub use extract::{
    Caller, Facilitator, OptionalFacilitator, PeerAddress, SeatHolder, facilitator_seat, seats_of,
};
pub use reader::Reader;
pub use removals::Removals;
