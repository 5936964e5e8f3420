//! Polls.

use super::event;
use crate::{Poll, PollAnswer};

event! {
    /// A poll was asked.
    PollOpened {
        /// The poll.
        poll: Poll,
    }
}
event! {
    /// What you answered to a poll.
    PollAnswered {
        /// The poll.
        poll: u32,
        /// What.
        answer: PollAnswer,
    }
}
event! {
    /// A poll takes no more answers.
    PollClosed {
        /// The poll.
        poll: u32,
    }
}
event! {
    /// A poll's result can be seen by everybody, or no longer.
    PollRevealed {
        /// The poll.
        poll: u32,
        /// Whether it can.
        revealed: bool,
    }
}
event! {
    /// A poll begins anew: open, without answers, its result hidden.
    PollReset {
        /// The poll.
        poll: u32,
    }
}
