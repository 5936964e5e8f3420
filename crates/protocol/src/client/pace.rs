//! Keeping a room together.

use domain::{
    CodelabId, PaceId, StepId, TextError, TimerLabel,
    workshop::{Command, StepRef},
};

use super::{IntoCommand, command};
use crate::{Id, PaceAnswer, Problem};

command! {
    /// Ask whether everybody is at a step. Replaces the question before.
    AskPace {
        /// The codelab.
        #[schema(value_type = String)]
        codelab: Id<CodelabId>,
        /// Its step.
        #[schema(value_type = String)]
        step: Id<StepId>,
    }
}

command! {
    /// Answer the pace question.
    AnswerPace {
        /// The question.
        pace: u32,
        /// What.
        answer: PaceAnswer,
    }
}

command! {
    /// Take no more answers to the pace question.
    ClosePace {
        /// The question.
        pace: u32,
    }
}

command! {
    /// Begin a countdown that everybody sees. Replaces the one before.
    StartTimer {
        /// How long: 1 to 86,400.
        seconds: u32,
        /// What for; at most 80 characters, may be left out or empty.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        label: Option<String>,
    }
}

command! {
    /// Take the countdown away.
    StopTimer {}
}

command! {
    /// Have the room follow from step to step; takes over from who leads.
    TakeLead {}
}

command! {
    /// Lead no longer.
    ReleaseLead {}
}

command! {
    /// Follow who leads, or go one's own way.
    SetFollowing {
        /// Whether.
        following: bool,
    }
}

command! {
    /// How far attendees may go in a codelab. Keeps a room together; it is no
    /// secret what comes after.
    LimitSteps {
        /// The codelab.
        #[schema(value_type = String)]
        codelab: Id<CodelabId>,
        /// The last open step, or the one that is led to if that comes later;
        /// absent: all are open.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, nullable = false)]
        last: Option<Id<StepId>>,
    }
}

impl IntoCommand for AskPace {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::AskPace(StepRef {
            codelab: self.codelab.0,
            step: self.step.0,
        }))
    }
}

impl IntoCommand for AnswerPace {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::AnswerPace {
            pace: PaceId::new(self.pace),
            answer: self.answer.into(),
        })
    }
}

impl IntoCommand for ClosePace {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::ClosePace(PaceId::new(self.pace)))
    }
}

impl IntoCommand for StartTimer {
    fn command(self) -> Result<Command, Problem> {
        let label = match self.label.as_deref().map(TimerLabel::parse).transpose() {
            Err(TextError::Empty) => None,
            parsed => parsed.map_err(|e| Problem::invalid_text("label", e))?,
        };
        let seconds = self.seconds;
        Ok(Command::StartTimer { seconds, label })
    }
}

impl IntoCommand for StopTimer {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::StopTimer)
    }
}

impl IntoCommand for TakeLead {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::TakeLead)
    }
}

impl IntoCommand for ReleaseLead {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::ReleaseLead)
    }
}

impl IntoCommand for SetFollowing {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::SetFollowing(self.following))
    }
}

impl IntoCommand for LimitSteps {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::LimitSteps {
            codelab: self.codelab.0,
            last: self.last.map(|step| step.0),
        })
    }
}
