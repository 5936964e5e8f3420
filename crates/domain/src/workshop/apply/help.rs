//! Help requests and the queue.

use crate::{
    HelpRequestId, HelpText, SeatId, Timestamp,
    workshop::{HelpRequest, HelpStatus, StepRef, WorkshopState},
};

use super::seats;

pub(super) fn raise(
    state: &mut WorkshopState,
    id: HelpRequestId,
    seat: SeatId,
    step: Option<StepRef>,
    message: Option<HelpText>,
    at: Timestamp,
) {
    seats::active(state, seat, at);
    state.waiting.insert(id, seat);
    let waiting = u32::try_from(state.waiting.len()).unwrap_or(u32::MAX);
    state.help_requests.push(HelpRequest {
        id,
        seat,
        at: step,
        message,
        raised_at: at,
        raised_as: waiting,
        taken_at: None,
        status: HelpStatus::Open,
    });
}

/// A facilitator sees to a request.
pub(super) fn take(
    state: &mut WorkshopState,
    id: HelpRequestId,
    status: HelpStatus,
    at: Timestamp,
) {
    if let Some(request) = state.help_request_mut(id) {
        request.taken_at.get_or_insert(at);
    }
    set_status(state, id, status);
}

pub(super) fn set_status(state: &mut WorkshopState, id: HelpRequestId, status: HelpStatus) {
    if !status.is_waiting() {
        state.waiting.remove(&id);
    }
    if let Some(request) = state.help_request_mut(id) {
        request.status = status;
    }
}
