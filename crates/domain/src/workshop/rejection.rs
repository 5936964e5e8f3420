//! Why something was not done.

use crate::{CodelabId, HelpRequestId, MessageId, PaceId, PollId, QuizKey, SeatId, StepId};

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
    /// Nobody has taken it on.
    #[error("help request {0} is not claimed")]
    HelpNotClaimed(HelpRequestId),
    /// No such message, or not for this seat.
    #[error("message {0} does not exist")]
    UnknownMessage(MessageId),
    /// Only its author or a facilitator may take it back.
    #[error("message {0} is somebody else's")]
    NotYourMessage(MessageId),
    /// There is nothing left to react to or to pin.
    #[error("message {0} was deleted")]
    MessageDeleted(MessageId),
    /// What only two parties see cannot be shown to all.
    #[error("message {0} is direct")]
    DirectMessage(MessageId),
    /// As many as fit into everybody's sight.
    #[error("{max} messages are pinned")]
    TooManyPinned {
        /// How many may be.
        max: usize,
    },
    /// Facilitators cannot be muted and need no direct messages.
    #[error("seat {0} is no attendee's")]
    NotAnAttendee(SeatId),
    /// A facilitator has taken the right to write to everybody.
    #[error("this seat is muted")]
    Muted,
    /// Too soon after the last message.
    #[error("slow mode: the next message may come in {wait_seconds} s")]
    SlowMode {
        /// How much too soon.
        wait_seconds: u32,
    },
    /// Longer than allowed.
    #[error("{what} must be between {min} and {max} seconds")]
    OutOfRange {
        /// What.
        what: &'static str,
        /// At least.
        min: u32,
        /// At most.
        max: u32,
    },
    /// A newer question has replaced it, or it was never asked.
    #[error("pace question {0} is not the current one")]
    UnknownPace(PaceId),
    /// Takes no more answers.
    #[error("pace question {0} is closed")]
    PaceClosed(PaceId),
    /// Another facilitator leads, or nobody.
    #[error("this seat does not lead")]
    NotLeading,
    /// Beyond what is open to attendees.
    #[error("step {0} is not open yet")]
    StepLocked(StepId),
    /// No such poll.
    #[error("poll {0} does not exist")]
    UnknownPoll(PollId),
    /// Takes no more answers.
    #[error("poll {0} is closed")]
    PollClosed(PollId),
    /// Too few or equal options, or a scale without numbers.
    #[error("the poll cannot be asked like this")]
    InvalidPoll,
    /// The answer does not fit the question.
    #[error("the answer does not fit poll {0}")]
    InvalidPollAnswer(PollId),
    /// No more polls.
    #[error("a workshop has at most {max} polls")]
    TooManyPolls {
        /// How many it may have.
        max: u32,
    },
    /// Not in that step, or no longer.
    #[error("quiz {0} is not in this step")]
    UnknownQuiz(QuizKey),
    /// The answer does not fit the question.
    #[error("the answer does not fit quiz {0}")]
    InvalidQuizAnswer(QuizKey),
}
