//! Steps.

use domain::{
    CodelabId, StepId,
    workshop::{Command, StepRef},
};

use super::{IntoCommand, command};
use crate::{Id, Problem};

macro_rules! step_command {
    ($(#[$doc:meta])* $name:ident) => {
        command! {
            $(#[$doc])*
            $name {
                /// The codelab.
                #[schema(value_type = String)]
                codelab: Id<CodelabId>,
                /// Its step.
                #[schema(value_type = String)]
                step: Id<StepId>,
            }
        }

        impl IntoCommand for $name {
            fn command(self) -> Result<Command, Problem> {
                Ok(Command::$name(StepRef {
                    codelab: self.codelab.0,
                    step: self.step.0,
                }))
            }
        }
    };
}

step_command! {
    /// Show a step: it becomes the seat's current one.
    EnterStep
}
step_command! {
    /// Mark a step as done.
    CompleteStep
}
step_command! {
    /// Mark a step as not done after all.
    ReopenStep
}
