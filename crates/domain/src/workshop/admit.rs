//! How a person without a seat gets one.

use crate::{
    FacilitatorId, JoinCode, Name,
    workshop::{Event, Rejection, Role, Status, WorkshopState, state::same_name_key},
};

/// Who stands at the door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Admission {
    /// Somebody from the room.
    Attendee {
        /// The name they gave.
        name: Name,
        /// The join code they typed or scanned.
        code: Option<JoinCode>,
    },
    /// Somebody with facilitator rights on this machine.
    Facilitator {
        /// Who.
        id: FacilitatorId,
        /// Their name.
        name: Name,
    },
}

/// Gives a seat. A facilitator who has one keeps it: no event.
///
/// # Errors
/// [`Rejection::WorkshopEnded`], [`Rejection::WrongJoinCode`] or [`Rejection::RoomFull`].
pub fn admit(state: &WorkshopState, admission: Admission) -> Result<Vec<Event>, Rejection> {
    if state.beginning.is_none() {
        return Err(Rejection::WorkshopNotStarted);
    }
    let (role, name) = match admission {
        Admission::Facilitator { id, .. } if state.seat_of(id).is_some() => return Ok(Vec::new()),
        Admission::Facilitator { id, name } => (Role::Facilitator(id), name),
        Admission::Attendee { name, code } => {
            if state.code_required() && code.as_ref() != state.join_code() {
                return Err(Rejection::WrongJoinCode);
            }
            (Role::Attendee, name)
        }
    };
    if let Status::Ended { .. } = state.status() {
        return Err(Rejection::WorkshopEnded);
    }
    let seat = state.next_seat();
    if seat.get() > WorkshopState::CAPACITY {
        return Err(Rejection::RoomFull {
            capacity: WorkshopState::CAPACITY,
        });
    }
    let ordinal = state
        .names
        .get(&same_name_key(&name))
        .map_or(1, |taken| taken + 1);
    Ok(vec![Event::SeatTaken {
        seat,
        role,
        name,
        ordinal,
    }])
}
