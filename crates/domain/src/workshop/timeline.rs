//! One seat's way through a workshop, folded from its log: where it was, for
//! how long, and what it answered when the room was asked.
//!
//! The state keeps only where everybody is now; who looks at one person reads
//! the log again.

use crate::{
    PaceId, SeatId, Timestamp,
    workshop::{Event, PaceAnswer, Recorded, StepRef, sign_of_life::sign_of_life},
};

/// What one seat did, as far as the log was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    seat: SeatId,
    is_seated: bool,
    steps: Vec<StepTime>,
    /// Where the seat is, in `steps`.
    here: Option<usize>,
    paces: Vec<PaceMoment>,
}

/// A seat's time at one step, over all its visits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepTime {
    /// The step.
    pub at: StepRef,
    /// When it was first entered; nothing if it was marked as done unseen.
    pub entered_at: Option<Timestamp>,
    /// How often it was entered.
    pub visits: u32,
    /// The visits together, in milliseconds. One that goes on counts up to
    /// what its seat did last.
    pub spent_ms: i64,
    /// Up to when `spent_ms` counts.
    pub until: Timestamp,
    /// Since when it is done.
    pub completed_at: Option<Timestamp>,
}

/// A pace question that was asked while the seat was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaceMoment {
    /// The question.
    pub id: PaceId,
    /// The step it was about.
    pub at: StepRef,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// The last answer, and when it was given.
    pub answer: Option<(PaceAnswer, Timestamp)>,
}

impl Timeline {
    /// Before the first event.
    #[must_use]
    pub const fn of(seat: SeatId) -> Self {
        Self {
            seat,
            is_seated: false,
            steps: Vec::new(),
            here: None,
            paces: Vec::new(),
        }
    }

    /// The steps it was at or marked as done, in the order of the first time.
    #[must_use]
    pub fn steps(&self) -> &[StepTime] {
        &self.steps
    }

    /// The step it is at.
    #[must_use]
    pub fn here(&self) -> Option<&StepTime> {
        self.steps.get(self.here?)
    }

    /// The pace questions, oldest first.
    #[must_use]
    pub fn paces(&self) -> &[PaceMoment] {
        &self.paces
    }

    /// Takes the next event of the log.
    pub fn apply(&mut self, recorded: &Recorded) {
        let (event, now) = (&recorded.event, recorded.at);
        if let Event::SeatTaken { seat, .. } = event {
            self.is_seated |= *seat == self.seat;
        }
        if let Event::PaceAsked { id, at, .. } = event
            && self.is_seated
        {
            self.paces.push(PaceMoment {
                id: *id,
                at: *at,
                asked_at: now,
                answer: None,
            });
        }
        if sign_of_life(event) == Some(self.seat) {
            self.stay_until(now);
            self.act(event, now);
        }
    }

    /// Takes what the seat itself did.
    fn act(&mut self, event: &Event, now: Timestamp) {
        if let Event::StepEntered { at, .. } = event {
            self.enter(*at, now);
        } else if let Event::StepCompleted { at, .. } = event {
            let index = self.index(*at, now);
            self.change(index, |step| step.completed_at = Some(now));
        } else if let Event::StepReopened { at, .. } = event {
            let index = self.index(*at, now);
            self.change(index, |step| step.completed_at = None);
        } else if let Event::PaceAnswered { id, answer, .. } = event
            && let Some(pace) = self.paces.iter_mut().rfind(|pace| pace.id == *id)
        {
            pace.answer = Some((*answer, now));
        }
    }

    fn enter(&mut self, at: StepRef, now: Timestamp) {
        let index = self.index(at, now);
        self.change(index, |step| {
            step.entered_at.get_or_insert(now);
            step.visits = step.visits.saturating_add(1);
            step.until = now;
        });
        self.here = Some(index);
    }

    /// The seat did something: it was at its step until now.
    fn stay_until(&mut self, now: Timestamp) {
        let Some(here) = self.here else { return };
        self.change(here, |step| {
            let more = now.as_ms().saturating_sub(step.until.as_ms()).max(0);
            step.spent_ms = step.spent_ms.saturating_add(more);
            step.until = step.until.max(now);
        });
    }

    fn index(&mut self, at: StepRef, now: Timestamp) -> usize {
        if let Some(known) = self.steps.iter().position(|step| step.at == at) {
            return known;
        }
        self.steps.push(StepTime {
            at,
            entered_at: None,
            visits: 0,
            spent_ms: 0,
            until: now,
            completed_at: None,
        });
        self.steps.len() - 1
    }

    fn change(&mut self, index: usize, change: impl FnOnce(&mut StepTime)) {
        if let Some(step) = self.steps.get_mut(index) {
            change(step);
        }
    }
}
