//! Feedback, work that is handed in, and where a workshop comes from.

use super::event;
use crate::{Feedback, Submission};

event! {
    /// Somebody said what they think of the workshop.
    FeedbackGiven {
        /// What.
        feedback: Feedback,
    }
}
event! {
    /// Somebody handed work in.
    WorkSubmitted {
        /// What.
        submission: Submission,
    }
}
event! {
    /// What the log tells happened elsewhere, and was brought here afterwards.
    WorkshopImported {
        /// When it was; milliseconds since the Unix epoch.
        on_ms: i64,
    }
}
