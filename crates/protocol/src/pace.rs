//! Keeping a room together.

use domain::{CodelabId, StepId, workshop};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Directory, Id, Person, conversation::same_variants};

/// What somebody answers to the pace question: `done`, or `stuck`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaceAnswer {
    /// There, and finished.
    Done,
    /// Cannot go on alone.
    Stuck,
}

same_variants!(workshop::PaceAnswer, PaceAnswer: Done, Stuck);

/// The question whether everybody is at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Pace {
    /// Its number in the workshop.
    pub id: u32,
    /// The codelab.
    #[schema(value_type = String)]
    pub codelab: Id<CodelabId>,
    /// Its step.
    #[schema(value_type = String)]
    pub step: Id<StepId>,
    /// Since when; milliseconds since the Unix epoch.
    pub asked_at_ms: i64,
    /// Whether answers are still taken.
    pub open: bool,
}

/// Somebody's answer to the pace question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PaceReply {
    /// Whose seat.
    pub seat: u32,
    /// What.
    pub answer: PaceAnswer,
}

/// A countdown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Timer {
    /// When it began; milliseconds since the Unix epoch.
    pub started_at_ms: i64,
    /// When it is over.
    pub ends_at_ms: i64,
    /// What for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub label: Option<String>,
}

/// A facilitator whom the room follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Lead {
    /// Who.
    pub by: Person,
    /// The codelab they are in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    pub codelab: Option<Id<CodelabId>>,
    /// The step they are at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    pub step: Option<Id<StepId>>,
}

/// How far attendees may go in a codelab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepLimit {
    /// The codelab.
    #[schema(value_type = String)]
    pub codelab: Id<CodelabId>,
    /// The last open step.
    #[schema(value_type = String)]
    pub last: Id<StepId>,
}

impl From<&workshop::Pace> for Pace {
    fn from(pace: &workshop::Pace) -> Self {
        Self {
            id: pace.id.get(),
            codelab: Id(pace.at.codelab),
            step: Id(pace.at.step),
            asked_at_ms: pace.asked_at.as_ms(),
            open: pace.open,
        }
    }
}

impl PaceReply {
    /// All answers, in the order of the seats.
    #[must_use]
    pub fn all(pace: &workshop::Pace) -> Vec<Self> {
        let reply = |(seat, answer): (&domain::SeatId, &workshop::PaceAnswer)| Self {
            seat: seat.get(),
            answer: (*answer).into(),
        };
        pace.answers.iter().map(reply).collect()
    }
}

impl From<&workshop::Timer> for Timer {
    fn from(timer: &workshop::Timer) -> Self {
        Self {
            started_at_ms: timer.started_at.as_ms(),
            ends_at_ms: timer.ends_at().as_ms(),
            label: timer.label.as_ref().map(|text| text.as_str().to_owned()),
        }
    }
}

impl Lead {
    /// Who leads, by name; nothing if they are unknown.
    #[must_use]
    pub fn of(lead: workshop::Lead, people: &impl Directory) -> Option<Self> {
        Some(Self {
            by: people.person(lead.by)?,
            codelab: lead.at.map(|at| Id(at.codelab)),
            step: lead.at.map(|at| Id(at.step)),
        })
    }
}

impl StepLimit {
    /// The limits of a workshop, in the order of its agenda.
    #[must_use]
    pub fn all(state: &workshop::WorkshopState) -> Vec<Self> {
        let limit = |codelab: &workshop::AgendaCodelab| {
            let last = state.step_limit(codelab.codelab)?;
            Some(Self {
                codelab: Id(codelab.codelab),
                last: Id(last),
            })
        };
        state.agenda().iter().filter_map(limit).collect()
    }
}
