//! Help requests and places in the queue.

use domain::{CodelabId, HelpRequestId, StepId, workshop};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Directory, Id, Person};

/// Where a help request is in its life: `open`, then `claimed` by a facilitator
/// who is on the way, then `resolved`; or `withdrawn` by who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HelpStatus {
    /// Nobody has taken it on.
    Open,
    /// A facilitator is on the way.
    Claimed,
    /// Helped.
    Resolved,
    /// No longer needed.
    Withdrawn,
}

/// A wish for help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HelpRequest {
    /// Its number in the workshop.
    pub id: u32,
    /// Who asked.
    pub from: Person,
    /// The codelab they are stuck in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    pub codelab: Option<Id<CodelabId>>,
    /// The step they are stuck at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    pub step: Option<Id<StepId>>,
    /// What about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub message: Option<String>,
    /// Since when they wait; milliseconds since the Unix epoch.
    pub raised_at_ms: i64,
    /// When a facilitator first took it on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub taken_at_ms: Option<i64>,
    /// When it was resolved or withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub closed_at_ms: Option<i64>,
    /// Where it is in its life.
    pub status: HelpStatus,
    /// The facilitator who claimed or resolved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub by: Option<Person>,
}

/// A place in the help queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HelpPlace {
    /// The request.
    pub help_request: u32,
    /// Its place, counted from 1.
    pub place: u32,
    /// How many wait in all.
    pub waiting: u32,
    /// How long the place is likely to wait from when it was told, judged by
    /// those who were helped before; absent before the first of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub expected_wait_ms: Option<i64>,
}

impl HelpPlace {
    /// The place of a request among those who wait, oldest first; nothing if it
    /// does not wait. `wait_per_place_ms` is what a place is likely to cost.
    #[must_use]
    pub fn of(
        request: HelpRequestId,
        queue: impl IntoIterator<Item = HelpRequestId>,
        wait_per_place_ms: Option<i64>,
    ) -> Option<Self> {
        let mut place = None;
        let mut waiting = 0_u32;
        for id in queue {
            waiting = waiting.saturating_add(1);
            if id == request {
                place = Some(waiting);
            }
        }
        let place = place?;
        Some(Self {
            help_request: request.get(),
            place,
            waiting,
            expected_wait_ms: wait_per_place_ms.map(|ms| ms.saturating_mul(i64::from(place))),
        })
    }
}

impl HelpRequest {
    /// A help request with its people's names; nothing if who raised it is unknown.
    #[must_use]
    pub fn of(request: &workshop::HelpRequest, people: &impl Directory) -> Option<Self> {
        let (status, by) = match request.status {
            workshop::HelpStatus::Open => (HelpStatus::Open, None),
            workshop::HelpStatus::Claimed { by, .. } => (HelpStatus::Claimed, Some(by)),
            workshop::HelpStatus::Resolved { by, .. } => (HelpStatus::Resolved, Some(by)),
            workshop::HelpStatus::Withdrawn { .. } => (HelpStatus::Withdrawn, None),
        };
        Some(Self {
            id: request.id.get(),
            from: people.person(request.seat)?,
            codelab: request.at.map(|at| Id(at.codelab)),
            step: request.at.map(|at| Id(at.step)),
            message: request
                .message
                .as_ref()
                .map(|text| text.as_str().to_owned()),
            raised_at_ms: request.raised_at.as_ms(),
            taken_at_ms: request.taken_at.map(domain::Timestamp::as_ms),
            closed_at_ms: request.status.closed_at().map(domain::Timestamp::as_ms),
            status,
            by: by.and_then(|seat| people.person(seat)),
        })
    }
}
