//! Why something was not done.

use crate::{CodelabId, HelpRequestId, SeatId, StepId};

/// A refusal. The wire maps each to a problem, for HTTP and WebSocket alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// A workshop needs something to work through.
    #[error("a workshop needs at least one codelab with at least one step")]
    EmptyAgenda,
    /// Progress is per codelab, so each can be on the agenda once.
    #[error("codelab {0} is on the agenda twice")]
    CodelabTwiceOnAgenda(CodelabId),
    /// Only reading is possible now.
    #[error("the workshop has ended")]
    WorkshopEnded,
    /// The log has no start yet.
    #[error("the workshop has not started")]
    WorkshopNotStarted,
    /// Joining takes the right code.
    #[error("the join code is missing or wrong")]
    WrongJoinCode,
    /// No more seats.
    #[error("all {capacity} seats are taken")]
    RoomFull {
        /// Seats a workshop has.
        capacity: u32,
    },
    /// The seat is none of this workshop's.
    #[error("seat {0} is not in this workshop")]
    UnknownSeat(SeatId),
    /// Only a facilitator may do this.
    #[error("only a facilitator may do this")]
    NotAFacilitator,
    /// Not on the agenda.
    #[error("codelab {0} is not on the agenda")]
    UnknownCodelab(CodelabId),
    /// Not in that codelab.
    #[error("step {0} is not in this codelab")]
    UnknownStep(StepId),
    /// No such request.
    #[error("help request {0} does not exist")]
    UnknownHelpRequest(HelpRequestId),
    /// One at a time.
    #[error("help request {0} of this seat is still waiting")]
    HelpAlreadyRaised(HelpRequestId),
    /// Another facilitator was faster.
    #[error("help request {id} was claimed by seat {by}")]
    HelpAlreadyClaimed {
        /// The request.
        id: HelpRequestId,
        /// The facilitator who has it.
        by: SeatId,
    },
    /// Resolved or withdrawn.
    #[error("help request {0} is closed")]
    HelpAlreadyClosed(HelpRequestId),
    /// Only who raised it may withdraw it.
    #[error("help request {0} was raised by somebody else")]
    NotYourHelpRequest(HelpRequestId),
}
