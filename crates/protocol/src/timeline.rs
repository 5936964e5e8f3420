//! What one person did, for facilitators who look at them.

use domain::{CodelabId, SeatId, StepId, workshop};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Id, Message, PaceAnswer};

/// One seat's way through the workshop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SeatTimeline {
    /// Whose.
    pub seat: u32,
    /// The steps they were at or marked as done, in the order of the first time.
    pub steps: Vec<StepTime>,
    /// The pace questions asked since they joined, oldest first.
    pub paces: Vec<PaceMoment>,
    /// The newest messages by them, and direct ones to them, oldest first.
    pub messages: Vec<Message>,
    /// Whether there are older messages.
    pub has_older_messages: bool,
}

/// Somebody's time at one step, over all their visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepTime {
    /// The codelab.
    #[schema(value_type = String)]
    pub codelab: Id<CodelabId>,
    /// Its step.
    #[schema(value_type = String)]
    pub step: Id<StepId>,
    /// When it was first entered; absent if it was marked as done unseen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub entered_at_ms: Option<i64>,
    /// How often it was entered.
    pub visits: u32,
    /// The visits together, in milliseconds.
    pub spent_ms: i64,
    /// Up to when `spentMs` counts: when they left, or last did something.
    pub until_ms: i64,
    /// Whether they are there now.
    pub here: bool,
    /// Since when it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub completed_at_ms: Option<i64>,
}

/// A pace question, as one person met it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PaceMoment {
    /// The question.
    pub pace: u32,
    /// The codelab it was about.
    #[schema(value_type = String)]
    pub codelab: Id<CodelabId>,
    /// Its step.
    #[schema(value_type = String)]
    pub step: Id<StepId>,
    /// When it was asked; milliseconds since the Unix epoch.
    pub asked_at_ms: i64,
    /// What they answered last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub answer: Option<PaceAnswer>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub answered_at_ms: Option<i64>,
}

impl SeatTimeline {
    /// What the log and the room know of a seat.
    #[must_use]
    pub fn of(
        seat: SeatId,
        timeline: &workshop::Timeline,
        messages: Vec<Message>,
        has_older_messages: bool,
    ) -> Self {
        let here = timeline.here().map(|step| step.at);
        let steps = timeline.steps().iter();
        Self {
            seat: seat.get(),
            steps: steps
                .map(|step| StepTime::of(step, here == Some(step.at)))
                .collect(),
            paces: timeline.paces().iter().map(PaceMoment::from).collect(),
            messages,
            has_older_messages,
        }
    }
}

impl StepTime {
    fn of(step: &workshop::StepTime, here: bool) -> Self {
        Self {
            codelab: Id(step.at.codelab),
            step: Id(step.at.step),
            entered_at_ms: step.entered_at.map(domain::Timestamp::as_ms),
            visits: step.visits,
            spent_ms: step.spent_ms,
            until_ms: step.until.as_ms(),
            here,
            completed_at_ms: step.completed_at.map(domain::Timestamp::as_ms),
        }
    }
}

impl From<&workshop::PaceMoment> for PaceMoment {
    fn from(pace: &workshop::PaceMoment) -> Self {
        Self {
            pace: pace.id.get(),
            codelab: Id(pace.at.codelab),
            step: Id(pace.at.step),
            asked_at_ms: pace.asked_at.as_ms(),
            answer: pace.answer.map(|(answer, _)| answer.into()),
            answered_at_ms: pace.answer.map(|(_, at)| at.as_ms()),
        }
    }
}
