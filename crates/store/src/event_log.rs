//! The log of every workshop: the truth that all else follows from.

mod append;
pub(crate) mod chain;
pub(crate) mod read;
mod stored;

pub(crate) use append::{append_within, json, not_written};
pub(crate) use stored::{decode_form, decode_quizzes, encode_form, encode_quiz};

use std::collections::HashMap;

use domain::{
    CommandId, SeatId, Seq,
    workshop::{Recorded, WorkshopState},
};

use crate::SecretHash;

/// Who gave a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Issuer {
    /// Somebody without a seat, who joins.
    Entrance,
    /// A seat.
    Seat(SeatId),
}

impl Issuer {
    /// Seats count from 1, so 0 is free for the entrance.
    fn number(self) -> u32 {
        match self {
            Self::Entrance => 0,
            Self::Seat(seat) => seat.get(),
        }
    }

    const fn from_number(number: u32) -> Self {
        match number {
            0 => Self::Entrance,
            seat => Self::Seat(SeatId::new(seat)),
        }
    }
}

/// What one command adds to the log.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The command, so that it is carried out once. It is answered with the
    /// position of the entry's last event.
    pub answered: Option<(Issuer, CommandId)>,
    /// What happened; at least one event, in order.
    pub events: Vec<Recorded>,
    /// The secrets of a seat that these events give.
    pub credential: Option<SeatCredential>,
}

/// What a person shows to have their seat.
#[derive(Clone, Copy, Debug)]
pub struct SeatCredential {
    /// The seat.
    pub seat: SeatId,
    /// Of the token that the browser keeps.
    pub token: SecretHash,
    /// Of the code that moves the seat to another device; attendees have one.
    pub resume_code: Option<SecretHash>,
}

/// A workshop as its log tells it.
#[derive(Clone, Debug)]
pub struct LoadedWorkshop {
    /// All events, folded.
    pub state: WorkshopState,
    /// Commands that were carried out, and what they were answered with.
    pub answers: HashMap<(Issuer, CommandId), Seq>,
    /// The seats given at the entrance, by the command that asked for them.
    pub join_seats: HashMap<CommandId, SeatId>,
}
