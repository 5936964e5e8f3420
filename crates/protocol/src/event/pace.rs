//! Keeping a room together.

use domain::{CodelabId, StepId};

use super::event;
use crate::{Id, Lead, Pace, PaceAnswer, Person, Timer};

event! {
    /// Is everybody at this step? Replaces the question before.
    PaceAsked {
        /// The question.
        pace: Pace,
    }
}
event! {
    /// Somebody answered the pace question.
    PaceAnswered {
        /// The question.
        pace: u32,
        /// Whose seat.
        seat: u32,
        /// What.
        answer: PaceAnswer,
    }
}
event! {
    /// The pace question takes no more answers.
    PaceClosed {
        /// The question.
        pace: u32,
    }
}
event! {
    /// A countdown began. Replaces the one before.
    TimerStarted {
        /// The countdown.
        timer: Timer,
    }
}
event! {
    /// The countdown was taken away.
    TimerStopped {
        /// The facilitator.
        by: Person,
    }
}
event! {
    /// The room follows a facilitator.
    LeadTaken {
        /// Who leads, and where they are.
        lead: Lead,
    }
}
event! {
    /// The leading facilitator moved.
    LeadMoved {
        /// Who leads, and where they are.
        lead: Lead,
    }
}
event! {
    /// Nobody leads any more.
    LeadReleased {
        /// Who led.
        by: Person,
    }
}
event! {
    /// A seat follows who leads, or goes its own way.
    FollowingChanged {
        /// Whose.
        seat: u32,
        /// Whether it follows.
        following: bool,
    }
}
event! {
    /// How far attendees may go in a codelab.
    StepsLimited {
        /// The codelab.
        #[schema(value_type = String)]
        codelab: Id<CodelabId>,
        /// The last open step; absent: all are open.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, nullable = false)]
        last: Option<Id<StepId>>,
    }
}
