//! What somebody with a seat can ask for.

use crate::{AnnouncementText, HelpRequestId, HelpText, MessageText, workshop::StepRef};

/// A wish of a seat, in the imperative. Joining is [`super::admit`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Show this step: it becomes the seat's current one.
    EnterStep(StepRef),
    /// Mark a step as done.
    CompleteStep(StepRef),
    /// Mark a step as not done after all.
    ReopenStep(StepRef),
    /// Say something to everybody.
    PostMessage(MessageText),
    /// Facilitators: tell everybody something that must not be missed.
    Announce(AnnouncementText),
    /// Ask for help, at a step if the seat is at one.
    RaiseHelp {
        /// Where the attendee is stuck.
        at: Option<StepRef>,
        /// What about, if they said so.
        message: Option<HelpText>,
    },
    /// Facilitators: take on a help request.
    ClaimHelp(HelpRequestId),
    /// Facilitators: close a help request as helped.
    ResolveHelp(HelpRequestId),
    /// The attendee who raised it: no longer needed.
    WithdrawHelp(HelpRequestId),
    /// Facilitators: whether joining takes the join code.
    RequireJoinCode(bool),
    /// Facilitators: end the workshop for everybody.
    EndWorkshop,
}
