//! Polls.

use std::sync::Arc;

use domain::{PollId, workshop::Command};

use super::{IntoCommand, command};
use crate::{PollAnswer, PollForm, Problem};

command! {
    /// Ask a poll. Closes the one that is open.
    OpenPoll {
        /// What it asks, and how.
        form: PollForm,
    }
}

command! {
    /// Answer a poll, perhaps anew: the last answer counts.
    AnswerPoll {
        /// The poll.
        poll: u32,
        /// What.
        answer: PollAnswer,
    }
}

command! {
    /// Take no more answers to a poll.
    ClosePoll {
        /// The poll.
        poll: u32,
    }
}

command! {
    /// Show the room a poll's result, or hide it again.
    RevealPoll {
        /// The poll.
        poll: u32,
        /// Whether.
        revealed: bool,
    }
}

command! {
    /// Ask a poll anew: without its answers, its result hidden.
    ResetPoll {
        /// The poll.
        poll: u32,
    }
}

impl IntoCommand for OpenPoll {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::OpenPoll(Arc::new(self.form.parse()?)))
    }
}

impl IntoCommand for AnswerPoll {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::AnswerPoll {
            poll: PollId::new(self.poll),
            answer: self.answer.parse()?,
        })
    }
}

impl IntoCommand for ClosePoll {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::ClosePoll(PollId::new(self.poll)))
    }
}

impl IntoCommand for RevealPoll {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::RevealPoll {
            poll: PollId::new(self.poll),
            revealed: self.revealed,
        })
    }
}

impl IntoCommand for ResetPoll {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::ResetPoll(PollId::new(self.poll)))
    }
}
