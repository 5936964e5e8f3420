//! Help.

use domain::{
    CodelabId, HelpRequestId, HelpText, StepId, TextError,
    workshop::{Command, StepRef},
};

use super::{IntoCommand, command, invalid};
use crate::{Id, Problem};

command! {
    /// Ask for help.
    RaiseHelp {
        /// The codelab one is stuck in; together with `step`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, nullable = false)]
        codelab: Option<Id<CodelabId>>,
        /// The step one is stuck at; together with `codelab`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, nullable = false)]
        step: Option<Id<StepId>>,
        /// What about; at most 500 characters, may be left out or empty.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        message: Option<String>,
    }
}

impl IntoCommand for RaiseHelp {
    /// A message of nothing but white space and invisible characters is none.
    fn command(self) -> Result<Command, Problem> {
        let message = match self.message.as_deref().map(HelpText::parse).transpose() {
            Err(TextError::Empty) => None,
            parsed => parsed.map_err(|e| Problem::invalid_text("message", e))?,
        };
        let at = match (self.codelab, self.step) {
            (Some(codelab), Some(step)) => Some(StepRef {
                codelab: codelab.0,
                step: step.0,
            }),
            (None, None) => None,
            (Some(_), None) => return Err(invalid("step", "a codelab needs its step")),
            (None, Some(_)) => return Err(invalid("codelab", "a step needs its codelab")),
        };
        Ok(Command::RaiseHelp { at, message })
    }
}

macro_rules! request_command {
    ($(#[$doc:meta])* $name:ident) => {
        command! {
            $(#[$doc])*
            $name {
                /// The request.
                help_request: u32,
            }
        }

        impl IntoCommand for $name {
            fn command(self) -> Result<Command, Problem> {
                Ok(Command::$name(HelpRequestId::new(self.help_request)))
            }
        }
    };
}

request_command! {
    /// Take on a help request.
    ClaimHelp
}
request_command! {
    /// Give a claimed help request back to the queue: it keeps its place.
    HandBackHelp
}
request_command! {
    /// Close a help request as helped.
    ResolveHelp
}
request_command! {
    /// Take back one's own help request.
    WithdrawHelp
}
