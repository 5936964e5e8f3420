//! An end that was planned: until then, what people did while they were offline
//! still counts.

use crate::{
    SeatId, Timestamp,
    workshop::{Event, Status, WorkshopState},
};

/// When a workshop will end by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedEnd {
    /// When.
    pub at: Timestamp,
    /// The facilitator who planned it.
    pub by: SeatId,
}

/// Ends a workshop whose planned end has come. An empty answer means: not yet.
#[must_use]
pub fn end_if_due(state: &WorkshopState, now: Timestamp) -> Vec<Event> {
    let due = state.planned_end().filter(|end| end.at <= now);
    match (state.status(), due) {
        (Status::Live, Some(PlannedEnd { by, .. })) => vec![Event::WorkshopEnded { by }],
        (Status::Live, None) | (Status::Ended { .. }, _) => Vec::new(),
    }
}
