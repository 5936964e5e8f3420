//! Help requests: open → claimed → resolved, or withdrawn.

use crate::{HelpRequestId, HelpText, SeatId, Timestamp, workshop::StepRef};

/// Requests that the expected wait is judged by: the newest ones that were
/// taken on, so that the figure follows the room.
const JUDGED_BY: usize = 10;

/// Where a help request is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HelpStatus {
    /// Nobody has taken it on.
    Open,
    /// A facilitator is on the way.
    Claimed {
        /// Who.
        by: SeatId,
        /// Since when.
        at: Timestamp,
    },
    /// Helped.
    Resolved {
        /// By whom.
        by: SeatId,
        /// When.
        at: Timestamp,
    },
    /// No longer needed.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
}

impl HelpStatus {
    /// Whether somebody still waits.
    #[must_use]
    pub const fn is_waiting(self) -> bool {
        matches!(self, Self::Open | Self::Claimed { .. })
    }

    /// When it was resolved or withdrawn.
    #[must_use]
    pub const fn closed_at(self) -> Option<Timestamp> {
        match self {
            Self::Open | Self::Claimed { .. } => None,
            Self::Resolved { at, .. } | Self::Withdrawn { at } => Some(at),
        }
    }
}

/// A wish for help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpRequest {
    /// Which.
    pub id: HelpRequestId,
    /// Who asked.
    pub seat: SeatId,
    /// Where they are stuck.
    pub at: Option<StepRef>,
    /// What about.
    pub message: Option<HelpText>,
    /// Since when they wait.
    pub raised_at: Timestamp,
    /// Its place in the queue when it was raised, counted from 1.
    pub raised_as: u32,
    /// When a facilitator first took it on, or helped without taking it on.
    pub taken_at: Option<Timestamp>,
    /// Open, claimed, resolved or withdrawn.
    pub status: HelpStatus,
}

impl HelpRequest {
    /// How long it waited until a facilitator took it on, in milliseconds.
    #[must_use]
    pub fn waited_ms(&self) -> Option<i64> {
        let taken = self.taken_at?;
        Some(taken.as_ms().saturating_sub(self.raised_at.as_ms()).max(0))
    }
}

/// What a place in the queue costs: the median wait per place of the newest
/// requests that were taken on, in milliseconds. Nothing before the first.
pub(super) fn wait_per_place_ms(requests: &[HelpRequest]) -> Option<i64> {
    let mut waits: Vec<i64> = requests
        .iter()
        .rev()
        .filter_map(|request| Some(request.waited_ms()? / i64::from(request.raised_as.max(1))))
        .take(JUDGED_BY)
        .collect();
    waits.sort_unstable();
    waits.get(waits.len() / 2).copied()
}
