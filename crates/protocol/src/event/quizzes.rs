//! Quizzes.

use std::sync::Arc;

use domain::{CodelabId, QuizKey, StepId};

use super::event;
use crate::Id;

event! {
    /// Somebody answered a quiz.
    QuizAnswered {
        /// Whose seat.
        seat: u32,
        /// The codelab.
        #[schema(value_type = String)]
        codelab: Id<CodelabId>,
        /// Its step.
        #[schema(value_type = String)]
        step: Id<StepId>,
        /// The quiz.
        #[schema(value_type = String)]
        quiz: Id<QuizKey>,
        /// The chosen options, counted from 0.
        #[schema(value_type = Vec<u32>)]
        choices: Vec<u8>,
        /// Whether they are right.
        right: bool,
        /// Why they are, if they are and the author said so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, nullable = false)]
        explanation: Option<Arc<str>>,
    }
}
