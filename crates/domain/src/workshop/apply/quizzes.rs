//! Quizzes.

use std::{
    collections::{BTreeSet, btree_map::Entry},
    sync::Arc,
};

use crate::{
    QuizKey, SeatId,
    workshop::{QuizTries, StepRef, WorkshopState},
};

pub(super) fn answer(
    state: &mut WorkshopState,
    seat: SeatId,
    quiz: (StepRef, QuizKey),
    choices: &BTreeSet<u8>,
    right: bool,
    explanation: Option<&Arc<str>>,
) {
    let Some(seat) = state.seat_mut(seat) else {
        return;
    };
    match seat.quizzes.entry(quiz) {
        Entry::Vacant(first) => drop(first.insert(QuizTries::first(choices, right, explanation))),
        Entry::Occupied(mut tries) => tries.get_mut().again(choices, right, explanation),
    }
}
