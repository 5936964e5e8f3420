//! Quizzes of the agenda: what is asked, what is right, and what somebody answered.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    CodelabId, QuizKey, SeatId,
    workshop::{StepRef, WorkshopState},
};

/// A question of a step with a right answer. What is right and why stays with the
/// server and the facilitators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quiz {
    /// Which; made of the question and the options alone. Were what is right in it,
    /// whoever knows the key could find out by trying.
    pub key: QuizKey,
    /// The question.
    pub question: Arc<str>,
    /// What can be chosen.
    pub options: Arc<[Arc<str>]>,
    /// The options that are right, counted from 0.
    pub right: BTreeSet<u8>,
    /// Why they are.
    pub explanation: Option<Arc<str>>,
}

impl Quiz {
    /// Whether several options are to be chosen.
    #[must_use]
    pub fn is_several(&self) -> bool {
        self.right.len() > 1
    }

    /// Whether an answer fits: one option, or of several at least one.
    #[must_use]
    pub fn takes(&self, choices: &BTreeSet<u8>) -> bool {
        let fits = if self.is_several() {
            !choices.is_empty()
        } else {
            choices.len() == 1
        };
        fits && choices
            .iter()
            .all(|choice| usize::from(*choice) < self.options.len())
    }

    /// Whether an answer is right: all that is, and nothing else.
    #[must_use]
    pub fn is_right(&self, choices: &BTreeSet<u8>) -> bool {
        self.right == *choices
    }
}

/// What somebody answered to a quiz: the first time and the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuizTries {
    /// The options of the first answer.
    pub first: BTreeSet<u8>,
    /// Whether that was right.
    pub first_right: bool,
    /// The options of the last answer.
    pub last: BTreeSet<u8>,
    /// Whether that is right; then no further answer is taken.
    pub right: bool,
    /// How many answers there were.
    pub tries: u32,
    /// Why it is right, told with the right answer.
    pub explanation: Option<Arc<str>>,
}

impl QuizTries {
    /// A first answer.
    #[must_use]
    pub fn first(choices: &BTreeSet<u8>, right: bool, explanation: Option<&Arc<str>>) -> Self {
        Self {
            first: choices.clone(),
            first_right: right,
            last: choices.clone(),
            right,
            tries: 1,
            explanation: explanation.cloned(),
        }
    }

    /// The same with a further answer.
    pub(super) fn again(
        &mut self,
        choices: &BTreeSet<u8>,
        right: bool,
        explanation: Option<&Arc<str>>,
    ) {
        self.last.clone_from(choices);
        self.right = right;
        self.tries = self.tries.saturating_add(1);
        self.explanation = explanation.cloned();
    }
}

/// How far a seat is with the quizzes of a codelab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuizProgress {
    /// Quizzes that the codelab has now.
    pub total: u32,
    /// Of these, answered.
    pub answered: u32,
    /// Of these, answered right in the end.
    pub right: u32,
}

/// How far a seat is with the quizzes that a codelab has now. Answers to quizzes
/// that are gone do not count; nothing is counted for a seat or a codelab that is
/// not there.
#[must_use]
pub fn quizzes_answered(state: &WorkshopState, seat: SeatId, codelab: CodelabId) -> QuizProgress {
    let mut progress = QuizProgress::default();
    let Some(seat) = state.seat(seat) else {
        return progress;
    };
    let agenda = state.agenda().iter();
    let steps = agenda
        .filter(|known| known.codelab == codelab)
        .flat_map(|known| known.steps.iter());
    for step in steps {
        let at = StepRef {
            codelab,
            step: step.step,
        };
        for quiz in step.quizzes.iter() {
            let tries = seat.quizzes.get(&(at, quiz.key));
            progress.total += 1;
            progress.answered += u32::from(tries.is_some());
            progress.right += u32::from(tries.is_some_and(|tries| tries.right));
        }
    }
    progress
}
