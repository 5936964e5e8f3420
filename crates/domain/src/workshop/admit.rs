//! How a person without a seat gets one.

use crate::{
    FacilitatorId, JoinCode, Name,
    workshop::{Event, Rejection, Role, Status, WorkshopState},
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

/// Gives a seat. A facilitator who has one keeps it: no event. After the end a seat is
/// given only to facilitators, and only in a workshop that was brought here from elsewhere.
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
    // Nobody of this machine could come to one that took place elsewhere.
    let looks_back = state.imported_on().is_some() && role != Role::Attendee;
    if let Status::Ended { .. } = state.status()
        && !looks_back
    {
        return Err(Rejection::WorkshopEnded);
    }
    let seat = state.next_seat();
    if seat.get() > WorkshopState::CAPACITY {
        return Err(Rejection::RoomFull {
            capacity: WorkshopState::CAPACITY,
        });
    }
    let ordinal = state.next_ordinal(&name);
    Ok(vec![Event::SeatTaken {
        seat,
        role,
        name,
        ordinal,
    }])
}
