//! Who somebody is, as others see them.

use std::sync::Arc;

use domain::{SeatId, workshop};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What somebody is here for: an `attendee` works through the codelabs, a
/// `facilitator` runs the workshop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Works through the codelabs.
    Attendee,
    /// Runs the workshop.
    Facilitator,
}

impl From<workshop::Role> for Role {
    fn from(role: workshop::Role) -> Self {
        match role {
            workshop::Role::Attendee => Self::Attendee,
            workshop::Role::Facilitator(_) => Self::Facilitator,
        }
    }
}

/// Somebody with a seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Their seat's number in this workshop.
    pub seat: u32,
    /// What they are here for.
    pub role: Role,
    /// The name they gave.
    #[schema(value_type = String)]
    pub name: Arc<str>,
    /// Tells people of the same name apart: 1 for the first, 2 for the second, …
    pub ordinal: u32,
}

impl From<&workshop::Seat> for Person {
    fn from(seat: &workshop::Seat) -> Self {
        Self {
            seat: seat.id.get(),
            role: seat.role.into(),
            name: seat.name.as_str().into(),
            ordinal: seat.ordinal,
        }
    }
}

/// Who sits where; a seat's person never changes.
pub trait Directory {
    /// The person in a seat.
    fn person(&self, seat: SeatId) -> Option<Person>;
}

impl Directory for workshop::WorkshopState {
    fn person(&self, seat: SeatId) -> Option<Person> {
        self.seat(seat).map(Person::from)
    }
}
