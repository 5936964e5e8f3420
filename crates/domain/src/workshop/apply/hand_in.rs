//! Feedback and work that is handed in.

use super::seats;
use crate::workshop::{Feedback, Submission, WorkshopState};

pub(super) fn give(state: &mut WorkshopState, feedback: Feedback) {
    if let Some(seat) = feedback.seat {
        seats::active(state, seat, feedback.at);
    }
    state.feedback.push(feedback);
}

pub(super) fn submit(state: &mut WorkshopState, submission: Submission) {
    seats::active(state, submission.seat, submission.at);
    state.submissions.push(submission);
}
