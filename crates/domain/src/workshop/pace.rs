//! Keeping a room together: the pace question, the timer, "follow me", and
//! how far ahead people may go.

use std::{collections::BTreeMap, sync::Arc};

use crate::{PaceId, SeatId, TimerLabel, Timestamp, workshop::StepRef};

/// What somebody answers to "is everybody at this step?".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaceAnswer {
    /// There, and finished.
    Done,
    /// Cannot go on alone.
    Stuck,
}

/// The newest question whether everybody is at a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Which.
    pub id: PaceId,
    /// The step it asks about.
    pub at: StepRef,
    /// Since when.
    pub asked_at: Timestamp,
    /// What people answered.
    pub answers: BTreeMap<SeatId, PaceAnswer>,
    /// Whether answers are still taken.
    pub open: bool,
}

/// A countdown that everybody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timer {
    /// When it began.
    pub started_at: Timestamp,
    /// How long it runs, in seconds.
    pub seconds: u32,
    /// What for, if it was said.
    pub label: Option<TimerLabel>,
}

impl Timer {
    /// The longest a timer runs: a day.
    pub const MAX_SECONDS: u32 = 24 * 60 * 60;

    /// When it is over.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        let started = self.started_at.as_ms();
        Timestamp::from_ms(started.saturating_add(i64::from(self.seconds) * 1000))
    }
}

/// A facilitator whom the room follows from step to step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lead {
    /// Who.
    pub by: SeatId,
    /// Where they are.
    pub at: Option<StepRef>,
}

/// What the room is asked to keep to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pacing {
    /// The newest pace question.
    pub pace: Option<Arc<Pace>>,
    /// The countdown.
    pub timer: Option<Timer>,
    /// Whom the room follows.
    pub lead: Option<Lead>,
}
