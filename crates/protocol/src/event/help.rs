//! Help requests.

use super::event;
use crate::{HelpRequest, Person};

event! {
    /// Somebody asked for help.
    HelpRaised {
        /// The request.
        request: HelpRequest,
    }
}
event! {
    /// A facilitator is on the way.
    HelpClaimed {
        /// The request.
        help_request: u32,
        /// Who waits.
        seat: u32,
        /// The facilitator.
        by: Person,
    }
}
event! {
    /// A claimed request is open again, at its old place.
    HelpHandedBack {
        /// The request.
        help_request: u32,
        /// Who waits.
        seat: u32,
        /// The facilitator.
        by: Person,
    }
}
event! {
    /// A facilitator closed a request as helped.
    HelpResolved {
        /// The request.
        help_request: u32,
        /// Who waited.
        seat: u32,
        /// The facilitator.
        by: Person,
    }
}
event! {
    /// Help is no longer needed.
    HelpWithdrawn {
        /// The request.
        help_request: u32,
        /// Who waited.
        seat: u32,
    }
}
