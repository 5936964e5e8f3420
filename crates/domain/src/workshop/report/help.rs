//! Help: how much, how long people waited, how long it took.

use super::{count, spread::median};
use crate::{
    Timestamp,
    workshop::{HelpRequest, HelpStatus, StepRef},
};

/// All help of a workshop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HelpFigures {
    /// Requests in all.
    pub requests: u32,
    /// Of these, helped.
    pub resolved: u32,
    /// Of these, taken back.
    pub withdrawn: u32,
    /// How long people waited until a facilitator came: the median of those who
    /// were taken on, in milliseconds.
    pub median_wait_ms: Option<i64>,
    /// The longest that anybody waited, also in vain, in milliseconds.
    pub longest_wait_ms: Option<i64>,
    /// How long helping took: the median of those that were claimed and then
    /// resolved, in milliseconds.
    pub median_help_ms: Option<i64>,
}

/// Help at one step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StepHelp {
    /// Requests from people at the step.
    pub requests: u32,
    /// The median wait, in milliseconds.
    pub median_wait_ms: Option<i64>,
}

impl HelpFigures {
    /// The figures of some requests; who still waits has waited until `until`.
    pub(super) fn of(requests: &[HelpRequest], until: Timestamp) -> Self {
        let with = |wanted: fn(HelpStatus) -> bool| {
            count(requests.iter().filter(|r| wanted(r.status)).count())
        };
        Self {
            requests: count(requests.len()),
            resolved: with(|status| matches!(status, HelpStatus::Resolved { .. })),
            withdrawn: with(|status| matches!(status, HelpStatus::Withdrawn { .. })),
            median_wait_ms: median(requests.iter().filter_map(HelpRequest::waited_ms).collect()),
            longest_wait_ms: requests.iter().map(|r| waited_at_all_ms(r, until)).max(),
            median_help_ms: median(requests.iter().filter_map(helped_ms).collect()),
        }
    }
}

impl HelpFigures {
    /// The same for a workshop of which nobody knows when who was helped.
    pub(super) fn without_times(self) -> Self {
        Self {
            median_wait_ms: None,
            longest_wait_ms: None,
            median_help_ms: None,
            ..self
        }
    }
}

impl StepHelp {
    /// The same for a workshop of which nobody knows when who was helped.
    pub(super) fn without_times(self) -> Self {
        Self {
            median_wait_ms: None,
            ..self
        }
    }

    /// The figures of those of some requests that are about `at`.
    pub(super) fn of(requests: &[HelpRequest], at: StepRef) -> Self {
        let here: Vec<&HelpRequest> = requests.iter().filter(|r| r.at == Some(at)).collect();
        Self {
            requests: count(here.len()),
            median_wait_ms: median(here.iter().filter_map(|r| r.waited_ms()).collect()),
        }
    }
}

fn waited_at_all_ms(request: &HelpRequest, until: Timestamp) -> i64 {
    let end = request.taken_at.or_else(|| request.status.closed_at());
    between_ms(request.raised_at, end.unwrap_or(until))
}

/// From being taken on to the end. What was resolved in passing, without being
/// claimed first, tells nothing.
fn helped_ms(request: &HelpRequest) -> Option<i64> {
    let HelpStatus::Resolved { at, .. } = request.status else {
        return None;
    };
    let taken = request.taken_at.filter(|taken| *taken != at)?;
    Some(between_ms(taken, at))
}

fn between_ms(from: Timestamp, to: Timestamp) -> i64 {
    to.as_ms().saturating_sub(from.as_ms()).max(0)
}
