//! Quizzes: attendees may try until they are right.

use std::collections::BTreeSet;

use super::{Decision, progress::open_step, when};
use crate::{
    QuizKey,
    workshop::{Event, Rejection, Role, Seat, StepRef, WorkshopState},
};

pub(super) fn answer(
    state: &WorkshopState,
    seat: &Seat,
    at: StepRef,
    key: QuizKey,
    choices: BTreeSet<u8>,
) -> Decision {
    let Role::Attendee = seat.role else {
        return Err(Rejection::NotAnAttendee(seat.id));
    };
    open_step(state, seat, at)?;
    let quizzes = &state.step(at)?.quizzes;
    let quiz = quizzes.iter().find(|quiz| quiz.key == key);
    let quiz = quiz.ok_or(Rejection::UnknownQuiz(key))?;
    if !quiz.takes(&choices) {
        return Err(Rejection::InvalidQuizAnswer(key));
    }
    let right = quiz.is_right(&choices);
    // The same again says nothing new, unless its author has changed what is right.
    let is_known = seat
        .quizzes
        .get(&(at, key))
        .is_some_and(|tries| tries.right || (tries.last == choices && !right));
    let answered = Event::QuizAnswered {
        seat: seat.id,
        at,
        quiz: key,
        choices,
        right,
        explanation: quiz.explanation.clone().filter(|_| right),
    };
    Ok(when(!is_known, answered))
}
