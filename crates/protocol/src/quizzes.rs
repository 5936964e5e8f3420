//! Quizzes of a step. Attendees have the question and the options from the step's
//! HTML, and from here what they answered; what is right is for facilitators.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    CodelabId, QuizKey, StepId,
    workshop::{self, AgendaCodelab, QuizTries, StepRef},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Id;

/// A quiz with what is right; for facilitators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Quiz {
    /// Which; `data-quiz` in the HTML of its step.
    #[schema(value_type = String)]
    pub quiz: Id<QuizKey>,
    /// The question; may have several lines.
    #[schema(value_type = String)]
    pub question: Arc<str>,
    /// What can be chosen.
    #[schema(value_type = Vec<String>)]
    pub options: Vec<Arc<str>>,
    /// The options that are right, counted from 0.
    #[schema(value_type = Vec<u32>)]
    pub right: Vec<u8>,
    /// Why they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    pub explanation: Option<Arc<str>>,
}

/// A quiz of a workshop's agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AgendaQuiz {
    /// The codelab.
    #[schema(value_type = String)]
    pub codelab: Id<CodelabId>,
    /// Its step.
    #[schema(value_type = String)]
    pub step: Id<StepId>,
    /// The quiz.
    #[serde(flatten)]
    pub quiz: Quiz,
}

/// The quizzes of a workshop's agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AgendaQuizzes {
    /// In the order of the agenda and the steps.
    pub items: Vec<AgendaQuiz>,
}

/// What somebody answered to a quiz, the first time and the last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuizAnswer {
    /// The codelab.
    #[schema(value_type = String)]
    pub codelab: Id<CodelabId>,
    /// Its step.
    #[schema(value_type = String)]
    pub step: Id<StepId>,
    /// The quiz.
    #[schema(value_type = String)]
    pub quiz: Id<QuizKey>,
    /// The options of the first answer, counted from 0.
    #[schema(value_type = Vec<u32>)]
    pub first: Vec<u8>,
    /// Whether that was right.
    pub first_right: bool,
    /// The options of the last answer.
    #[schema(value_type = Vec<u32>)]
    pub last: Vec<u8>,
    /// Whether that is right; then no further answer is taken.
    pub right: bool,
    /// How many answers there were.
    pub tries: u32,
    /// Of one's own right answer: why it is right, if the author said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    pub explanation: Option<Arc<str>>,
}

/// Options on the wire.
pub(crate) fn numbers(choices: &BTreeSet<u8>) -> Vec<u8> {
    choices.iter().copied().collect()
}

impl From<&workshop::Quiz> for Quiz {
    fn from(quiz: &workshop::Quiz) -> Self {
        Self {
            quiz: Id(quiz.key),
            question: Arc::clone(&quiz.question),
            options: quiz.options.to_vec(),
            right: numbers(&quiz.right),
            explanation: quiz.explanation.clone(),
        }
    }
}

impl AgendaQuizzes {
    /// The quizzes of an agenda.
    #[must_use]
    pub fn of(agenda: &[AgendaCodelab]) -> Self {
        let items = agenda.iter().flat_map(|codelab| {
            codelab.steps.iter().flat_map(|step| {
                step.quizzes.iter().map(|quiz| AgendaQuiz {
                    codelab: Id(codelab.codelab),
                    step: Id(step.step),
                    quiz: quiz.into(),
                })
            })
        });
        Self {
            items: items.collect(),
        }
    }
}

impl QuizAnswer {
    /// All answers of a seat, as it sees them itself.
    #[must_use]
    pub fn own(seat: &workshop::Seat) -> Vec<Self> {
        seat.quizzes.iter().map(Self::of).collect()
    }

    /// All answers of a seat, as facilitators see them: they know why.
    #[must_use]
    pub fn told(seat: &workshop::Seat) -> Vec<Self> {
        let told = |answer| Self {
            explanation: None,
            ..answer
        };
        Self::own(seat).into_iter().map(told).collect()
    }

    fn of(((at, quiz), tries): (&(StepRef, QuizKey), &QuizTries)) -> Self {
        Self {
            codelab: Id(at.codelab),
            step: Id(at.step),
            quiz: Id(*quiz),
            first: numbers(&tries.first),
            first_right: tries.first_right,
            last: numbers(&tries.last),
            right: tries.right,
            tries: tries.tries,
            explanation: tries.explanation.clone(),
        }
    }
}
